//! Where scans of live codes lead.

use domain::{Day, Millis, Zone};
use engine::links::{
    CHAIN_RUN, Chain, Clock, Device, Duty, Link, LinkNow, Rule, Seat, SeatNow, Skip, Trend, Visit,
    declines, first_fit, fits, next_number, pick, series_name,
};

const THERE: SeatNow = SeatNow { is_there: true, today: 0 };
const MONDAY_NOON: Clock = Clock { weekday: 0, minute: 12 * 60 };

fn seat(userid: &str, weight: u32) -> Seat {
    Seat { userid: userid.to_owned(), weight, duty: Duty::ALWAYS, daily_max: None }
}

fn split(seats: &[Seat], now: &[SeatNow], scans: std::ops::Range<u64>) -> Vec<usize> {
    let mut met = vec![0; seats.len()];
    for nth in scans {
        met[pick(seats, now, (MONDAY_NOON, nth)).unwrap()] += 1;
    }
    met
}

// catalogue: B01
#[test]
fn a_hundred_scans_split_by_weight_and_pass_over_who_is_off_duty() {
    let mut seats = vec![seat("a", 50), seat("b", 30), seat("c", 20)];
    assert_eq!(split(&seats, &[THERE; 3], 0..100), [50, 30, 20]);
    assert_eq!(split(&seats, &[THERE; 3], 7..107), [50, 30, 20], "from any number on");
    // Turns are mixed: nobody has more than three in a row.
    let who = |nth| pick(&seats, &[THERE; 3], (MONDAY_NOON, nth)).unwrap();
    assert!((0..100).all(|nth| (nth..nth + 4).any(|next| who(next) != who(nth))));
    seats[1].duty = Duty { days: 0b1_1110, from: 9 * 60, to: 18 * 60 };
    assert_eq!(split(&seats, &[THERE; 3], 0..70), [50, 0, 20], "off on Mondays");
    let gone = SeatNow { is_there: false, today: 0 };
    assert_eq!(split(&seats, &[THERE, THERE, gone], 0..10), [10, 0, 0]);
}

// catalogue: B01
#[test]
fn who_has_the_customers_of_today_is_passed_over_and_nobody_is_nobody() {
    let mut seats = vec![seat("a", 1), seat("b", 1)];
    seats[0].daily_max = Some(3);
    let mut today = [THERE; 2];
    let mut met = [0, 0];
    for nth in 0..20 {
        let place = pick(&seats, &today, (MONDAY_NOON, nth)).unwrap();
        today[place].today += 1;
        met[place] += 1;
    }
    assert_eq!(met, [3, 17]);
    seats[1].daily_max = Some(17);
    assert_eq!(pick(&seats, &today, (MONDAY_NOON, 20)), None);
    assert_eq!(pick(&[], &[], (MONDAY_NOON, 0)), None);
    let heaviest = vec![seat("a", u32::MAX), seat("b", u32::MAX - 1)];
    assert!(pick(&heaviest, &[THERE; 2], (MONDAY_NOON, u64::MAX)).is_some());
}

#[test]
fn duty_follows_the_wall_clock_over_midnight_and_over_weeks() {
    let day = Duty { days: 0b001_1111, from: 9 * 60, to: 18 * 60 };
    let night = Duty { days: 0b100_0000, from: 22 * 60, to: 6 * 60 };
    let at = |weekday, hour: u16, minute| Clock { weekday, minute: hour * 60 + minute };
    for (duty, clock, covers) in [
        (day, at(0, 9, 0), true),
        (day, at(4, 17, 59), true),
        (day, at(4, 18, 0), false),
        (day, at(4, 8, 59), false),
        (day, at(5, 12, 0), false),
        (night, at(6, 22, 0), true),
        (night, at(0, 5, 59), true),
        (night, at(0, 6, 0), false),
        (night, at(0, 22, 0), false),
        (night, at(6, 5, 0), false),
        (Duty::ALWAYS, at(6, 23, 59), true),
        (Duty { days: 1, from: 60, to: 60 }, at(0, 0, 0), true),
        (Duty { days: 1, from: 60, to: 60 }, at(1, 0, 30), false),
        (Duty { days: 0, ..Duty::ALWAYS }, at(1, 0, 30), false),
    ] {
        assert_eq!(duty.covers(clock), covers, "{duty:?} {clock:?}");
    }
    let shanghai = Zone::named("Asia/Shanghai").unwrap();
    let monday = Day::parse("2026-11-23").unwrap();
    let nine = Millis(shanghai.day_start(monday).0 + 9 * Millis::HOUR);
    assert_eq!(Clock::of(nine, &shanghai), at(0, 9, 0));
    assert_eq!(Clock::of(Millis(nine.0 - 10 * Millis::HOUR), &shanghai), at(6, 23, 0));
}

fn chain(limits: &[u32]) -> Chain {
    let link =
        |(n, limit): (usize, &u32)| Link { chat: format!("wr{n}"), limit: *limit, is_spare: false };
    Chain { links: limits.iter().enumerate().map(link).collect(), skips_declining: true }
}

fn has(members: u32) -> LinkNow {
    LinkNow { is_there: true, members, declines: false }
}

