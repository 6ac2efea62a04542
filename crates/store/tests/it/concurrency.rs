//! Several at once, and death in the middle.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use store::{Fault, Store};

use crate::sample::{ORG, about, begin, finish, group, imported, keys, messages, person};

const CHILD: &str = "HUOQUN_STORE_TEST_CHILD";

#[tokio::test(flavor = "multi_thread")]
async fn a_second_import_is_refused_while_one_runs() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let other = database.open().await;
        let mut import = begin(&store).await;
        for refused in [&store, &other] {
            let fault = refused.begin_import(ORG, about()).await.unwrap_err();
            assert!(matches!(fault, Fault::ImportRunning), "{fault}");
            let fault = refused.undo_import(ORG, import.id()).await.unwrap_err();
            assert!(matches!(fault, Fault::ImportRunning), "{fault}");
        }
        let tea = import.group(group("tea", "茶友")).await.unwrap();
        import.append(tea, messages(0..10)).await.unwrap();
        import.finish(finish()).await.unwrap();
        let mut next = begin_when_free(&other).await;
        let tea = next.group(group("tea", "茶友")).await.unwrap();
        assert_eq!(next.append(tea, messages(5..15)).await.unwrap().stored, 5);
        next.finish(finish()).await.unwrap();
        assert_eq!(keys(&store, tea).await.len(), 15);
    }
}

/// On PostgreSQL the lock goes with the session, a moment after the import.
async fn begin_when_free(store: &Store) -> store::Import {
    loop {
        match store.begin_import(ORG, about()).await {
            Ok(import) => return import,
            Err(Fault::ImportRunning) => tokio::task::yield_now().await,
            Err(fault) => panic!("{fault}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn readers_see_one_moment_while_an_import_writes() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = imported(&store, "tea", 0..100).await.group;
        let mut import = begin_when_free(&store).await;
        import.group(group("tea", "茶友")).await.unwrap();
        for part in 1..20 {
            let (reader, from) = (store.clone(), part * 100);
            let read = tokio::spawn(async move { keys(&reader, tea).await.len() });
            import.append(tea, messages(from..from + 100)).await.unwrap();
            assert_eq!(read.await.unwrap(), 100);
        }
        let read = tokio::spawn({
            let reader = store.clone();
            async move { keys(&reader, tea).await.len() }
        });
        import.finish(finish()).await.unwrap();
        assert!([100, 2_000].contains(&read.await.unwrap()));
        assert_eq!(keys(&store, tea).await.len(), 2_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_is_killed_leaves_nothing() {
    for database in testkit::databases().await {
        let store = database.open().await;
        let tea = imported(&store, "tea", 0..10).await.group;
        let before = store.table_sizes().await.unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "concurrency::child_that_is_killed", "--nocapture"])
            .env(CHILD, database.url())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap().contains("appended")), "the child did not append");
        assert!(store.table_sizes().await.unwrap() != before);
        child.kill().unwrap();
        child.wait().unwrap();

        assert_eq!(keys(&store, tea).await.len(), 10);
        while Store::open(database.url()).await.unwrap().imports(ORG).await.unwrap().len() > 1 {
            tokio::task::yield_now().await;
        }
        assert_eq!(store.table_sizes().await.unwrap(), before);
    }
}

/// The other process of the test above; does nothing when run as a test of its own.
#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "the parent says by the environment what to do")]
async fn child_that_is_killed() {
    let Ok(url) = std::env::var(CHILD) else { return };
    let store = Store::open(&url).await.unwrap();
    let mut import = begin(&store).await;
    let tea = import.group(group("tea", "茶友")).await.unwrap();
    import.identities(vec![person("bob", "Bob")]).await.unwrap();
    import.append(tea, messages(5..5_000)).await.unwrap();
    println!("appended");
    // Until the parent kills it.
    let _ = std::io::stdin().read_line(&mut String::new());
}
