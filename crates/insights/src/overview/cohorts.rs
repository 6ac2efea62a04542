//! Those who came together, and how many of them are still in, or still active (P05, P13, #8).
//!
//! By first join where joins are told; else by first post, and then "still in" is unknown.

use crate::overview::{Cohort, CohortGrid};
use crate::scope::Scope;
use domain::{Day, IdentityId, Millis};
use std::collections::BTreeMap;

/// Ages in days at which the shares are taken (P05).
const AGES: [i32; 7] = [1, 3, 7, 14, 30, 60, 90];
/// More weeks than these are shown as months.
const WEEKS_MAX: u32 = 26;

/// Somebody who came in the window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Newcomer {
    pub(crate) who: IdentityId,
    pub(crate) day: Day,
    /// Moment of joining; `None` where the first post stands for it.
    pub(crate) at: Option<Millis>,
    /// Last day on which the person wrote, in all data.
    pub(crate) last_wrote: Option<Day>,
}

/// People who count and came in the window: by first join where joins are told, else by first
/// post in the data.
pub(crate) fn newcomers(scope: &Scope<'_>) -> Vec<Newcomer> {
    let census = scope.census();
    let span = scope.asked();
    let last = |who| {
        let marks = census.of(who).map(|person| census.marks(person));
        marks.and_then(|marks| marks.last()).map(|mark| Day(mark.day()))
    };
    if scope.joins_told() {
        let came = scope.arrivals().iter().filter(|arrival| span.holds(arrival.day));
        let counted = came.filter(|arrival| scope.counts(arrival.class));
        let newcomer = |arrival: &crate::scope::Arrival| Newcomer {
            who: arrival.who,
            day: arrival.day,
            at: Some(arrival.at),
            last_wrote: last(arrival.who),
        };
        return counted.map(newcomer).collect();
    }
    let first = |person: &crate::scope::Person| {
        let first = census.marks(person).iter().find(|mark| scope.counts(mark.class()))?;
        let day = Day(first.day());
        let (who, at, last_wrote) = (person.who, None, last(person.who));
        span.holds(day).then_some(Newcomer { who, day, at, last_wrote })
    };
    census.persons.iter().filter_map(first).collect()
}

pub(super) fn grid(scope: &Scope<'_>) -> CohortGrid {
    let ages = AGES.iter().filter_map(|age| u32::try_from(*age).ok()).collect();
    let by_join = scope.joins_told();
    let span = scope.asked();
    let period = if span.days().div_ceil(7) > WEEKS_MAX { month } else { week };
    let mut groups: BTreeMap<Day, (Day, Vec<Newcomer>)> = BTreeMap::new();
    for new in newcomers(scope) {
        let (from, to) = period(new.day);
        groups.entry(from).or_insert((to, Vec::new())).1.push(new);
    }
    let cohort = |(from, (to, people)): (Day, (Day, Vec<Newcomer>))| Cohort {
        from: from.max(span.from),
        to: to.min(span.to),
        size: u32::try_from(people.len()).unwrap_or(u32::MAX),
        still_in: AGES.map(|age| still_in(scope, &people, age)).to_vec(),
        still_active: AGES.map(|age| still_active(scope, &people, age)).to_vec(),
    };
    CohortGrid { by_join, ages, cohorts: groups.into_iter().map(cohort).collect() }
}

fn still_in(scope: &Scope<'_>, people: &[Newcomer], age: i32) -> Option<(u32, u32)> {
    let known = scope.joins_told() && scope.leaves_told();
    known.then(|| of_grown(scope, people, age, |new, day| scope.is_in(new.who, day)))?
}

fn still_active(scope: &Scope<'_>, people: &[Newcomer], age: i32) -> Option<(u32, u32)> {
    let told = scope.evidence().messages != domain::Extent::None;
    let wrote = |new: &Newcomer, day: Day| new.last_wrote.is_some_and(|last| last >= day);
    told.then(|| of_grown(scope, people, age, wrote))?
}

/// How many of those who have reached the age; `None` when nobody has.
fn of_grown(
    scope: &Scope<'_>,
    people: &[Newcomer],
    age: i32,
    holds: impl Fn(&Newcomer, Day) -> bool,
) -> Option<(u32, u32)> {
    let grown = people.iter().filter(|new| new.day.plus(age) <= scope.end());
    let (kept, all) = grown.fold((0, 0), |(kept, all), new| {
        (kept + u32::from(holds(new, new.day.plus(age))), all + 1)
    });
    (all > 0).then_some((kept, all))
}

/// Monday to Sunday.
fn week(day: Day) -> (Day, Day) {
    let from = day.plus(-i32::from(day.weekday()));
    (from, from.plus(6))
}

fn month(day: Day) -> (Day, Day) {
    let date = day.date();
    let from = Day::from_date(date.first_of_month());
    (from, Day::from_date(date.last_of_month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_follow_each_other_without_gap_or_overlap() {
        for period in [week, month] {
            let mut last: Option<(Day, Day)> = None;
            for day in (19_700..20_200).map(Day) {
                let (from, to) = period(day);
                assert!(from <= day && day <= to);
                if let Some(last) = last.filter(|last| *last != (from, to)) {
                    assert_eq!(from, last.1.plus(1));
                }
                last = Some((from, to));
            }
        }
    }
}
