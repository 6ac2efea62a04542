//! When a call may go out: its budget, and what the platform has shut.
//!
//! Invariant: a call that was refused for its frequency is not made before its window is over. The
//! platform does not say which window that is, so it is taken for the shortest first, and for the
//! next longer one each time the call is refused again right after.

use std::collections::HashMap;

use domain::Millis;

use crate::wecom::budget::Budget;
use crate::wecom::client::call::Call;

/// Windows of the platform's limits, in milliseconds: a minute, an hour, a day.
const WINDOWS_MS: [i64; 3] = [Millis::MINUTE, Millis::HOUR, Millis::DAY];

/// Budgets and closures of the calls of one account.
#[derive(Debug, Default)]
pub(super) struct Pace {
    calls: HashMap<&'static str, Budget>,
    shut: HashMap<&'static str, Shut>,
}

#[derive(Clone, Copy, Debug)]
struct Shut {
    until: Millis,
    window: usize,
}

impl Pace {
    /// Until when the call is shut.
    pub(super) fn shut(&self, call: &Call, now: Millis) -> Option<Millis> {
        self.shut.get(call.path).map(|shut| shut.until).filter(|until| now < *until)
    }

    /// Takes one call from its budget; otherwise the milliseconds to wait.
    pub(super) fn take(&mut self, call: &Call, now: Millis) -> Result<(), i64> {
        self.calls.entry(call.path).or_insert_with(|| Budget::of(call.limits)).take(now)
    }

    /// The platform refused the call for its frequency: until when it is shut now.
    pub(super) fn refused(&mut self, call: &Call, now: Millis) {
        let window = match self.shut.get(call.path) {
            // One of several that were on their way.
            Some(shut) if now < shut.until => return,
            Some(shut) => (shut.window + 1).min(WINDOWS_MS.len() - 1),
            None => 0,
        };
        let length = WINDOWS_MS.get(window).copied().unwrap_or(Millis::DAY);
        self.shut.insert(call.path, Shut { until: Millis(now.0 + length), window });
    }

    /// The platform took the call.
    pub(super) fn taken(&mut self, call: &Call, now: Millis) {
        if self.shut(call, now).is_none() {
            self.shut.remove(call.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: Call = Call::repeatable("/cgi-bin/x");

    #[test]
    fn a_call_refused_again_and_again_is_shut_for_longer_each_time() {
        let mut pace = Pace::default();
        let mut now = Millis(7);
        for length in [Millis::MINUTE, Millis::HOUR, Millis::DAY, Millis::DAY] {
            pace.refused(&CALL, now);
            // Others that were on their way are refused as well, and change nothing.
            pace.refused(&CALL, Millis(now.0 + 5));
            pace.taken(&CALL, Millis(now.0 + 6));
            assert_eq!(pace.shut(&CALL, Millis(now.0 + length - 1)), Some(Millis(now.0 + length)));
            now = Millis(now.0 + length);
            assert_eq!(pace.shut(&CALL, now), None);
        }
        pace.taken(&CALL, now);
        pace.refused(&CALL, now);
        assert_eq!(pace.shut(&CALL, now), Some(Millis(now.0 + Millis::MINUTE)));
    }
}
