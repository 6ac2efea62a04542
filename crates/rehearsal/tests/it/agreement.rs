//! What the writers write agrees with the tally, read back here in the simplest way.

use rehearsal::exports::{write_qq_txt, write_telegram_json, write_wechatmsg_csv};
use rehearsal::{Crowd, Plan, Tally};
use std::collections::BTreeSet;

fn crowd() -> Crowd {
    Crowd::new(11, Plan::sample())
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[test]
fn telegram_rows_count_as_the_tally_does() {
    let mut out = Vec::new();
    write_telegram_json(crowd(), &mut out).unwrap();
    let export: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let rows = export["messages"].as_array().unwrap();
    let of = |key: &str, value: &str| rows.iter().filter(|row| row[key] == value).count();
    let totals = Tally::of(crowd());
    assert_eq!(as_u64(of("type", "message")), totals.messages);
    let joins = of("action", "invite_members") + of("action", "join_group_by_link");
    assert_eq!(as_u64(joins), totals.joins);
    assert_eq!(as_u64(of("action", "remove_members")), totals.leaves);
    assert_eq!(as_u64(of("action", "edit_group_title")), totals.service_rows);
    let senders: BTreeSet<&str> = rows.iter().filter_map(|row| row["from_id"].as_str()).collect();
    assert_eq!(as_u64(senders.len()), totals.senders);
    let ids: BTreeSet<i64> = rows.iter().filter_map(|row| row["id"].as_i64()).collect();
    assert_eq!(ids.len(), rows.len());
    let targets: Vec<i64> =
        rows.iter().filter_map(|row| row["reply_to_message_id"].as_i64()).collect();
    assert!(targets.len() > 200 && targets.iter().all(|id| ids.contains(id)));
    let first = rows.iter().find(|row| row["type"] == "message").unwrap();
    let seconds = totals.first_ms.unwrap() / 1000;
    assert_eq!(first["date_unixtime"], seconds.to_string().as_str());
}

#[test]
fn qq_rows_count_as_the_tally_does() {
    let mut out = Vec::new();
    write_qq_txt(crowd(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with('\u{feff}') && !text.replace("\r\n", "").contains('\n'));
    let heads: Vec<&str> = text.split("\r\n").filter(|line| line.starts_with("2025-")).collect();
    let system = heads.iter().filter(|line| line.ends_with("系统消息(10000)")).count();
    let totals = Tally::of(crowd());
    assert_eq!(as_u64(heads.len() - system), totals.messages);
    let of = |end: &str| as_u64(text.split("\r\n").filter(|line| line.ends_with(end)).count());
    assert_eq!(of("加入本群。") + of("加入了本群。"), totals.joins);
    assert_eq!(of("退出了本群。") + of("被管理员移出本群。"), totals.leaves);
    assert_eq!(of("撤回了一条消息"), totals.recalls);
    let rows = totals.joins + totals.leaves + totals.service_rows + totals.recalls;
    assert_eq!(as_u64(system), rows);
    assert!(totals.recalls > 5);
}

#[test]
fn wechat_rows_count_as_the_tally_does() {
    let mut out = Vec::new();
    write_wechatmsg_csv(crowd(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let rows: Vec<&str> =
        text.split("\r\n").filter(|row| row.split(',').nth(1) == Some("7")).collect();
    let system = rows.iter().filter(|row| row.split(',').nth(2) == Some("10000")).count();
    assert_eq!(as_u64(rows.len() - system), Tally::of(crowd()).messages);
    assert!(rows.iter().all(|row| row.split(',').count() >= 6));
}
