//! The shipped sample: what the generator counted while it talked comes out of both files.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

use crate::request::{asked, reading, sample};
use app::{Unwatched, report_files};
use serde_json::Value;

fn totals(name: &str) -> Value {
    let request = reading(&[sample(name)], "Asia/Shanghai");
    let community = report_files(&request, &asked("Asia/Shanghai"), &Unwatched).unwrap();
    let json: Value = serde_json::from_str(&report::json(&community)).unwrap();
    json["totals"].clone()
}

fn expected() -> Value {
    serde_json::from_str(&std::fs::read_to_string(sample("expected.json")).unwrap()).unwrap()
}

/// The most talkative people; those who wrote equally much stand in no order.
fn senders(counts: &Value) -> Vec<(std::cmp::Reverse<u64>, String)> {
    let list = counts["top_senders"].as_array().unwrap().iter();
    let one = |sender: &Value| {
        let messages = std::cmp::Reverse(sender["messages"].as_u64().unwrap());
        (messages, sender["name"].as_str().unwrap().to_owned())
    };
    let mut senders: Vec<_> = list.map(one).collect();
    senders.sort();
    senders
}

#[test]
fn both_sample_files_give_exactly_what_the_generator_counted() {
    for name in ["running-group-telegram.json", "running-group-qq.txt"] {
        let (totals, expected) = (totals(name), expected());
        for key in [
            "messages",
            "senders",
            "joins",
            "leaves",
            "joined_people",
            "left_people",
            "first_ms",
            "last_ms",
            "days_with_messages",
            "median_daily_senders",
            "top_days",
        ] {
            assert_eq!(totals[key], expected[key], "{name}: {key}");
        }
        assert_eq!(senders(&totals), senders(&expected), "{name}");
    }
}
