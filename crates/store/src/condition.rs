//! Whether the database answers, as everybody who uses it finds out.
//!
//! Invariants: one outage is one change, however many calls fail in it; what could not be written
//! is over when something was written, not when something was read. Nothing is asked here.

use std::sync::Arc;

use tokio::sync::watch;

use crate::fault::{Fault, Result};

/// The database does not answer, or cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outage {
    /// The stable code of the first fault.
    pub code: &'static str,
    /// The first fault with its causes, without secrets.
    pub why: String,
    /// It can be read, but not written.
    pub reads: bool,
}

/// What is known of it. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub(crate) struct Condition(Arc<watch::Sender<Option<Outage>>>);

impl Condition {
    pub(crate) fn new() -> Self {
        Self(Arc::new(watch::channel(None).0))
    }

    /// Whether it answered nothing the last time.
    pub(crate) fn is_away(&self) -> bool {
        self.0.borrow().as_ref().is_some_and(|outage| !outage.reads)
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Option<Outage>> {
        self.0.subscribe()
    }

    /// Notes how a call ended; `writes` when it was one that may write.
    pub(crate) fn felt<T>(&self, out: Result<T>, writes: bool) -> Result<T> {
        match &out {
            Ok(_) => {
                let is_over = |now: &Option<Outage>| {
                    now.as_ref().is_some_and(|outage| writes || !outage.reads)
                };
                if is_over(&self.0.borrow()) {
                    self.0.send_if_modified(|now| is_over(now) && now.take().is_some());
                }
            }
            Err(fault) if fault.is_outage() => {
                let reads = writes && !matches!(fault, Fault::Lost { .. } | Fault::Connect { .. });
                // One that grows worse is another one; one that goes on is not.
                let is_new =
                    |now: &Option<Outage>| now.as_ref().is_none_or(|outage| outage.reads && !reads);
                if is_new(&self.0.borrow()) {
                    let outage = Outage { code: fault.code(), why: fault.words(), reads };
                    let put = |now: &mut Option<Outage>| *now = Some(outage);
                    self.0.send_if_modified(|now| is_new(now).then(|| put(now)).is_some());
                }
            }
            Err(_) => {}
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost() -> Result<()> {
        Err(Fault::Lost { source: "gone".into() })
    }

    fn full() -> Result<()> {
        Err(Fault::Full { source: "no room".into() })
    }

    #[test]
    fn one_outage_is_one_change_however_many_calls_fail() {
        let condition = Condition::new();
        let mut seen = condition.watch();
        for _ in 0..1_000 {
            assert!(condition.felt(lost(), true).is_err());
        }
        assert!(condition.is_away() && seen.has_changed().unwrap());
        let outage = seen.borrow_and_update().clone().unwrap();
        assert_eq!((outage.code, outage.reads), ("database_lost", false));
        assert!(outage.why.contains("gone"));
        assert!(condition.felt(lost(), false).is_err());
        assert!(!seen.has_changed().unwrap());
        condition.felt(Ok(()), false).unwrap();
        assert!(!condition.is_away() && seen.borrow_and_update().is_none());
        condition.felt(Ok(()), true).unwrap();
        assert!(!seen.has_changed().unwrap());
    }

    #[test]
    fn what_cannot_be_written_is_not_over_when_something_was_read() {
        let condition = Condition::new();
        let mut seen = condition.watch();
        assert!(condition.felt(full(), true).is_err());
        assert!(seen.borrow_and_update().as_ref().is_some_and(|outage| outage.reads));
        condition.felt(Ok(()), false).unwrap();
        assert!(!seen.has_changed().unwrap() && !condition.is_away());
        assert!(condition.felt(lost(), false).is_err());
        assert!(condition.is_away(), "it grew worse");
        condition.felt(Ok(()), true).unwrap();
        assert!(seen.borrow_and_update().is_none());
    }

    #[test]
    fn what_lies_in_what_was_written_is_no_outage() {
        let condition = Condition::new();
        let refused: Result<()> = Err(Fault::Constraint { source: "twice".into() });
        assert!(condition.felt(refused, true).is_err());
        assert!(condition.watch().borrow().is_none());
    }
}
