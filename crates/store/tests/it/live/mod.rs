//! Groups that live: their commits, leases, lines, and what imports may not do to them.

mod beside;
mod commit;
mod leases;
mod lines;
mod organisations;
mod people;
mod whole;

use domain::{Evidence, GroupId, IdentityId, Millis, OrgId, Seq};
use store::{
    GroupWrite, Head, Lease, LiveWrite, MemberRow, NewLiveGroup, OutboxRow, OutboxState, Store,
    TaskRow, TaskState, TimerRow,
};

use crate::sample::{ORG, message};

pub(crate) fn new_group(key: &str) -> NewLiveGroup {
    NewLiveGroup {
        platform: "web".to_owned(),
        key: key.to_owned(),
        name: format!("{key} 茶友"),
        zone: "Asia/Shanghai".to_owned(),
        evidence: Evidence::default(),
        founded: Millis(1_000),
    }
}

/// Node `node` at the time `now`, for a minute.
pub(crate) fn lease(node: &str, now: i64) -> Lease {
    Lease { node: node.to_owned(), now: Millis(now), until: Millis(now + 60_000) }
}

/// Opens a group and takes it as node `a`.
pub(crate) async fn opened(store: &Store, key: &str) -> Head {
    opened_in(store, ORG, key).await
}

pub(crate) async fn opened_in(store: &Store, org: OrgId, key: &str) -> Head {
    let group = store.open_live_group(org, new_group(key)).await.unwrap();
    store.hold_group(org, group, &lease("a", 1_000)).await.unwrap().unwrap()
}

/// A write of messages with these keys.
pub(crate) fn talk(head: &Head, keys: std::ops::Range<i64>) -> GroupWrite {
    let facts = keys.map(|key| message(key * 1_000, key)).collect();
    GroupWrite { facts, state_version: 1, state: vec![7; 100], ..GroupWrite::of(head) }
}

/// A write with rows of every kind, about the message with this key.
pub(crate) fn full(head: &Head, key: i64) -> GroupWrite {
    GroupWrite {
        members: vec![member(1, 1)],
        timers: vec![timer(head.group, "tracker:1", 9_000)],
        tasks: vec![task(head.group, "answer:1", 5_000)],
        outbox: vec![action(head.group, head.next, 0)],
        ..talk(head, key..key + 1)
    }
}

pub(crate) fn one(group: GroupWrite) -> LiveWrite {
    many(vec![group])
}

pub(crate) fn many(groups: Vec<GroupWrite>) -> LiveWrite {
    LiveWrite { org: ORG, groups, intake_done: Vec::new() }
}

/// The head after a write that was committed.
pub(crate) fn after(head: &Head, write: &GroupWrite) -> Head {
    Head {
        next: write.next(),
        state_version: write.state_version,
        state: write.state.clone(),
        ..head.clone()
    }
}

pub(crate) fn member(identity: u32, n: u32) -> MemberRow {
    MemberRow {
        identity: IdentityId(identity),
        n,
        name: "阿杰".to_owned(),
        class: 0,
        joined: Millis(2_000),
        left: None,
        via: "poster".to_owned(),
        rules: 2,
        muted_until: None,
        has_spoken: false,
    }
}

pub(crate) fn timer(group: GroupId, name: &str, due: i64) -> TimerRow {
    TimerRow {
        org: ORG,
        group,
        name: name.to_owned(),
        due: Millis(due),
        rule: Some("{\"hour\":20}".to_owned()),
        missed: "merge".to_owned(),
    }
}

pub(crate) fn task(group: GroupId, name: &str, since: i64) -> TaskRow {
    TaskRow {
        org: ORG,
        group,
        name: name.to_owned(),
        kind: "answer_question".to_owned(),
        about: Some(1),
        who: IdentityId(1),
        since: Millis(since),
        state: TaskState::Open,
        changed: Millis(since),
    }
}

pub(crate) fn action(group: GroupId, seq: Seq, n: u32) -> OutboxRow {
    OutboxRow {
        org: ORG,
        group,
        seq,
        n,
        platform: "web".to_owned(),
        kind: "post".to_owned(),
        action: "{\"text\":\"早\"}".to_owned(),
        state: OutboxState::Planned,
        tries: 0,
        next_at: Millis(3_000),
        changed: Millis(3_000),
        result: String::new(),
    }
}

/// Source keys of the lines of a group.
pub(crate) async fn line_keys(store: &Store, group: GroupId) -> Vec<i64> {
    let lines = store.lines(ORG, group, Seq(0), 100_000).await.unwrap();
    assert!(lines.iter().map(|line| line.seq.0).is_sorted(), "lines out of order");
    lines.iter().map(|line| line.fact.source.key).collect()
}
