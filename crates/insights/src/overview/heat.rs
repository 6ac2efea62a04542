//! Activity by weekday and hour, and the slots in which most people are reached (F32, P07).

use crate::overview::{Heat, Slot};
use crate::scope::{Scope, within};
use domain::Day;

/// Hours in which nobody is to be disturbed: from 22:00 to 8:00. A slot lies within the others.
const WAKING: std::ops::Range<usize> = 8..22;
/// How often a weekday must have come round for its hours to be compared.
const WEEKS_MIN: u32 = 3;
/// How often somebody must have been seen in a slot for it to be more than chance.
const SEEN_MIN: u32 = 5;
/// Fewest people that a slot must reach on average: below one, it mostly reaches nobody.
const REACH_MIN: f64 = 1.0;
/// How many best slots are named.
const BEST_MAX: usize = 3;

/// Messages by people and distinct members, by weekday and hour.
pub(crate) fn build_heat(scope: &Scope<'_>) -> Heat {
    let mut heat = Heat::default();
    let Some(span) = scope.span() else {
        return heat;
    };
    for day in (span.from.0..=span.to.0).map(Day) {
        if let Some(days) = heat.weekdays.get_mut(usize::from(day.weekday())) {
            *days += 1;
        }
    }
    heat.messages = scope.sums().hours;
    let census = scope.census();
    for person in &census.persons {
        for mark in within(census.marks(person), span).iter().filter(|m| scope.counts(m.class())) {
            let weekday = usize::from(Day(mark.day()).weekday());
            if let Some(row) = heat.people.get_mut(weekday) {
                add_hours(row, mark.hours());
            }
        }
    }
    heat.best = best(&heat);
    heat
}

/// Adds one to each hour of the mask.
fn add_hours(row: &mut [u32; 24], mut mask: u32) {
    while mask != 0 {
        if let Some(cell) = row.get_mut(mask.trailing_zeros() as usize) {
            *cell += 1;
        }
        mask &= mask - 1;
    }
}

/// The waking hours with the highest mean number of distinct people, where it is one or more.
fn best(heat: &Heat) -> Vec<Slot> {
    let reaching = ranked(heat).unwrap_or_default().into_iter();
    reaching.filter(|slot| slot.reach >= REACH_MIN).take(BEST_MAX).collect()
}

/// All waking hours in which people were seen often enough, by the mean number of distinct people;
/// `None` before three weeks.
pub(crate) fn ranked(heat: &Heat) -> Option<Vec<Slot>> {
    if heat.weekdays.iter().any(|days| *days < WEEKS_MIN) {
        return None;
    }
    let mut slots = Vec::new();
    for ((weekday, row), days) in (0..).zip(&heat.people).zip(heat.weekdays) {
        for (hour, people) in (0..).zip(row) {
            if WAKING.contains(&usize::from(hour)) && *people >= SEEN_MIN {
                let reach = f64::from(*people) / f64::from(days);
                slots.push(Slot { weekday, hour, reach });
            }
        }
    }
    slots.sort_by(|a, b| b.reach.total_cmp(&a.reach));
    Some(slots)
}
