//! How much one guest or one address may do: token buckets in memory.
//!
//! Invariant: memory is bounded; when there are too many buckets, full ones are forgotten first,
//! which changes nothing. After a restart all buckets are full.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use domain::Millis;

use crate::door::waits::Waits;

/// A bucket: so many at once, and one more every so often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// At once.
    pub burst: u32,
    /// One more after so many milliseconds.
    pub every_ms: u32,
}

/// Limits of the faces. Those of an address are wide, because a school or a company sits behind
/// one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Acts (messages, joins, keeper's acts) of one guest.
    pub guest_acts: Rate,
    /// Acts of one address.
    pub address_acts: Rate,
    /// Pages and fragments of one address.
    pub address_pages: Rate,
    /// Wrong links of one address.
    pub address_tokens: Rate,
    /// Wrong log-ins of one login before it has to wait, longer each time.
    pub login_tries: u32,
    /// Wrong log-ins of one address before it has to wait, longer each time.
    pub address_tries: u32,
    /// Live connections of one guest at once.
    pub guest_streams: usize,
    /// Live connections of one address at once.
    pub address_streams: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            guest_acts: Rate { burst: 20, every_ms: 1_500 },
            address_acts: Rate { burst: 200, every_ms: 100 },
            address_pages: Rate { burst: 600, every_ms: 20 },
            address_tokens: Rate { burst: 10, every_ms: 10_000 },
            login_tries: 5,
            address_tries: 20,
            guest_streams: 12,
            address_streams: 400,
        }
    }
}

impl Limits {
    /// Practically none: for the rehearsal crowd and for measuring.
    pub fn none() -> Self {
        let rate = Rate { burst: u32::MAX, every_ms: 0 };
        Self {
            guest_acts: rate,
            address_acts: rate,
            address_pages: rate,
            address_tokens: rate,
            login_tries: u32::MAX,
            address_tries: u32::MAX,
            guest_streams: usize::MAX,
            address_streams: usize::MAX,
        }
    }
}

/// The longest wait of a login: short, so that nobody can keep its owner out.
const LOGIN_WAIT_MS_MAX: i64 = Millis::MINUTE;

/// The longest wait of an address.
const ADDRESS_WAIT_MS_MAX: i64 = 15 * Millis::MINUTE;

/// Buckets kept at most.
const BUCKETS_MAX: usize = 50_000;

/// Buckets of one rate.
#[derive(Debug)]
pub(crate) struct Buckets<K> {
    rate: Rate,
    /// When each bucket is full again, in ms.
    full_at: Mutex<HashMap<K, i64>>,
}

impl<K: Eq + Hash + Clone> Buckets<K> {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, full_at: Mutex::default() }
    }

    /// Takes one; otherwise says after how many seconds there is one again.
    pub(crate) fn take(&self, key: &K, now: Millis) -> Result<(), u32> {
        let every = i64::from(self.rate.every_ms);
        if every == 0 {
            return Ok(());
        }
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= BUCKETS_MAX && !buckets.contains_key(key) {
            buckets.retain(|_, full_at| *full_at > now.0);
            if buckets.len() >= BUCKETS_MAX {
                buckets.clear();
            }
        }
        // A clock that was set back must not shut anybody out for longer than an empty bucket.
        let whole = every * i64::from(self.rate.burst);
        let full_at = buckets.get(key).copied().unwrap_or(now.0).clamp(now.0, now.0 + whole);
        let after = full_at + every;
        if after - now.0 > whole {
            buckets.insert(key.clone(), full_at);
            return Err(u32::try_from((after - now.0 - whole + 999) / 1_000).unwrap_or(1));
        }
        buckets.insert(key.clone(), after);
        Ok(())
    }
}

/// All buckets of the faces.
#[derive(Debug)]
pub(crate) struct Turnstile {
    pub(crate) guest_acts: Buckets<String>,
    pub(crate) address_acts: Buckets<IpAddr>,
    pub(crate) address_pages: Buckets<IpAddr>,
    pub(crate) address_tokens: Buckets<IpAddr>,
    pub(crate) login_tries: Waits<String>,
    pub(crate) address_tries: Waits<IpAddr>,
}

impl Turnstile {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            guest_acts: Buckets::new(limits.guest_acts),
            address_acts: Buckets::new(limits.address_acts),
            address_pages: Buckets::new(limits.address_pages),
            address_tokens: Buckets::new(limits.address_tokens),
            login_tries: Waits::new(limits.login_tries, LOGIN_WAIT_MS_MAX),
            address_tries: Waits::new(limits.address_tries, ADDRESS_WAIT_MS_MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_then_one_at_a_time() {
        let buckets = Buckets::new(Rate { burst: 3, every_ms: 1_000 });
        let take = |at| buckets.take(&"小林", Millis(at));
        assert!((0..3).all(|_| take(10_000).is_ok()));
        assert_eq!(take(10_000), Err(1));
        assert_eq!(take(10_999), Err(1));
        assert_eq!(take(11_000), Ok(()));
        assert_eq!(take(11_000), Err(1));
        assert!(buckets.take(&"阿杰", Millis(11_000)).is_ok());
        assert!((0..3).all(|_| take(90_000).is_ok()));
    }

    #[test]
    fn a_clock_set_back_shuts_nobody_out() {
        let buckets = Buckets::new(Rate { burst: 2, every_ms: 1_000 });
        let take = |at| buckets.take(&1, Millis(at));
        assert!(take(9_000_000).is_ok() && take(9_000_000).is_ok());
        assert_eq!(take(0), Err(1));
        assert_eq!(take(1_000), Ok(()));
    }

    #[test]
    fn memory_stays_bounded() {
        let buckets = Buckets::new(Rate { burst: 2, every_ms: 1_000 });
        for key in 0..120_000 {
            assert!(buckets.take(&key, Millis(5)).is_ok());
        }
        assert!(buckets.full_at.lock().unwrap().len() <= BUCKETS_MAX);
    }
}
