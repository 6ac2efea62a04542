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

/// The latest messages, numbered in the order in which they came.
#[derive(Default)]
pub(super) struct Authors {
    latest: VecDeque<Written>,
    /// Number of the first message in `latest`.
    first: u64,
    /// Number of the first message that is not in the index yet.
    unindexed: u64,
    /// Key to number; numbers below `first` are forgotten.
    index: FxHashMap<i64, u64>,
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
        if self.index.len() > 2 * AUTHORS_MAX {
            self.index.clear();
            self.unindexed = self.first;
        }
        let from = self.unindexed.max(self.first);
        let place = self.place(from).unwrap_or(0).min(self.latest.len());
        for (number, written) in (from..).zip(self.latest.range(place..)) {
            self.index.insert(written.key, number);
        }
        self.unindexed = self.first + self.latest.len() as u64;
        let place = self.place(*self.index.get(&key)?)?;
        self.latest.get(place).copied()
    }

    fn place(&self, number: u64) -> Option<usize> {
        usize::try_from(number.checked_sub(self.first)?).ok()
    }

    fn drop_oldest(&mut self) {
        if self.latest.pop_front().is_some() {
            self.first += 1;
        }
    }
}
