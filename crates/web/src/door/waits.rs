//! Waits that grow with every wrong try: what makes guessing passwords slow.
//!
//! Invariant: a try counts before it is looked at, so that many at once are no way around; memory
//! is bounded. A try while one has to wait is not looked at and does not count.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use domain::Millis;

/// Keys kept at most; those whose wait is over longest are forgotten first.
const KEYS_MAX: usize = 20_000;

/// Tries are forgotten after so long without one.
const FORGET_MS: i64 = 60 * Millis::MINUTE;

/// Waits of one kind of key.
#[derive(Debug)]
pub(crate) struct Waits<K> {
    /// So many tries before the first wait.
    free: u32,
    /// The longest wait.
    max_ms: i64,
    tries: Mutex<HashMap<K, Tries>>,
}

#[derive(Clone, Copy, Debug)]
struct Tries {
    count: u32,
    until: i64,
    last: i64,
}

impl<K: Eq + Hash> Waits<K> {
    pub(crate) fn new(free: u32, max_ms: i64) -> Self {
        Self { free, max_ms, tries: Mutex::default() }
    }

    /// Counts a try; otherwise says how many seconds to wait for the next one.
    pub(crate) fn count(&self, key: K, now: Millis) -> Result<(), u32> {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEYS_MAX && !all.contains_key(&key) {
            all.retain(|_, tries| tries.until > now.0);
            if all.len() >= KEYS_MAX {
                all.clear();
            }
        }
        let fresh = Tries { count: 0, until: 0, last: now.0 };
        let tries = all.entry(key).or_insert(fresh);
        if (now.0 - tries.last).abs() >= FORGET_MS.max(self.max_ms) {
            *tries = fresh;
        }
        // A clock that was set back must not shut anybody out for longer than the longest wait.
        let wait = tries.until.min(now.0 + self.max_ms) - now.0;
        if wait > 0 {
            return Err(u32::try_from((wait + 999) / 1_000).unwrap_or(u32::MAX));
        }
        tries.count = tries.count.saturating_add(1);
        tries.last = now.0;
        if let Some(over) = tries.count.checked_sub(self.free).filter(|over| *over > 0) {
            let wait = 1_000_i64.checked_shl(over.min(30)).unwrap_or(self.max_ms);
            tries.until = now.0 + wait.min(self.max_ms);
        }
        Ok(())
    }

    /// The try was right: forgets the others of this key.
    pub(crate) fn forget(&self, key: &K) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    /// The try was right: it does not count, but the others do.
    pub(crate) fn give_back(&self, key: &K) {
        let mut all = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tries) = all.get_mut(key) {
            tries.count = tries.count.saturating_sub(1);
            tries.until = tries.until.min(tries.last);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_with_a_right_try() {
        let waits = Waits::new(2, 60_000);
        let count = |at| waits.count("小林", Millis(at));
        assert!(count(0).is_ok() && count(0).is_ok() && count(0).is_ok());
        assert_eq!(count(0), Err(2));
        assert_eq!(count(1_500), Err(1));
        assert_eq!(count(2_000), Ok(()));
        assert_eq!(count(2_000), Err(4));
        assert!(waits.count("阿杰", Millis(2_000)).is_ok());
        let mut at = 10_000;
        for _ in 0..10 {
            while count(at).is_err() {
                at += 1_000;
            }
        }
        assert_eq!(count(at), Err(60), "the longest wait");
        waits.forget(&"小林");
        assert!(count(at).is_ok() && count(at).is_ok() && count(at).is_ok() && count(at).is_err());
        assert_eq!(count(at + 2 * FORGET_MS), Ok(()));
    }

    #[test]
    fn a_right_try_of_an_address_does_not_count() {
        let waits = Waits::new(1, 60_000);
        for _ in 0..100 {
            assert_eq!(waits.count(1, Millis(5)), Ok(()));
            waits.give_back(&1);
        }
    }

    #[test]
    fn memory_stays_bounded() {
        let waits = Waits::new(1, 60_000);
        for key in 0..50_000 {
            assert!(waits.count(key, Millis(5)).is_ok());
        }
        assert!(waits.tries.lock().unwrap().len() <= KEYS_MAX);
    }
}
