//! Tasks of staff: listed and closed.

use domain::{GroupId, IdentityId, Millis};
use store::{TaskRow, TaskState};

use crate::raw;
use crate::sample::ORG;

#[tokio::test(flavor = "multi_thread")]
async fn open_tasks_are_listed_by_how_long_they_wait_and_closed_once() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let other = store.add_organisation("other").await.unwrap();
        raw::groups(&database, 2).await;
        raw::run(
            &database,
            "INSERT INTO tasks (org, grp, name, kind, about, who, since, state, changed_at) VALUES \
             (1, 1, 'answer:9', 'answer', 9, 7, 300, 0, 300), \
             (1, 2, 'answer:4', 'answer', 4, 8, 200, 0, 250), \
             (1, 2, 'look', 'look', NULL, 0, 100, 2, 400), \
             (1, 1, 'older', 'look', NULL, 0, 50, 2, 400)",
        )
        .await;
        let open = store.tasks(ORG, TaskState::Open, 10).await.unwrap();
        let first = TaskRow {
            org: ORG,
            group: GroupId(2),
            name: "answer:4".to_owned(),
            kind: "answer".to_owned(),
            about: Some(4),
            who: IdentityId(8),
            since: Millis(200),
            state: TaskState::Open,
            changed: Millis(250),
        };
        assert_eq!((open.len(), &open[0]), (2, &first));
        assert_eq!(store.tasks(ORG, TaskState::Open, 1).await.unwrap(), open[..1]);
        assert!(store.tasks(other, TaskState::Open, 10).await.unwrap().is_empty());
        let past = store.tasks(ORG, TaskState::Withdrawn, 10).await.unwrap();
        assert!(past.iter().map(|task| task.name.as_str()).eq(["look", "older"]));
        assert_eq!(past[0].about, None);

        let now = Millis(900);
        assert!(!store.close_task(other, GroupId(2), "answer:4", now).await.unwrap());
        assert!(!store.close_task(ORG, GroupId(2), "look", now).await.unwrap());
        assert!(store.close_task(ORG, GroupId(2), "answer:4", now).await.unwrap());
        assert!(!store.close_task(ORG, GroupId(2), "answer:4", now).await.unwrap());
        let done = store.tasks(ORG, TaskState::Done, 10).await.unwrap();
        assert_eq!(done, [TaskRow { state: TaskState::Done, changed: now, ..first }]);
    }
}
