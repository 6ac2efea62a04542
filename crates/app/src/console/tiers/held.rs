//! The copy in memory that answers, one for each organisation; and the loop that keeps it young.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::{Actor, Day, GroupId, IdentityId, Millis, OrgId};
use insights::{Mood, Tier};
use roaring::{MultiOps, RoaringBitmap};
use rustc_hash::FxHashMap;
use store::{GroupRow, TierRow};

use crate::console::tiers::seats::{Seated, Seats};
use crate::console::tiers::standing::{Judged, tells_flow};
use crate::console::tiers::summed::Kept;
use crate::console::tiers::{Standing, keeping};
use crate::console::{Console, Denied};
use crate::error::Fault;

/// How often the loop looks for what is late.
const EVERY: Duration = Duration::from_millis(1_500);

/// How soon it goes on when a round left something: others have their turn meanwhile.
const SOON: Duration = Duration::from_millis(20);

/// What is held of each organisation.
#[derive(Debug, Default)]
pub(crate) struct Tiers {
    orgs: Mutex<FxHashMap<OrgId, Arc<Held>>>,
    /// One fold at a time.
    pub(super) folding: tokio::sync::Mutex<()>,
    /// The loop runs: readers need not fold.
    running: std::sync::atomic::AtomicBool,
}

/// What is held of one organisation: as it is in the store.
#[derive(Clone, Debug, Default)]
pub(super) struct Held {
    /// Rows made later are not here.
    since: i64,
    pub(super) days: BTreeMap<i32, Arc<Seated>>,
    pub(super) months: BTreeMap<i32, Arc<Seated>>,
    /// Of everybody in these tiers.
    pub(super) seats: Arc<Seats>,
    pub(super) judged: BTreeMap<GroupId, Arc<Judged>>,
    pub(super) groups: Arc<BTreeMap<GroupId, GroupRow>>,
    /// By person: identities that are the same person.
    pub(super) merged: Arc<Vec<(IdentityId, IdentityId)>>,
    tasks: Vec<(GroupId, u32)>,
    pub(super) standings: Arc<Vec<Standing>>,
    /// Who is in any group now, each once.
    pub(super) everybody: u64,
    /// Windows that were summed from this copy.
    pub(super) kept: Arc<Kept>,
    /// Nothing is late.
    pub(super) made: bool,
}

impl Tiers {
    pub(super) fn get(&self, org: OrgId) -> Option<Arc<Held>> {
        self.orgs.lock().unwrap_or_else(PoisonError::into_inner).get(&org).cloned()
    }

    fn put(&self, org: OrgId, held: Arc<Held>) {
        self.orgs.lock().unwrap_or_else(PoisonError::into_inner).insert(org, held);
    }

    fn runs(&self) -> bool {
        self.running.load(std::sync::atomic::Ordering::Relaxed)
    }
}

impl Console {
    /// Starts the loop that keeps the tiers of all organisations at most some seconds behind the
    /// pages, and reads the names for the search box. It ends with the pipeline.
    pub fn start_tiers(&self) {
        let console = self.clone();
        self.inner.tiers.running.store(true, std::sync::atomic::Ordering::Relaxed);
        self.live().aside("the tiers", move |mut stop| {
            let console = console.clone();
            async move {
                console.warm().await;
                while !*stop.borrow_and_update() {
                    let pause = console.keep_tiers().await;
                    // Told to stop, or time for the next round.
                    let _ = tokio::time::timeout(pause, stop.changed()).await;
                }
            }
        });
    }

    /// A round for every organisation; how long the next one may wait.
    async fn keep_tiers(&self) -> Duration {
        // What fails now is tried again in a moment.
        let orgs = self.store().organisations().await.unwrap_or_default();
        let mut is_all = true;
        for org in orgs {
            is_all &= self.round(org.id).await.unwrap_or(true);
        }
        if is_all { EVERY } else { SOON }
    }

    /// What stands is read, names too, before somebody asks for them.
    async fn warm(&self) {
        for org in self.store().organisations().await.unwrap_or_default() {
            // What cannot be read now is read when it is asked for.
            let _ = self.reload(org.id).await;
            let _ = self.warm_names(org.id).await;
        }
    }

    /// What is held of an organisation; folded first where the loop does not run.
    pub(super) async fn tiers_of(&self, org: OrgId) -> Result<Arc<Held>, Denied> {
        let held = self.inner.tiers.get(org);
        match held {
            Some(held) if self.inner.tiers.runs() => Ok(held),
            _ if self.inner.tiers.runs() => Ok(self.reload(org).await?),
            _ => {
                while !self.round(org).await? {}
                let held = self.inner.tiers.get(org);
                Ok(held.unwrap_or_default())
            }
        }
    }

