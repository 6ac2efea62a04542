//! Fills an organisation with a rehearsed community, and keeps it talking.
//!
//! Reading order: [`fill`] opens the groups of a community and hands their past in, a whole group
//! after the other (`past`, `told`); [`Company`] then lives on with the clock (`going`): the days
//! go on, a few groups are lively at any hour, and members answer real visitors (`visitors`).
//!
//! Invariants: what is handed in is told with its own moments and keys, so that handing it in again
//! changes nothing; a second fill of the same organisation finds the community of the first by the
//! keys of its groups and goes on where that one was; the clock is an argument.

mod going;
mod past;
mod told;
mod visitors;

pub use going::Living;

use crate::crowd::Crowd;
use crate::plan::{Community, GroupPlan};
use app::live::{Account, Clock, Live, NewGroup, Refused};
use domain::{Day, GroupId, IdentityId, Millis, OrgId};
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Seconds that the clock of the groups is ahead of UTC: they live in Shanghai.
const OFFSET_S: i64 = 8 * 3600;
/// IANA name of their zone.
const ZONE: &str = "Asia/Shanghai";

/// What is wanted of a demonstration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The same number gives the same people.
    pub seed: u64,
    /// Groups.
    pub groups: u32,
    /// Days until today.
    pub days: u32,
}

/// How far a fill is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Groups that are complete.
    pub groups_done: u32,
    /// Groups in all.
    pub groups: u32,
    /// Happenings handed in so far.
    pub told: u64,
}

/// Follows a fill.
pub trait Follow: Send {
    /// It came further.
    fn further(&mut self, progress: Progress);
    /// Whether it shall go on.
    fn goes_on(&self) -> bool;
}

/// Follows nothing and never stops.
#[derive(Clone, Copy, Debug)]
pub struct Unfollowed;

impl Follow for Unfollowed {
    fn further(&mut self, _: Progress) {}

    fn goes_on(&self) -> bool {
        true
    }
}

/// Why a fill ended early. What it handed in stays; the next fill goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum Unfilled {
    /// It was told to stop.
    #[error("the demonstration was stopped before it was filled")]
    Stopped,
    /// The pipeline did not take something.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The pipeline failed.
    #[error(transparent)]
    Fault(#[from] app::Fault),
}

/// Where the community lives.
#[derive(Clone)]
pub struct Venue {
    /// The pipeline.
    pub live: Live,
    /// Its clock.
    pub clock: Arc<dyn Clock>,
    /// The organisation, one made for a demonstration.
    pub org: OrgId,
}

impl std::fmt::Debug for Venue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Venue").field("org", &self.org).finish_non_exhaustive()
    }
}

/// A community that was filled until now and can live on.
#[derive(Debug)]
pub struct Company {
    place: Venue,
    groups: Vec<Seated>,
    ours: Ours,
    /// How far the fill came.
    pub progress: Progress,
}

impl Company {
    /// Its groups, in the order of the community.
    pub fn groups(&self) -> impl Iterator<Item = GroupId> {
        self.groups.iter().map(|seated| seated.group)
    }

    /// Whether this account belongs to the make-believe people.
    pub fn is_ours(&self, who: IdentityId) -> bool {
        self.ours.has(who)
    }
}

/// Accounts of the make-believe people, shared with those who watch for others.
#[derive(Clone, Debug, Default)]
struct Ours(Arc<Mutex<HashSet<IdentityId>>>);

impl Ours {
    fn has(&self, who: IdentityId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&who)
    }

    fn add(&self, who: &[IdentityId]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(who);
    }
}

/// A crowd in its group.
#[derive(Debug)]
struct Seated {
    group: GroupId,
    crowd: Crowd,
    /// Accounts by number in the crowd.
    accounts: Vec<IdentityId>,
    /// What the crowd told that lies in the future still.
    next: Option<crate::happening::Happening>,
    pins: told::Pins,
}

impl Seated {
    /// Sees to it that everybody met so far has an account.
    async fn seat_everybody(&mut self, place: &Venue, ours: &Ours) -> Result<(), app::Fault> {
        let known = self.accounts.len();
        let numbers = seats(place, &self.crowd, known).await?;
        ours.add(&numbers);
        self.accounts.extend(numbers);
        Ok(())
    }
}

/// Accounts of those of a crowd who have none yet: all but the first `known`.
async fn seats(place: &Venue, crowd: &Crowd, known: usize) -> Result<Vec<IdentityId>, app::Fault> {
    let soul = crowd.plan().soul;
    let new = crowd.people().get(known..).unwrap_or_default();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let account = |person: &crate::people::Person| Account {
        key: format!("demo:{}", soul.account(person.number)),
        name: person.name.clone(),
        class: Some(person.persona.class()),
    };
    place.live.accounts(place.org, new.iter().map(account).collect()).await
}

/// Fills an organisation until now. The groups of an earlier fill are found and completed: its seed
/// and its day win over those wanted now.
pub async fn fill(
    place: Venue,
    wanted: Wanted,
    follow: &mut dyn Follow,
) -> Result<Company, Unfilled> {
    let now = place.clock.now();
    let mark = Mark::of(&place, wanted, now).await?;
    let plans = Community::plan(mark.seed, wanted.groups, mark.days, mark.last_day).groups;
    let mut progress = Progress { groups: wanted.groups, ..Progress::default() };
    let ours = Ours::default();
    let mut groups = Vec::new();
    for plan in plans {
        let seated = open(&place, &mark, plan).await?;
        let mut past = past::Past { place: &place, ours: &ours, now, progress: &mut progress };
        groups.push(past.hand_in(seated, follow).await?);
        progress.groups_done += 1;
        follow.further(progress);
    }
    Ok(Company { place, groups, ours, progress })
}

async fn open(place: &Venue, mark: &Mark, group: GroupPlan) -> Result<Seated, Unfilled> {
    let plan = &group.plan;
    let founded = plan.moment(plan.first_day, 0);
    let new = NewGroup { name: plan.name.clone(), zone: ZONE.to_owned() };
    let key = mark.key(group.number);
    let number = place.live.open_group_as(place.org, &key, new, founded).await?;
    Ok(Seated {
        group: number,
        crowd: Crowd::new(group.seed, group.plan).endless(),
        accounts: Vec::new(),
        next: None,
        pins: told::Pins::default(),
    })
}

/// Whether a group with this key was opened for a community, not by somebody's hand.
pub fn is_rehearsed(key: &str) -> bool {
    Mark::read(key).is_some()
}

/// What a community is made from; it stands in the keys of its groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    seed: u64,
    days: u32,
    last_day: Day,
}

impl Mark {
    /// The mark of an earlier fill, or a new one that ends today.
    async fn of(place: &Venue, wanted: Wanted, now: Millis) -> Result<Self, app::Fault> {
        let groups = place.live.groups(place.org).await?;
        let earlier = groups.iter().find_map(|row| Self::read(&row.key));
        let local = now.0.div_euclid(1000) + OFFSET_S;
        let today = Day(i32::try_from(local.div_euclid(86_400)).unwrap_or(i32::MAX));
        Ok(earlier.unwrap_or(Self { seed: wanted.seed, days: wanted.days, last_day: today }))
    }

    fn key(self, number: u32) -> String {
        format!("demo:{}:{}:{}:{number}", self.seed, self.days, self.last_day.0)
    }

    fn read(key: &str) -> Option<Self> {
        let mut parts = key.strip_prefix("demo:")?.split(':');
        let seed = parts.next()?.parse().ok()?;
        let days = parts.next()?.parse().ok()?;
        Some(Self { seed, days, last_day: Day(parts.next()?.parse().ok()?) })
    }
}
