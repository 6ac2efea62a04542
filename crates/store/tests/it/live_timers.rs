//! Timers: what is due, over all groups, and quickly.

use domain::{GroupId, Millis, OrgId};

use crate::raw;

/// Fifty thousand timers a second apart, over a thousand groups, the first due at 1,000,000.
const MANY: &str = "WITH RECURSIVE t(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM t WHERE n < 49999) \
     INSERT INTO timers (org, grp, name, due_at, missed) \
     SELECT 1, n % 1000 + 1, 'timer ' || n, 1000000 + n * 1000, 'skip' FROM t";

#[tokio::test(flavor = "multi_thread")]
async fn timers_come_in_the_order_in_which_they_fall_due_over_all_organisations() {
    for database in testkit::databases().await {
        let store = database.open().await;
        assert_eq!(store.next_due().await.unwrap(), None);
        assert!(store.due_timers(Millis(i64::MAX), 10).await.unwrap().is_empty());
        let other = store.add_organisation("other").await.unwrap();
        raw::groups(&database, 2).await;
        let sql = format!(
            "INSERT INTO groups (org, id, platform, key, name, zone, evidence) \
             VALUES ({0}, 1, 'web', 'a', 'a', 'UTC', 0); \
             INSERT INTO timers (org, grp, name, due_at, rule, missed) VALUES \
             (1, 2, 'b', 500, NULL, 'late'), (1, 1, 'a', 700, '每天', 'skip'), \
             ({0}, 1, 'a', 600, NULL, 'merge'), (1, 1, 'c', 500, NULL, 'late')",
            other.0
        );
        raw::run(&database, &sql).await;

        assert_eq!(store.next_due().await.unwrap(), Some(Millis(500)));
        assert!(store.due_timers(Millis(499), 10).await.unwrap().is_empty());
        let due = store.due_timers(Millis(700), 10).await.unwrap();
        let told: Vec<(OrgId, GroupId, &str, Millis)> =
            due.iter().map(|t| (t.org, t.group, t.name.as_str(), t.due)).collect();
        let one = OrgId(1);
        assert_eq!(
            told,
            [
                (one, GroupId(1), "c", Millis(500)),
                (one, GroupId(2), "b", Millis(500)),
                (other, GroupId(1), "a", Millis(600)),
                (one, GroupId(1), "a", Millis(700)),
            ]
        );
        assert_eq!((due[3].rule.as_deref(), due[3].missed.as_str()), (Some("每天"), "skip"));
        assert_eq!(due[0].rule, None);
        assert_eq!(store.due_timers(Millis(700), 2).await.unwrap(), due[..2]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn many_timers_are_looked_up_in_the_index_of_due_times_alone() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 1_000).await;
        raw::run(&database, MANY).await;
        // Right after the filling, without statistics: the worst case of a planner.
        for sql in [
            "SELECT org, grp, name, due_at, rule, missed FROM timers WHERE due_at <= 50999000 \
             ORDER BY due_at, org, grp, name LIMIT 100",
            "SELECT due_at FROM timers ORDER BY due_at LIMIT 1",
        ] {
            let plan = raw::plan(&database, sql).await;
            assert!(plan.contains("timers_by_due"), "{plan}");
            assert!(!plan.contains("Sort") && !plan.contains("TEMP B-TREE"), "{plan}");
        }
        assert_eq!(store.next_due().await.unwrap(), Some(Millis(1_000_000)));
        let due = store.due_timers(Millis(i64::MAX), 100).await.unwrap();
        assert!(due.iter().map(|t| t.due.0).eq((0..100).map(|n| 1_000_000 + n * 1_000)));
    }
}
