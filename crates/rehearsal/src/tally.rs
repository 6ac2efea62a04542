//! Counts of what happened, made here so that nothing that reads the exports is needed for them.

use crate::crowd::Crowd;
use crate::happening::{Happening, Happens};
use domain::Day;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many of the busiest days and people are named.
const TOP: usize = 10;

/// A day and its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayCount {
    /// Civil day, `YYYY-MM-DD`.
    pub day: String,
    /// Messages.
    pub messages: u64,
}

/// A person and the messages written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SenderCount {
    /// Name shown in the end.
    pub name: String,
    /// Messages.
    pub messages: u64,
}

/// Plain counts, as a report of any export of the group must show them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Totals {
    /// Rows that a person wrote.
    pub messages: u64,
    /// People who wrote.
    pub senders: u64,
    /// Joins.
    pub joins: u64,
    /// Leaves, by oneself or removed.
    pub leaves: u64,
    /// People with at least one join.
    pub joined_people: u64,
    /// People with at least one leave.
    pub left_people: u64,
    /// Service rows that every format shows, other than joins and leaves.
    pub service_rows: u64,
    /// Messages taken back: one more service row each where a format shows it (QQ, WeChat).
    pub recalls: u64,
    /// Moment of the first message, milliseconds UTC.
    pub first_ms: Option<i64>,
    /// Moment of the last message, milliseconds UTC.
    pub last_ms: Option<i64>,
    /// Civil days with at least one message.
    pub days_with_messages: u64,
    /// Median of the people who wrote, over days with messages; the mean of the middle two.
    pub median_daily_senders: Option<f64>,
    /// Most messages first, among equals the earlier day.
    pub top_days: Vec<DayCount>,
    /// Most messages first, among equals whoever was met first.
    pub top_senders: Vec<SenderCount>,
}

/// Counts while the crowd lives.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    by_person: HashMap<u32, u64>,
    by_day: BTreeMap<Day, (u64, BTreeSet<u32>)>,
    joined: Vec<u32>,
    left: Vec<u32>,
    service_rows: u64,
    recalls: u64,
    first_last: Option<(i64, i64)>,
}

impl Tally {
    /// The counts of a whole life.
    pub fn of(mut crowd: Crowd) -> Totals {
        let mut tally = Self::default();
        while let Some(happening) = crowd.next() {
            tally.add(&crowd, &happening);
        }
        tally.totals(&crowd)
    }

    /// Counts one more happening.
    pub fn add(&mut self, crowd: &Crowd, happening: &Happening) {
        match &happening.what {
            Happens::Message { .. } => {
                *self.by_person.entry(happening.who).or_default() += 1;
                let (day, _) = crowd.plan().civil(happening.at);
                let (messages, people) = self.by_day.entry(day).or_default();
                *messages += 1;
                people.insert(happening.who);
                let at = happening.at.0;
                self.first_last = Some((self.first_last.map_or(at, |(first, _)| first), at));
            }
            Happens::Join { .. } => self.joined.push(happening.who),
            Happens::Leave { .. } => self.left.push(happening.who),
            Happens::GroupName { .. } => self.service_rows += 1,
            Happens::Recall { .. } => self.recalls += 1,
            Happens::Rename { .. } => {}
        }
    }

    /// The counts so far.
    pub fn totals(&self, crowd: &Crowd) -> Totals {
        let count = |length: usize| u64::try_from(length).unwrap_or(u64::MAX);
        let distinct = |all: &[u32]| count(all.iter().collect::<BTreeSet<_>>().len());
        Totals {
            messages: self.by_person.values().sum(),
            senders: count(self.by_person.len()),
            joins: count(self.joined.len()),
            leaves: count(self.left.len()),
            joined_people: distinct(&self.joined),
            left_people: distinct(&self.left),
            service_rows: self.service_rows,
            recalls: self.recalls,
            first_ms: self.first_last.map(|(first, _)| first),
            last_ms: self.first_last.map(|(_, last)| last),
            days_with_messages: count(self.by_day.len()),
            median_daily_senders: self.median_daily_senders(),
            top_days: self.top_days(),
            top_senders: self.top_senders(crowd),
        }
    }

    fn median_daily_senders(&self) -> Option<f64> {
        let mut counts: Vec<usize> = self.by_day.values().map(|(_, people)| people.len()).collect();
        counts.sort_unstable();
        let upper = *counts.get(counts.len() / 2)?;
        let lower = *counts.get((counts.len() - 1) / 2)?;
        Some((lower + upper) as f64 / 2.0)
    }

    fn top_days(&self) -> Vec<DayCount> {
        let mut days: Vec<(u64, Day)> =
            self.by_day.iter().map(|(day, (messages, _))| (*messages, *day)).collect();
        days.sort_by_key(|(messages, day)| (std::cmp::Reverse(*messages), *day));
        let named = |(messages, day): (u64, Day)| DayCount { day: day.to_string(), messages };
        days.into_iter().take(TOP).map(named).collect()
    }

    fn top_senders(&self, crowd: &Crowd) -> Vec<SenderCount> {
        let mut people: Vec<(u64, u32)> =
            self.by_person.iter().map(|(who, messages)| (*messages, *who)).collect();
        people.sort_by_key(|(messages, who)| (std::cmp::Reverse(*messages), *who));
        let named = |(messages, who): (u64, u32)| SenderCount {
            name: crowd.person(who).map(|person| person.last_name().to_owned()).unwrap_or_default(),
            messages,
        };
        people.into_iter().take(TOP).map(named).collect()
    }
}
