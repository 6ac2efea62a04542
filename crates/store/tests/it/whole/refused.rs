//! Databases and files that are refused, and what is left of the attempt: nothing.

use std::path::Path;

use domain::GroupId;
use store::{Fault, Store};
use testkit::Database;

use crate::raw;
use crate::sample::{ORG, imported, keys};
use crate::whole::{MADE, file, fresh};

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_holds_anything_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let source = fresh().await.remove(0);
    imported(&source.open().await, "tea", 0..10).await;
    source.open().await.backup(&file(&folder), MADE).await.unwrap();
    for end in testkit::databases().await {
        let store = end.open().await;
        store.secret("cookie", vec![7]).await.unwrap();
        let refused = Store::restore(end.url(), &file(&folder)).await.unwrap_err();
        assert!(matches!(refused, Fault::NotEmpty { .. }), "{refused:?}");
        assert!(refused.remedy().contains("empty"), "{}", refused.remedy());
        assert_eq!(store.secret("cookie", vec![8]).await.unwrap(), [7]);
    }
    for end in testkit::databases().await {
        raw::run(&end, "CREATE TABLE recipes (name TEXT)").await;
        let refused = Store::restore(end.url(), &file(&folder)).await.unwrap_err();
        assert!(matches!(refused, Fault::NotEmpty { .. }), "{refused:?}");
    }
    for end in testkit::databases().await {
        end.open().await.pretend_version(41).await.unwrap();
        let refused = Store::restore(end.url(), &file(&folder)).await.unwrap_err();
        assert!(matches!(refused, Fault::Newer { found: 41, .. }), "{refused:?}");
    }
}

/// A fresh database into which that file was not restored.
async fn refused(database: &Database, from: &Path) -> Fault {
    let fault = Store::restore(database.url(), from).await.unwrap_err();
    if let Some(path) = database.file() {
        assert!(!path.exists(), "{fault:?} left a file");
    } else {
        let tables = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
        assert!(raw::rows(database, tables).await.is_empty(), "{fault:?} left tables");
    }
    fault
}

#[tokio::test(flavor = "multi_thread")]
async fn cut_changed_newer_and_other_files_are_refused_and_leave_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let source = fresh().await.remove(0);
    imported(&source.open().await, "tea", 0..2_000).await;
    source.open().await.backup(&file(&folder), MADE).await.unwrap();
    let good = std::fs::read(file(&folder)).unwrap();
    let bad = folder.path().join("bad");
    let database = fresh().await.pop().unwrap();
    let sqlite = fresh().await.remove(0);

    let damaged = |fault: Fault, what: &str| {
        assert!(matches!(fault, Fault::BackupDamaged { .. }), "{what}: {fault:?}");
        assert!(fault.remedy().contains("nothing was changed"), "{}", fault.remedy());
    };
    for end in [good.len() - 1, good.len() / 2, 40, 16] {
        std::fs::write(&bad, &good[..end]).unwrap();
        damaged(refused(&database, &bad).await, "cut");
        damaged(refused(&sqlite, &bad).await, "cut");
    }
    for at in (16..good.len()).step_by(good.len() / 40) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x10;
        std::fs::write(&bad, &bytes).unwrap();
        damaged(refused(&sqlite, &bad).await, "changed");
    }
    std::fs::write(&bad, [good.as_slice(), b"more"].concat()).unwrap();
    damaged(refused(&sqlite, &bad).await, "longer");

    let mut newer = good.clone();
    newer[14] = 9;
    std::fs::write(&bad, &newer).unwrap();
    let fault = refused(&database, &bad).await;
    assert!(matches!(fault, Fault::BackupNewer { .. }), "{fault:?}");
    assert!(fault.remedy().contains("Update huoqun"), "{}", fault.remedy());
    for other in [&b""[..], b"huoqun", b"SQLite format 3\0 and more"] {
        std::fs::write(&bad, other).unwrap();
        let fault = refused(&database, &bad).await;
        assert!(matches!(fault, Fault::NotBackup { .. }), "{fault:?}");
    }
    let fault = refused(&sqlite, &folder.path().join("nowhere")).await;
    assert!(matches!(fault, Fault::File { .. }), "{fault:?}");
    assert!(fault.to_string().contains("nowhere"), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_that_fails_at_the_database_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let source = fresh().await.remove(0);
    imported(&source.open().await, "tea", 0..10).await;
    // A row that the schema refuses: it stands in the file, and the file is whole.
    raw::run(&source, "PRAGMA foreign_keys = 0; INSERT INTO links VALUES ('a', 1, 99, '', 0)")
        .await;
    source.open().await.backup(&file(&folder), MADE).await.unwrap();
    for database in testkit::databases().await {
        let fault = refused(&database, &file(&folder)).await;
        assert!(matches!(fault, Fault::Constraint { .. }), "{fault:?}");
        // And the place is still good for another try.
        assert!(database.open().await.groups(ORG).await.unwrap().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_somebody_has_open_is_not_filled() {
    let folder = tempfile::tempdir().unwrap();
    let source = fresh().await.remove(0);
    let store = source.open().await;
    store.backup(&file(&folder), MADE).await.unwrap();
    let end = fresh().await.remove(0);
    let _open = rusqlite::Connection::open(end.file().unwrap()).unwrap();
    let other = end.open().await;
    let fault = Store::restore(end.url(), &file(&folder)).await.unwrap_err();
    assert!(matches!(fault, Fault::Busy { .. }), "{fault:?}");
    imported(&other, "tea", 0..10).await;
    assert_eq!(keys(&other, GroupId(1)).await.len(), 10);
}
