//! A window over one group or several, with what its figures share counted once.
//!
//! Invariants: people are counted once over all groups, events are summed; bots and declared hosts
//! never count as people, staff only where the settings say so; nothing is copied out of the
//! pages but what a figure needs, and everything is worked out when it is first asked for. What
//! lies before the first page is not known; what lies after the last one, up to the end of the
//! window, is silence: whoever sets the window knows how far the data reach.

mod calendar;
mod census;
mod group;
mod list;
mod membership;
mod packed;
mod pairs;
mod standing;
mod sums;
mod talk;
mod threads;

pub(crate) use census::{Census, DayCount, Person, within};
pub use group::{GroupPages, full_span};
pub use list::{KeptPages, PageList};
pub(crate) use membership::{Arrival, Membership};
pub(crate) use pairs::Pair;
pub(crate) use sums::Sums;
pub(crate) use talk::Talk;
pub(crate) use threads::{Thread, Threads, Unanswered};

use crate::figure::{Missing, Need};
use crate::overview::{Heat, Helper, Span, build_heat, build_helpers};
use crate::settings::Settings;
use calendar::{Calendar, DayPage};
use domain::{ActorClass, Day, Evidence, Extent};
use group::taken_together;
use std::sync::{Arc, OnceLock};

/// What does not depend on the window.
#[derive(Debug)]
struct Shared<'a> {
    calendar: Calendar<'a>,
    settings: &'a Settings,
    evidence: Evidence,
    data: Option<Span>,
    census: OnceLock<Census>,
    membership: OnceLock<Membership>,
    threads: OnceLock<Threads>,
}

/// A window over groups; people are counted once.
#[derive(Debug)]
pub struct Scope<'a> {
    shared: Arc<Shared<'a>>,
    asked: Span,
    writers: OnceLock<Vec<Writer>>,
    sums: OnceLock<Sums>,
    talk: OnceLock<Talk>,
    heat: OnceLock<Heat>,
    helpers: OnceLock<Vec<Helper>>,
}

/// Somebody who counts and wrote in the window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Writer {
    /// Place in the census.
    pub(crate) person: u32,
    pub(crate) messages: u64,
    /// Days of the window on which the person wrote.
    pub(crate) days: u32,
}

impl<'a> Scope<'a> {
    /// The window `span` over `groups`, judged by `settings`.
    pub fn new(groups: Vec<GroupPages<'a>>, span: Span, settings: &'a Settings) -> Self {
        let evidence = taken_together(&groups);
        let calendar = Calendar::new(groups);
        let data = calendar.ends().map(|(from, to)| Span { from: Day(from), to: Day(to) });
        let shared = Shared {
            calendar,
            settings,
            evidence,
            data,
            census: OnceLock::new(),
            membership: OnceLock::new(),
            threads: OnceLock::new(),
        };
        Self::over(Arc::new(shared), span)
    }

    fn over(shared: Arc<Shared<'a>>, asked: Span) -> Self {
        Self {
            shared,
            asked,
            writers: OnceLock::new(),
            sums: OnceLock::new(),
            talk: OnceLock::new(),
            heat: OnceLock::new(),
            helpers: OnceLock::new(),
        }
    }

    /// The same data in another window.
    pub(crate) fn narrowed(&self, span: Span) -> Self {
        Self::over(Arc::clone(&self.shared), span)
    }

    /// The window of equal length before this one; `None` when the data do not reach that far.
    pub fn before(&self) -> Option<Self> {
        self.against(self.asked.before())
    }

    /// The same data in a window to compare with; `None` when the data do not reach that far.
    pub fn against(&self, span: Span) -> Option<Self> {
        let reaches = self.shared.data.is_some_and(|data| data.from <= span.from);
        reaches.then(|| Self::over(Arc::clone(&self.shared), span))
    }

    /// The window as asked for.
    pub fn asked(&self) -> Span {
        self.asked
    }

    /// The part of the window that is known: not before the first page. `None` when nothing is.
    pub(crate) fn span(&self) -> Option<Span> {
        let from = self.asked.from.max(self.shared.data?.from);
        (from <= self.asked.to).then_some(Span { from, to: self.asked.to })
    }

    /// From the first to the last page.
    pub(crate) fn data(&self) -> Option<Span> {
        self.shared.data
    }

    /// The last day about which something is known: of the data or of the window.
    pub(crate) fn end(&self) -> Day {
        self.shared.data.map_or(self.asked.to, |data| data.to.max(self.asked.to))
    }

    /// What all sources taken together show: no more than the one that shows least.
    pub fn evidence(&self) -> Evidence {
        self.shared.evidence
    }

    pub(crate) fn groups(&self) -> &[GroupPages<'a>] {
        &self.shared.calendar.groups
    }

