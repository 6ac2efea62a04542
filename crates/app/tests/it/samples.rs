//! Counts of real exports and of the shipped sample come out exactly.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use crate::request::{report_on, shared};
use domain::Zone;
use report::Community;

/// path, messages, senders, joins, leaves, first and last day of messages in UTC (or as written).
type Expected = (&'static str, u64, u64, u64, u64, &'static str, &'static str);

#[rustfmt::skip]
const REAL: [Expected; 10] = [
    ("slack/houstondatavis-slack-export-jul-31-2016.zip", 1_031, 32, 320, 3, "2015-06-06", "2016-07-27"),
    ("whatsapp/codesapiens-cornucopia/_chat.txt", 4_722, 256, 1_136, 208, "2023-05-05", "2023-10-01"),
    ("telegram-desktop-json/roboteam-test-2022/result.json", 8, 2, 4, 1, "2022-03-16", "2022-03-23"),
    ("zulip-archive-json/lean-machine-learning-for-theorem-proving.zip", 9_466, 458, 0, 0, "2020-01-14", "2026-02-27"),
    ("irc-ubuntu/ubuntu-excerpts-2005-2017.zip", 155_855, 12_982, 12_933, 2_196, "2005-02-06", "2017-07-15"),
    ("derived/discord-dce-json/pyscript.zip", 2_741, 197, 0, 0, "2022-05-16", "2025-11-13"),
    ("derived/family-houstondatavis/telegram-result.json.gz", 1_025, 32, 71, 0, "2015-06-06", "2016-07-27"),
    ("derived/family-houstondatavis/qq-pc-export.txt.gz", 1_025, 32, 71, 0, "2015-06-05", "2016-07-27"),
    ("derived/family-houstondatavis/wechatmsg_utf8.csv.gz", 1_025, 32, 71, 0, "2015-06-06", "2016-07-27"),
    ("derived/family-houstondatavis/whatsapp-android-en-us.txt.gz", 1_025, 32, 71, 0, "2015-06-05", "2016-07-27"),
];

fn check(expected: &Expected) {
    let (path, messages, senders, joins, leaves, first, last) = *expected;
    let Some(file) = shared(path) else { return };
    let community = report_on(&[file]).unwrap_or_else(|error| panic!("{path}: {error}"));
    let totals = &community.overall.totals;
    let day = |at: Option<domain::Millis>| Zone::utc().local(at.unwrap()).day.to_string();
    assert_eq!(
        (totals.messages, totals.senders, totals.joins, totals.leaves),
        (messages, senders, joins, leaves),
        "{path}: messages, senders, joins, leaves"
    );
    assert_eq!(
        (day(totals.first), day(totals.last)),
        (first.to_owned(), last.to_owned()),
        "{path}"
    );
}

#[test]
fn real_exports_give_their_known_counts() {
    for expected in &REAL {
        check(expected);
    }
}

#[test]
fn a_large_real_irc_log_gives_its_known_counts() {
    let path = "irc-mirc/freenode-microformats-2008-2016.zip";
    check(&(path, 65_861, 607, 83_737, 83_880, "2008-08-25", "2014-12-09"));
}

#[test]
fn service_rows_of_real_exports_are_counted_apart() {
    let rows = |path: &str| {
        shared(path).map(|file| report_on(&[file]).unwrap().overall.totals.service_rows)
    };
    for (path, expected) in [
        ("whatsapp/codesapiens-cornucopia/_chat.txt", 39),
        ("derived/discord-dce-json/pyscript.zip", 18),
        ("zulip-archive-json/lean-machine-learning-for-theorem-proving.zip", 119),
    ] {
        assert!(rows(path).is_none_or(|rows| rows == expected), "{path}: {:?}", rows(path));
    }
}

#[test]
fn people_who_joined_a_real_slack_are_counted_once() {
    let Some(file) = shared(REAL[0].0) else { return };
    assert_eq!(report_on(&[file]).unwrap().overall.totals.joined_people, 71);
}

/// One community in four formats: the same figures but for what a coarser clock changes.
#[test]
fn four_exports_of_one_community_agree() {
    let family = ["telegram-result.json", "qq-pc-export.txt", "wechatmsg_utf8.csv"];
    let read = |name: &str, zone: &str| {
        let file = shared(&format!("derived/family-houstondatavis/{name}.gz"))?;
        let request = crate::request::reading(&[file], zone);
        let asked = crate::request::asked("America/Chicago");
        Some(app::report_files(&request, &asked, &app::Unwatched).unwrap())
    };
    let reports: Vec<Community> =
        family.iter().filter_map(|name| read(name, "America/Chicago")).collect();
    for report in &reports {
        let (one, first) = (&report.overall, &reports[0].overall);
        let counts = |totals: &insights::Totals| insights::Totals {
            top_senders: Vec::new(),
            ..totals.clone()
        };
        assert_eq!(counts(&one.totals), counts(&first.totals), "{}", report.title);
        let ranks = |totals: &insights::Totals| {
            totals.top_senders.iter().map(|(_, messages)| *messages).collect::<Vec<_>>()
        };
        assert_eq!(ranks(&one.totals), ranks(&first.totals));
        assert_eq!(one.pulse, first.pulse);
        assert_eq!(one.heat, first.heat);
        assert_eq!(one.idle, first.idle);
    }
    let Some(minutes) = read("whatsapp-android-en-us.txt", "America/Chicago") else { return };
    let (coarse, fine) = (&minutes.overall, &reports[0].overall);
    assert_eq!(coarse.totals.messages, fine.totals.messages);
    assert_eq!(coarse.totals.days_with_messages, fine.totals.days_with_messages);
    assert_eq!(coarse.totals.median_daily_senders, fine.totals.median_daily_senders);
    assert_eq!(coarse.totals.top_days, fine.totals.top_days);
    assert_eq!(coarse.heat.messages, fine.heat.messages);
    assert_eq!(coarse.idle, fine.idle);
}
