//! Writes day pages by hand, so that figures can be reckoned on paper.
//!
//! Day 0 is Monday 2024-01-01. Everything happens at 10:00 unless said otherwise.

#![expect(clippy::indexing_slicing, reason = "builders of tests may fail loudly")]

use domain::{ActorClass, Day, Evidence, Extent, IdentityId, JoinManner, LeaveManner, Millis};
use insights::{
    Answer, AnswerEvidence, Coming, Edge, Figure, Going, GroupPages, Item, ItemFlags, Page,
    PersonDay, Scope, Settings, Span, metric,
};
use std::collections::BTreeMap;

/// Monday 2024-01-01.
pub(crate) const D0: i32 = 19_723;

pub(crate) const ASKS: u8 = ItemFlags::QUESTION;
pub(crate) const FIRST: u8 = ItemFlags::FIRST_POST;
pub(crate) const OPENS: u8 = ItemFlags::OPENER;

/// Pages under construction.
#[derive(Clone, Default)]
pub(crate) struct Diary {
    pages: BTreeMap<i32, Page>,
    classes: BTreeMap<u32, ActorClass>,
    items: Vec<(i64, Item)>,
}

pub(crate) fn id(who: u32) -> IdentityId {
    IdentityId(who)
}

pub(crate) fn day(n: i32) -> Day {
    Day(D0 + n)
}

pub(crate) fn span(from: i32, to: i32) -> Span {
    Span { from: day(from), to: day(to) }
}

/// The moment of an hour (and minute) of day `n`, in a zone without offset.
pub(crate) fn at(n: i32, hour: i64, minute: i64) -> Millis {
    Millis(i64::from(D0 + n) * Millis::DAY + hour * Millis::HOUR + minute * Millis::MINUTE)
}

/// Everything is told.
pub(crate) fn told() -> Evidence {
    Evidence {
        messages: Extent::Full,
        joins: Extent::Full,
        leaves: Extent::Full,
        replies: Extent::Full,
        reactions: Extent::Full,
        joins_are_connections: false,
    }
}

/// Only messages are told.
pub(crate) fn words_only() -> Evidence {
    Evidence { joins: Extent::None, leaves: Extent::None, ..told() }
}

impl Diary {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// From now on this person acts in this role.
    pub(crate) fn class(&mut self, who: u32, class: ActorClass) -> &mut Self {
        self.classes.insert(who, class);
        self
    }

    fn class_of(&self, who: u32) -> ActorClass {
        self.classes.get(&who).copied().unwrap_or_default()
    }

    /// The page of day `n`, made when it is new.
    pub(crate) fn page(&mut self, n: i32) -> &mut Page {
        let day = D0 + n;
        self.pages.entry(day).or_insert_with(|| Page { day, settings: 1, ..Page::default() })
    }

    /// Somebody writes so many effective messages at 10:00.
    pub(crate) fn say(&mut self, n: i32, who: u32, messages: u32) -> &mut Self {
        self.speak(n, 10, who, (messages, messages))
    }

    /// Everybody in the range writes one effective message.
    pub(crate) fn all_say(&mut self, n: i32, who: std::ops::RangeInclusive<u32>) -> &mut Self {
        who.for_each(|who| _ = self.say(n, who, 1));
        self
    }

    /// Somebody writes in an hour: (messages, of them effective).
    pub(crate) fn speak(&mut self, n: i32, hour: u8, who: u32, words: (u32, u32)) -> &mut Self {
        let (messages, effective) = words;
        let class = self.class_of(who);
        let effective = if class.is_person() { effective } else { 0 };
        let page = self.page(n);
        let place = page.people.binary_search_by_key(&id(who), |row| row.who);
        let place = place.unwrap_or_else(|place| {
            page.people.insert(place, PersonDay { who: id(who), class, ..PersonDay::default() });
            place
        });
        let row = &mut page.people[place];
        row.messages += messages;
        row.effective += effective;
        row.hours |= 1 << hour;
        row.class = class;
        if class.is_person() {
            page.hours[usize::from(hour)] += messages;
        }
        let moment = at(n, i64::from(hour), 0);
        let (first, last) = page.first_last.unwrap_or((moment, moment));
        page.first_last = Some((first.min(moment), last.max(moment)));
        self
    }

