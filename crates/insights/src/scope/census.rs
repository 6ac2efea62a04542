//! Everybody in the data and the days on which each of them wrote, people counted once.
//!
//! Two passes over the pages: one numbers the people and counts their days, one writes the days
//! down in order, 16 bytes each. Rows that name nobody count as messages, never as people.

use crate::overview::Span;
use crate::page::{Page, PersonDay};
use crate::scope::calendar::{Calendar, DayPage};
use crate::scope::counts;
use crate::settings::Settings;
use domain::{ActorClass, Day, IdentityId, JoinManner};

/// Somebody in the data.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) who: IdentityId,
    /// Role, as last seen.
    pub(crate) class: ActorClass,
    /// Had another role before.
    pub(crate) changed: bool,
    start: u32,
    len: u32,
}

/// A day on which somebody wrote, all groups taken together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark {
    pub(crate) day: i32,
    pub(crate) messages: u32,
    pub(crate) effective: u32,
    /// Hours, and above them the role.
    packed: u32,
}

/// Bits of the hours in a mark.
const HOURS: u32 = (1 << 24) - 1;

impl Mark {
    fn of(day: i32, row: &PersonDay) -> Self {
        let PersonDay { messages, effective, hours, class, .. } = *row;
        Self { day, messages, effective, packed: (hours & HOURS) | ((class as u32) << 24) }
    }

    /// Adds what the person wrote in another group on that day.
    fn add(&mut self, row: &PersonDay) {
        let hours = self.hours() | row.hours;
        self.messages += row.messages;
        self.effective += row.effective;
        self.packed = (hours & HOURS) | ((row.class as u32) << 24);
    }

    /// Bit n = hour n.
    pub(crate) fn hours(self) -> u32 {
        self.packed & HOURS
    }

    /// Role on that day.
    pub(crate) fn class(self) -> ActorClass {
        let class = ActorClass::ALL.get((self.packed >> 24) as usize);
        class.copied().unwrap_or_default()
    }
}

/// One day, all groups taken together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct DayCount {
    /// Messages by anybody, bots included.
    pub(crate) all_messages: u32,
    /// Identities that wrote, bots included.
    pub(crate) all_senders: u32,
    /// Messages by people (members and staff).
    pub(crate) messages: u32,
    /// People who wrote.
    pub(crate) speakers: u32,
    /// People who count and spoke effectively: the numerator of P01.
    pub(crate) effective_speakers: u32,
    /// Join events (those listed are none).
    pub(crate) joins: u32,
    /// Leave events.
    pub(crate) leaves: u32,
}

/// Who is there and when each of them wrote.
#[derive(Debug, Default)]
pub(crate) struct Census {
    pub(crate) persons: Vec<Person>,
    /// Somebody is known to be staff or a host.
    pub(crate) keepers: bool,
    /// By identity number: place in `persons` + 1, or 0. Identities are dense from 1.
    index: Vec<u32>,
    marks: Vec<Mark>,
    days: Vec<DayCount>,
    first: i32,
}

impl Census {
    /// Goes over all pages, which come by day.
    pub(crate) fn take(calendar: &Calendar<'_>, settings: &Settings) -> Self {
        let mut census = Self::default();
        let Some((first, last)) = calendar.ends() else {
            return census;
        };
        census.first = first;
        let days = usize::try_from(last - first).unwrap_or(0) + 1;
        census.days = vec![DayCount::default(); days];
        census.number(calendar);
        census.place();
        census.write(calendar);
        census.count_days(settings);
        census
    }

    /// Numbers the people and counts their days, at most: a day in two groups counts twice here.
    fn number(&mut self, calendar: &Calendar<'_>) {
        for at in calendar.pages() {
            for row in at.page.people.iter().filter(|row| row.who != IdentityId::NOBODY) {
                let person = self.meet(row.who, row.class);
                if row.messages > 0 {
                    self.entry(person).into_iter().for_each(|entry| entry.len += 1);
                }
            }
            for coming in at.page.comings.iter().filter(|coming| coming.who.named().is_some()) {
                self.meet(coming.who, coming.class);
            }
        }
    }

    fn meet(&mut self, who: IdentityId, class: ActorClass) -> u32 {
        self.keepers |= class.is_keeper();
        let next = u32::try_from(self.persons.len()).unwrap_or(u32::MAX);
        if self.index.len() <= who.0 as usize {
            self.index.resize(who.0 as usize + 1, 0);
        }
        let Some(place) = self.index.get_mut(who.0 as usize) else { return u32::MAX };
        let Some(person) = place.checked_sub(1) else {
            *place = next + 1;
            self.persons.push(Person { who, class, changed: false, start: 0, len: 0 });
            return next;
        };
        if let Some(entry) = self.entry(person) {
            entry.changed |= entry.class != class;
            entry.class = class;
        }
        person
    }

