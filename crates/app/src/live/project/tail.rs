//! What was committed and is not on the pages yet, in memory.
//!
//! Invariants: bounded; what does not fit is read again from the log; nothing that was committed
//! is ever left out, because a tail says from which place on it knows.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{Fact, GroupId, OrgId, Seq};
use rustc_hash::FxHashMap;
use tokio::sync::Notify;

/// Facts kept in memory over all groups, at most.
const FACTS_MAX: usize = 200_000;

/// The end of a group's log that its pages do not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Tail {
    /// These facts, from this place on.
    Facts(Seq, Vec<Fact>),
    /// It has to be read from the log.
    Reread,
}

/// The tails of all groups.
#[derive(Debug, Default)]
pub(crate) struct Tails {
    inner: Mutex<Inner>,
    /// Somebody wants the pages now.
    pub(crate) hurry: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    tails: FxHashMap<(OrgId, GroupId), Tail>,
    facts: usize,
    /// Counts commits.
    noted: u64,
}

impl Tails {
    /// Facts of a group were committed from place `first` on.
    pub(crate) fn note(&self, place: (OrgId, GroupId), first: Seq, facts: &[Fact]) {
        if facts.is_empty() {
            return;
        }
        let mut inner = self.lock();
        inner.noted += 1;
        let is_full = inner.facts + facts.len() > FACTS_MAX;
        let tail = inner.tails.entry(place).or_insert_with(|| Tail::Facts(first, Vec::new()));
        match tail {
            Tail::Facts(from, known) if !is_full && from.0 + known.len() as i64 == first.0 => {
                known.extend_from_slice(facts);
                inner.facts += facts.len();
            }
            Tail::Facts(_, known) => {
                let freed = known.len();
                *tail = Tail::Reread;
                inner.facts -= freed;
            }
            Tail::Reread => {}
        }
    }

    /// The log of a group may hold more than was noted.
    pub(crate) fn reread(&self, place: (OrgId, GroupId)) {
        let mut inner = self.lock();
        inner.noted += 1;
        if let Some(Tail::Facts(_, known)) = inner.tails.insert(place, Tail::Reread) {
            inner.facts -= known.len();
        }
    }

    /// Takes all tails, and how many commits they hold together with all before.
    pub(crate) fn take(&self) -> (FxHashMap<(OrgId, GroupId), Tail>, u64) {
        let mut inner = self.lock();
        inner.facts = 0;
        (std::mem::take(&mut inner.tails), inner.noted)
    }

    /// Commits noted so far.
    pub(crate) fn noted(&self) -> u64 {
        self.lock().noted
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
