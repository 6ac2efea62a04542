//! Everything that the report knows of all groups together: read in the background, kept, and
//! shown when it stands.
//!
//! Invariants: one reading at a time, so that pages stay quick; somebody who sees some groups only
//! gets a reading of those and no other; a page never waits for a reading of many groups.

use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{Actor, GroupId, May, Millis, OrgId};
use insights::Span;
use report::Community;
use store::GroupRow;

use crate::console::{Console, Denied, allowed};
use crate::report_group::gathered;
use crate::shape::Compared;

/// Up to so many groups are read at once, while the page waits.
const AT_ONCE_MAX: usize = 20;
/// Up to so many groups are measured one by one, too.
const EACH_MAX: usize = 100;
/// Readings kept.
const KEPT_MAX: usize = 8;
/// After so long a reading is made again; until that stands the old one is shown with its time.
const FRESH_MS: i64 = 15 * Millis::MINUTE;

/// How a reading of all groups stands.
#[derive(Clone, Debug)]
pub enum Whole {
    /// It stands.
    Ready(Arc<Community>),
    /// So many groups of so many are read.
    UnderWay {
        /// Read so far.
        done: usize,
        /// Of so many.
        all: usize,
    },
    /// It could not be made; the next call tries again.
    Failed,
    /// There is no group to read.
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Key {
    org: OrgId,
    /// `None`: all of them.
    groups: Option<BTreeSet<GroupId>>,
    window: Compared,
    settings: u16,
}

#[derive(Clone, Debug)]
enum State {
    Reading { done: Arc<AtomicUsize>, all: usize, old: Option<Arc<Community>> },
    Ready(Arc<Community>),
    Failed,
}

/// Readings of many groups.
#[derive(Debug)]
pub(crate) struct Wholes {
    states: Mutex<VecDeque<(Key, State)>>,
    turn: tokio::sync::Semaphore,
}

impl Default for Wholes {
    fn default() -> Self {
        Self { states: Mutex::default(), turn: tokio::sync::Semaphore::new(1) }
    }
}

impl Wholes {
    fn get(&self, key: &Key) -> Option<State> {
        let states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.iter().find(|(kept, _)| kept == key).map(|(_, state)| state.clone())
    }

    fn put(&self, key: Key, state: State) {
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.retain(|(kept, _)| *kept != key);
        states.push_back((key, state));
        while states.len() > KEPT_MAX {
            // A reading under way goes on; its end puts it back.
            states.pop_front();
        }
    }
}

impl Console {
    /// How the reading of all groups in the scope over this window stands; begins it where it does
    /// not. Few groups are read at once.
    pub async fn whole(
        &self,
        actor: &Actor,
        span: Span,
        against: Option<Span>,
    ) -> Result<Whole, Denied> {
        allowed(actor, May::Look)?;
        let groups = match &actor.scope {
            domain::Scope::All => None,
            domain::Scope::Groups(groups) => Some(groups.clone()),
        };
        let settings = self.live().judge(actor.org).version;
        let key = Key { org: actor.org, groups, window: Compared { span, against }, settings };
        let state = self.inner.shown.wholes.get(&key);
        let old = match &state {
            Some(State::Ready(one)) if self.now().since(one.made_at) < FRESH_MS => {
                return Ok(Whole::Ready(Arc::clone(one)));
            }
            Some(State::Reading { done, all, old }) => {
                return Ok(match old {
                    Some(old) => Whole::Ready(Arc::clone(old)),
                    None => Whole::UnderWay { done: done.load(Ordering::Relaxed), all: *all },
                });
            }
            Some(State::Ready(old)) => Some(Arc::clone(old)),
            Some(State::Failed) | None => None,
        };
        let rows = self.store().groups(actor.org).await?;
        let rows: Vec<GroupRow> = rows.into_iter().filter(|row| actor.sees(row.id)).collect();
        if rows.is_empty() {
            return Ok(Whole::Nothing);
        }
        let (done, all) = (Arc::new(AtomicUsize::new(0)), rows.len());
        let reading = State::Reading { done: Arc::clone(&done), all, old: old.clone() };
        self.inner.shown.wholes.put(key.clone(), reading);
        let task = tokio::spawn(self.clone().read_whole(key.clone(), rows, done));
        if all <= AT_ONCE_MAX {
            let _ = task.await;
            return Ok(match self.inner.shown.wholes.get(&key) {
                Some(State::Ready(one)) => Whole::Ready(one),
                _ => Whole::Failed,
            });
        }
        let failed = matches!(state, Some(State::Failed));
        Ok(match old {
            Some(old) => Whole::Ready(old),
            None if failed => Whole::Failed,
            None => Whole::UnderWay { done: 0, all },
        })
    }

    async fn read_whole(self, key: Key, rows: Vec<GroupRow>, done: Arc<AtomicUsize>) {
        let wholes = &self.inner.shown.wholes;
        let few = rows.len() <= AT_ONCE_MAX;
        let turns = if few { &self.inner.shown.turns } else { &wholes.turn };
        let Ok(_turn) = turns.acquire().await else { return };
        let Some(first) = rows.first() else { return };
        let mut wanted = self.wanted(first, key.window, self.live().judge(key.org));
        wanted.each = rows.len() <= EACH_MAX;
        wanted.read = Some(done);
        wanted.calm = !few;
        let state = match gathered(self.store(), key.org, rows, wanted).await {
            Ok(community) => State::Ready(Arc::new(community)),
            Err(_) => State::Failed,
        };
        wholes.put(key, state);
    }
}