    pub(crate) fn join(&mut self, n: i32, who: u32) -> &mut Self {
        self.come(n, who, JoinManner::Link)
    }

    /// Comes in (or is listed) at 9:00.
    pub(crate) fn come(&mut self, n: i32, who: u32, how: JoinManner) -> &mut Self {
        let class = self.class_of(who);
        let coming = Coming { at: at(n, 9, 0), who: id(who), how, by: IdentityId::NOBODY, class };
        self.page(n).comings.push(coming);
        self
    }

    /// Goes out at 20:00.
    pub(crate) fn leave(&mut self, n: i32, who: u32) -> &mut Self {
        let (how, by) = (LeaveManner::Left, IdentityId::NOBODY);
        self.page(n).goings.push(Going { at: at(n, 20, 0), who: id(who), how, by });
        self
    }

    /// So many messages by a reply from one to another.
    pub(crate) fn tell(&mut self, n: i32, from: u32, to: u32, told: u32) -> &mut Self {
        self.edge(n, from, to, (told, 0))
    }

    /// Messages from one to another: (told, by order).
    pub(crate) fn edge(&mut self, n: i32, from: u32, to: u32, words: (u32, u32)) -> &mut Self {
        let (told, by_order) = words;
        self.page(n).edges.push(Edge { from: id(from), to: id(to), told, by_order });
        self
    }

    /// Somebody says something at 10:00 that waits for an answer; gives its key.
    pub(crate) fn ask(&mut self, n: i32, who: u32, flags: u8) -> i64 {
        self.say(n, who, 1);
        let key = i64::try_from(self.items.len()).unwrap() + 1;
        let class = self.class_of(who);
        let item = Item { at: at(n, 10, 0), key, who: id(who), class, flags: ItemFlags(flags) };
        self.page(n).items.push(item);
        self.items.push((key, item));
        key
    }

    /// Somebody gives the first answer to it so many minutes later.
    pub(crate) fn answer(&mut self, key: i64, who: u32, minutes: i64) -> &mut Self {
        let (_, item) = self.items[usize::try_from(key).unwrap() - 1];
        let moment = Millis(item.at.0 + minutes * Millis::MINUTE);
        let n = i32::try_from(moment.0 / Millis::DAY).unwrap() - D0;
        let answer = Answer {
            at: moment,
            key,
            item_at: item.at,
            who: id(who),
            class: self.class_of(who),
            asker: item.who,
            evidence: AnswerEvidence::Reply,
        };
        self.speak(n, u8::try_from(moment.0 % Millis::DAY / Millis::HOUR).unwrap(), who, (1, 1));
        self.page(n).answers.push(answer);
        self
    }

    /// The pages, by day, their lists in order.
    pub(crate) fn pages(&self) -> Vec<Page> {
        let mut pages: Vec<Page> = self.pages.values().cloned().collect();
        for page in &mut pages {
            page.edges.sort_by_key(|edge| (edge.from, edge.to));
        }
        pages
    }
}

/// A group that is known from its messages, joins and leaves, without number of members.
pub(crate) fn group(pages: &[Page]) -> GroupPages<'_> {
    GroupPages { pages: pages.into(), evidence: told(), founded: None, members_given: None }
}

/// The figure of a metric over one group.
pub(crate) fn figure(code: &str, group: GroupPages<'_>, span: Span) -> Figure {
    let settings = Settings::default();
    metric(code).unwrap().figure(&Scope::new(vec![group], span, &settings))
}

/// The same as a value; panics when it is not known.
pub(crate) fn value(code: &str, group: GroupPages<'_>, span: Span) -> f64 {
    let figure = figure(code, group, span);
    figure.value().unwrap_or_else(|| panic!("{code} is {figure:?}"))
}

/// Numerator and denominator.
pub(crate) fn base(code: &str, group: GroupPages<'_>, span: Span) -> (f64, f64) {
    match figure(code, group, span) {
        Figure::Known { of: Some(of), .. } => of,
        other => panic!("{code} is {other:?}"),
    }
}

/// Equal but for rounding.
pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}
