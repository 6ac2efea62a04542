//! How the database is, on both databases.

use domain::{Day, Millis};

use crate::sample::{ORG, imported};

const NOW: Millis = Millis(20_000 * Millis::DAY);

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_says_that_nobody_is_there_yet() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let vitals = store.vitals(ORG, NOW).await.unwrap();
        assert_eq!(vitals.schema.0, vitals.schema.1);
        assert!(vitals.bytes > 10_000, "{}", vitals.bytes);
        assert!(!vitals.has_owner && !vitals.has_key && vitals.backup.is_none());
        assert_eq!((vitals.last_fact, vitals.outbox.count, vitals.sessions), (None, 0, 0));
        assert_eq!(vitals.clock.is_some(), database.file().is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_backups_sizes_and_the_end_of_the_log_are_told() {
    for database in testkit::databases().await {
        let store = database.open().await;
        imported(&store, "tea", 0..20).await;
        store.secret("cookies", vec![7; 32]).await.unwrap();
        store.backed_up(Millis(5)).await.unwrap();
        store.backed_up(Millis(9)).await.unwrap();
        for day in [19_960, 19_999, 20_000, 20_000] {
            store.note_size(Day(day)).await.unwrap();
        }
        let vitals = store.vitals(ORG, NOW).await.unwrap();
        assert!(vitals.has_key);
        assert_eq!((vitals.backup, vitals.last_fact), (Some(Millis(9)), Some(Millis(19_000))));
        let days: Vec<i32> = vitals.sizes.iter().map(|(day, _)| day.0).collect();
        assert_eq!(days, [19_999, 20_000], "what is older than a month is forgotten");
        assert!(vitals.sizes.iter().all(|(_, bytes)| *bytes > 10_000));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_makes_and_changes_nothing() {
    for database in testkit::databases().await {
        let missing = store::Store::look(database.url()).await;
        if database.file().is_some() {
            assert_eq!(missing.unwrap_err().code(), "database_unreachable");
            assert!(!database.file().unwrap().exists());
        } else {
            // The database is there, but holds nothing of ours.
            assert!(missing.unwrap().vitals(ORG, NOW).await.is_err());
        }
        let store = database.open().await;
        store.pretend_version(999).await.unwrap();
        let looking = store::Store::look(database.url()).await.unwrap();
        let vitals = looking.vitals(ORG, NOW).await.unwrap();
        assert_eq!((vitals.schema.0, vitals.bytes), (999, 0), "nothing else is asked for");
    }
}
