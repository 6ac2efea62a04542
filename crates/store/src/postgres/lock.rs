//! The right to change the past of the log: an advisory lock of a session.
//!
//! The server gives it back when the connection ends, however it ends. All writes of an import go
//! through the session that holds the lock: when the lock is lost, so is the import.

use sqlx::PgConnection;

use crate::conn::Job;
use crate::fault::Result;
use crate::postgres::Pg;
use crate::postgres::pool::in_transaction;

/// "huoqun" in ASCII; advisory locks are counted per database.
const IMPORTING: i64 = 0x6875_6f71_756e;

/// Held while it lives.
pub(crate) struct Lock {
    session: PgConnection,
}

impl Lock {
    /// Takes the lock, or says `None` when somebody else holds it.
    pub(crate) async fn take(pg: &Pg) -> Result<Option<Self>> {
        let mut session = pg.session().await?;
        let query = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(IMPORTING);
        let taken: bool = query.fetch_one(&mut session).await?;
        Ok(taken.then_some(Self { session }))
    }

    /// Runs a job in a transaction of the session that holds the lock.
    pub(crate) async fn write<T>(&mut self, job: Job<T>) -> Result<T> {
        in_transaction(&mut self.session, "BEGIN", job).await
    }
}
