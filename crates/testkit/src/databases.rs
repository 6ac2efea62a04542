//! A fresh, empty database of each kind, gone when it is dropped.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use store::Store;
use tempfile::TempDir;

use crate::postgres::server;

/// A fresh database. Its schema is made by the first [`Database::open`].
#[derive(Debug)]
pub struct Database {
    url: String,
    home: Home,
}

#[derive(Debug)]
enum Home {
    Folder(TempDir),
    Server { url: &'static str, name: String },
}

/// One fresh SQLite file and one fresh PostgreSQL database. Where PostgreSQL cannot be had, only
/// the former, and the test says so loudly; `HUOQUN_REQUIRE_POSTGRES=1` makes that a failure.
///
/// # Panics
/// When a database cannot be made.
pub async fn databases() -> Vec<Database> {
    let mut databases = vec![sqlite()];
    databases.extend(postgres().await);
    databases
}

/// One fresh SQLite file.
///
/// # Panics
/// When it cannot be made.
#[expect(clippy::expect_used, reason = "a test without its database must stop")]
pub fn sqlite() -> Database {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite:{}", folder.path().join("huoqun.db").display());
    Database { url, home: Home::Folder(folder) }
}

/// One fresh PostgreSQL database; `None`, loudly, where it cannot be had.
///
/// # Panics
/// When it cannot be made, or `HUOQUN_REQUIRE_POSTGRES=1` asks for it and it cannot be had.
#[expect(clippy::expect_used, reason = "a test without its database must stop")]
pub async fn postgres() -> Option<Database> {
    let server = server()?;
    let name = fresh_name();
    let url = store::create_database(server, &name).await.expect("a fresh database");
    Some(Database { url, home: Home::Server { url: server, name } })
}

fn fresh_name() -> String {
    static MADE: AtomicU32 = AtomicU32::new(0);
    format!("test_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed))
}

impl Database {
    /// The setting that opens it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The file, when it is SQLite.
    pub fn file(&self) -> Option<PathBuf> {
        match &self.home {
            Home::Folder(folder) => Some(folder.path().join("huoqun.db")),
            Home::Server { .. } => None,
        }
    }

    /// Opens it; as often as the test likes.
    ///
    /// # Panics
    /// When it cannot be opened.
    #[expect(clippy::expect_used, reason = "a test without its database must stop")]
    pub async fn open(&self) -> Store {
        Store::open(&self.url).await.expect("the database opens")
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let Home::Server { url, name } = &self.home else { return };
        let (url, name) = (*url, name.clone());
        // The test's own runtime may be the one that drops: work on a thread beside it. What
        // fails here goes with the cluster.
        let dropper = std::thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(store::drop_database(url, &name)).ok()
        });
        drop(dropper.join());
    }
}
