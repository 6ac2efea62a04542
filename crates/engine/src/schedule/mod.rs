//! When timers fall due: civil rules, zones, and what was missed.
//!
//! Reading order: [`next`] is the next moment; [`missed`] says what to fire of a timer found due,
//! late or not, and when it is due again; [`to_text`] and [`from_text`] store a rule.
//!
//! Invariants: moments of a rule grow strictly; a rule has at most one moment for a civil day; in
//! the hour that spring skips it falls due as much later as was skipped, in the hour that autumn
//! repeats it falls due the first time; every answer costs a bounded amount of work, however long
//! the program slept.

mod civil;
mod missed;
mod text;

use domain::{Millis, When, Zone};

pub use missed::{Fire, LATE_AT_ONCE_MAX, ON_TIME_MS, missed};
pub use text::{RuleError, from_text, to_text};

/// The first moment after `after` at which the timer falls due; `None` when there is none left.
pub fn next(when: &When, zone: &Zone, after: Millis) -> Option<Millis> {
    match when {
        When::At(at) => (*at > after).then_some(*at),
        When::Civil(rule) => civil::next(rule, zone, after),
    }
}

/// The last moment not after `until` at which the timer fell due.
pub(crate) fn last(when: &When, zone: &Zone, until: Millis) -> Option<Millis> {
    match when {
        When::At(at) => (*at <= until).then_some(*at),
        When::Civil(rule) => civil::last(rule, zone, until),
    }
}
