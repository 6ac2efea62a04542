//! Events kept before they are decided, and those set aside.

use domain::{GroupId, Millis, OrgId, SourceKey};
use store::{Fault, IntakeRow};

use crate::raw;
use crate::sample::ORG;

fn event(key: i64) -> IntakeRow {
    IntakeRow {
        id: 0,
        org: ORG,
        group: GroupId(1),
        key: SourceKey { key, part: 3 },
        event: format!(r#"{{"text":"第{key}句"}}"#),
        received: Millis(key * 10),
        tries: 0,
        failure: String::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn events_wait_in_the_order_in_which_they_were_kept() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 1).await;
        assert!(store.put_intake(Vec::new()).await.unwrap().is_empty());
        let first = store.put_intake(vec![event(30), event(10)]).await.unwrap();
        let second = store.put_intake(vec![event(20)]).await.unwrap();
        assert!(first[0] < first[1] && first[1] < second[0]);

        let waiting = store.waiting_intake(0, 10).await.unwrap();
        let told: Vec<_> = waiting.iter().map(|row| (row.id, row.key.key)).collect();
        assert_eq!(told, [(first[0], 30), (first[1], 10), (second[0], 20)]);
        assert_eq!(waiting[0], IntakeRow { id: first[0], ..event(30) });
        assert_eq!(store.waiting_intake(first[0], 1).await.unwrap(), waiting[1..2]);
        assert!(store.waiting_intake(second[0], 10).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_for_a_group_that_is_not_there_keeps_none_of_its_batch() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 1).await;
        let stray = IntakeRow { group: GroupId(9), ..event(2) };
        let refused = store.put_intake(vec![event(1), stray]).await.unwrap_err();
        assert!(matches!(refused, Fault::Constraint { .. }), "{refused:?}");
        assert!(store.waiting_intake(0, 10).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_processed_is_set_aside_and_tried_again_or_dropped() {
    for database in testkit::databases().await {
        let store = database.open().await;
        raw::groups(&database, 1).await;
        let ids = store.put_intake(vec![event(1), event(2)]).await.unwrap();
        let mut poison = IntakeRow { id: ids[0], failure: "打不开".to_owned(), ..event(1) };
        assert_eq!(store.set_aside(poison.clone()).await.unwrap(), ids[0]);
        let never_kept = IntakeRow { failure: "panic\0ked".to_owned(), ..event(3) };
        let id = store.set_aside(never_kept).await.unwrap();
        assert!(id > ids[1]);
        let missing = IntakeRow { id: 999, ..event(4) };
        let refused = store.set_aside(missing).await.unwrap_err();
        assert!(matches!(refused, Fault::Missing { what: "event", id: 999 }), "{refused:?}");

        poison.tries = 1;
        let aside = store.set_aside_rows(ORG, 10).await.unwrap();
        assert_eq!((aside.len(), &aside[0]), (2, &poison));
        assert_eq!((aside[1].failure.as_str(), aside[1].tries), ("panic\u{fffd}ked", 1));
        assert_eq!(store.waiting_intake(0, 10).await.unwrap().len(), 1);

        for wrong in [(OrgId(2), ids[0]), (ORG, ids[1]), (ORG, 999)] {
            assert!(!store.retry_intake(wrong.0, wrong.1).await.unwrap());
            assert!(!store.drop_intake(wrong.0, wrong.1).await.unwrap());
        }
        assert!(store.retry_intake(ORG, ids[0]).await.unwrap());
        assert_eq!(store.waiting_intake(0, 10).await.unwrap()[0], poison);
        assert!(store.drop_intake(ORG, id).await.unwrap());
        assert!(store.set_aside_rows(ORG, 10).await.unwrap().is_empty());
        // The number of a dropped event is not given again.
        assert!(store.put_intake(vec![event(5)]).await.unwrap()[0] > id);
    }
}
