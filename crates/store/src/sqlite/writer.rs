//! One thread writes; readers borrow connections of their own.
//!
//! Invariant: every write of this process to this file goes through the one writer thread, each
//! job in its own transaction: committed whole or not at all, also when the caller goes away.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::fault::{Fault, Result};
use crate::sql::{Boxed, Conn, Job};
use crate::sqlite::connect;

/// Idle connections kept for readers. A crowd that reads at once opens more, each with a cache of
/// its own; those are closed when they are done.
const READERS_KEPT: usize = 8;

type Work = Box<dyn FnOnce(&mut Connection) + Send>;

/// An open SQLite database.
#[derive(Clone)]
pub(crate) struct Sqlite {
    path: Arc<PathBuf>,
    /// How long a statement waits for another program that writes.
    patience: Duration,
    writer: mpsc::Sender<Work>,
    readers: Arc<Mutex<Vec<Connection>>>,
}

impl Sqlite {
    pub(crate) async fn open(path: PathBuf, patience: Duration) -> Result<Self> {
        let (writer, work) = mpsc::channel::<Work>();
        let (ready, opened) = oneshot::channel();
        let path = Arc::new(path);
        let file = Arc::clone(&path);
        let thread = std::thread::Builder::new().name("store-writer".to_owned());
        let started = thread.spawn(move || {
            let mut conn = match connect(&file, patience) {
                Ok(conn) => conn,
                Err(fault) => return drop(ready.send(Err(fault))),
            };
            drop(ready.send(Ok(())));
            while let Ok(work) = work.recv() {
                work(&mut conn);
            }
        });
        started.map_err(|source| Fault::Other { source: Box::new(source) })?;
        opened.await.map_err(|_| gone())??;
        Ok(Self { path, patience, writer, readers: Arc::default() })
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        &self.path
    }

    /// Runs a job on the writer thread in one transaction.
    pub(crate) async fn write<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        let (reply, answer) = oneshot::channel();
        let work: Work = Box::new(move |conn| {
            let _ = reply.send(in_transaction(conn, "BEGIN IMMEDIATE", job));
        });
        self.writer.send(work).map_err(|_| gone())?;
        answer.await.map_err(|_| gone())?
    }

    /// Runs a job on a reader in one transaction: all its statements see the same moment.
    pub(crate) async fn read<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        let store = self.clone();
        let work = move || {
            let mut conn = store.reader()?;
            let out = in_transaction(&mut conn, "BEGIN DEFERRED", job);
            store.give_back(conn);
            out
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| gone())?
    }

    /// A connection to read with.
    pub(crate) fn reader(&self) -> Result<Connection> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.map_or_else(|| connect(&self.path, self.patience), Ok)
    }

    /// Keeps the connection for the next reader, when few are kept.
    pub(crate) fn give_back(&self, conn: Connection) {
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if conn.is_autocommit() && idle.len() < READERS_KEPT {
            idle.push(conn);
        }
    }
}

fn in_transaction<T>(conn: &mut Connection, begin: &str, job: Job<T>) -> Result<T> {
    conn.execute_batch(begin)?;
    let out = at_once(job(Conn::Sqlite(conn)));
    let out = out.and_then(|out| conn.execute_batch("COMMIT").map(|()| out).map_err(Fault::from));
    if !conn.is_autocommit() {
        // Nothing better can be done if even this fails: the next BEGIN will say so.
        let _ = conn.execute_batch("ROLLBACK");
    }
    out
}

/// A job on SQLite never waits, so its future is ready when it is first asked.
pub(crate) fn at_once<T>(mut future: Boxed<'_, T>) -> Result<T> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(out) => out,
        Poll::Pending => Err(Fault::Other { source: "a job on SQLite waited".into() }),
    }
}

fn gone() -> Fault {
    Fault::Other { source: "the database thread has stopped".into() }
}
