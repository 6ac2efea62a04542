//! One invented group, day by day.

use domain::{ActorClass, Day, Evidence, Extent, IdentityId, JoinManner, Millis};
use insights::{
    Cause, CauseCode, Cohort, CohortGrid, Entry, EntryManner, Figure, Health, Heat, Helper,
    Inviter, ItemFlags, LostRegular, METRICS, Matrix, Measured, Metric, Missing, Mood, Need,
    OpenItem, Overview, PulseDay, RankedPerson, Slot, Span, Step, StepCode, Tie, Totals, Unit,
};

/// Seeded dice (splitmix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// 0 … below.
    fn below(&mut self, below: u32) -> u32 {
        u32::try_from(self.next() % u64::from(below.max(1))).unwrap()
    }

    /// 0.0 … 1.0.
    fn part(&mut self) -> f64 {
        f64::from(self.below(1_000_000)) / 1_000_000.0
    }
}

pub(crate) const FIRST_DAY: i32 = 20_515; // 2026-03-03, a Tuesday
pub(crate) const FULL: Evidence = Evidence {
    messages: Extent::Full,
    joins: Extent::Full,
    leaves: Extent::Full,
    replies: Extent::Partial,
    reactions: Extent::None,
    joins_are_connections: false,
};

const FAMILY: [&str; 12] = [
    "小林", "阿杰", "安琪", "大刘", "芳芳", "老周", "豆豆", "晓彤", "Momo", "Kevin", "雨桐", "海哥",
];
const MARKS: [&str; 6] = ["", "（杭州）", "·烘焙", "_Lin", "🌿", "2号"];

pub(crate) fn name(number: u32) -> String {
    let family = FAMILY[number as usize % FAMILY.len()];
    let mark = MARKS[(number as usize / FAMILY.len()) % MARKS.len()];
    let turn = number as usize / (FAMILY.len() * MARKS.len());
    if turn == 0 { format!("{family}{mark}") } else { format!("{family}{mark}{}", turn + 1) }
}

fn class(number: u32) -> ActorClass {
    match number {
        1 | 2 => ActorClass::Staff,
        3 => ActorClass::Bot,
        _ => ActorClass::Member,
    }
}

pub(crate) fn person(number: u32) -> IdentityId {
    IdentityId(number)
}

fn whole(number: f64) -> u32 {
    format!("{number:.0}").parse().unwrap()
}

#[derive(Default)]
struct Talk {
    messages: Vec<u64>,
    heat: Heat,
    pulse: Vec<PulseDay>,
}

fn talk(days: i32, members: u32, dice: &mut Dice) -> Talk {
    let mut talk = Talk { messages: vec![0; members as usize + 1], ..Talk::default() };
    let mut inside = f64::from(members) * 0.7;
    for n in 0..days {
        let day = Day(FIRST_DAY + n);
        let weekday = usize::from(day.weekday());
        talk.heat.weekdays[weekday] += 1;
        let ebb = 1.15 - 0.55 * f64::from(n) / f64::from(days);
        let joins = dice.below(4) + if n % 30 == 5 { 14 } else { 0 };
        let leaves = dice.below(3);
        inside += f64::from(joins) - f64::from(leaves);
        let mut today = PulseDay { day: day.0, joins, leaves, ..PulseDay::default() };
        for who in 1..=members {
            let eager = 2.2 / (1.0 + f64::from(who) * 0.35) + 0.02;
            let weekend = if weekday >= 5 { 1.4 } else { 1.0 };
            let expected = eager * ebb * weekend * 3.0;
            if dice.part() > expected.min(0.92) {
                continue;
            }
            let said = 1 + dice.below(1 + whole(expected * 2.0));
            today.messages += said;
            today.speakers += 1;
            today.effective_speakers += u32::from(dice.part() < 0.8);
            talk.messages[who as usize] += u64::from(said);
            let evening = [8, 9, 12, 12, 13, 17, 19, 20, 20, 20, 21, 21, 21, 22, 22, 23];
            let hour = evening[dice.below(16) as usize];
            talk.heat.messages[weekday][hour] += said;
            talk.heat.people[weekday][hour] += 1;
        }
        today.members = Some(whole(inside));
        talk.pulse.push(today);
    }
    talk.heat.best = vec![
        Slot { weekday: 6, hour: 21, reach: 6.3 },
        Slot { weekday: 5, hour: 20, reach: 5.8 },
        Slot { weekday: 2, hour: 21, reach: 4.1 },
    ];
    talk
}

