//! Plain counts of everything, bots and staff included.

use crate::metrics::{joins, leaves};
use crate::overview::Totals;
use crate::scope::{Scope, within};
use crate::stats::median;
use domain::{Day, IdentityId, JoinManner, Millis};
use rustc_hash::FxHashSet;
use std::cmp::Reverse;

/// How long the lists of the busiest days and people are.
const TOP: usize = 10;

pub(super) fn totals(scope: &Scope<'_>) -> Totals {
    let senders = senders(scope);
    let (days, daily) = days(scope);
    let spoken = scope.pages().iter().filter_map(|at| at.page.first_last);
    let ends = spoken.fold(None, |ends: Option<(Millis, Millis)>, (first, last)| {
        Some(ends.map_or((first, last), |ends| (ends.0.min(first), ends.1.max(last))))
    });
    let (joined, left) = people_who_moved(scope);
    Totals {
        messages: days.iter().map(|(_, messages)| messages).sum(),
        senders: senders.len() as u64,
        joins: joins(scope),
        leaves: leaves(scope),
        joined_people: joined,
        left_people: left,
        service_rows: scope.pages().iter().map(|at| u64::from(at.page.service_rows)).sum(),
        first: ends.map(|(first, _)| first),
        last: ends.map(|(_, last)| last),
        days_with_messages: u32::try_from(days.len()).unwrap_or(u32::MAX),
        median_daily_senders: median(&daily),
        top_days: top(days, |(day, messages)| (Reverse(*messages), *day)),
        top_senders: top(senders, |(who, messages)| (Reverse(*messages), *who)),
        members: scope.members(scope.asked().to).map(u64::from),
    }
}

fn top<T, K: Ord>(mut all: Vec<T>, key: impl Fn(&T) -> K) -> Vec<T> {
    all.sort_by_key(key);
    all.truncate(TOP);
    all
}

/// Everybody who wrote, with the number of messages.
fn senders(scope: &Scope<'_>) -> Vec<(IdentityId, u64)> {
    let census = scope.census();
    let sums = census.persons.iter().map(|person| {
        let marks = within(census.marks(person), scope.asked());
        (person.who, marks.iter().map(|mark| u64::from(mark.messages)).sum())
    });
    sums.filter(|(_, messages)| *messages > 0).collect()
}

/// Days with messages, and the sorted numbers of senders on these days.
fn days(scope: &Scope<'_>) -> (Vec<(Day, u64)>, Vec<i64>) {
    let (mut days, mut daily) = (Vec::new(), Vec::new());
    let Some(span) = scope.span() else {
        return (days, daily);
    };
    for day in (span.from.0..=span.to.0).map(Day) {
        let count = scope.day(day);
        if count.all_messages > 0 {
            days.push((day, u64::from(count.all_messages)));
            daily.push(i64::from(count.all_senders));
        }
    }
    daily.sort_unstable();
    (days, daily)
}

/// Named people with a join, and with a leave.
fn people_who_moved(scope: &Scope<'_>) -> (u64, u64) {
    let (mut joined, mut left) = (FxHashSet::default(), FxHashSet::default());
    for at in scope.pages() {
        let came = at.page.comings.iter().filter(|coming| coming.how != JoinManner::Listed);
        joined.extend(came.filter_map(|coming| coming.who.named()));
        left.extend(at.page.goings.iter().filter_map(|going| going.who.named()));
    }
    (joined.len() as u64, left.len() as u64)
}
