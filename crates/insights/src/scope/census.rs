//! Everybody in the data and the days on which each of them wrote, people counted once.
//!
//! Two passes over the pages: one numbers the people and counts their days, one writes the days
//! down in order, 8 bytes each. Rows that name nobody count as messages, never as people.

use crate::overview::Span;
use crate::page::{Page, PersonDay};
use crate::scope::calendar::{Calendar, DayPage};
use crate::scope::counts;
use crate::settings::Settings;
use domain::{ActorClass, Day, IdentityId, JoinManner};
use rustc_hash::FxHashMap;

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

/// A day on which somebody wrote, all groups taken together, in eight bytes: from the top the
/// day, the messages as far as they fit, effective speech or not, the role, the hours.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mark(u64);

/// Bits of hours, role and effective speech.
const HOURS: u32 = 24;
const ROLE: u32 = 2;
const EFFECTIVE: u32 = 1;
/// Bits of messages; with all of them set, [`Census::large`] knows how many.
const MESSAGES: u32 = 14;
const MANY: u32 = (1 << MESSAGES) - 1;
/// Added to days: 23 bits hold every day from the year -9999 to 9999.
const EPOCH: i32 = 4_400_000;

impl Mark {
    fn of(row: &PersonDay, day: i32) -> Self {
        let day = u64::from(day.saturating_add(EPOCH).max(0).cast_unsigned());
        let messages = day << MESSAGES | u64::from(row.messages.min(MANY));
        let effective = messages << EFFECTIVE | u64::from(row.effective > 0);
        let role = effective << ROLE | row.class as u64;
        Self(role << HOURS | u64::from(row.hours) & ((1 << HOURS) - 1))
    }

    fn bits(self, above: u32, width: u32) -> u32 {
        u32::try_from(self.0 >> above & ((1 << width) - 1)).unwrap_or(0)
    }

    /// The day.
    pub(crate) fn day(self) -> i32 {
        self.bits(HOURS + ROLE + EFFECTIVE + MESSAGES, 23).cast_signed() - EPOCH
    }

    /// Some of it was effective speech.
    pub(crate) fn effective(self) -> bool {
        self.bits(HOURS + ROLE, EFFECTIVE) != 0
    }

    /// Bit n = hour n.
    pub(crate) fn hours(self) -> u32 {
        self.bits(0, HOURS)
    }

    /// Role on that day.
    pub(crate) fn class(self) -> ActorClass {
        let class = ActorClass::ALL.get(self.bits(HOURS, ROLE) as usize);
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
    /// Messages of somebody on a day, where they do not fit in a mark.
    large: FxHashMap<(IdentityId, i32), u32>,
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
        let last = end.checked_sub(1).filter(|_| entry.len > 0);
        let last = last.and_then(|last| self.marks.get(last)).filter(|last| last.day() == day);
        let (mut row, mut place) = (*row, end);
        if let Some(last) = last {
            row.messages += messages_of(*last, row.who, &self.large);
            row.effective += u32::from(last.effective());
            row.hours |= last.hours();
            place = end - 1;
        } else {
            entry.len += 1;
        }
        if row.messages >= MANY {
            self.large.insert((row.who, day), row.messages);
        }
        if let Some(mark) = self.marks.get_mut(place) {
            *mark = Mark::of(&row, day);
        }
    }

    fn count_days(&mut self, settings: &Settings) {
        for person in &self.persons {
            let end = (person.start + person.len) as usize;
            for mark in self.marks.get(person.start as usize..end).unwrap_or_default() {
                if let Some(count) = self.days.get_mut(place_of(mark.day(), self.first)) {
                    count.all_senders += 1;
                    count.speakers += u32::from(mark.class().is_person());
                    let effective = mark.effective() && counts(mark.class(), settings);
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

    /// Messages of the person on a day.
    pub(crate) fn messages(&self, person: &Person, mark: Mark) -> u64 {
        u64::from(messages_of(mark, person.who, &self.large))
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

fn messages_of(mark: Mark, who: IdentityId, large: &FxHashMap<(IdentityId, i32), u32>) -> u32 {
    match mark.bits(HOURS + ROLE + EFFECTIVE, MESSAGES) {
        MANY => large.get(&(who, mark.day())).copied().unwrap_or(MANY),
        messages => messages,
    }
}

/// The marks that lie in the span.
pub(crate) fn within(marks: &[Mark], span: Span) -> &[Mark] {
    let from = marks.partition_point(|mark| mark.day() < span.from.0);
    let to = marks.partition_point(|mark| mark.day() <= span.to.0);
    marks.get(from..to).unwrap_or_default()
}

/// Place of a day in a list that begins with day `first`; beyond any list for earlier days.
pub(crate) fn place_of(day: i32, first: i32) -> usize {
    usize::try_from(i64::from(day) - i64::from(first)).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::{GroupPages, PageList};
    use domain::Evidence;

    fn page(day: i32, row: PersonDay) -> Page {
        Page { day, people: vec![row], ..Page::default() }
    }

    #[test]
    fn a_mark_holds_any_day_and_any_number_of_messages() {
        let who = IdentityId(7);
        let row = |messages, effective, hours| {
            let class = ActorClass::Bot;
            PersonDay { who, class, messages, effective, hours, ..PersonDay::default() }
        };
        let days = [-300, -1, 0, 20_000, 20_001];
        for messages in [1, MANY - 1, MANY, MANY + 1, 22_000_000] {
            let one: Vec<Page> =
                days.map(|day| page(day, row(messages, 0, 1 << 23))).into_iter().collect();
            let other = [page(0, row(MANY - 1, 2, 5)), page(20_000, row(5, 0, 5))];
            let group = |pages| GroupPages {
                pages: PageList::AtHand(pages),
                evidence: Evidence::default(),
                founded: None,
                members_given: None,
            };
            let calendar = Calendar::new(vec![group(&one), group(&other)]);
            let census = Census::take(&calendar, &Settings::default());
            let person = census.of(who).unwrap();
            let marks = census.marks(person);
            assert_eq!(marks.iter().map(|mark| mark.day()).collect::<Vec<_>>(), days);
            let all = |mark: &Mark| census.messages(person, *mark);
            let messages = u64::from(messages);
            let more = [0, 0, u64::from(MANY) - 1, 5, 0].map(|more| messages + more);
            assert_eq!(marks.iter().map(all).collect::<Vec<_>>(), more);
            let both = 1 << 23 | 5;
            let hours = [1 << 23, 1 << 23, both, both, 1 << 23];
            assert_eq!(marks.iter().map(|mark| mark.hours()).collect::<Vec<_>>(), hours);
            assert!(
                marks.iter().map(|mark| mark.effective()).eq([false, false, true, false, false])
            );
            assert!(marks.iter().all(|mark| mark.class() == ActorClass::Bot));
        }
        for day in [-4_371_587, 2_932_896] {
            assert_eq!(Mark::of(&row(1, 1, 0), day).day(), day);
        }
    }
}
