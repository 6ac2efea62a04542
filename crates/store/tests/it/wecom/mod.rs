//! What is kept of companies on WeCom, on both databases.

mod accounts;
mod calls;
mod contacts;
mod groups;
mod handovers;
mod letters;
mod members;
mod pulls;
mod staff;

use domain::{Millis, OrgId};
use store::{
    Acting, NewWecom, Store, WecomAccess, WecomDetail, WecomId, WecomListed, WecomMove, WecomPage,
    WecomRun,
};

use crate::people;
use crate::sample::ORG;

/// An act of staff number 5 in an organisation.
fn acting(org: OrgId, act: &'static str, at: i64) -> Acting {
    Acting { org, ..people::acting_at(act, Millis(at)) }
}

/// A company whose hook is `hook`.
fn company(corp: &str, hook: &str) -> NewWecom {
    let access = WecomAccess {
        agent: Some(1_000_002),
        sealed: vec![0, 255, 7],
        api: String::new(),
        hook: hook.to_owned(),
        group_max: None,
    };
    NewWecom { corp: corp.to_owned(), access }
}

/// The company `ww1` of organisation 1 with the hook `h1`.
async fn connected(store: &Store) -> WecomId {
    connected_in(store, ORG, "h1").await
}

async fn connected_in(store: &Store, org: OrgId, hook: &str) -> WecomId {
    let acting = acting(org, "wecom.connected", 1);
    store.connect_wecom(company("ww1", hook), acting).await.unwrap().unwrap()
}

/// A page beside any pull.
fn page<T>(at: i64, rows: Vec<T>) -> WecomPage<T> {
    WecomPage { at: Millis(at), rows, moved: None }
}

/// A page that is the next one of a run.
fn next<T>(run: &WecomRun, at: i64, rows: Vec<T>) -> WecomPage<T> {
    let done = u32::try_from(rows.len()).unwrap();
    let moved = WecomMove { run: run.clone(), cursor: format!("after {at}"), done, total: Some(9) };
    WecomPage { moved: Some(moved), ..page(at, rows) }
}

fn listed(chats: &[&str]) -> Vec<WecomListed> {
    let one = |chat: &&str| WecomListed { chat: (*chat).to_owned(), status: 0 };
    chats.iter().map(one).collect()
}

fn detail(chat: &str, name: &str) -> WecomDetail {
    WecomDetail {
        chat: chat.to_owned(),
        group: None,
        owner: "zhangsan".to_owned(),
        admins: r#"["sam"]"#.to_owned(),
        name: name.to_owned(),
        notice: "文明\u{0}沟通".to_owned(),
        made: Some(Millis(3)),
        version: "v1".to_owned(),
        members: 40,
        outsiders: 38,
        nameless: 2,
    }
}

/// Chats of a company that are not missing.
async fn present(store: &Store, id: WecomId) -> Vec<String> {
    let rows = store.wecom_groups(id).await.unwrap();
    rows.into_iter().filter(|row| row.missing.is_none()).map(|row| row.chat).collect()
}