    pub(crate) fn settings(&self) -> &'a Settings {
        self.shared.settings
    }

    /// Whether somebody in this role counts in the figures about members (P01, T01).
    pub(crate) fn counts(&self, class: ActorClass) -> bool {
        counts(class, self.shared.settings)
    }

    /// Joins are told, completely, and are memberships.
    pub(crate) fn joins_told(&self) -> bool {
        let evidence = self.shared.evidence;
        evidence.joins == Extent::Full && !evidence.joins_are_connections
    }

    /// Leaves likewise.
    pub(crate) fn leaves_told(&self) -> bool {
        let evidence = self.shared.evidence;
        evidence.leaves == Extent::Full && !evidence.joins_are_connections
    }

    /// The founding of every group is known, so that the first post in the data is the first ever.
    pub(crate) fn founded(&self) -> bool {
        self.groups().iter().all(|group| group.founded.is_some())
    }

    /// Why this need is not met, or `None` when it is.
    pub fn lacks(&self, need: Need) -> Option<Missing> {
        let met = match need {
            Need::Messages => self.shared.evidence.messages != Extent::None,
            Need::Joins => self.joins_told(),
            Need::Leaves => self.leaves_told(),
            Need::Members => self.members(self.asked.to).is_some(),
            Need::Keepers if !self.census().keepers => return Some(Missing::NoKeepersNamed),
            Need::Keepers => true,
        };
        if !met {
            return Some(Missing::NotInSource(need));
        }
        self.span().is_none().then_some(Missing::WindowTooShort)
    }

    /// The pages of these days, by day, then group.
    pub(crate) fn pages_of(&self, span: Span) -> impl Iterator<Item = DayPage<'a>> {
        self.shared.calendar.pages_of(span)
    }

    /// The pages of the window.
    pub(crate) fn pages(&self) -> impl Iterator<Item = DayPage<'a>> {
        self.pages_of(self.asked)
    }

    /// Who is there and when each of them wrote.
    pub(crate) fn census(&self) -> &Census {
        let shared = &self.shared;
        shared.census.get_or_init(|| Census::take(&shared.calendar, shared.settings))
    }

    /// What happened on that day; nothing on days without a page.
    pub(crate) fn day(&self, day: Day) -> DayCount {
        self.census().day(day)
    }

    /// Who was in when.
    fn membership(&self) -> &Membership {
        let shared = &self.shared;
        shared
            .membership
            .get_or_init(|| Membership::walk(&shared.calendar, self.census(), shared.settings))
    }

    /// People who joined, by their first join in the data.
    pub(crate) fn arrivals(&self) -> &[Arrival] {
        &self.membership().arrivals
    }

    /// Whether the person was in at the end of the day, as far as joins and leaves tell.
    pub(crate) fn is_in(&self, who: domain::IdentityId, day: Day) -> bool {
        self.membership().is_in(who, day)
    }

    /// Whether the person was in and has left by the end of the day.
    pub(crate) fn has_left(&self, who: domain::IdentityId, day: Day) -> bool {
        self.membership().has_left(who, day)
    }

    /// All accounts in the group at the end of the day, where they can be counted.
    pub(crate) fn members(&self, day: Day) -> Option<u32> {
        self.membership().members(day).map(|(all, _)| all)
    }

    /// Of these, the ones who count: without bots, hosts and (by the settings) staff.
    pub(crate) fn members_counted(&self, day: Day) -> Option<u32> {
        self.membership().members(day).map(|(_, counted)| counted)
    }

    /// All that waited for an answer, by day.
    pub(crate) fn threads(&self) -> &Threads {
        let shared = &self.shared;
        shared.threads.get_or_init(|| Threads::collect(&shared.calendar, shared.settings))
    }

    /// Who counts and wrote in the window.
    pub(crate) fn writers(&self) -> &[Writer] {
        self.writers.get_or_init(|| self.writers_of(self.asked))
    }

    /// Who counts and wrote on these days.
    pub(crate) fn writers_of(&self, span: Span) -> Vec<Writer> {
        let census = self.census();
        let sum = |(person, entry): (u32, &Person)| {
            let marks = within(census.marks(entry), span);
            let counted = marks.iter().filter(|mark| self.counts(mark.class()));
            let writer =
                counted.fold(Writer { person, messages: 0, days: 0 }, |sum, mark| Writer {
                    messages: sum.messages + census.messages(entry, *mark),
                    days: sum.days + 1,
                    ..sum
                });
            (writer.days > 0).then_some(writer)
        };
        (0..).zip(&census.persons).filter_map(sum).collect()
    }

    /// Activity by weekday and hour.
    pub(crate) fn heat(&self) -> &Heat {
        self.heat.get_or_init(|| build_heat(self))
    }

    /// Who answered in the window, most first.
    pub(crate) fn helpers(&self) -> &[Helper] {
        self.helpers.get_or_init(|| build_helpers(self))
    }

    /// What is summed over the window.
    pub(crate) fn sums(&self) -> &Sums {
        self.sums.get_or_init(|| Sums::of(self))
    }

    /// Who talked with whom in the window.
    pub(crate) fn talk(&self) -> &Talk {
        self.talk.get_or_init(|| Talk::hear(self.pages(), self.census()))
    }
}

/// Whether somebody in this role counts in the figures about members.
pub(crate) fn counts(class: ActorClass, settings: &Settings) -> bool {
    match class {
        ActorClass::Member => true,
        ActorClass::Staff => settings.count_staff,
        ActorClass::Host | ActorClass::Bot => false,
    }
}
