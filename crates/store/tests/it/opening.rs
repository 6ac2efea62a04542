//! Opening: versions, places, and what cannot be opened.

use std::error::Error as _;

use store::{Fault, Store};

use crate::raw;
use crate::sample::{ORG, begin, imported, keys};

#[tokio::test(flavor = "multi_thread")]
async fn opening_again_changes_nothing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let whole = imported(&store, "tea", 0..10).await;
        let before = store.table_sizes().await.unwrap();
        let again = database.open().await;
        assert_eq!(again.table_sizes().await.unwrap(), before);
        assert_eq!(keys(&again, whole.group).await.len(), 10);
        assert_eq!(again.groups(ORG).await.unwrap().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_may_open_a_new_database_at_the_same_time() {
    for database in testkit::databases().await {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let url = database.url().to_owned();
            tasks.spawn(async move { Store::open(&url).await.map(drop) });
        }
        while let Some(opened) = tasks.join_next().await {
            opened.unwrap().unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_a_newer_program_is_refused() {
    for database in testkit::databases().await {
        database.open().await.pretend_version(41).await.unwrap();
        let refused = Store::open(database.url()).await.unwrap_err();
        assert!(matches!(refused, Fault::Newer { found: 41, known } if known < 41), "{refused}");
        assert!(refused.remedy().contains("Update huoqun"), "{}", refused.remedy());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_there_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere/huoqun.db");
    let fault = Store::open(path.to_str().unwrap()).await.unwrap_err();
    assert!(matches!(fault, Fault::Connect { .. }), "{fault:?}");
    assert!(fault.to_string().contains("nowhere") && fault.source().is_some(), "{fault}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    // Port 1 of this machine: nobody listens there.
    let fault = Store::open("postgres://ann:s3cret@127.0.0.1:1/tea").await.unwrap_err();
    let mut said = format!("{fault} {fault:?} {}", fault.remedy());
    let mut cause = fault.source();
    while let Some(error) = cause {
        said.push_str(&error.to_string());
        cause = error.source();
    }
    assert!(matches!(fault, Fault::Connect { .. }), "{said}");
    assert!(said.contains("127.0.0.1:1/tea") && !said.contains("s3cret"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chat.txt");
    std::fs::write(&path, "12/03/2024, 09:15 - Ann: 早\n".repeat(400)).unwrap();
    let fault = Store::open(path.to_str().unwrap()).await.unwrap_err();
    assert!(matches!(fault, Fault::NotDatabase { .. }), "{fault:?}");
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("12/03/2024"));
}

/// As when the server was started anew while nobody asked for anything.
#[tokio::test(flavor = "multi_thread")]
async fn connections_that_died_while_nobody_asked_are_put_away() {
    let Some(database) = testkit::postgres().await else { return };
    let store = database.open().await;
    let cut = "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity \
               WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let mut cut_off = 0;
    for asks in [Ask::Read, Ask::Write, Ask::Turn] {
        // All that the pool may hold.
        let sizes = std::array::from_fn::<_, 8, _>(|_| tokio::spawn(sizes(store.clone())));
        for sizes in sizes {
            sizes.await.unwrap();
        }
        cut_off += raw::rows(&database, cut).await.len();
        match asks {
            Ask::Read => drop(store.table_sizes().await.unwrap()),
            Ask::Write => store.probe().await.unwrap(),
            Ask::Turn => begin(&store).await.abandon().await.unwrap(),
        }
        assert!(store.outage().borrow().is_none());
    }
    assert!(cut_off > 3, "{cut_off} connections");
}

enum Ask {
    Read,
    Write,
    Turn,
}

async fn sizes(store: Store) {
    store.table_sizes().await.unwrap();
}
