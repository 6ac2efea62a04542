//! Who holds a group, and who lost it.

use domain::{GroupId, Seq};
use store::{Fault, GroupWrite, Store};

use crate::live::{after, lease, many, new_group, one, opened, talk};
use crate::sample::ORG;

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_held_by_one_until_its_lease_runs_out() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let first = opened(&store, "tea").await;
        let tea = first.group;
        assert_eq!(store.hold_group(ORG, tea, &lease("b", 60_999)).await.unwrap(), None);
        // The lease of `a` ends at 61,000.
        let second = store.hold_group(ORG, tea, &lease("b", 61_000)).await.unwrap().unwrap();
        assert_eq!(second.fence, first.fence + 1);
        let fault = store.commit_live(one(talk(&first, 1..2))).await.unwrap_err();
        assert!(matches!(fault, Fault::FenceLost { group } if group == tea), "{fault}");
        store.commit_live(one(talk(&second, 1..2))).await.unwrap();
        assert_eq!(store.hold_group(ORG, tea, &lease("a", 61_001)).await.unwrap(), None);
        // Its own again: the fence stays.
        let again = store.hold_group(ORG, tea, &lease("b", 61_500)).await.unwrap().unwrap();
        assert_eq!((again.fence, again.next.0), (second.fence, 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_is_prolonged_and_given_back_for_all_groups_at_once() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let (tea, run) = (opened(&store, "tea").await, opened(&store, "run").await);
        let both = [run.group, tea.group];
        assert!(store.renew_lease(&lease("a", 60_000)).await.unwrap());
        let held = store.hold_groups(ORG, &both, &lease("b", 119_999)).await.unwrap();
        assert_eq!(held, [None, None]);
        // Too late, and nobody had taken them: they stay with `a` under the same fence.
        assert!(!store.renew_lease(&lease("a", 120_000)).await.unwrap());
        store.commit_live(many(vec![talk(&tea, 0..1), talk(&run, 0..1)])).await.unwrap();
        store.release_leases("a").await.unwrap();
        let held = store.hold_groups(ORG, &both, &lease("b", 120_001)).await.unwrap();
        let held: Vec<_> = held.into_iter().flatten().collect();
        assert_eq!(held.iter().map(|head| head.group).collect::<Vec<_>>(), both);
        assert!(held.iter().all(|head| head.fence == tea.fence + 1 && head.next.0 == 2));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_live_groups_are_held() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = opened(&store, "tea").await;
        let groups = [tea.group, GroupId(77)];
        let fault = store.hold_groups(ORG, &groups, &lease("b", 70_000)).await.unwrap_err();
        assert!(matches!(fault, Fault::Missing { what: "live group", id: 77 }), "{fault}");
        // Nothing of that was kept: the head still has its fence.
        store.commit_live(one(talk(&tea, 0..1))).await.unwrap();
        let lost = GroupWrite { group: GroupId(77), ..talk(&tea, 0..1) };
        let fault = store.commit_live(one(lost)).await.unwrap_err();
        assert!(matches!(fault, Fault::FenceLost { .. }), "{fault}");
    }
}

/// Takes the group again and again, pretending that the others' leases have run out, and writes
/// until it loses it; how many facts it wrote.
async fn race(store: Store, group: GroupId, node: i64) -> i64 {
    let mut written = 0;
    for turn in 1..=30 {
        let lease = lease(&format!("node {node}"), turn * 1_000_000);
        let mut next = store.hold_group(ORG, group, &lease).await.unwrap();
        for _ in 0..3 {
            let Some(head) = next.take() else { break };
            let from = 1_000_000 * node + written;
            let write = talk(&head, from..from + 2);
            match store.commit_live(one(write.clone())).await {
                Ok(()) => next = Some(after(&head, &write)),
                Err(Fault::FenceLost { .. } | Fault::Busy { .. }) => break,
                Err(fault) => panic!("{fault:?}"),
            }
            written += 2;
        }
    }
    written
}

#[tokio::test(flavor = "multi_thread")]
async fn holders_that_race_write_the_log_without_a_gap_or_a_double() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let group = store.open_live_group(ORG, new_group("tea")).await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for node in 0..4 {
            tasks.spawn(race(database.open().await, group, node));
        }
        let written: i64 = tasks.join_all().await.into_iter().sum();
        let lines = store.lines(ORG, group, Seq(0), 10_000).await.unwrap();
        assert!(written > 30, "{written}");
        let places: Vec<i64> = lines.iter().map(|line| line.seq.0).collect();
        assert_eq!(places, (1..=written).collect::<Vec<_>>());
    }
}
