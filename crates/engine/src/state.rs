//! The state of a group that deciders keep between events: one small blob, stored with the log.
//!
//! Invariant: a blob of an older version is read, one of a newer version is refused.

use domain::{Fact, Millis, SourceKey};
use serde::{Deserialize, Serialize};

use crate::room::Room;
use crate::tracker::Tracker;

/// Version written now.
const VERSION: u16 = 1;

/// What the deciders know of a group, besides who is in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct State {
    /// The group's clock in ms UTC: the latest moment noted; it never runs backwards.
    pub now: i64,
    /// Greatest source key noted: what is greater cannot be a duplicate.
    pub top_key: i64,
    /// Source key and part of the last fact in the order of (moment, source key): it lies at
    /// `now`.
    pub last: (i64, u32),
    /// What may be said and done.
    pub room: Room,
    /// Who waits for an answer.
    pub tracker: Tracker,
}

/// A stored state cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
    /// Written by a newer program.
    #[error("the state of a group has version {0}; this program reads up to {VERSION}: update it")]
    Newer(u16),
    /// The bytes are not what they should be.
    #[error("the state of a group cannot be read")]
    Damaged,
}

impl State {
    /// The group's clock.
    pub fn now(&self) -> Millis {
        Millis(self.now)
    }

    /// Moment and source key of the last fact, in that order.
    pub(crate) fn last(&self) -> (i64, SourceKey) {
        let (key, part) = self.last;
        (self.now, SourceKey { key, part })
    }

    /// A fact was noted.
    pub(crate) fn advance(&mut self, fact: &Fact) {
        self.top_key = self.top_key.max(fact.source.key);
        if (fact.at.0, fact.source) > self.last() {
            self.now = fact.at.0;
            self.last = (fact.source.key, fact.source.part);
        }
    }

    /// Version and bytes to store.
    pub fn to_bytes(&self) -> (u16, Vec<u8>) {
        // Writing plain data to memory cannot fail.
        (VERSION, postcard::to_allocvec(self).unwrap_or_default())
    }

    /// Reads what was stored. Version 0 without bytes is a group whose state was never stored.
    pub fn from_bytes(version: u16, bytes: &[u8]) -> Result<Self, StateError> {
        match version {
            VERSION => match postcard::take_from_bytes(bytes) {
                Ok((state, [])) => Ok(state),
                _ => Err(StateError::Damaged),
            },
            0 if bytes.is_empty() => Ok(Self::default()),
            0 => Err(StateError::Damaged),
            newer => Err(StateError::Newer(newer)),
        }
    }
}