    fn entry(&mut self, person: u32) -> Option<&mut Person> {
        self.persons.get_mut(person as usize)
    }

    /// Gives everybody a stretch of the list of marks, still empty.
    fn place(&mut self) {
        let mut start = 0;
        for person in &mut self.persons {
            person.start = start;
            start += std::mem::take(&mut person.len);
        }
        self.marks = vec![Mark::default(); start as usize];
    }

    fn write(&mut self, calendar: &Calendar<'_>) {
        for DayPage { page, .. } in calendar.pages() {
            self.count_events(&page);
            let written = |row: &&PersonDay| row.messages > 0 && row.who != IdentityId::NOBODY;
            for row in page.people.iter().filter(written) {
                self.mark(page.day, row);
            }
        }
    }

    fn count_events(&mut self, page: &Page) {
        let Some(count) = self.days.get_mut(place_of(page.day, self.first)) else { return };
        let people = page.people.iter().filter(|row| row.class.is_person());
        count.messages += people.map(|row| row.messages).sum::<u32>();
        count.all_messages += page.people.iter().map(|row| row.messages).sum::<u32>();
        let joins = page.comings.iter().filter(|coming| coming.how != JoinManner::Listed).count();
        count.joins += u32::try_from(joins).unwrap_or(u32::MAX);
        count.leaves += u32::try_from(page.goings.len()).unwrap_or(u32::MAX);
    }

    /// Writes a day down, or adds to it when the person wrote in another group on that day.
    fn mark(&mut self, day: i32, row: &PersonDay) {
        let person = self.place_of(row.who);
        let Some(entry) = person.and_then(|place| self.persons.get_mut(place)) else { return };
        let end = (entry.start + entry.len) as usize;
        let last = if entry.len > 0 { self.marks.get_mut(end - 1) } else { None };
        if let Some(last) = last.filter(|last| last.day == day) {
            last.add(row);
        } else if let Some(free) = self.marks.get_mut(end) {
            *free = Mark::of(day, row);
            entry.len += 1;
        }
    }

    fn count_days(&mut self, settings: &Settings) {
        for person in &self.persons {
            let end = (person.start + person.len) as usize;
            for mark in self.marks.get(person.start as usize..end).unwrap_or_default() {
                if let Some(count) = self.days.get_mut(place_of(mark.day, self.first)) {
                    count.all_senders += 1;
                    count.speakers += u32::from(mark.class().is_person());
                    let effective = mark.effective > 0 && counts(mark.class(), settings);
                    count.effective_speakers += u32::from(effective);
                }
            }
        }
    }

    /// The days on which the person wrote, in order.
    pub(crate) fn marks(&self, person: &Person) -> &[Mark] {
        let end = (person.start + person.len) as usize;
        self.marks.get(person.start as usize..end).unwrap_or_default()
    }

    /// The person at this place.
    pub(crate) fn person(&self, place: u32) -> Option<&Person> {
        self.persons.get(place as usize)
    }

    /// The entry of an identity.
    pub(crate) fn of(&self, who: IdentityId) -> Option<&Person> {
        self.persons.get(self.place_of(who)?)
    }

    fn place_of(&self, who: IdentityId) -> Option<usize> {
        Some(self.index.get(who.0 as usize)?.checked_sub(1)? as usize)
    }

    /// Role of an identity as last seen; a member when it is not known otherwise.
    pub(crate) fn class(&self, who: IdentityId) -> ActorClass {
        self.of(who).map_or(ActorClass::Member, |person| person.class)
    }

    /// What happened on a day.
    pub(crate) fn day(&self, day: Day) -> DayCount {
        self.days.get(place_of(day.0, self.first)).copied().unwrap_or_default()
    }
}

/// The marks that lie in the span.
pub(crate) fn within(marks: &[Mark], span: Span) -> &[Mark] {
    let from = marks.partition_point(|mark| mark.day < span.from.0);
    let to = marks.partition_point(|mark| mark.day <= span.to.0);
    marks.get(from..to).unwrap_or_default()
}

/// Place of a day in a list that begins with day `first`; beyond any list for earlier days.
pub(crate) fn place_of(day: i32, first: i32) -> usize {
    usize::try_from(i64::from(day) - i64::from(first)).unwrap_or(usize::MAX)
}
