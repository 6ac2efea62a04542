//! What may be said and done in a group at all: rules, silence, pins, announcement, closing.
//!
//! Reading order: `allow` says no to what is asked; `apply` changes room and roster by what was
//! noted; `people` are the changes of stays; `silence` ends when its timer falls due.
//!
//! Invariants: `allow` changes nothing; a person's stays are numbered from 1 and never overlap; a
//! rejoin is a new stay that keeps what was earned (has spoken) and owed (silence) in the group.

mod allow;
mod apply;
mod limits;
mod people;
mod silence;

use serde::{Deserialize, Serialize};

pub(crate) use allow::allow;
pub(crate) use apply::apply;
pub(crate) use silence::due;

/// The word with which the names of the room's timers begin.
pub(crate) const WORD: &str = "room";

/// The room's part of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The announcement in force (A25).
    pub announcement: Option<Notice>,
    /// The rules in force; their version is accepted on coming in (D17).
    pub rules: Option<Notice>,
    /// Versions of announcements given so far.
    pub announcements: u32,
    /// Versions of rules given so far.
    pub rule_versions: u32,
    /// Source keys of pinned messages, the latest first (A28).
    pub pins: Vec<i64>,
    /// Since when the group is closed (ms UTC), if it is.
    pub closed: Option<i64>,
    /// Whom keepers removed, and when (ms UTC), the oldest first: they do not come back by a link
    /// for a day.
    pub removed: Vec<(u32, i64)>,
}

/// A text in force: its words are those of the fact at `seq`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Version, from 1.
    pub version: u32,
    /// Place of the fact that holds the words.
    pub seq: i64,
    /// Since when, ms UTC.
    pub at: i64,
    /// Who set it.
    pub by: u32,
}
