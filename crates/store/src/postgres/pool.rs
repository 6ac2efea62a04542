//! A few connections, each job in a transaction of its own.

use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool, Postgres};

use crate::condition::Condition;
use crate::fault::{Fault, Result};
use crate::sql::{Conn, Job};

/// Connections of one process; an import holds one of them.
const CONNECTIONS: u32 = 8;
/// How long to wait for a connection while the server is known to be away.
const AWAY: Duration = Duration::from_secs(1);
/// Sees one moment, changes nothing. To compile a plan takes longer than to read what it reads.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off";

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
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(patience);
        // A plan made while a table was small must not stay when it has grown.
        let planning = [("plan_cache_mode", "force_custom_plan")];
        let options = options.application_name("huoqun").options(planning);
        // One plain connection first: the pool would try again and again and hide why.
        let probe = PgConnection::connect_with(&options).await.map_err(unreachable)?;
        probe.close().await.map_err(unreachable)?;
        Ok(Self { pool: pool.connect_lazy_with(options), condition })
    }

    /// Runs a job in a transaction.
    pub(crate) async fn write<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        self.to_the_end("BEGIN", job).await
    }

    /// Runs a job in a transaction that sees one moment and changes nothing.
    pub(crate) async fn read<T: Send + 'static>(&self, job: Job<T>) -> Result<T> {
        self.to_the_end(READ, job).await
    }

    /// Runs a job as a task of its own, which ends also when the caller goes away: a connection
    /// that is left in the middle of a word would fail whoever gets it next.
    async fn to_the_end<T: Send + 'static>(&self, begin: &'static str, job: Job<T>) -> Result<T> {
        let pg = self.clone();
        let work = tokio::spawn(async move {
            let mut conn = pg.connection().await?;
            in_transaction(&mut conn, begin, job).await
        });
        work.await.map_err(|source| Fault::Other { source: Box::new(source) })?
    }

    /// A connection of the pool. The pool tries again and again until its patience ends: while the
    /// server is known to be away, people are told so sooner.
    async fn connection(&self) -> sqlx::Result<PoolConnection<Postgres>> {
        if !self.condition.is_away() {
            return self.pool.acquire().await;
        }
        match tokio::time::timeout(AWAY, self.pool.acquire()).await {
            Ok(conn) => conn,
            Err(_) => Err(sqlx::Error::PoolTimedOut),
        }
    }

    /// A transaction to read in at leisure.
    pub(crate) async fn reading(&self) -> Result<sqlx::Transaction<'static, sqlx::Postgres>> {
        Ok(self.pool.begin_with(READ).await?)
    }

    /// A connection outside the pool: what is bound to its session ends with it.
    pub(crate) async fn session(&self) -> Result<PgConnection> {
        Ok(self.pool.acquire().await?.detach())
    }
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
