//! Keys of events of the web chat: what a page may mint, and which part of a row an event is.

use domain::{EventWhat, FactKind, Millis, minted_at};

/// How far a page's clock may run ahead of ours: 1 h.
pub const KEY_AHEAD_MS_MAX: i64 = Millis::HOUR;

/// How old a key may be: a page left open or a message kept unsent for 30 days.
pub const KEY_BEHIND_MS_MAX: i64 = 30 * Millis::DAY;

/// The page minted its key with a clock that is not ours, or long ago: load it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page is too old or its clock is wrong: reload the page")]
pub struct StaleKey;

/// Whether a key minted by a page is taken now.
pub fn accepted(key: i64, now: Millis) -> Result<i64, StaleKey> {
    let age = now.since(minted_at(key));
    let fresh = key > 0 && (-KEY_AHEAD_MS_MAX..=KEY_BEHIND_MS_MAX).contains(&age);
    if fresh { Ok(key) } else { Err(StaleKey) }
}

/// The part of a source key for an event: the kind of its first fact in the upper 8 bits.
pub fn part(what: &EventWhat) -> u32 {
    let kind = match what {
        EventWhat::Message(_) => FactKind::Message,
        EventWhat::Recall { .. } => FactKind::Recall,
        EventWhat::Edit { .. } => FactKind::Edit,
        EventWhat::Reaction { .. } => FactKind::Reaction,
        EventWhat::Join(_) => FactKind::Join,
        EventWhat::Leave { .. } | EventWhat::Remove { .. } => FactKind::Leave,
        EventWhat::Rename { .. } => FactKind::Rename,
        EventWhat::Mute { .. }
        | EventWhat::Announce { .. }
        | EventWhat::Pin { .. }
        | EventWhat::Retitle { .. }
        | EventWhat::Rules { .. }
        | EventWhat::Close { .. }
        | EventWhat::Reopen
        | EventWhat::Due { .. } => FactKind::Service,
    };
    u32::from(kind as u8) << 24
}
