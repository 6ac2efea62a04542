//! An open database: which of the two it is, and who may change its past.

use std::path::Path;
use std::time::Duration;

use tokio::sync::watch;

use crate::condition::{Condition, Outage};
use crate::fault::{Fault, Result};
use crate::location::Location;
use crate::postgres::Pg;
use crate::sql::migrate;
use crate::sql::{Job, TABLES, job};
use crate::sqlite::Sqlite;
use crate::{postgres, sqlite, undo};

/// How long a statement waits for another program that writes; a connection may take twice as long.
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// An open database. Cheap to clone; all clones share its connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) backend: Backend,
    condition: Condition,
    place: String,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store({})", self.place)
    }
}

/// One of the two databases.
#[derive(Clone)]
pub(crate) enum Backend {
    Sqlite(Sqlite),
    Postgres(Pg),
}

impl Store {
    /// Opens the database at `url`: `sqlite:PATH`, a plain path (the file is made, its folder must
    /// exist), or `postgres://USER@HOST/DATABASE`. Brings its schema up to date, and removes what
    /// dead imports left. Must be called within a Tokio runtime.
    pub async fn open(url: &str) -> Result<Self> {
        Self::open_within(url, PATIENCE).await
    }

    /// The same, waiting so long for a program that writes or for a connection, and no longer.
    pub async fn open_within(url: &str, patience: Duration) -> Result<Self> {
        let store = Self::connect(Location::parse(url)?, patience).await?;
        store.write(job(|conn| Box::pin(migrate(conn)))).await?;
        store.sweep().await?;
        Ok(store)
    }

    /// Opens a database that is there as it is: nothing is made, brought up to date or removed.
    pub async fn look(url: &str) -> Result<Self> {
        let location = Location::parse(url)?;
        if let Location::Sqlite(path) = &location {
            let missing = |source: std::io::Error| Fault::Connect {
                place: location.shown(),
                source: Box::new(source),
            };
            std::fs::metadata(path).map_err(missing)?;
        }
        Self::connect(location, PATIENCE).await
    }

    async fn connect(location: Location, patience: Duration) -> Result<Self> {
        let (place, condition) = (location.shown(), Condition::new());
        let backend = match location {
            Location::Sqlite(path) => Backend::Sqlite(Sqlite::open(path, patience).await?),
            Location::Postgres(url) => {
                let found = (condition.clone(), patience * 2);
                Backend::Postgres(Pg::open(&url, &place, found).await?)
            }
        };
        Ok(Self { backend, condition, place })
    }

    /// Whether the database answers: `None` while it does. Changes once with an outage and once
    /// with its end.
    pub fn outage(&self) -> watch::Receiver<Option<Outage>> {
        self.condition.watch()
    }

    /// Asks for nothing: whether it answers and takes what is written.
    pub async fn probe(&self) -> Result<()> {
        self.write(job(|_conn| Box::pin(async { Ok(()) }))).await
    }

    /// The file, where the database is one.
    pub fn file(&self) -> Option<&Path> {
        match &self.backend {
            Backend::Sqlite(sqlite) => Some(sqlite.path()),
            Backend::Postgres(_) => None,
        }
    }

    /// Where the database is, as it may be shown: without a password.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Notes that a newer program changed the schema up to `version`: for tests.
    pub async fn pretend_version(&self, version: i64) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "INSERT INTO schema_versions (version) VALUES ($1)";
                conn.run(sql, &[version.into()]).await.map(drop)
            })
        }))
        .await
    }

    /// How many rows each table holds, by its name: for tests and for looking inside.
    pub async fn table_sizes(&self) -> Result<Vec<(&'static str, u64)>> {
        self.read(job(|mut conn| {
            Box::pin(async move {
                let mut sizes = Vec::new();
                for table in TABLES {
                    let row = conn.row(table.count, &[]).await?;
                    sizes.push((table.name, row.map_or(Ok(0), |row| row.small(0))?));
                }
                Ok(sizes)
            })
        }))
        .await
    }

    /// Removes imports whose process died before they were whole. Does nothing while an import
    /// runs, here or elsewhere.
    async fn sweep(&self) -> Result<()> {
        let pending = self.read(job(|conn| Box::pin(undo::any_pending(conn)))).await?;
        if pending && let Some(mut turn) = self.turn().await? {
            let swept = turn.write(job(|conn| Box::pin(undo::sweep(conn)))).await;
            turn.end().await;
            return swept;
        }
        Ok(())
    }

    /// Runs a job in one transaction that may write.
    pub(crate) async fn write<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        let out = match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.write(job).await,
            Backend::Postgres(pg) => pg.write(job).await,
        };
        self.felt(out, true)
    }

    /// Runs a job in one transaction that sees one moment.
    pub(crate) async fn read<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        let out = match &self.backend {
            Backend::Sqlite(sqlite) => sqlite.read(job).await,
            Backend::Postgres(pg) => pg.read(job).await,
        };
        self.felt(out, false)
    }

    /// Notes how a call ended.
    fn felt<T>(&self, out: Result<T>, writes: bool) -> Result<T> {
        match (&self.backend, &out) {
            // Two that were in each other's way there: nothing is wrong with the database.
            (Backend::Postgres(_), Err(Fault::Busy { .. })) => out,
            _ => self.condition.felt(out, writes),
        }
    }

    /// Takes the right to change the past of the log; `None` when somebody else has it.
    pub(crate) async fn turn(&self) -> Result<Option<Turn>> {
        Ok(match &self.backend {
            Backend::Sqlite(sqlite) => sqlite::Lock::take(sqlite.path())?
                .map(|lock| Turn::Sqlite { sqlite: sqlite.clone(), _lock: lock }),
            Backend::Postgres(pg) => {
                postgres::Lock::take(pg).await?.map(|lock| Turn::Postgres(Box::new(lock)))
            }
        })
    }
}

/// The right to change the past of the log: one at a time, over all processes. Given back when it
/// is dropped or when the process ends, however it ends.
pub(crate) enum Turn {
    Sqlite { sqlite: Sqlite, _lock: sqlite::Lock },
    Postgres(Box<postgres::Lock>),
}

impl Turn {
    /// Runs a job in one transaction that may write.
    pub(crate) async fn write<T: Send + 'static>(&mut self, job: Job<T>) -> Result<T> {
        match self {
            Self::Sqlite { sqlite, .. } => sqlite.write(job).await,
            Self::Postgres(lock) => lock.write(job).await,
        }
    }

    /// Gives the right back; when this returns, the next one can have it.
    pub(crate) async fn end(self) {
        match self {
            Self::Sqlite { .. } => {}
            Self::Postgres(lock) => lock.release().await,
        }
    }
}
