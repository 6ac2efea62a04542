//! The table in memory that answers scans.
//!
//! Reading order: the table and an answer here, `build` (a table from what stands in the
//! database), `scans` (the log).
//!
//! Invariants: a scan is answered without the database and without waiting for anybody; a change
//! by staff is in the table before they are told that it is done; a scan that is not written yet
//! is lost when the program dies, one second of them at most.

mod build;
mod scans;

use std::sync::atomic::{AtomicBool, AtomicI32, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::{GroupId, Millis, OrgId, Zone};
use engine::links::{Clock, Device, Rule, Seat, SeatNow, Visit, first_fit, pick};
use rustc_hash::{FxHashMap, FxHashSet};
use tokio::sync::{Notify, mpsc};

use crate::console::Console;
use crate::links::placements::SLUG_LETTERS;
use crate::links::table::scans::{Scan, Waiting};

/// Scans that wait to be written, at most; later ones are answered all the same and not counted.
const WAITING_MAX: usize = 100_000;

/// Who scans, as far as the browser tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// With what.
    pub device: Device,
    /// In WeChat or WeCom.
    pub in_wechat: bool,
    /// The browser was here before.
    pub is_again: bool,
}

/// Where a scan lands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landing {
    /// At an address of the web.
    Away(Arc<str>),
    /// At a picture to be pressed long (长按识别).
    Picture(Arc<Shown>),
    /// Nowhere now.
    Nowhere(Nowhere),
}

/// A picture, and what it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Into a group; otherwise to a person.
    pub is_group: bool,
    /// Name of the group or the person.
    pub name: String,
    /// Address of the platform's picture.
    pub picture: String,
}

/// Why a scan leads nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nowhere {
    /// All groups are full, nobody is on duty: come back.
    Later,
    /// The picture is being made.
    Soon,
    /// The code is closed.
    Closed,
}

/// What a scan comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Landed {
    /// Where it lands.
    pub landing: Landing,
    /// A rule asks who was here before: the browser is to be marked.
    pub marks: bool,
}

/// What the program keeps of codes between scans.
#[derive(Debug)]
pub(crate) struct Links {
    table: RwLock<Arc<Table>>,
    log: mpsc::Sender<Scan>,
    logged: tokio::sync::Mutex<Waiting>,
    /// The table was made since the start.
    pub(super) is_ready: AtomicBool,
    nth: AtomicU64,
    /// Scans that could not be counted.
    pub(super) dropped: AtomicU64,
    people: Mutex<FxHashMap<(OrgId, String), Arc<Today>>>,
    /// How often each code was scanned: whose turn it is.
    turns: Mutex<FxHashMap<(OrgId, i64), Arc<AtomicU64>>>,
    declining: RwLock<FxHashMap<OrgId, FxHashSet<GroupId>>>,
    /// Rung when something changed that routes depend on.
    pub(super) bell: Notify,
    /// Rung when a domain is to be asked.
    pub(super) ask: Notify,
    /// One at a time makes things on platforms.
    pub(super) work: tokio::sync::Mutex<()>,
}

impl Default for Links {
    fn default() -> Self {
        let (log, logged) = mpsc::channel(WAITING_MAX);
        Self {
            table: RwLock::default(),
            log,
            logged: tokio::sync::Mutex::new(Waiting::of(logged)),
            is_ready: AtomicBool::default(),
            nth: AtomicU64::default(),
            dropped: AtomicU64::default(),
            people: Mutex::default(),
            turns: Mutex::default(),
            declining: RwLock::default(),
            bell: Notify::new(),
            ask: Notify::new(),
            work: tokio::sync::Mutex::default(),
        }
    }
}

/// All open addresses of all organisations.
#[derive(Debug, Default)]
struct Table {
    spots: FxHashMap<Box<str>, Arc<Spot>>,
}

/// A placement, ready to answer.
#[derive(Debug)]
struct Spot {
    org: OrgId,
    placement: i64,
    zone: Zone,
    is_closed: bool,
    /// Rules and the code for everybody else.
    rules: Option<(Vec<Rule>, i64)>,
    asks_again: bool,
    doors: Vec<(i64, Door)>,
}

/// A code, ready to answer at one placement.
#[derive(Debug)]
enum Door {
    Away(Arc<str>),
    /// The same for everybody: a group, a spare person, or nowhere.
    Fixed(Option<Person>, Nowhere),
    Staff {
        seats: Vec<Seat>,
        people: Vec<Person>,
        spare: Option<Person>,
        turn: Arc<AtomicU64>,
    },
}

/// A group or somebody of staff behind a picture.
#[derive(Clone, Debug)]
struct Person {
    /// `chat_id` or `userid`.
    target: Arc<str>,
    shown: Option<Arc<Shown>>,
    is_there: bool,
    today: Arc<Today>,
}

/// How many were led to somebody on a day.
#[derive(Debug, Default)]
pub(super) struct Today {
    day: AtomicI32,
    count: AtomicU32,
}

impl Today {
    /// How many on this day.
    pub(super) fn on(&self, day: i32) -> u32 {
        if self.day.load(Ordering::Relaxed) == day { self.count.load(Ordering::Relaxed) } else { 0 }
    }

