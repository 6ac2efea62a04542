//! Limits of what is said and done in a group, each with its reason.

use domain::Millis;

/// Characters of a message at most: some pages of writing; the large platforms end near there.
pub(crate) const TEXT_CHARS_MAX: u32 = 4_000;

/// Characters of a name shown in the group at most: what one line of a phone holds.
pub(crate) const NAME_CHARS_MAX: u32 = 24;

/// Characters of a group's name at most.
pub(crate) const TITLE_CHARS_MAX: u32 = 60;

/// Characters of an announcement, or of last words, at most: two screens of a phone (A25).
pub(crate) const ANNOUNCEMENT_CHARS_MAX: u32 = 2_000;

/// Characters of the rules at most: they are read before coming in (D17).
pub(crate) const RULES_CHARS_MAX: u32 = 4_000;

/// Characters of a reaction at most: the longest emoji are sequences of about ten.
pub(crate) const EMOJI_CHARS_MAX: u32 = 16;

/// Pinned messages at most: more is no longer a choice (A28).
pub(crate) const PINS_MAX: u32 = 10;

/// How long members can take back or change what they wrote, in minutes. Keepers always can.
pub(crate) const RECALL_MINUTES: u32 = 10;

/// How long somebody whom a keeper removed cannot come back by a link, in milliseconds: long
/// enough to cool down; for longer a keeper hands out another link (or removes again).
pub(crate) const REMOVED_MS: i64 = Millis::DAY;

/// Removals remembered at most; the oldest give way. Bounds the state.
pub(crate) const REMOVED_MAX: usize = 200;

/// Longest silence that can be imposed, in milliseconds: longer ones are cut to it.
pub(crate) const MUTE_MS_MAX: i64 = 366 * Millis::DAY;

/// Characters kept of a link's state.
pub(crate) const VIA_CHARS_MAX: usize = 120;