    /// Takes in what was written since: by this process or another.
    pub(super) async fn reload(&self, org: OrgId) -> Result<Arc<Held>, Fault> {
        let store = self.store();
        let old = self.inner.tiers.get(org).unwrap_or_default();
        let (days, months) =
            (store.org_days(org, old.since).await?, store.org_months(org, old.since).await?);
        let judged = store.standings(org, old.since).await?;
        let groups = store.groups(org).await?.into_iter().map(|row| (row.id, row)).collect();
        let (tasks, merged) = (store.open_tasks(org).await?, store.merged(org).await?);
        let made = store.stale_days(org, 1).await?.is_empty();
        let is_same = groups == *old.groups && merged == *old.merged;
        let judged_same = judged.is_empty() && tasks == old.tasks && !old.standings.is_empty();
        if is_same && judged_same && days.is_empty() && months.is_empty() && made == old.made {
            return Ok(old);
        }
        let mut held = Held { tasks, made, ..Held::clone(&old) };
        let changed: BTreeSet<i32> = days.iter().map(|row| row.key.0).collect();
        for row in days {
            held.since = held.since.max(row.made_at);
            put(&held.seats, &mut held.days, row);
        }
        for row in months {
            held.since = held.since.max(row.made_at);
            put(&held.seats, &mut held.months, row);
        }
        for row in judged {
            held.since = held.since.max(row.made_at);
            match keeping::read(&row.body) {
                Some(judged) => held.judged.insert(row.key, Arc::new(judged)),
                None => held.judged.remove(&row.key),
            };
        }
        if !is_same {
            (held.groups, held.merged) = (Arc::new(groups), Arc::new(merged));
            held.judged.retain(|group, _| held.groups.contains_key(group));
        }
        if !is_same || !judged_same {
            held.standings = Arc::new(standings(&held));
            let members = held.judged.values().filter_map(|one| one.members());
            held.everybody = persons(&members.union(), &held.merged);
        }
        held.kept = Arc::new(if is_same { old.kept.without(&changed) } else { Kept::default() });
        let held = Arc::new(held);
        self.inner.tiers.put(org, Arc::clone(&held));
        Ok(held)
    }
}

/// How many people these identities are; `merged` is by person.
pub(super) fn persons(set: &RoaringBitmap, merged: &[(IdentityId, IdentityId)]) -> u64 {
    let doubles = |some: &[(IdentityId, IdentityId)]| {
        let person = some.first().map(|(_, person)| *person);
        let others = some.iter().filter(|(who, person)| who != person && set.contains(who.0));
        let there = others.count() + usize::from(person.is_some_and(|who| set.contains(who.0)));
        there.saturating_sub(1) as u64
    };
    let doubles: u64 = merged.chunk_by(|one, next| one.1 == next.1).map(doubles).sum();
    set.len() - doubles
}

/// A row that cannot be read is as good as none: it is made again with the next change.
fn put(seats: &Seats, rows: &mut BTreeMap<i32, Arc<Seated>>, row: TierRow<Day>) {
    match Tier::decode(row.body) {
        Ok(tier) if tier.groups().next().is_some() => {
            rows.insert(row.key.0, Arc::new(seats.seat(tier)))
        }
        _ => rows.remove(&row.key.0),
    };
}

fn standings(held: &Held) -> Vec<Standing> {
    let tasks: FxHashMap<GroupId, u32> = held.tasks.iter().copied().collect();
    let standing = |row: &GroupRow| {
        let judged = held.judged.get(&row.id);
        let number = |of: fn(&Judged) -> u32| judged.map_or(0, |one| of(one));
        Standing {
            group: row.id,
            name: row.said.name.clone(),
            platform: row.said.platform.clone(),
            zone: row.said.zone.clone(),
            live: judged.is_some_and(|one| one.live),
            members: judged.and_then(|one| Some(one.members()?.len())),
            mood: judged.map_or(Mood::Unknown, |one| one.mood),
            causes: judged.map(|one| one.causes.clone()).unwrap_or_default(),
            pulse: judged.map_or_else(|| vec![0; 30], |one| one.pulse.clone()),
            speakers_7d: number(|one| one.speakers_7d),
            messages_7d: number(|one| one.messages_7d),
            joins_7d: number(|one| one.joins_7d),
            leaves_7d: number(|one| one.leaves_7d),
            tells_flow: tells_flow(row),
            tells_talk: row.said.evidence.messages != domain::Extent::None,
            last: judged.and_then(|one| one.last),
            open_tasks: tasks.get(&row.id).copied().unwrap_or(0),
            made: judged.map_or(Millis(0), |one| one.at),
        }
    };
    held.groups.values().map(standing).collect()
}

/// Groups that an actor sees, of those held.
pub(super) fn seen<'a>(held: &'a Held, actor: &'a Actor) -> impl Iterator<Item = &'a GroupRow> {
    held.groups.values().filter(|row| actor.sees(row.id))
}