    /// One more on this day, unless there are so many.
    fn take(&self, day: i32, most: Option<u32>) -> bool {
        if self.day.swap(day, Ordering::Relaxed) != day {
            self.count.store(0, Ordering::Relaxed);
        }
        let more = |count: u32| most.is_none_or(|most| count < most).then_some(count + 1);
        self.count.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).is_ok()
    }

    fn set(&self, day: i32, count: u32) {
        self.day.store(day, Ordering::Relaxed);
        self.count.store(count, Ordering::Relaxed);
    }
}

impl Console {
    /// Where a scan lands, at once and from memory; `None`: there is no such address.
    pub fn scanned(&self, slug: &str, visitor: Visitor) -> Option<Landed> {
        let links = self.links();
        let Some(spot) = links.spot(slug) else {
            // In the first moments after a start nothing is known of any code.
            let landing = Landing::Nowhere(Nowhere::Soon);
            let is_slug = slug.len() == SLUG_LETTERS;
            return (is_slug && !links.is_ready.load(Ordering::Relaxed))
                .then_some(Landed { landing, marks: false });
        };
        let now = self.now();
        let (landing, target) = spot.answer(visitor, now);
        links.note(&spot, target, (visitor, now));
        Some(Landed { landing, marks: spot.asks_again })
    }
}

impl Links {
    fn spot(&self, slug: &str) -> Option<Arc<Spot>> {
        let table = self.table.read().unwrap_or_else(PoisonError::into_inner);
        table.spots.get(slug).cloned()
    }

    fn note(&self, spot: &Spot, target: Arc<str>, (visitor, at): (Visitor, Millis)) {
        let n = self.nth.fetch_add(1, Ordering::Relaxed);
        let scan = Scan { org: spot.org, placement: spot.placement, at, n, target, visitor };
        if self.log.try_send(scan).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Groups that decline, as they were looked at last.
    pub(super) fn declining(&self, org: OrgId) -> FxHashSet<GroupId> {
        let all = self.declining.read().unwrap_or_else(PoisonError::into_inner);
        all.get(&org).cloned().unwrap_or_default()
    }

    pub(super) fn decline(&self, org: OrgId, groups: FxHashSet<GroupId>) {
        let mut all = self.declining.write().unwrap_or_else(PoisonError::into_inner);
        all.insert(org, groups);
    }

    /// How many were led to somebody today, over all codes.
    pub(super) fn today(&self, org: OrgId, userid: &str) -> Arc<Today> {
        let mut people = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(people.entry((org, userid.to_owned())).or_default())
    }

    fn turn(&self, org: OrgId, code: i64) -> Arc<AtomicU64> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry((org, code)).or_default())
    }

    /// Whether routes of an organisation were ever made.
    pub(super) fn knows(&self, org: OrgId) -> bool {
        let all = self.declining.read().unwrap_or_else(PoisonError::into_inner);
        all.contains_key(&org)
    }
}

impl Spot {
    fn answer(&self, visitor: Visitor, now: Millis) -> (Landing, Arc<str>) {
        if self.is_closed {
            return (Landing::Nowhere(Nowhere::Closed), Arc::default());
        }
        let Visitor { device, in_wechat, is_again } = visitor;
        let code = match &self.rules {
            None => None,
            Some((rules, otherwise)) => {
                let (clock, placement) = (Clock::of(now, &self.zone), self.placement);
                let visit = Visit { clock, placement, device, in_wechat, is_again };
                Some(first_fit(rules, *otherwise, &visit))
            }
        };
        let mut doors = self.doors.iter();
        let door = doors.find(|(id, _)| code.is_none_or(|code| code == *id));
        match door {
            None => (Landing::Nowhere(Nowhere::Closed), Arc::default()),
            Some((_, Door::Away(url))) => (Landing::Away(Arc::clone(url)), Arc::clone(url)),
            Some((_, Door::Fixed(person, why))) => landing(person.as_ref(), *why),
            Some((_, staff)) => staff.meet((now, &self.zone)),
        }
    }
}

impl Door {
    /// Who of staff is met.
    fn meet(&self, (now, zone): (Millis, &Zone)) -> (Landing, Arc<str>) {
        let Self::Staff { seats, people, spare, turn } = self else {
            return (Landing::Nowhere(Nowhere::Closed), Arc::default());
        };
        let (clock, day) = (Clock::of(now, zone), zone.local(now).day.0);
        let nth = turn.fetch_add(1, Ordering::Relaxed);
        // Somebody else may take the last place of a person in between: then the next one is met.
        for _ in 0..=seats.len() {
            let seen: Vec<SeatNow> = people
                .iter()
                .map(|one| SeatNow { is_there: one.is_there, today: one.today.on(day) })
                .collect();
            let Some(place) = pick(seats, &seen, (clock, nth)) else { break };
            if let (Some(seat), Some(person)) = (seats.get(place), people.get(place))
                && person.today.take(day, seat.daily_max)
            {
                return landing(Some(person), Nowhere::Later);
            }
        }
        if let Some(spare) = spare {
            spare.today.take(day, None);
        }
        let waits = people.iter().all(|one| one.shown.is_none());
        landing(spare.as_ref(), if waits { Nowhere::Soon } else { Nowhere::Later })
    }
}

fn landing(person: Option<&Person>, why: Nowhere) -> (Landing, Arc<str>) {
    let met = person.and_then(|one| Some((one.shown.clone()?, Arc::clone(&one.target))));
    match met {
        Some((shown, target)) => (Landing::Picture(shown), target),
        None => (Landing::Nowhere(why), Arc::default()),
    }
}
