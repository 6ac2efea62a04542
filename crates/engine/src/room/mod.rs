//! What may be said and done in a group at all: rules, silence, pins, announcement, closing.

use serde::{Deserialize, Serialize};

/// The room's part of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The announcement in force (A25).
    pub announcement: Option<Notice>,
    /// The rules in force; their version is accepted on coming in (D17).
    pub rules: Option<Notice>,
    /// Versions of announcements and rules given so far.
    pub announcements: u32,
    /// Versions of rules given so far.
    pub rule_versions: u32,
    /// Source keys of pinned messages, the latest first (A28).
    pub pins: Vec<i64>,
    /// Since when the group is closed (ms UTC), if it is.
    pub closed: Option<i64>,
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

pub(crate) const ROOM: () = ();
