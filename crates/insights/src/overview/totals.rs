//! Plain counts of everything, bots and staff included.

use crate::metrics::{joins, leaves};
use crate::overview::Totals;
use crate::scope::{Scope, within};
use crate::stats::median;
use domain::{Day, IdentityId};
use std::cmp::Reverse;

/// How long the lists of the busiest days and people are.
const TOP: usize = 10;

pub(super) fn totals(scope: &Scope<'_>) -> Totals {
    let senders = senders(scope);
    let (days, mut daily) = days(scope);
    let sums = scope.sums();
    Totals {
        messages: days.iter().map(|(_, messages)| messages).sum(),
        senders: senders.len() as u64,
        joins: joins(scope),
        leaves: leaves(scope),
        joined_people: sums.joined.len() as u64,
        left_people: sums.left.len() as u64,
        service_rows: sums.service_rows,
        first: sums.ends.map(|(first, _)| first),
        last: sums.ends.map(|(_, last)| last),
        days_with_messages: u32::try_from(days.len()).unwrap_or(u32::MAX),
        median_daily_senders: median(&mut daily),
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
        (person.who, marks.iter().map(|mark| census.messages(person, *mark)).sum())
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
    (days, daily)
}
