//! Who wrote the latest messages, so that reply links lead to people.
//!
//! Bounded by count and age. Indexed only when a link is followed: groups without reply links pay
//! nothing for it.

use domain::Millis;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// Most messages remembered.
pub(super) const AUTHORS_MAX: usize = 50_000;

/// Longest time for which a message is remembered, in milliseconds.
pub(super) const AUTHORS_MS: i64 = 7 * Millis::DAY;

/// A remembered message.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    pub(super) key: i64,
    pub(super) at: Millis,
    pub(super) who: u32,
    /// It was an item itself.
    pub(super) item: bool,
}

/// The latest messages.
#[derive(Default)]
pub(super) struct Authors {
    latest: VecDeque<Written>,
    /// How many of `latest`, from the front, stand in the index.
    indexed: usize,
    index: FxHashMap<i64, Written>,
}

impl Authors {
    /// Adds a message; the oldest falls out when there are too many.
    pub(super) fn add(&mut self, written: Written) {
        if self.latest.len() >= AUTHORS_MAX {
            self.drop_oldest();
        }
        self.latest.push_back(written);
    }

    /// The message with this key, when it is younger than [`AUTHORS_MS`] at `now`.
    pub(super) fn find(&mut self, key: i64, now: Millis) -> Option<Written> {
        while self.latest.front().is_some_and(|oldest| now.since(oldest.at) > AUTHORS_MS) {
            self.drop_oldest();
        }
        for written in self.latest.iter().skip(self.indexed) {
            self.index.insert(written.key, *written);
        }
        self.indexed = self.latest.len();
        self.index.get(&key).copied()
    }

    fn drop_oldest(&mut self) {
        let Some(oldest) = self.latest.pop_front() else { return };
        if self.indexed == 0 {
            return;
        }
        self.indexed -= 1;
        if self.index.get(&oldest.key).is_some_and(|known| known.at == oldest.at) {
            self.index.remove(&oldest.key);
        }
    }
}
