//! A small community whose JSON must never change by accident.

use domain::{ActorClass, Day, Evidence, Extent, IdentityId, JoinManner, Millis, Zone};
use insights::{
    Cause, CauseCode, CohortGrid, Entry, EntryManner, Figure, Health, Heat, Inviter, ItemFlags,
    Matrix, Measured, Missing, Mood, Need, OpenItem, Overlap, Overview, PulseDay, RankedPerson,
    Settings, Span, Step, StepCode, Totals,
};
use report::{Community, GroupReport, Source, WarningCount, json};
use std::collections::HashMap;

const GOLDEN: &str = "tests/it/golden/report_v1.json";

fn overview() -> Overview {
    let (ann, bob) = (IdentityId(1), IdentityId(2));
    let at = Millis(1_772_582_400_000);
    let item = OpenItem {
        group: 0,
        key: 7,
        at,
        who: bob,
        flags: ItemFlags(ItemFlags::FIRST_POST | ItemFlags::QUESTION),
        last_word: true,
    };
    let day = Day(20_516);
    Overview {
        span: Span { from: day, to: day },
        evidence: Evidence { messages: Extent::Full, ..Evidence::default() },
        totals: Totals {
            messages: 3,
            senders: 2,
            first: Some(at),
            last: Some(Millis(at.0 + 60_000)),
            days_with_messages: 1,
            median_daily_senders: Some(2.0),
            top_days: vec![(day, 3)],
            top_senders: vec![(ann, 2), (bob, 1)],
            ..Totals::default()
        },
        measured: measured(),
        pulse: vec![PulseDay {
            day: day.0,
            messages: 3,
            speakers: 2,
            effective_speakers: 1,
            ..PulseDay::default()
        }],
        heat: Heat::default(),
        cohorts: CohortGrid::default(),
        entry: entry(),
        overlap: Some(Overlap { people_by_groups: vec![3, 1], pairs: vec![(0, 1, 1)] }),
        matrix: Matrix {
            people: vec![RankedPerson { who: ann, class: ActorClass::Staff, count: 2 }],
            between: vec![vec![0]],
            ..Matrix::default()
        },
        helpers: vec![],
        unanswered: vec![item],
        unanswered_total: 1,
        lost: vec![],
        idle: [0, 0, 1, 0, 0, 0, 0],
        media: [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        health: Health {
            mood: Mood::Steady,
            causes: vec![Cause { code: CauseCode::TalkOnMostDays, numbers: vec![9.0] }],
        },
        steps: vec![Step {
            code: StepCode::AnswerFirstPosts,
            numbers: vec![1.0],
            people: vec![bob],
            items: vec![item],
        }],
    }
}

fn entry() -> Entry {
    Entry {
        manners: vec![EntryManner { how: JoinManner::Scan, joins: 2, still_in: None }],
        inviters: vec![Inviter { who: IdentityId(1), joins: 1, still_in: Some(1) }],
    }
}

fn measured() -> Vec<Measured> {
    vec![
        Measured {
            code: "invented_rate",
            now: Figure::Known {
                value: 0.06,
                of: Some((12.0, 200.0)),
                interval: Some((0.03, 0.1)),
            },
            before: Figure::TooFew { have: 3, need: 10 },
        },
        Measured {
            code: "invented_wait",
            now: Figure::Unknown(Missing::NotInSource(Need::Joins)),
            before: Figure::Unknown(Missing::WindowTooShort),
        },
    ]
}

fn community() -> Community {
    Community {
        title: "Bakers".to_owned(),
        made_at: Millis(1_772_668_800_000),
        zone: Zone::utc(),
        zone_given: true,
        wall_clock: false,
        settings: Settings::default(),
        sources: vec![Source {
            name: "bakers.json".to_owned(),
            format: "telegram_json".to_owned(),
            format_title: ["Telegram 桌面版", "Telegram Desktop"],
            bytes: 1234,
        }],
        overall: overview(),
        groups: vec![GroupReport {
            name: "Bakers".to_owned(),
            platform: "telegram".to_owned(),
            overview: overview(),
        }],
        names: HashMap::from([
            (IdentityId(1), "Ann".to_owned()),
            (IdentityId(2), "小林".to_owned()),
        ]),
        excerpts: HashMap::from([((0, 7), "有人在吗？".to_owned())]),
        warnings: vec![WarningCount {
            code: "unreadable_row",
            count: 2,
            examples: vec![("bakers.json:9".to_owned(), "{".to_owned())],
        }],
    }
}

#[test]
fn the_json_of_a_small_community_stays_as_it_is() {
    let path = format!("{}/{GOLDEN}", env!("CARGO_MANIFEST_DIR"));
    let now = json(&community());
    // To renew it after a wanted change: HUOQUN_GOLDEN=write cargo nextest run -p report golden
    if option_env!("HUOQUN_GOLDEN") == Some("write") {
        std::fs::write(&path, &now).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap();
    assert_eq!(now, golden, "the JSON changed: is it still huoqun.report/1?");
}
