//! A page and how far its pull is are one.

use domain::{Day, Millis};
use store::{Fault, WecomDay, WecomMove, WecomPullRow, WecomRun};

use crate::wecom::{connected, connected_in, listed, next, page, present};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_and_its_cursor_are_kept_together_or_not_at_all() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let run = store.begin_wecom_pull(id, "groups", Millis(10)).await.unwrap();
        store.wecom_listed(id, next(&run, 11, listed(&["wr1", "wr2"]))).await.unwrap();
        store.wecom_listed(id, next(&run, 12, listed(&["wr3"]))).await.unwrap();
        let stands = WecomPullRow {
            run: run.clone(),
            cursor: "after 12".to_owned(),
            done: 3,
            total: Some(9),
            moved: Millis(12),
            ended: None,
            failure: String::new(),
        };
        assert_eq!(store.wecom_pulls(id).await.unwrap(), [stands]);

        // Rows that break a rule take the cursor with them.
        let mut odd = crate::wecom::detail("wr9", "x");
        odd.group = Some(domain::GroupId(99));
        let refused = store.wecom_read(id, next(&run, 13, vec![odd])).await.unwrap_err();
        assert!(matches!(refused, Fault::Constraint { .. }), "{refused}");
        assert_eq!(store.wecom_pulls(id).await.unwrap()[0].cursor, "after 12");

        // A run that was begun anew takes the rows of the former one with it.
        let anew = store.begin_wecom_pull(id, "groups", Millis(20)).await.unwrap();
        let late = store.wecom_listed(id, next(&run, 21, listed(&["wr4"]))).await.unwrap_err();
        assert!(matches!(late, Fault::Missing { .. }), "{late}");
        assert_eq!(present(&store, id).await, ["wr1", "wr2", "wr3"]);
        let row = store.wecom_pulls(id).await.unwrap().remove(0);
        assert_eq!((row.run, row.cursor.as_str(), row.done), (anew, "", 0));
        assert_eq!(row.total, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_fails_goes_on_and_ends_once() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let run = store.begin_wecom_pull(id, "groups", Millis(10)).await.unwrap();
        store.begin_wecom_pull(id, "contacts", Millis(11)).await.unwrap();
        store.wecom_listed(id, next(&run, 12, listed(&["wr1"]))).await.unwrap();
        let failed = store.fail_wecom_pull(id, &run, (Millis(13), "45009: 太频繁")).await;
        assert!(failed.unwrap());
        let row = |rows: Vec<WecomPullRow>| rows.into_iter().nth(1).unwrap();
        let stands = row(store.wecom_pulls(id).await.unwrap());
        assert_eq!((stands.failure.as_str(), stands.ended), ("45009: 太频繁", None));
        assert_eq!(stands.cursor, "after 12");

        let on = WecomMove { run: run.clone(), cursor: "c".to_owned(), done: 4, total: None };
        store.move_wecom_pull(id, on.clone(), Millis(14)).await.unwrap();
        let stands = row(store.wecom_pulls(id).await.unwrap());
        assert_eq!((stands.failure.as_str(), stands.done, stands.total), ("", 5, Some(9)));
        assert!(store.end_wecom_pull(id, &run, Millis(15)).await.unwrap());
        assert!(!store.end_wecom_pull(id, &run, Millis(16)).await.unwrap());
        assert!(!store.fail_wecom_pull(id, &run, (Millis(16), "late")).await.unwrap());
        let over = store.move_wecom_pull(id, on, Millis(16)).await.unwrap_err();
        assert!(matches!(over, Fault::Missing { .. }), "{over}");
        let stands = row(store.wecom_pulls(id).await.unwrap());
        assert_eq!((stands.ended, stands.moved), (Some(Millis(15)), Millis(15)));

        let other = store.add_organisation("other").await.unwrap();
        let other = connected_in(&store, other, "h2").await;
        assert!(store.wecom_pulls(other).await.unwrap().is_empty());
        let run = WecomRun { step: "contacts".to_owned(), began: Millis(11) };
        assert!(!store.end_wecom_pull(other, &run, Millis(17)).await.unwrap());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_of_a_day_are_replaced_and_read_by_days() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let id = connected(&store).await;
        let day = |owner: &str, day: i32, messages: u32| WecomDay {
            owner: owner.to_owned(),
            day: Day(day),
            new_chats: 1,
            chats: 2,
            chats_with_messages: 3,
            new_members: 4,
            members: 5,
            members_with_messages: 6,
            messages,
        };
        let rows = vec![day("sam", 20_001, 7), day("ann", 20_001, 8), day("sam", 20_000, 9)];
        store.put_wecom_days(id, page(1, rows)).await.unwrap();
        store.put_wecom_days(id, page(2, vec![day("sam", 20_001, 70)])).await.unwrap();
        let days = store.wecom_days(id, Day(20_000), Day(20_001)).await.unwrap();
        assert_eq!(days, [day("sam", 20_000, 9), day("ann", 20_001, 8), day("sam", 20_001, 70)]);
        let days = store.wecom_days(id, Day(20_001), Day(20_001)).await.unwrap();
        assert_eq!(days.len(), 2);
    }
}
