//! The outbox: taken once, in order, and settled.

use std::collections::BTreeSet;

use domain::{GroupId, Millis, Seq};
use store::{OutboxRow, OutboxState, Settled, Store};
use testkit::Database;

use crate::raw;
use crate::sample::ORG;

const NOW: Millis = Millis(5_000);

/// Planned actions: group, place, not before.
async fn planned(database: &Database, actions: &[(i64, i64, i64)]) {
    let rows: Vec<String> = actions
        .iter()
        .map(|(group, seq, at)| {
            format!("(1, {group}, {seq}, 0, 'web', 'post', '{{}}', 0, 0, {at}, 0, '')")
        })
        .collect();
    let sql = format!(
        "INSERT INTO outbox (org, grp, seq, n, platform, kind, action, state, tries, next_at, \
         changed_at, result) VALUES {}",
        rows.join(", ")
    );
    raw::run(database, &sql).await;
}

fn places(rows: &[OutboxRow]) -> Vec<(i64, i64)> {
    rows.iter().map(|row| (row.group.0, row.seq.0)).collect()
}

async fn claim(store: &Store, now: Millis) -> Vec<(i64, i64)> {
    places(&store.claim_actions("web", now, 100).await.unwrap())
}

fn settled(place: (i64, i64), state: OutboxState, next_at: i64) -> Settled {
    Settled {
        org: ORG,
        group: GroupId(place.0),
        seq: Seq(place.1),
        n: 0,
        state,
        result: "它说".to_owned(),
        next_at: Millis(next_at),
        changed: NOW,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn actions_of_a_group_leave_in_their_order_one_at_a_time() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 3).await;
        planned(&database, &[(1, 5, 900), (1, 2, 1_000), (2, 7, 100), (3, 1, 9_000)]).await;

        assert_eq!(store.next_action("web").await.unwrap(), Some(Millis(100)));
        assert_eq!(store.next_action("qq").await.unwrap(), None);
        assert!(store.claim_actions("qq", NOW, 100).await.unwrap().is_empty());
        // The earlier place goes first, though the later one was due before it.
        let taken = store.claim_actions("web", NOW, 100).await.unwrap();
        assert_eq!(places(&taken), [(2, 7), (1, 2)]);
        assert!(taken.iter().all(|row| row.tries == 1 && row.state == OutboxState::Sending));
        assert_eq!(claim(&store, NOW).await, []);
        assert_eq!(store.next_action("web").await.unwrap(), Some(Millis(9_000)));
        assert_eq!(places(&store.sending_actions().await.unwrap()), [(1, 2), (2, 7)]);
        // Whoever takes them over leaves none to who took them before, at the same moment, too.
        assert!(store.is_still_sending(&taken[0]).await.unwrap());
        let over = store.take_over_actions(NOW).await.unwrap();
        assert_eq!(places(&over), [(1, 2), (2, 7)]);
        assert!(!store.is_still_sending(&taken[0]).await.unwrap());
        assert!(store.is_still_sending(&over[1]).await.unwrap());

        // One that must be tried again holds back those behind it.
        let again = settled((1, 2), OutboxState::Planned, 6_000);
        assert!(store.settle_action(again.clone()).await.unwrap());
        assert!(!store.settle_action(again).await.unwrap());
        assert_eq!(claim(&store, NOW).await, []);
        assert_eq!(store.next_action("web").await.unwrap(), Some(Millis(6_000)));
        let taken = store.claim_actions("web", Millis(6_000), 100).await.unwrap();
        assert_eq!((places(&taken), taken[0].tries), (vec![(1, 2)], 2));
        let ends = vec![
            settled((1, 2), OutboxState::Sent, 0),
            settled((2, 7), OutboxState::Unknown, 0),
            settled((3, 1), OutboxState::Sent, 0),
        ];
        assert_eq!(store.settle_actions(ends).await.unwrap(), 2);
        assert_eq!(claim(&store, Millis(6_000)).await, [(1, 5)]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_action_set_for_later_holds_nobody_back() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 1).await;
        planned(&database, &[(1, 1, 90_000), (1, 2, 1_000)]).await;
        assert_eq!(claim(&store, NOW).await, [(1, 2)]);
        assert_eq!(store.next_action("web").await.unwrap(), Some(Millis(90_000)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_unknown_can_be_found_out_later_and_what_is_sent_stays_sent() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 1).await;
        planned(&database, &[(1, 1, 0)]).await;
        assert!(!store.settle_action(settled((1, 1), OutboxState::Sent, 0)).await.unwrap());
        assert_eq!(claim(&store, NOW).await, [(1, 1)]);
        assert!(store.settle_action(settled((1, 1), OutboxState::Unknown, 0)).await.unwrap());
        assert!(store.settle_action(settled((1, 1), OutboxState::Sent, 0)).await.unwrap());
        assert!(!store.settle_action(settled((1, 1), OutboxState::Planned, 0)).await.unwrap());
        let sent = store.outbox(ORG, OutboxState::Sent, 10).await.unwrap();
        assert_eq!((places(&sent), sent[0].result.as_str()), (vec![(1, 1)], "它说"));
        assert!(store.outbox(ORG, OutboxState::Unknown, 10).await.unwrap().is_empty());
    }
}