/// Everything about an invented group.
pub(crate) fn overview(days: i32, members: u32, dice: &mut Dice) -> Overview {
    let talk = talk(days, members, dice);
    let unanswered = open_items(days, members, dice);
    let at = |day: i32, hour: i64| Millis(i64::from(day) * Millis::DAY + (hour - 8) * Millis::HOUR);
    let mut top: Vec<(IdentityId, u64)> =
        (1..=members).map(|who| (person(who), talk.messages[who as usize])).collect();
    top.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    top.truncate(10);
    let mut busiest: Vec<(Day, u64)> =
        talk.pulse.iter().map(|day| (Day(day.day), u64::from(day.messages))).collect();
    busiest.sort_by_key(|(day, count)| (std::cmp::Reverse(*count), day.0));
    busiest.truncate(10);
    let sum = |of: fn(&PulseDay) -> u32| talk.pulse.iter().map(|day| u64::from(of(day))).sum();
    Overview {
        span: Span { from: Day(FIRST_DAY), to: Day(FIRST_DAY + days - 1) },
        evidence: FULL,
        totals: Totals {
            messages: sum(|day| day.messages),
            senders: talk.messages.iter().filter(|count| **count > 0).count() as u64,
            joins: sum(|day| day.joins),
            leaves: sum(|day| day.leaves),
            joined_people: sum(|day| day.joins) - 3,
            left_people: sum(|day| day.leaves),
            service_rows: 41,
            first: Some(at(FIRST_DAY, 8)),
            last: Some(at(FIRST_DAY + days - 1, 22)),
            days_with_messages: u32::try_from(days).unwrap(),
            median_daily_senders: Some(24.5),
            top_days: busiest,
            top_senders: top,
            members: talk.pulse.last().and_then(|day| day.members).map(u64::from),
        },
        measured: METRICS.iter().map(|metric| measure(metric, dice)).collect(),
        cohorts: cohorts(days, dice),
        entry: entry(),
        overlap: None,
        matrix: matrix(members, dice),
        helpers: helpers(dice),
        unanswered_total: u32::try_from(unanswered.len()).unwrap() + 9,
        steps: steps(&unanswered),
        unanswered,
        lost: (0..15)
            .map(|n| LostRegular {
                who: person(20 + n * 3),
                messages_before: 64 - n * 3,
                last_day: Day(FIRST_DAY + 20 + i32::try_from(n).unwrap()),
            })
            .collect(),
        idle: [14, 210, 388, 512, 0, 176, 43],
        media: [2200, 410, 36, 22, 388, 12, 3, 1, 61, 2, 8, 0],
        health: health(),
        heat: talk.heat,
        pulse: talk.pulse,
    }
}

fn health() -> Health {
    let cause = |code, numbers: &[f64]| Cause { code, numbers: numbers.to_vec() };
    Health {
        mood: Mood::Fading,
        causes: vec![
            cause(CauseCode::FewerSpeakers, &[31.0, 46.0]),
            cause(CauseCode::NewcomersIgnored, &[0.36, 9.0, 25.0]),
            cause(CauseCode::RegularsLost, &[15.0, 48.0]),
            cause(CauseCode::TalkOnMostDays, &[14.0]),
        ],
    }
}

pub(crate) fn steps(items: &[OpenItem]) -> Vec<Step> {
    let of = |flag| items.iter().filter(move |item| item.flags.has(flag)).copied();
    let first: Vec<OpenItem> = of(ItemFlags::FIRST_POST).take(3).collect();
    let asked: Vec<OpenItem> = of(ItemFlags::QUESTION).take(2).collect();
    let step = |code, numbers: &[f64], people: &[u32], items: Vec<OpenItem>| Step {
        code,
        numbers: numbers.to_vec(),
        people: people.iter().map(|number| person(*number)).collect(),
        items,
    };
    vec![
        step(StepCode::AnswerFirstPosts, &[9.0], &[], first),
        step(StepCode::AnswerQuestions, &[14.0], &[], asked),
        step(StepCode::WriteToLostRegulars, &[15.0], &[20, 23, 26, 29, 32], vec![]),
        step(StepCode::ThankHelpers, &[47.0, 0.58], &[1, 4, 5], vec![]),
        step(StepCode::UseBestSlot, &[6.0, 21.0, 6.3], &[], vec![]),
    ]
}

fn open_items(days: i32, members: u32, dice: &mut Dice) -> Vec<OpenItem> {
    let flags = [
        ItemFlags::FIRST_POST,
        ItemFlags::FIRST_POST | ItemFlags::QUESTION,
        ItemFlags::QUESTION,
        ItemFlags::OPENER,
        ItemFlags::CALL,
    ];
    let mut items: Vec<OpenItem> = (0..60)
        .map(|n| OpenItem {
            group: 0,
            key: n,
            at: Millis(
                i64::from(FIRST_DAY + days) * Millis::DAY - n * 7 * Millis::HOUR
                    + i64::from(dice.below(3_000_000)),
            ),
            who: person(12 + dice.below(members.saturating_sub(12))),
            flags: ItemFlags(
                flags[match n {
                    0..9 => usize::try_from(n % 2).unwrap(),
                    9..40 => 2,
                    _ => usize::try_from(3 + n % 2).unwrap(),
                }],
            ),
            last_word: n % 3 == 0,
        })
        .collect();
    items.sort_by_key(|item| (!item.flags.has(ItemFlags::FIRST_POST), std::cmp::Reverse(item.at)));
    items
}

