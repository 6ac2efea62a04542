//! Folds the facts of one group into day pages.
//!
//! Invariants: the same facts give equal pages whatever the order of hashing; folding from the
//! beginning and resuming at any day give equal pages; bots neither answer, nor are followed, nor
//! break a talk; a declared host answers and speaks, but is never effective (T01).
//!
//! What it does not do: sort, remove what the store holds twice (a fact told twice in a row is
//! skipped), or judge figures.

mod authors;
mod clock;
mod memory;
mod open;
mod talk;
mod tally;

use crate::fold::clock::Clock;
use crate::fold::memory::Memory;
use crate::fold::tally::Tally;
use crate::page::{Coming, Going, IdleReason, Page};
use crate::settings::Settings;
use domain::{Day, Fact, FactKind, JoinManner, LeaveManner, ListHit, Millis, Zone};

/// Turns the facts of one group, in order, into pages. Facts must come sorted by (`at`, `source`).
pub struct Folder {
    clock: Clock,
    settings: Settings,
    memory: Memory,
    tally: Tally,
    /// The day under construction.
    day: Option<Day>,
    last: Option<Fact>,
    /// How the last fact was judged.
    judged: Option<Result<(), IdleReason>>,
    /// First day to give a page for, and where the facts must begin.
    resumed: Option<(Day, Millis)>,
}

impl Folder {
    /// A folder that starts at the beginning of the group's log.
    pub fn new(zone: Zone, settings: Settings) -> Self {
        Self {
            clock: Clock::new(zone),
            settings,
            memory: Memory::default(),
            tally: Tally::default(),
            day: None,
            last: None,
            judged: None,
            resumed: None,
        }
    }

    /// A folder that gives the pages from day `from` on, exactly as a fold of the whole log would:
    /// `earlier` are the pages before (any order, later ones are ignored). The facts must be
    /// pushed from [`Folder::facts_from`] on, which lies some days before `from` because open
    /// questions, windows and reply links reach back; no pages are given for these days.
    pub fn resume<'a>(
        zone: Zone,
        settings: Settings,
        earlier: impl IntoIterator<Item = &'a Page>,
        from: Day,
    ) -> Self {
        let reach = Millis(zone.day_start(from).0.saturating_sub(memory::reach_ms(&settings)));
        // The first of these days is folded without knowledge of the night before it; what that
        // gets wrong is out of reach when `from` begins.
        let warm = zone.local(reach).day.plus(-1);
        let facts_from = zone.day_start(warm);
        let mut folder = Self::new(zone, settings);
        for page in earlier.into_iter().filter(|page| page.day < warm.0) {
            folder.memory.learn(page);
        }
        folder.resumed = Some((from, facts_from));
        folder
    }

    /// The moment from which facts must be pushed; `None` for all.
    pub fn facts_from(&self) -> Option<Millis> {
        self.resumed.map(|(_, facts_from)| facts_from)
    }

    /// Takes the next fact; gives the finished page when a new day begins.
    pub fn push(&mut self, fact: &Fact) -> Option<Page> {
        if self.last.as_ref() == Some(fact) {
            return None;
        }
        self.last = Some(*fact);
        self.judged = None;
        let local = self.clock.local(fact.at);
        let done = match self.day {
            // A clock set back across midnight does not reopen the day before.
            Some(day) if local.day <= day => None,
            Some(_) => Some(self.tally.take()),
            None => None,
        };
        if self.day.is_none_or(|day| local.day > day) {
            self.day = Some(local.day);
            self.tally.begin(local.day.0, self.settings.version);
        }
        self.take(fact, local.hour);
        done.filter(|page| self.is_wanted(page))
    }

    /// The page of the last day, when any fact was pushed for it.
    pub fn finish(mut self) -> Option<Page> {
        self.day?;
        let page = self.tally.take();
        self.is_wanted(&page).then_some(page)
    }

    /// The page of the last day as it would be if the day ended now; the fold goes on.
    pub fn so_far(&self) -> Option<Page> {
        self.day?;
        let page = self.tally.so_far();
        self.is_wanted(&page).then_some(page)
    }

    /// How the fact pushed last was judged (P02); `None` for what is no message by a named person.
    pub fn judged(&self) -> Option<Result<(), IdleReason>> {
        self.judged
    }

    /// The zone in which days are counted.
    pub fn zone(&self) -> &Zone {
        self.clock.zone()
    }

    fn is_wanted(&self, page: &Page) -> bool {
        self.resumed.is_none_or(|(from, _)| page.day >= from.0)
    }

    fn take(&mut self, fact: &Fact, hour: u8) {
        match fact.kind {
            FactKind::Message => self.message(fact, hour),
            FactKind::Edit => self.tally.page.edits += 1,
            FactKind::Recall => self.recall(fact),
            FactKind::Reaction => {
                self.tally.page.reactions += 1;
                if fact.actor.named().is_some() {
                    self.tally.person(fact.actor, fact.class).reactions += 1;
                }
            }
            FactKind::Join => self.tally.page.comings.push(Coming {
                at: fact.at,
                who: fact.actor,
                how: JoinManner::from_code(fact.detail).unwrap_or(JoinManner::Unknown),
                by: fact.other,
                class: fact.class,
            }),
            FactKind::Leave => self.tally.page.goings.push(Going {
                at: fact.at,
                who: fact.actor,
                how: LeaveManner::from_code(fact.detail).unwrap_or(LeaveManner::Unknown),
                by: fact.other,
            }),
            FactKind::Rename | FactKind::Service => self.tally.page.service_rows += 1,
        }
    }

    /// What is taken back on the day it was said was never an item; on a later day its page stays
    /// as it is, and it waits no longer.
    fn recall(&mut self, fact: &Fact) {
        self.tally.page.recalls += 1;
        self.tally.page.service_rows += 1;
        if let Some(key) = fact.reply_to
            && self.memory.open.close(key).is_some()
        {
            self.tally.page.items.retain(|item| item.key != key);
        }
    }

    fn message(&mut self, fact: &Fact, hour: u8) {
        let named = fact.actor.named().is_some();
        let window = self.memory.window(fact.at);
        let verdict = (named && fact.class.is_person()).then(|| self.verdict(fact, window));
        self.judged = verdict;
        let is_bot = fact.class == domain::ActorClass::Bot;
        let person = self.tally.message(fact, hour, verdict);
        let is_first_today = person.messages == 1;
        let first_ever = named && is_first_today && self.memory.ever.insert(fact.actor.0);
        person.first_ever |= first_ever && !is_bot;
        if fact.features.hit(ListHit::Deleted) {
            self.tally.page.recalls += 1;
        }
        if is_bot {
            self.memory.bots.insert(fact.actor.0);
        } else {
            self.talk(fact, first_ever, verdict == Some(Ok(())));
        }
    }
}
