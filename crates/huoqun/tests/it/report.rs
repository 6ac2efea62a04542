//! `huoqun report FILE`: nothing set up, nothing left behind.

use crate::run::{expected, huoqun, printed, sample};
use std::fs;

#[test]
fn a_report_leaves_nothing_but_what_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-telegram.json");
    let said = printed(&huoqun(folder.path(), &["report", &file, "--html", "r.html"]));
    let messages = expected("messages").to_string();
    let grouped = messages.split_at(messages.len() - 3);
    let shown = format!("{},{}", grouped.0, grouped.1);
    assert!(said.contains("滨江夜跑团") && said.contains(&shown), "{said}");
    let left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["r.html"]);
    let page = fs::read_to_string(folder.path().join("r.html")).unwrap();
    assert!(page.starts_with("<!doctype html>") && page.contains("滨江夜跑团"));
    assert!(!page.contains("src=\"http") && !page.contains("@import"), "it opens offline");
    assert!(page.len() < 600_000, "{} bytes", page.len());
}

#[test]
fn json_goes_alone_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-qq.txt");
    let words = ["report", "--json", &file, "--timezone", "Asia/Shanghai"];
    let json: serde_json::Value =
        serde_json::from_str(&printed(&huoqun(folder.path(), &words))).unwrap();
    assert_eq!(json["schema"], "huoqun.report/1");
    assert_eq!(json["totals"]["messages"], expected("messages"));
    assert_eq!((&json["zone"], &json["zone_given"]), (&"Asia/Shanghai".into(), &true.into()));
    let words = ["report", &file, "--json=out.json"];
    printed(&huoqun(folder.path(), &words));
    let written = fs::read_to_string(folder.path().join("out.json")).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&written).unwrap()["totals"]["senders"],
        expected("senders")
    );
}

#[test]
fn both_languages_and_the_zone_in_use_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-qq.txt");
    let chinese = printed(&huoqun(folder.path(), &["report", &file]));
    assert!(chinese.contains("接下来") && chinese.contains("--timezone"), "{chinese}");
    let english = printed(&huoqun(folder.path(), &["report", &file, "--lang", "en"]));
    assert!(english.contains("What to do next") && english.contains("UTC"), "{english}");
}

#[test]
fn a_window_and_a_group_can_be_picked() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-telegram.json");
    let json = |words: &[&str]| -> serde_json::Value {
        let all = [&["report", &file, "--json", "--timezone", "Asia/Shanghai"], words].concat();
        serde_json::from_str(&printed(&huoqun(folder.path(), &all))).unwrap()
    };
    let sum = |from: &str, to: &str| {
        json(&["--from", from, "--to", to])["totals"]["messages"].as_u64().unwrap()
    };
    // catalogue: P14
    let parts = sum("2025-08-18", "2025-09-30") + sum("2025-10-01", "2025-11-15");
    assert_eq!(parts, expected("messages"));
    let group = json(&["--group", "滨江夜跑团（秋季训练营）"]);
    assert_eq!(group["totals"]["messages"], expected("messages"));
}

#[test]
fn members_and_staff_given_by_hand_make_rates_known() {
    let folder = tempfile::tempdir().unwrap();
    let file = sample("running-group-qq.txt");
    let figure = |words: &[&str], code: &str| -> serde_json::Value {
        let all = [&["report", &file, "--json"], words].concat();
        let json: serde_json::Value =
            serde_json::from_str(&printed(&huoqun(folder.path(), &all))).unwrap();
        let metrics = json["metrics"].as_array().unwrap();
        metrics.iter().find(|metric| metric["code"] == code).unwrap()["figure"].clone()
    };
    assert_eq!(figure(&[], "interaction_rate")["state"], "unknown");
    assert_eq!(figure(&["--members", "186"], "interaction_rate")["state"], "known");
    let of = |words: &[&str]| figure(words, "top10_share")["denominator"].as_f64().unwrap();
    assert!(of(&["--staff", "奔跑的蜗牛"]) < of(&[]), "staff are left out of member figures");
    assert!(of(&[]) < of(&["--count-staff"]), "those that the export marks too");
}
