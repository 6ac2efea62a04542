//! When the message was said at which the look through a group begins: kept, because it is asked
//! again with every search and what is said stays said.

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::{GroupId, Millis, OrgId, Seq};
use rustc_hash::FxHashMap;
use store::Store;

use crate::error::Fault;

/// By group: the place asked for last, and the moment of what stands there.
type Places = FxHashMap<(OrgId, GroupId), (Seq, Option<Millis>)>;

/// Where the looks through groups began.
#[derive(Debug, Default)]
pub(crate) struct Begun(Mutex<Places>);

impl Begun {
    /// The latest of the moments at these places; `None` when nothing stands at any of them.
    pub(super) async fn latest(
        &self,
        store: &Store,
        org: OrgId,
        looks: &[(GroupId, Seq)],
    ) -> Result<Option<Millis>, Fault> {
        let is_new = |(group, low): &&(GroupId, Seq)| {
            self.held().get(&(org, *group)).is_none_or(|(known, _)| known != low)
        };
        let new: Vec<(GroupId, Seq)> = looks.iter().filter(is_new).copied().collect();
        if !new.is_empty() {
            let told: FxHashMap<GroupId, Millis> =
                store.moments(org, &new).await?.into_iter().collect();
            let mut held = self.held();
            for (group, low) in new {
                held.insert((org, group), (low, told.get(&group).copied()));
            }
        }
        let held = self.held();
        let moments = looks.iter().filter_map(|(group, _)| held.get(&(org, *group))?.1);
        Ok(moments.max())
    }

    /// A thread that panicked while it held the lock leaves nothing half done here.
    fn held(&self) -> MutexGuard<'_, Places> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
