//! Invented communities for tests and pictures: a seeded group of 90 days and 180 members, several
//! groups, poor data, a roster without messages, hostile names.

use domain::{ActorClass, Day, Evidence, Extent, IdentityId, Millis, Zone};
use insights::{
    Cause, CauseCode, Cohort, CohortGrid, Figure, Good, Health, Heat, Helper, ItemFlags,
    LostRegular, METRICS, Matrix, Measured, Metric, Missing, Mood, Need, OpenItem, Overview,
    PulseDay, RankedPerson, Settings, Slot, Span, Step, StepCode, Tie, Totals, Unit,
};
use report::{Community, GroupReport, Source, WarningCount};
use std::collections::HashMap;

/// Seeded dice (splitmix64).
pub struct Dice(u64);

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

pub const FIRST_DAY: i32 = 20_515; // 2026-03-03, a Tuesday
pub const FULL: Evidence = Evidence {
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

fn name(number: u32) -> String {
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

fn person(number: u32) -> IdentityId {
    IdentityId(number)
}

/// One group of 90 days with everything told.
pub fn sample() -> Community {
    group_of("晨光烘焙交流群", 90, 180, 7)
}

/// A group of this many days and members.
pub fn group_of(title: &str, days: i32, members: u32, seed: u64) -> Community {
    let overview = overview(days, members, &mut Dice(seed));
    let excerpts = overview.unanswered.iter().map(|item| ((0, item.key), said(item)));
    Community {
        title: title.to_owned(),
        made_at: Millis(i64::from(FIRST_DAY + days) * Millis::DAY + 3 * Millis::HOUR),
        zone: Zone::named("Asia/Shanghai").unwrap(),
        zone_given: false,
        wall_clock: true,
        settings: Settings::default(),
        sources: vec![Source {
            name: "晨光烘焙交流群.txt".to_owned(),
            format: "qq_txt".to_owned(),
            format_title: ["QQ 电脑版导出", "QQ for PC export"],
            bytes: 2_345_678,
        }],
        excerpts: excerpts.collect(),
        groups: vec![GroupReport {
            name: title.to_owned(),
            platform: "qq".to_owned(),
            overview: overview.clone(),
        }],
        overall: overview,
        names: (1..=members + 40).map(|number| (person(number), name(number))).collect(),
        warnings: vec![
            WarningCount {
                code: "unreadable_row",
                count: 12,
                examples: vec![
                    ("群聊.txt:1204".to_owned(), "—— 以下是旧消息 ——".to_owned()),
                    ("群聊.txt:8812".to_owned(), "(空)".to_owned()),
                ],
            },
            WarningCount {
                code: "nameless_people",
                count: 3,
                examples: vec![("群聊.txt:77".to_owned(), "等 15 人".to_owned())],
            },
        ],
    }
}

fn said(item: &OpenItem) -> String {
    const WORDS: [&str; 8] = [
        "大家好，我是新来的，刚开始学做欧包，请多关照～",
        "请问发酵过头了还能救吗？面团闻起来有点酸",
        "有人用过 30 升的烤箱吗，上下火怎么调比较稳？",
        "周末的线下课还有名额吗",
        "我昨天按群里的方子做了一炉，表皮一直不脆，是温度不够还是时间不够？附上我的配方：高粉 300 克、水 210 克、盐 6 克、酵母 3 克，冷藏 16 小时",
        "@海哥 上次说的那家面粉店在哪儿呀",
        "Hi all, new here — any tips for a first sourdough starter?",
        "黄油可以用玉米油代替吗",
    ];
    WORDS[usize::try_from(item.key).unwrap() % WORDS.len()].to_owned()
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
            let said = 1 + dice.below(1 + (expected * 2.0) as u32);
            today.messages += said;
            today.speakers += 1;
            today.effective_speakers += u32::from(dice.part() < 0.8);
            talk.messages[who as usize] += u64::from(said);
            let evening = [8, 9, 12, 12, 13, 17, 19, 20, 20, 20, 21, 21, 21, 22, 22, 23];
            let hour = evening[dice.below(16) as usize];
            talk.heat.messages[weekday][hour] += said;
            talk.heat.people[weekday][hour] += 1;
        }
        today.members = Some(inside as u32);
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
pub fn overview(days: i32, members: u32, dice: &mut Dice) -> Overview {
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

fn steps(items: &[OpenItem]) -> Vec<Step> {
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

/// Several groups; people are counted once over all.
pub fn many(groups: u32) -> Community {
    let mut community = group_of("晨光烘焙 · 全部社群", 90, 180, 11);
    community.groups = (0..groups)
        .map(|n| {
            let mut overview = overview(90, 120 - n % 60, &mut Dice(u64::from(n) + 90));
            let moods = [Mood::Lively, Mood::Steady, Mood::Fading, Mood::Dying, Mood::Dead];
            overview.health.mood = moods[n as usize % moods.len()];
            GroupReport {
                name: format!("烘焙 {} 群", n + 1), platform: "qq".to_owned(), overview
            }
        })
        .collect();
    for (place, item) in community.overall.unanswered.iter_mut().enumerate() {
        item.group = u32::try_from(place).unwrap() % groups;
    }
    let items = &community.overall.unanswered;
    community.excerpts = items.iter().map(|item| ((item.group, item.key), said(item))).collect();
    community.overall.steps = steps(items);
    community
}

/// Few messages, no joins, no leaves: nearly everything is unknown.
pub fn poor() -> Community {
    let mut community = group_of("小区拼车群", 9, 14, 3);
    let overview = &mut community.overall;
    overview.evidence = Evidence { messages: Extent::Full, ..Evidence::default() };
    overview.totals = Totals {
        messages: 21,
        senders: 4,
        first: overview.totals.first,
        last: overview.totals.last,
        days_with_messages: 5,
        median_daily_senders: Some(2.0),
        ..Totals::default()
    };
    for day in &mut overview.pulse {
        *day = PulseDay {
            day: day.day,
            messages: u32::from(day.day % 2 == 0) * 4,
            speakers: 2,
            ..PulseDay::default()
        };
    }
    for measured in &mut overview.measured {
        let metric = insights::metric(measured.code).unwrap();
        measured.before = Figure::Unknown(Missing::WindowTooShort);
        measured.now = match metric.needs.iter().find(|need| **need != Need::Messages) {
            Some(need) => Figure::Unknown(Missing::NotInSource(*need)),
            None if metric.good == Good::Up => Figure::TooFew { have: 3, need: 10 },
            None => Figure::Unknown(Missing::WindowTooShort),
        };
    }
    overview.cohorts = CohortGrid { by_join: false, ..CohortGrid::default() };
    overview.matrix = Matrix::default();
    overview.heat = Heat::default();
    (overview.helpers, overview.unanswered, overview.lost) = (vec![], vec![], vec![]);
    (overview.unanswered_total, overview.idle, overview.media) = (0, [0; 7], [0; 12]);
    overview.health = Health { mood: Mood::Unknown, causes: vec![] };
    overview.steps = [StepCode::NameStaff, StepCode::GiveMembers]
        .map(|code| Step { code, numbers: vec![], people: vec![], items: vec![] })
        .into();
    community.zone_given = true;
    finish(community)
}

/// A list of members: who came, who left, and not a single message.
pub fn roster() -> Community {
    let mut community = group_of("门店会员群名单", 60, 90, 5);
    let overview = &mut community.overall;
    overview.evidence =
        Evidence { joins: Extent::Full, leaves: Extent::Full, ..Evidence::default() };
    overview.totals = Totals {
        joins: overview.totals.joins,
        leaves: overview.totals.leaves,
        joined_people: overview.totals.joined_people,
        left_people: overview.totals.left_people,
        members: overview.totals.members,
        ..Totals::default()
    };
    for day in &mut overview.pulse {
        (day.messages, day.speakers, day.effective_speakers) = (0, 0, 0);
    }
    for measured in &mut overview.measured {
        let metric = insights::metric(measured.code).unwrap();
        if metric.needs.contains(&Need::Messages) || metric.needs.is_empty() {
            measured.now = Figure::Unknown(Missing::NotInSource(Need::Messages));
            measured.before = measured.now;
        }
    }
    for cohort in &mut overview.cohorts.cohorts {
        cohort.still_active.fill(None);
    }
    overview.matrix = Matrix::default();
    overview.heat = Heat::default();
    (overview.helpers, overview.unanswered, overview.lost) = (vec![], vec![], vec![]);
    (overview.unanswered_total, overview.idle, overview.media) = (0, [0; 7], [0; 12]);
    overview.health = Health {
        mood: Mood::Unknown,
        causes: vec![Cause { code: CauseCode::MoreLeaveThanCome, numbers: vec![22.0, 17.0] }],
    };
    overview.steps = vec![Step {
        code: StepCode::LookAtLeaving,
        numbers: vec![22.0, 17.0],
        people: vec![],
        items: vec![],
    }];
    finish(community)
}

fn finish(mut community: Community) -> Community {
    community.groups[0].overview = community.overall.clone();
    community.excerpts = HashMap::new();
    community
}

/// Names and texts that try to break the page.
pub fn hostile() -> Community {
    let mut community = sample();
    let evil = "<script>alert('x')</script>\u{202E}gnp.exe\u{200B}\"><img src=x onerror=alert(1)>";
    community.title = evil.to_owned();
    community.sources[0].name = evil.to_owned();
    community.groups[0].name = evil.to_owned();
    for (number, name) in &mut community.names {
        *name = if number.0 % 2 == 0 { evil.to_owned() } else { "长".repeat(10_000) };
    }
    for text in community.excerpts.values_mut() {
        *text = format!("{evil} https://evil.example/x.png {{{{7*7}}}} {}", "A".repeat(10_000));
    }
    community.warnings[0].examples = vec![(evil.to_owned(), evil.to_owned())];
    community
}
