//! What counts in each organisation, readable and changeable while everything runs.
//!
//! Invariant: the pages of a change are written by the projector alone, so that nothing that is
//! said meanwhile is lost: a change only has groups folded again from the log, a few at a time.
//! How far that is stands in [`Refold`]; what was left undone by a stop is taken up at the start.

use std::sync::{PoisonError, RwLock};

use domain::{Millis, OrgId};
use insights::Settings;
use rustc_hash::FxHashMap;
use tokio::sync::{Notify, watch};

use crate::error::Fault;
use crate::judging;
use crate::live::handle::Live;

/// Groups folded again at once.
const GROUPS_AT_ONCE: usize = 8;

/// Name of the mark that all pages are of a version.
const DONE: &str = "judge_done";

/// How far the pages are judged anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Refold {
    /// Groups done.
    pub done: u32,
    /// Groups to be done, with those done; 0 while they are counted.
    pub groups: u32,
}

/// What counts in each organisation.
#[derive(Debug, Default)]
pub(crate) struct Judges {
    of: RwLock<FxHashMap<OrgId, Settings>>,
    under_way: RwLock<FxHashMap<OrgId, Refold>>,
    changed: Notify,
}

impl Judges {
    fn get(&self, org: OrgId) -> Option<Settings> {
        self.of.read().unwrap_or_else(PoisonError::into_inner).get(&org).cloned()
    }

    fn put(&self, org: OrgId, settings: Settings) {
        self.of.write().unwrap_or_else(PoisonError::into_inner).insert(org, settings);
    }

    fn tell(&self, org: OrgId, refold: Option<Refold>) {
        let mut under_way = self.under_way.write().unwrap_or_else(PoisonError::into_inner);
        match refold {
            Some(refold) => under_way.insert(org, refold),
            None => under_way.remove(&org),
        };
    }
}

impl Live {
    /// What counts in an organisation now.
    pub fn judge(&self, org: OrgId) -> Settings {
        self.judges().get(org).unwrap_or_else(|| self.settings().judge.clone())
    }

    /// How far the pages of an organisation are judged anew; `None` when all are.
    pub fn refolding(&self, org: OrgId) -> Option<Refold> {
        let judges = self.judges();
        judges.under_way.read().unwrap_or_else(PoisonError::into_inner).get(&org).copied()
    }

    /// Other settings count from now on, and the pages of all days are judged by them in the
    /// background. They are in the database already.
    pub(crate) fn judge_by(&self, org: OrgId, settings: Settings) {
        self.judges().put(org, settings);
        self.judges().tell(org, Some(Refold::default()));
        self.judges().changed.notify_one();
    }

    /// Reads what counts in each organisation.
    pub(super) async fn read_judges(&self) -> Result<(), Fault> {
        for org in self.store().organisations().await? {
            let rows = self.store().settings(org.id).await?;
            if rows.iter().any(|row| row.name == judging::JUDGE) {
                let settings = judging::latest(&rows);
                let done = rows.iter().rfind(|row| row.name == DONE);
                if done.is_none_or(|done| done.value != settings.version.to_string()) {
                    self.judges().tell(org.id, Some(Refold::default()));
                }
                self.judges().put(org.id, settings);
            }
        }
        Ok(())
    }
}

/// Has pages judged anew wherever something else counts now, until told to stop.
pub(super) async fn run(live: Live, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        let due: Vec<OrgId> = {
            let judges = live.judges();
            let under_way = judges.under_way.read().unwrap_or_else(PoisonError::into_inner);
            under_way.keys().copied().collect()
        };
        for org in due {
            if refold(&live, org, &stop).await.is_ok() {
                continue;
            }
            // The database is away: again in a while.
            let _ = tokio::time::timeout(live.tick(), stop.changed()).await;
            live.judges().changed.notify_one();
        }
        tokio::select! {
            _ = stop.changed() => {}
            () = live.judges().changed.notified() => {}
        }
    }
}

/// Folds all groups of an organisation again whose pages were judged otherwise.
async fn refold(live: &Live, org: OrgId, stop: &watch::Receiver<bool>) -> Result<(), Fault> {
    let version = live.judge(org).version;
    let groups = live.store().judged_otherwise(org, version).await?;
    let mut told = Refold { done: 0, groups: u32::try_from(groups.len()).unwrap_or(u32::MAX) };
    for some in groups.chunks(GROUPS_AT_ONCE) {
        if *stop.borrow() || live.judge(org).version != version {
            // Changed again: the loop was told and begins anew.
            return Ok(());
        }
        live.judges().tell(org, Some(told));
        for group in some {
            live.telling().tails.reread((org, *group));
        }
        live.caught_up().await;
        told.done += u32::try_from(some.len()).unwrap_or(0);
    }
    if *stop.borrow() {
        return Ok(());
    }
    let now: Millis = live.clock().now();
    live.store().mark(org, DONE, &version.to_string(), now).await?;
    if live.judge(org).version == version {
        live.judges().tell(org, None);
    }
    Ok(())
}