/// Takes and settles until nothing has its turn; what it took.
async fn claimer(store: Store) -> Vec<(i64, i64)> {
    let mut taken = Vec::new();
    while store.next_action("web").await.unwrap().is_some() {
        for place in places(&store.claim_actions("web", NOW, 7).await.unwrap()) {
            // No other of its group is on its way.
            let sending = places(&store.sending_actions().await.unwrap());
            assert_eq!(sending.iter().filter(|other| other.0 == place.0).count(), 1);
            assert!(store.settle_action(settled(place, OutboxState::Sent, 0)).await.unwrap());
            taken.push(place);
        }
    }
    taken
}

#[tokio::test(flavor = "multi_thread")]
async fn claimers_at_the_same_time_take_each_action_once_and_in_order() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 20).await;
        let all: Vec<_> = (1..=20).flat_map(|group| (1..=10).map(move |s| (group, s, 0))).collect();
        planned(&database, &all).await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let store = database.open().await;
            tasks.spawn(claimer(store));
        }
        let mut taken = Vec::new();
        while let Some(mine) = tasks.join_next().await {
            taken.extend(mine.unwrap());
        }
        // Who found nothing to wait for may have left early; who held something came back.
        assert_eq!(taken.len(), taken.iter().collect::<BTreeSet<_>>().len());
        let left = store.outbox(ORG, OutboxState::Planned, 1_000).await.unwrap();
        assert_eq!(taken.len() + left.len(), 200);
        assert!(left.is_empty(), "{left:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_past_does_not_slow_the_claim() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 2).await;
        let past = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 50000) \
                    INSERT INTO outbox (org, grp, seq, n, platform, kind, action, state, tries, \
                    next_at, changed_at, result) \
                    SELECT 1, 1, n, 0, 'web', 'post', '{}', 2, 1, 0, n, '' FROM t";
        raw::run(&database, past).await;
        planned(&database, &[(1, 60_000, 0)]).await;
        let held = "SELECT o.seq FROM outbox o WHERE o.platform = 'web' AND o.state = 0 \
                    AND o.next_at <= 5000 AND NOT EXISTS (SELECT 1 FROM outbox e \
                    WHERE e.org = o.org AND e.grp = o.grp AND (e.seq, e.n) < (o.seq, o.n) \
                    AND e.state = 0 \
                    AND (e.tries > 0 OR e.next_at <= 5000)) \
                    ORDER BY o.next_at, o.org, o.grp, o.seq, o.n LIMIT 100";
        let plan = raw::plan(&database, held).await;
        assert!(plan.contains("outbox_by_turn") && plan.contains("outbox_by_state"), "{plan}");
        assert_eq!(claim(&store, NOW).await, [(1, 60_000)]);
    }
}