fn measure(metric: &Metric, dice: &mut Dice) -> Measured {
    let now = match (metric.code, metric.needs) {
        (_, [.., Need::Keepers]) => Figure::Unknown(Missing::NoKeepersNamed),
        ("first_post_answered", _) => Figure::TooFew { have: 7, need: 10 },
        ("interaction_rate", _) => {
            Figure::Known { value: 0.124, of: Some((2108.0, 17_010.0)), interval: None }
        }
        _ => known(metric.unit, dice),
    };
    let before = match now {
        Figure::Known { value, of, .. } if dice.part() < 0.8 => {
            let moved = value * (0.85 + dice.part() * 0.3);
            let moved = if metric.unit == Unit::Count { moved.round() } else { moved };
            Figure::Known { value: moved, of, interval: None }
        }
        _ => Figure::Unknown(Missing::WindowTooShort),
    };
    Measured { code: metric.code, now, before }
}

fn known(unit: Unit, dice: &mut Dice) -> Figure {
    let share = f64::from(20 + dice.below(700)) / 1000.0;
    let all = f64::from(40 + dice.below(400));
    let some = (all * share).round();
    match unit {
        Unit::Share => Figure::Known {
            value: some / all,
            of: Some((some, all)),
            interval: (all < 100.0).then_some((share * 0.8, (share * 1.2).min(1.0))),
        },
        Unit::Count => Figure::Known { value: all, of: None, interval: None },
        Unit::Mean => {
            Figure::Known { value: all / 7.0, of: Some((all * 9.0, 63.0)), interval: None }
        }
        Unit::Duration => {
            Figure::Known { value: all * 61_000.0, of: Some((38.0, 52.0)), interval: None }
        }
        Unit::Days => Figure::Known { value: f64::from(dice.below(9)), of: None, interval: None },
        Unit::Index => Figure::Known { value: share, of: None, interval: None },
        Unit::Change => Figure::Known { value: some - all / 2.0, of: None, interval: None },
    }
}

fn cohorts(days: i32, dice: &mut Dice) -> CohortGrid {
    let ages = vec![1, 3, 7, 14, 30, 60, 90];
    let cohorts = (0..days / 7).map(|week| {
        let from = FIRST_DAY - 1 + week * 7;
        let size = 4 + dice.below(20);
        let reached = |age: &u32| from + i32::try_from(*age).unwrap() + 6 < FIRST_DAY + days;
        let mut left = size;
        let mut active = size;
        let still_in = ages.iter().map(|age| {
            left -= dice.below(1 + left / 6);
            reached(age).then_some((left, size))
        });
        let still_in = still_in.collect();
        let still_active = ages.iter().map(|age| {
            active -= dice.below(1 + active / 3);
            reached(age).then_some((active, size))
        });
        let still_active = still_active.collect();
        Cohort { from: Day(from), to: Day(from + 6), size, still_in, still_active }
    });
    CohortGrid { by_join: true, cohorts: cohorts.collect(), ages }
}

fn matrix(members: u32, dice: &mut Dice) -> Matrix {
    let count = members.min(12);
    let people = (1..=count).map(|number| RankedPerson {
        who: person(number),
        class: class(number),
        count: u64::from(400 / number),
    });
    let between = (0..count).map(|row| {
        let cells = (0..count)
            .map(|column| if row == column { 0 } else { dice.below(60) / (1 + row + column / 2) });
        cells.collect()
    });
    let ties = (1..count).map(|number| Tie {
        a: person(number),
        b: person(number + 1),
        there: 70 / number,
        back: 61 / number,
    });
    Matrix {
        roles: [[820, 410, 0, 3], [390, 60, 0, 1], [0; 4], [0; 4]],
        people: people.collect(),
        between: between.collect(),
        ties: ties.collect(),
    }
}

fn helpers(dice: &mut Dice) -> Vec<Helper> {
    let all = [1, 4, 5, 2, 7, 9, 11, 12].into_iter().zip(1_u32..);
    all.map(|(number, rank)| Helper {
        who: person(number),
        class: class(number),
        answers: 47 / rank + 1,
        first_posts: 9 / rank,
        median_ms: i64::from(60_000 + dice.below(9_000_000)),
    })
    .collect()
}

fn entry() -> Entry {
    let manner = |how, joins, kept| EntryManner { how, joins, still_in: Some(kept) };
    let inviter = |who, joins, kept| Inviter { who: person(who), joins, still_in: Some(kept) };
    Entry {
        manners: vec![
            manner(JoinManner::Scan, 84, 61),
            manner(JoinManner::Invited, 52, 47),
            manner(JoinManner::Unknown, 9, 4),
        ],
        inviters: vec![inviter(5, 21, 19), inviter(8, 12, 12), inviter(13, 4, 1)],
    }
}
