//! The clock of the practice company: its own, so that days pass when a test says so.

use domain::Millis;
use tokio::time::Instant;

/// How time goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Only when told.
    Still,
    /// So many times as fast as outside; 1 is as outside.
    Times(u32),
}

/// A clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    from: Millis,
    since: Instant,
    pace: Pace,
}

impl Clock {
    pub(crate) fn new(from: Millis, pace: Pace) -> Self {
        Self { from, since: Instant::now(), pace }
    }

    pub(crate) fn now(&self) -> Millis {
        let Pace::Times(times) = self.pace else { return self.from };
        let passed = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(0);
        Millis(self.from.0.saturating_add(passed.saturating_mul(i64::from(times))))
    }

    pub(crate) fn advance(&mut self, ms: i64) {
        self.from.0 = self.from.0.saturating_add(ms);
    }

    pub(crate) fn set(&mut self, pace: Pace) {
        *self = Self::new(self.now(), pace);
    }

    /// How long to wait outside until this moment; `None` when only a word helps.
    pub(crate) fn until(&self, due: Millis) -> Option<std::time::Duration> {
        let left = u64::try_from(due.since(self.now())).unwrap_or(0);
        match self.pace {
            _ if left == 0 => Some(std::time::Duration::ZERO),
            Pace::Still | Pace::Times(0) => None,
            Pace::Times(times) => {
                Some(std::time::Duration::from_millis(left / u64::from(times) + 1))
            }
        }
    }
}
