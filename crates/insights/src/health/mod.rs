//! How alive a group is, and why (O05, O07).
//!
//! Judged against the group's own rhythm and its own usual number of speakers, not against other
//! groups: a club that meets on Sundays is not dead on Friday. Everything is seen from the last
//! day of the window. No score: a word and the causes, each with its numbers.

mod causes;
mod pace;

pub(crate) use causes::loudest;

use crate::figure::Need;
use crate::overview::{CauseCode, Health, Mood};
use crate::scope::Scope;
use causes::causes;
use pace::Pace;

/// Days that must have been seen before anything is said.
const SEEN_MIN: i32 = 14;
/// Share of the usual speakers at or below which a group is dying, fading.
const DYING_SHARE: f64 = 0.25;
const FADING_SHARE: f64 = 0.67;
/// Fewest usual speakers, and fewest people lost, for these shares to mean something.
const USUAL_MIN: f64 = 3.0;
const DROP_MIN: f64 = 2.0;
/// Share of the messages of the 14 days before at or below which a group is fading, and how many
/// there must have been.
const FEWER_MESSAGES: f64 = 0.5;
const MESSAGES_MIN: u64 = 10;
/// Lively: people speak on so many of the last 14 days, and so many of them.
const LIVELY_DAYS: u32 = 10;
const LIVELY_SPEAKERS: u32 = 5;

/// The verdict on the last day of the window.
pub(crate) fn health(scope: &Scope<'_>) -> Health {
    let unknown = Health { mood: Mood::Unknown, causes: Vec::new() };
    if scope.lacks(Need::Messages).is_some() {
        return unknown;
    }
    let Some(pace) = Pace::of(scope).filter(|pace| pace.seen_days >= SEEN_MIN) else {
        return unknown;
    };
    let causes = causes(scope, &pace);
    let one_sided = causes.iter().any(|cause| match cause.code {
        CauseCode::OneVoice | CauseCode::OneWay => causes::is_grave(cause),
        _ => false,
    });
    let mood = mood(&pace, one_sided);
    Health { mood, causes: causes::in_order(causes, mood) }
}

fn mood(pace: &Pace, one_sided: bool) -> Mood {
    let falls = pace.silent_days > pace.alert_after;
    let share = f64::from(pace.now.speakers) / pace.usual.max(1.0);
    let judged = pace.comparable() && pace.usual >= USUAL_MIN;
    let fewer =
        judged && share <= FADING_SHARE && pace.usual - f64::from(pace.now.speakers) >= DROP_MIN;
    if pace.silent_days >= pace.dead_after {
        Mood::Dead
    } else if pace.silent_days * 2 >= pace.dead_after
        || (pace.now.speakers == 0 && falls)
        || (judged && share <= DYING_SHARE)
    {
        Mood::Dying
    } else if falls || fewer || pace.quieter() || one_sided {
        Mood::Fading
    } else if pace.now.days >= LIVELY_DAYS && pace.now.speakers >= LIVELY_SPEAKERS {
        Mood::Lively
    } else {
        Mood::Steady
    }
}

impl Pace {
    /// Two weeks are long enough to see the group's rhythm.
    fn comparable(&self) -> bool {
        self.gap_days <= 7
    }

    /// Half as much is said as in the 14 days before, or less, and less than usual: after a peak a
    /// group is not fading while it says more than it used to.
    fn quieter(&self) -> bool {
        let before = self.before.filter(|before| before.messages >= MESSAGES_MIN);
        let half = |before: pace::Stretch| {
            self.now.messages as f64 <= FEWER_MESSAGES * before.messages as f64
        };
        let less = self.comparable() && self.now.messages < self.usual_messages;
        less && before.is_some_and(half)
    }
}
