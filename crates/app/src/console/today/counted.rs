//! How many rows Today has, for the menu of every page: counted again after some seconds.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{Actor, Millis, OrgId, StaffId};
use rustc_hash::FxHashMap;

use crate::console::today::list::open_rows;
use crate::console::{Console, Denied};

/// A count holds for so long; whoever looks at Today itself counts anew.
const HOLDS_MS: i64 = 5_000;

/// The last count of each of staff, and when it was made.
#[derive(Debug, Default)]
pub(crate) struct Counted(Mutex<FxHashMap<(OrgId, StaffId), (Millis, usize)>>);

impl Counted {
    /// Notes what was counted just now.
    pub(super) fn put(&self, actor: &Actor, now: Millis, count: usize) {
        self.lock().insert((actor.org, actor.staff), (now, count));
    }

    fn get(&self, actor: &Actor, now: Millis) -> Option<usize> {
        let (at, count) = *self.lock().get(&(actor.org, actor.staff))?;
        (0..HOLDS_MS).contains(&now.since(at)).then_some(count)
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<(OrgId, StaffId), (Millis, usize)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Console {
    /// How many rows Today has for this actor, at most [`HOLDS_MS`] ago.
    pub async fn waiting(&self, actor: &Actor) -> Result<usize, Denied> {
        let now = self.now();
        if let Some(count) = self.counted().get(actor, now) {
            return Ok(count);
        }
        let count = open_rows(&self.ground(actor).await?).len();
        self.counted().put(actor, now, count);
        Ok(count)
    }
}
