//! What takes a database away: a relay that can be cut, a lock that somebody holds.

use std::path::PathBuf;
use std::time::Duration;

use store::Store;
use testkit::Database;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How long statements wait in these tests.
const PATIENCE: Duration = Duration::from_millis(200);

/// Something that takes a database away and gives it back.
pub(super) enum Cut {
    /// The network between us and the server.
    Network(watch::Sender<bool>),
    /// Another program that writes and writes.
    Lock(PathBuf, Option<rusqlite::Connection>),
}

impl Cut {
    pub(super) fn cut(&mut self) {
        match self {
            Self::Network(cut) => drop(cut.send_replace(true)),
            Self::Lock(file, held) => {
                let conn = rusqlite::Connection::open(file).unwrap();
                conn.busy_timeout(Duration::from_secs(5)).unwrap();
                conn.execute_batch("BEGIN IMMEDIATE").unwrap();
                *held = Some(conn);
            }
        }
    }

    pub(super) fn mend(&mut self) {
        match self {
            Self::Network(cut) => drop(cut.send_replace(false)),
            Self::Lock(_, held) => drop(held.take()),
        }
    }

    /// Whether nothing can be read, either.
    pub(super) fn is_whole(&self) -> bool {
        matches!(self, Self::Network(_))
    }
}

/// Both databases, each with what takes it away.
pub(super) async fn both() -> Vec<(Database, Store, Cut)> {
    let mut all = Vec::new();
    for database in testkit::databases().await {
        let (url, cut) = if let Some(file) = database.file() {
            (database.url().to_owned(), Cut::Lock(file, None))
        } else {
            let (url, cut) = relay(database.url()).await;
            (url, Cut::Network(cut))
        };
        let store = Store::open_within(&url, PATIENCE).await.unwrap();
        all.push((database, store, cut));
    }
    all
}

/// The URL of the server through a relay, and what cuts it: then connections break, and new ones
/// end as soon as they begin.
async fn relay(url: &str) -> (String, watch::Sender<bool>) {
    let (head, rest) = url.split_once('@').unwrap();
    let (server, name) = rest.split_once('/').unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let through = format!("{head}@{}/{name}", listener.local_addr().unwrap());
    let (cut, is_cut) = watch::channel(false);
    let server = server.to_owned();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let (server, mut is_cut) = (server.clone(), is_cut.clone());
            tokio::spawn(async move {
                if *is_cut.borrow() {
                    return;
                }
                let Ok(mut far) = TcpStream::connect(&server).await else { return };
                tokio::select! {
                    _ = copy_bidirectional(&mut near, &mut far) => {}
                    _ = is_cut.wait_for(|cut| *cut) => {}
                }
            });
        }
    });
    (through, cut)
}
