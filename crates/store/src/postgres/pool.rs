//! A few connections, each job in a transaction of its own.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Transaction};
use tokio::task::JoinHandle;

use crate::condition::Condition;
use crate::fault::{Fault, Result};
use crate::sql::{Conn, Job};

/// Connections of one process; an import holds one of them.
const CONNECTIONS: u32 = 8;
/// How long to wait for a connection while the server is known to be away.
const AWAY: Duration = Duration::from_secs(1);
/// Sees one moment, changes nothing.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Statements that a connection keeps understood, so that they go there and back once: those of all
/// pages that are used every day.
const STATEMENTS: usize = 300;
/// A plan made while a table was small must not stay when it has grown, and to compile a plan takes
/// longer than to read what it reads.
const PLANNING: [(&str, &str); 2] = [("plan_cache_mode", "force_custom_plan"), ("jit", "off")];

/// An open PostgreSQL database.
#[derive(Clone)]
pub(crate) struct Pg {
    pool: PgPool,
    condition: Condition,
}

impl Pg {
    pub(crate) async fn open(
        url: &str,
        place: &str,
        (condition, patience): (Condition, Duration),
    ) -> Result<Self> {
        let unreachable = |source: sqlx::Error| Fault::Connect {
            place: place.to_owned(),
            source: Box::new(source),
        };
        let options = PgConnectOptions::from_str(url).map_err(unreachable)?;
        // Whether a connection still lives is found out by what is done first with it.
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).test_before_acquire(false);
        let pool = pool.acquire_timeout(patience);
        let options = options.application_name("huoqun").options(PLANNING);
        let options = options.statement_cache_capacity(STATEMENTS);
        // One plain connection first: the pool would try again and again and hide why.
        let probe = PgConnection::connect_with(&options).await.map_err(unreachable)?;
        probe.close().await.map_err(unreachable)?;
        Ok(Self { pool: pool.connect_lazy_with(options), condition })
    }

    /// Runs a job in a transaction.
    pub(crate) async fn write<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        let pg = self.clone();
        to_the_end(tokio::spawn(async move {
            let mut transaction = pg.begin("BEGIN").await?;
            let out = job(Conn::Postgres(&mut transaction)).await?;
            transaction.commit().await?;
            Ok(out)
        }))
        .await
    }

    /// Runs a job in a transaction that sees one moment and changes nothing. It ends while the
    /// connection goes back to the pool: nobody waits for that.
    pub(crate) async fn read<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        let pg = self.clone();
        to_the_end(tokio::spawn(async move {
            let mut transaction = pg.begin(READ).await?;
            job(Conn::Postgres(&mut transaction)).await
        }))
        .await
    }

    /// A transaction on a connection of the pool that answers. All that waited in the pool may
    /// have died, as when the server was started anew: they are put away, and the next one asked.
    async fn begin(&self, how: &'static str) -> Result<Transaction<'static, Postgres>> {
        for _ in 0..CONNECTIONS {
            match self.begin_once(how).await {
                Err(error) if has_died(&error) => {}
                begun => return Ok(begun?),
            }
        }
        Ok(self.begin_once(how).await?)
    }

    /// The pool tries again and again until its patience ends: while the server is known to be
    /// away, people are told so sooner.
    async fn begin_once(&self, how: &'static str) -> sqlx::Result<Transaction<'static, Postgres>> {
        if !self.condition.is_away() {
            return self.pool.begin_with(how).await;
        }
        let begun = tokio::time::timeout(AWAY, self.pool.begin_with(how)).await;
        begun.unwrap_or(Err(sqlx::Error::PoolTimedOut))
    }

    /// A transaction to read in at leisure.
    pub(crate) async fn reading(&self) -> Result<Transaction<'static, Postgres>> {
        self.begin(READ).await
    }

    /// A connection outside the pool: what is bound to its session ends with it.
    pub(crate) async fn session(&self) -> Result<PgConnection> {
        for _ in 0..CONNECTIONS {
            let mut conn = self.pool.acquire().await?;
            if conn.ping().await.is_ok() {
                return Ok(conn.detach());
            }
        }
        Ok(self.pool.acquire().await?.detach())
    }
}

/// Whether a connection is no more; none that could be had in time is another matter.
fn has_died(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    let ended = code.is_some_and(|code| code.starts_with("57P"));
    ended || matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_))
}

/// What a task of its own gave. It ends also when the caller goes away: a connection that is left
/// in the middle of a word would fail whoever gets it next.
async fn to_the_end<T>(work: JoinHandle<Result<T>>) -> Result<T> {
    work.await.map_err(|source| Fault::Other { source: Box::new(source) })?
}

/// Runs a job in a transaction of this connection.
pub(crate) async fn in_transaction<T>(
    conn: &mut PgConnection,
    begin: &'static str,
    job: Job<T>,
) -> Result<T> {
    let mut transaction = conn.begin_with(begin).await?;
    let out = job(Conn::Postgres(&mut transaction)).await?;
    transaction.commit().await?;
    Ok(out)
}
