//! When timers fall due, on wall clocks of every kind.

use domain::{CivilDays, CivilRule, Day, Millis, Missed, When, Zone};
use engine::schedule::{Fire, LATE_AT_ONCE_MAX, from_text, missed, next, to_text};
use jiff::civil::DateTime;
use proptest::prelude::*;

const ZONES: [&str; 7] = [
    "Asia/Shanghai",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe", // half an hour of daylight saving
    "America/Havana",      // springs forward at midnight
    "Pacific/Apia",        // left out a whole day in 2011
    "UTC",
];

fn rule(text: &str) -> CivilRule {
    from_text(text).unwrap()
}

fn moment(zone: &str, clock: &str) -> Millis {
    Zone::named(zone).unwrap().moment(clock.parse::<DateTime>().unwrap(), None)
}

fn shown(zone: &str, at: Millis) -> String {
    Zone::named(zone).unwrap().civil(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// The first moments after one, as the wall shows them.
fn following(zone: &str, text: &str, after: &str, count: usize) -> Vec<String> {
    let (when, wall) = (When::Civil(rule(text)), Zone::named(zone).unwrap());
    let mut at = moment(zone, after);
    let mut all = Vec::new();
    for _ in 0..count {
        let Some(found) = next(&when, &wall, at) else { break };
        all.push(shown(zone, found));
        at = found;
    }
    all
}

#[test]
fn recurring_times_follow_the_wall_clock() {
    let table: [(&str, &str, &str, &[&str]); 11] = [
        (
            "Asia/Shanghai",
            "20:00 daily",
            "2027-01-04T20:00",
            &["2027-01-05 20:00", "2027-01-06 20:00"],
        ),
        ("Asia/Shanghai", "20:00 daily", "2027-01-04T19:59", &["2027-01-04 20:00"]),
        (
            "Asia/Shanghai",
            "08:30 weekly 1,3",
            "2027-01-04T08:30",
            &["2027-01-06 08:30", "2027-01-11 08:30"],
        ),
        (
            "Asia/Shanghai",
            "09:00 monthly 31",
            "2027-12-31T09:00",
            &["2028-01-31 09:00", "2028-02-29 09:00", "2028-03-31 09:00", "2028-04-30 09:00"],
        ),
        ("Asia/Shanghai", "09:00 monthly 1", "2027-01-01T09:00", &["2027-02-01 09:00"]),
        ("Asia/Shanghai", "10:00 once 2027-03-01", "2027-01-01T00:00", &["2027-03-01 10:00"]),
        ("Asia/Shanghai", "10:00 once 2027-03-01", "2027-03-01T10:00", &[]),
        // Spring skips 01:00–02:00: as much later as was skipped, and back the day after.
        (
            "Europe/London",
            "01:30 daily",
            "2025-03-29T02:00",
            &["2025-03-30 02:30", "2025-03-31 01:30"],
        ),
        // Autumn repeats 01:00–02:00: once.
        (
            "Europe/London",
            "01:30 daily",
            "2025-10-25T02:00",
            &["2025-10-26 01:30", "2025-10-27 01:30"],
        ),
        (
            "America/Havana",
            "00:15 daily",
            "2025-03-08T01:00",
            &["2025-03-09 01:15", "2025-03-10 00:15"],
        ),
        // There was no 30th: what would have been on it fell together with the 31st.
        (
            "Pacific/Apia",
            "20:00 daily",
            "2011-12-29T00:00",
            &["2011-12-29 20:00", "2011-12-31 20:00", "2012-01-01 20:00"],
        ),
    ];
    for (zone, text, after, expected) in table {
        let count = expected.len().max(1);
        assert_eq!(following(zone, text, after, count), expected, "{zone} {text}");
    }
}

#[test]
fn the_repeated_hour_fires_the_first_time_only() {
    let zone = Zone::named("Europe/London").unwrap();
    let when = When::Civil(rule("01:30 daily"));
    let first = moment("Europe/London", "2025-10-26T01:30");
    let between = Millis(first.0 + 30 * Millis::MINUTE);
    let found = next(&when, &zone, between).unwrap();
    assert_eq!(shown("Europe/London", found), "2025-10-27 01:30");
}

#[test]
fn a_single_moment_falls_due_once() {
    let (when, zone) = (When::At(Millis(500)), Zone::utc());
    assert_eq!(next(&when, &zone, Millis(499)), Some(Millis(500)));
    assert_eq!(next(&when, &zone, Millis(500)), None);
}

#[test]
fn rules_that_never_fall_due_have_no_next_moment() {
    let zone = Zone::utc();
    let never = [
        CivilRule { hour: 24, minute: 0, days: CivilDays::Daily },
        CivilRule { hour: 9, minute: 60, days: CivilDays::Daily },
        CivilRule { hour: 9, minute: 0, days: CivilDays::Weekly(0) },
        CivilRule { hour: 9, minute: 0, days: CivilDays::Weekly(0x80) },
        CivilRule { hour: 9, minute: 0, days: CivilDays::Monthly(0) },
        CivilRule { hour: 9, minute: 0, days: CivilDays::Monthly(32) },
    ];
    for rule in never {
        assert_eq!(next(&When::Civil(rule), &zone, Millis(0)), None, "{rule:?}");
    }
    let daily = When::Civil(rule("09:00 daily"));
    assert_eq!(next(&daily, &zone, Millis(i64::MAX)), None);
    assert!(next(&daily, &zone, Millis(i64::MIN)).is_some());
}

#[test]
fn what_was_missed_fires_late_not_at_all_or_once() {
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let at = |clock: &str| moment("Asia/Shanghai", clock);
    let daily = When::Civil(rule("20:00 daily"));
    let (due, again) = (at("2027-01-04T20:00"), Some(at("2027-01-08T20:00")));
    let now = at("2027-01-07T22:00");
    let all: Vec<Millis> = (4..=7).map(|day| at(&format!("2027-01-0{day}T20:00"))).collect();
    let fire = |policy, now| missed(&daily, &zone, policy, due, now);
    assert_eq!(fire(Missed::Late, now), Fire { moments: all, next: again });
    assert_eq!(fire(Missed::Skip, now), Fire { moments: vec![], next: again });
    let last = vec![at("2027-01-07T20:00")];
    assert_eq!(fire(Missed::Merge, now), Fire { moments: last.clone(), next: again });
    // Waking up just after the latest one, that one is on time.
    let just_after = at("2027-01-07T20:04");
    assert_eq!(fire(Missed::Skip, just_after), Fire { moments: last, next: again });
    for policy in [Missed::Late, Missed::Skip, Missed::Merge] {
        let on_time = Fire { moments: vec![due], next: Some(at("2027-01-05T20:00")) };
        assert_eq!(fire(policy, Millis(due.0 + 900)), on_time, "{policy:?}");
        let early = Fire { moments: vec![], next: Some(due) };
        assert_eq!(fire(policy, Millis(due.0 - 1)), early, "{policy:?}");
    }
}

#[test]
fn a_single_moment_that_was_missed_is_over() {
    let (when, zone) = (When::At(Millis(500)), Zone::utc());
    let now = Millis(500 + Millis::DAY);
    for (policy, moments) in [
        (Missed::Late, vec![Millis(500)]),
        (Missed::Skip, vec![]),
        (Missed::Merge, vec![Millis(500)]),
    ] {
        let fire = missed(&when, &zone, policy, Millis(500), now);
        assert_eq!(fire, Fire { moments, next: None }, "{policy:?}");
    }
}

#[test]
fn years_of_sleep_are_caught_up_in_bounded_steps_with_nothing_lost_or_doubled() {
    let zone = Zone::named("Europe/London").unwrap();
    let daily = When::Civil(rule("01:30 daily"));
    let now = moment("Europe/London", "2027-06-01T12:00");
    let mut due = moment("Europe/London", "2017-06-01T01:30");
    let mut fired = Vec::new();
    while due <= now {
        let fire = missed(&daily, &zone, Missed::Late, due, now);
        assert!((1..=LATE_AT_ONCE_MAX).contains(&fire.moments.len()));
        fired.extend(fire.moments);
        due = fire.next.unwrap();
    }
    let days: Vec<Day> = fired.iter().map(|at| zone.local(*at).day).collect();
    assert_eq!(days.len(), 3653, "ten years with three leap days, both ends");
    assert!(days.is_sorted_by(|one, other| other.since(*one) == 1));
    let merged = missed(&daily, &zone, Missed::Merge, fired[0], now);
    assert_eq!(merged.moments, fired[fired.len() - 1..]);
}

#[test]
fn rules_are_stored_as_readable_lines() {
    let days = [
        (CivilDays::Daily, "07:05 daily"),
        (CivilDays::Weekly(0b101_0001), "07:05 weekly 1,5,7"),
        (CivilDays::Monthly(31), "07:05 monthly 31"),
        (CivilDays::Once(20_819), "07:05 once 2027-01-01"),
    ];
    for (days, text) in days {
        let rule = CivilRule { hour: 7, minute: 5, days };
        assert_eq!(to_text(&rule), text);
        assert_eq!(from_text(text), Ok(rule));
    }
    for text in [
        "",
        "daily",
        "24:00 daily",
        "07:60 daily",
        "7 daily",
        "07:05 daily 3",
        "07:05 weekly",
        "07:05 weekly 0",
        "07:05 weekly 8",
        "07:05 weekly 1,,2",
        "07:05 monthly 32",
        "07:05 monthly +3",
        "07:05 once 2027-02-30",
        "07:05 yearly 1",
    ] {
        let error = from_text(text).unwrap_err().to_string();
        assert!(error.contains(&format!("{text:?}")) && error.contains("20:00 daily"), "{error}");
    }
}

fn any_rule() -> impl Strategy<Value = CivilRule> {
    let days = prop_oneof![
        Just(CivilDays::Daily),
        (1u8..128).prop_map(CivilDays::Weekly),
        (1u8..32).prop_map(CivilDays::Monthly),
        (14_000i32..25_000).prop_map(CivilDays::Once),
    ];
    (0u8..24, 0u8..60, days).prop_map(|(hour, minute, days)| CivilRule { hour, minute, days })
}

/// Whether the rule names this day, reckoned another way.
fn names(days: CivilDays, day: Day) -> bool {
    let date = day.date();
    match days {
        CivilDays::Daily => true,
        CivilDays::Weekly(mask) => mask >> (date.weekday().to_monday_zero_offset()) & 1 == 1,
        CivilDays::Monthly(wanted) => {
            date.day() == wanted as i8
                || (date == date.last_of_month() && date.day() < wanted as i8)
        }
        CivilDays::Once(one) => one == day.0,
    }
}

proptest! {
    #[test]
    fn the_next_moment_is_the_first_of_all_days_after(
        rule in any_rule(),
        zone in 0..ZONES.len(),
        after in 1_220_000_000_000i64..2_100_000_000_000,
    ) {
        let zone = Zone::named(ZONES[zone]).unwrap();
        let clock = jiff::civil::Time::new(rule.hour as i8, rule.minute as i8, 0, 0).unwrap();
        let start = zone.local(Millis(after)).day.plus(-2);
        let from = match rule.days { CivilDays::Once(day) => Day(day), _ => start };
        let all = (0..40).map(|n| from.plus(n)).filter(|day| names(rule.days, *day));
        let expected = all
            .map(|day| zone.moment(day.date().to_datetime(clock), None))
            .find(|at| at.0 > after);
        prop_assert_eq!(next(&When::Civil(rule), &zone, Millis(after)), expected);
    }

    #[test]
    fn moments_grow_and_no_sleep_loses_or_doubles_one(
        rule in any_rule(),
        zone in 0..ZONES.len(),
        after in 1_220_000_000_000i64..2_100_000_000_000,
        sleeps in prop::collection::vec(0i64..40 * Millis::DAY, 1..12),
    ) {
        let zone = Zone::named(ZONES[zone]).unwrap();
        let when = When::Civil(rule);
        let mut due = next(&when, &zone, Millis(after));
        let mut last = Millis(after);
        let mut now = Millis(after);
        for sleep in sleeps {
            now.0 += sleep;
            while let Some(at) = due.filter(|at| *at <= now) {
                let fire = missed(&when, &zone, Missed::Late, at, now);
                for fired in &fire.moments {
                    prop_assert_eq!(next(&when, &zone, last), Some(*fired));
                    prop_assert!(*fired > last && *fired <= now);
                    last = *fired;
                }
                due = fire.next;
            }
            let merged = missed(&when, &zone, Missed::Merge, last, now);
            let skipped = missed(&when, &zone, Missed::Skip, last, now);
            prop_assert!(merged.moments.len() <= 1 && skipped.moments.len() <= 1);
            prop_assert_eq!(merged.next, next(&when, &zone, now));
            prop_assert_eq!(skipped.next, merged.next);
        }
    }

    #[test]
    fn a_rule_survives_its_text(rule in any_rule()) {
        prop_assert_eq!(from_text(&to_text(&rule)), Ok(rule));
    }
}
