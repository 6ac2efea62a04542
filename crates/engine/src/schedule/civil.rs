//! Moments of a rule on the wall clock of a zone.

use domain::{CivilDays, CivilRule, Day, Millis, Zone};
use jiff::civil::Time;

/// Days looked at beyond the one in question: the longest way from one occurrence of a monthly
/// rule to the next, with a day at each end for what a change of the clock moves over midnight.
const DAYS_MAX: i32 = 34;

/// Moments outside of these have no civil time here (about the years 1 and 9000); nothing falls
/// due there.
const CALENDAR: std::ops::Range<i64> = -62_000_000_000_000..221_000_000_000_000;

/// The first moment after `after`.
pub(super) fn next(rule: &CivilRule, zone: &Zone, after: Millis) -> Option<Millis> {
    if after.0 >= CALENDAR.end {
        return None;
    }
    let after = Millis(after.0.max(CALENDAR.start));
    let from = zone.local(after).day.plus(-1);
    days(rule, from, 1).filter_map(|day| moment(rule, zone, day)).find(|at| *at > after)
}

/// The last moment not after `until`.
pub(super) fn last(rule: &CivilRule, zone: &Zone, until: Millis) -> Option<Millis> {
    if until.0 < CALENDAR.start {
        return None;
    }
    let until = Millis(until.0.min(CALENDAR.end));
    let from = zone.local(until).day.plus(1);
    days(rule, from, -1).filter_map(|day| moment(rule, zone, day)).find(|at| *at <= until)
}

/// The days of the rule from `from` on, forwards or backwards; a bounded number.
fn days(rule: &CivilRule, from: Day, step: i32) -> impl Iterator<Item = Day> {
    let rule = *rule;
    let once = match rule.days {
        CivilDays::Once(day) => Some(Day(day)),
        _ => None,
    };
    let around = (0..=DAYS_MAX).map(move |n| from.plus(n * step));
    let recurring = around.filter(move |day| once.is_none() && falls_on(rule.days, *day));
    once.into_iter().chain(recurring)
}

fn falls_on(days: CivilDays, day: Day) -> bool {
    match days {
        CivilDays::Daily => true,
        CivilDays::Weekly(mask) => mask & (1 << day.weekday()) != 0,
        CivilDays::Monthly(wanted) => {
            let date = day.date();
            let in_month = date.days_in_month();
            i8::try_from(wanted).is_ok_and(|wanted| (1..=31).contains(&wanted))
                && i16::from(date.day()) == i16::from(wanted).min(i16::from(in_month))
        }
        CivilDays::Once(one) => one == day.0,
    }
}

/// The moment of the rule on a day; `None` when the rule names no time of day.
fn moment(rule: &CivilRule, zone: &Zone, day: Day) -> Option<Millis> {
    let (hour, minute) = (i8::try_from(rule.hour).ok()?, i8::try_from(rule.minute).ok()?);
    let clock = Time::new(hour, minute, 0, 0).ok()?;
    Some(zone.moment(day.date().to_datetime(clock), None))
}
