//! Invented communities for tests and pictures: a seeded group of 90 days and 180 members, several
//! groups, poor data, a roster without messages, hostile names.

mod group;

use domain::{Evidence, Extent, Millis, Zone};
use group::{Dice, FIRST_DAY, name, overview, person, steps};
use insights::{
    Cause, CauseCode, CohortGrid, Figure, Good, Health, Heat, Matrix, Missing, Mood, Need,
    OpenItem, Overlap, PulseDay, Settings, Step, StepCode, Totals,
};
use report::{Community, GroupReport, Source, WarningCount};
use std::collections::HashMap;

/// One group of 90 days with everything told.
pub(crate) fn sample() -> Community {
    group_of("晨光烘焙交流群", 90, 180, 7)
}

/// A group of this many days and members.
pub(crate) fn group_of(title: &str, days: i32, members: u32, seed: u64) -> Community {
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

/// Several groups; people are counted once over all.
pub(crate) fn many(groups: u32) -> Community {
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
    community.overall.overlap = Some(Overlap {
        people_by_groups: vec![96, 31, 8],
        pairs: vec![(0, 1, 22), (0, groups - 1, 9)],
    });
    let items = &community.overall.unanswered;
    community.excerpts = items.iter().map(|item| ((item.group, item.key), said(item))).collect();
    community.overall.steps = steps(items);
    community
}

/// Few messages, no joins, no leaves: nearly everything is unknown.
pub(crate) fn poor() -> Community {
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
pub(crate) fn roster() -> Community {
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
pub(crate) fn hostile() -> Community {
    let mut community = sample();
    let evil = "<script>alert('x')</script>\u{202E}gnp.exe\u{200B}\"><img src=x onerror=alert(1)>";
    evil.clone_into(&mut community.title);
    evil.clone_into(&mut community.sources[0].name);
    evil.clone_into(&mut community.groups[0].name);
    for (number, name) in &mut community.names {
        *name = if number.0 % 2 == 0 { evil.to_owned() } else { "长".repeat(10_000) };
    }
    for text in community.excerpts.values_mut() {
        *text = format!("{evil} https://evil.example/x.png {{{{7*7}}}} {}", "A".repeat(10_000));
    }
    community.warnings[0].examples = vec![(evil.to_owned(), evil.to_owned())];
    community
}
