//! What was worked out once and is asked for again: the last few, the one used longest ago goes.
//!
//! Invariant: a key holds everything that the value depends on, so that nothing is ever stale.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{GroupId, OrgId};
use insights::Span;
use report::Community;
use tokio::sync::Semaphore;

use crate::console::figures::whole::Wholes;

/// Readings kept.
const KEPT_MAX: usize = 48;
/// Readings worked out at the same time.
const AT_ONCE: usize = 2;

/// What a reading of one group depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) org: OrgId,
    pub(crate) group: GroupId,
    pub(crate) span: Span,
    pub(crate) against: Option<Span>,
    /// How far the pages know the log, how many there are, and the group's revision.
    pub(crate) through: [i64; 3],
    /// Version of the settings of judgement.
    pub(crate) settings: u16,
}

/// Readings that were shown.
#[derive(Debug)]
pub(crate) struct Shown {
    readings: Mutex<VecDeque<(Key, Arc<Community>)>>,
    /// Leave to work something out.
    pub(crate) turns: Semaphore,
    /// Readings of many groups.
    pub(crate) wholes: Wholes,
}

impl Default for Shown {
    fn default() -> Self {
        Self {
            readings: Mutex::default(),
            turns: Semaphore::new(AT_ONCE),
            wholes: Wholes::default(),
        }
    }
}

impl Shown {
    pub(crate) fn get(&self, key: &Key) -> Option<Arc<Community>> {
        let mut readings = lock(&self.readings);
        let place = readings.iter().position(|(kept, _)| kept == key)?;
        let found = readings.remove(place)?;
        let community = Arc::clone(&found.1);
        readings.push_back(found);
        Some(community)
    }

    pub(crate) fn put(&self, key: Key, community: Arc<Community>) {
        let mut readings = lock(&self.readings);
        readings.retain(|(kept, _)| *kept != key);
        readings.push_back((key, community));
        while readings.len() > KEPT_MAX {
            readings.pop_front();
        }
    }
}

/// A thread that panicked while it held the lock leaves nothing half done here.
fn lock<T>(held: &Mutex<T>) -> MutexGuard<'_, T> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
