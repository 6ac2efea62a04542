//! What to fire of a timer that was found due, perhaps long after.

use domain::{Millis, Missed, When, Zone};

use crate::schedule::{last, next};

/// A timer found due within this is on time, in milliseconds: what a busy or restarting program
/// needs. Only what is later than this was missed.
pub const ON_TIME_MS: i64 = 5 * Millis::MINUTE;

/// Late occurrences fired at once at most. The following ones stay due and come with the next
/// look, so that years of sleep are caught up in bounded steps.
pub const LATE_AT_ONCE_MAX: usize = 32;

/// What to fire of a timer, and when it is due again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fire {
    /// Moments to fire now, in order; each is one that the timer was set for.
    pub moments: Vec<Millis>,
    /// When it is due again; `None` when it is over. Not after now where late occurrences are
    /// still to be fired.
    pub next: Option<Millis>,
}

/// What to do with a timer that was set for `due`, looked at `now`.
pub fn missed(when: &When, zone: &Zone, policy: Missed, due: Millis, now: Millis) -> Fire {
    if due > now {
        return Fire { moments: Vec::new(), next: Some(due) };
    }
    match policy {
        Missed::Late => late(when, zone, due, now),
        Missed::Skip => {
            let at = latest(when, zone, due, now);
            let on_time = now.0.saturating_sub(at.0) <= ON_TIME_MS;
            let moments = if on_time { vec![at] } else { Vec::new() };
            Fire { moments, next: next(when, zone, now) }
        }
        Missed::Merge => {
            let moments = vec![latest(when, zone, due, now)];
            Fire { moments, next: next(when, zone, now) }
        }
    }
}

/// The latest occurrence from `due` to `now`. A timer whose rule or zone was changed since may
/// have none: then `due` itself counts.
fn latest(when: &When, zone: &Zone, due: Millis, now: Millis) -> Millis {
    last(when, zone, now).filter(|at| *at >= due).unwrap_or(due)
}

fn late(when: &When, zone: &Zone, due: Millis, now: Millis) -> Fire {
    let mut moments = vec![due];
    let mut last = due;
    while let Some(at) = next(when, zone, last) {
        if at > now || moments.len() >= LATE_AT_ONCE_MAX {
            return Fire { moments, next: Some(at) };
        }
        moments.push(at);
        last = at;
    }
    Fire { moments, next: None }
}