// catalogue: B04, S26
#[test]
fn at_the_limit_the_next_scan_lands_in_the_next_group() {
    let chain = chain(&[77, 77, 77]);
    for (members, next) in [
        ([0, 0, 0], Some(0)),
        ([76, 0, 0], Some(0)),
        ([77, 0, 0], Some(1)),
        ([78, 76, 0], Some(1)),
        ([77, 77, 76], Some(2)),
        ([77, 70, 77], Some(1)),
        ([77, 77, 77], None),
    ] {
        assert_eq!(chain.run(&members.map(has)).first().copied(), next, "{members:?}");
    }
    // 200 people, one after the other: 77, 77, and the rest.
    let mut members = [0; 3];
    for _ in 0..200 {
        members[chain.run(&members.map(has))[0]] += 1;
    }
    assert_eq!(members, [77, 77, 46]);
    assert_eq!(chain.room(&members.map(has)), 31);
}

// catalogue: O04
#[test]
fn a_declining_group_is_passed_over_unless_nothing_else_is_left() {
    let mut chain = chain(&[100, 100, 100]);
    chain.links[2].is_spare = true;
    let sinks = LinkNow { declines: true, ..has(10) };
    assert_eq!(chain.run(&[sinks, has(1), has(1)]), [1, 2]);
    assert_eq!(chain.skip(&chain.links[0], sinks), Some(Skip::Declines));
    assert_eq!(chain.run(&[sinks, has(100), has(1)]), [2], "a spare one before a declining one");
    assert_eq!(chain.run(&[sinks, has(100), has(100)]), [0], "a code never dies");
    let gone = LinkNow { is_there: false, ..has(0) };
    assert_eq!(chain.run(&[gone, has(100), has(100)]), [0; 0]);
    assert_eq!(chain.skip(&chain.links[0], gone), Some(Skip::Gone));
    chain.skips_declining = false;
    assert_eq!(chain.run(&[sinks, has(1), has(1)]), [0, 1, 2]);
    for (fades, members, joins, leaves, sinks) in [
        (Some(true), 100, 9, 0, true),
        (Some(false), 100, 0, 50, false),
        (None, 100, 0, 0, false),
        (None, 100, 2, 5, true),
        (None, 100, 3, 5, false),
        (None, 101, 0, 5, false),
        (None, 10, 0, 2, false),
        (None, 10, 0, 3, true),
    ] {
        assert_eq!(declines(Trend { fades, members, joins, leaves }), sinks);
    }
}

// catalogue: A10
#[test]
fn any_number_of_groups_is_a_chain_of_runs_of_five() {
    let chain = chain(&[10; 17]);
    let mut now = vec![has(0); 17];
    assert_eq!(chain.run(&now), [0, 1, 2, 3, 4]);
    for full in 0..17 {
        now[full] = has(10);
        let run = chain.run(&now);
        assert_eq!(run, (full + 1..17).take(CHAIN_RUN).collect::<Vec<_>>());
    }
    assert_eq!(chain.room(&now), 0);
}

// catalogue: A10
#[test]
fn the_next_name_of_a_row_follows_the_highest() {
    assert_eq!(series_name("公测", 3), "公测3群");
    for (name, number) in [
        ("公测3群", Some(3)),
        ("公测11", Some(11)),
        (" 公测 4 群 ", Some(4)),
        ("公测群", None),
        ("公测", None),
        ("公测三群", None),
        ("公测3群（福利）", None),
        ("福利3群", None),
        ("公测99999999999群", None),
    ] {
        assert_eq!(fits("公测", name), number, "{name}");
    }
    assert_eq!(fits("", "3群"), None);
    assert_eq!(next_number("公测", ["公测3群", "福利9群", "公测11"]), 12);
    assert_eq!(next_number("公测", []), 1);
}

// catalogue: B05
#[test]
fn two_visitors_with_different_attributes_get_different_targets() {
    let rules = [
        Rule { device: Some(Device::Ios), in_wechat: Some(true), to: 2, ..Rule::default() },
        Rule { placement: Some(7), to: 3, ..Rule::default() },
        Rule {
            when: Some(Duty { days: 0b110_0000, from: 0, to: 0 }),
            is_again: Some(true),
            to: 4,
            ..Rule::default()
        },
    ];
    let plain = Visit {
        clock: MONDAY_NOON,
        placement: 1,
        device: Device::Android,
        in_wechat: true,
        is_again: false,
    };
    let sunday = Clock { weekday: 6, minute: 0 };
    for (visit, to) in [
        (plain, 1),
        (Visit { device: Device::Ios, ..plain }, 2),
        (Visit { device: Device::Ios, in_wechat: false, ..plain }, 1),
        (Visit { placement: 7, ..plain }, 3),
        (Visit { placement: 7, device: Device::Ios, ..plain }, 2),
        (Visit { clock: sunday, ..plain }, 1),
        (Visit { clock: sunday, is_again: true, ..plain }, 4),
        (Visit { is_again: true, ..plain }, 1),
    ] {
        assert_eq!(first_fit(&rules, 1, &visit), to, "{visit:?}");
    }
}
