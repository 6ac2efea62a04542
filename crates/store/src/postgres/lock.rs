//! The right to change the past of the log: an advisory lock of a session.
//!
//! The server gives it back when the connection ends, however it ends. All writes of an import go
//! through the session that holds the lock: when the lock is lost, so is the import.

use sqlx::{Connection, PgConnection};

use crate::fault::{Fault, Result};
use crate::postgres::pool::in_transaction;
use crate::postgres::{Pg, run_script};
use crate::sql::Job;

/// "huoqun" in ASCII; advisory locks are counted per database.
const IMPORTING: i64 = 0x6875_6f71_756e;
/// How long to wait for it.
const PATIENCE: &str = "SET lock_timeout = '500ms'";

/// Held while it lives.
pub(crate) struct Lock {
    session: PgConnection,
}

impl Lock {
    /// Takes the lock, or says `None` when somebody else holds it. Waits for a moment, because
    /// the server needs one to notice that a holder died.
    pub(crate) async fn take(pg: &Pg) -> Result<Option<Self>> {
        let mut session = pg.session().await?;
        run_script(&mut session, PATIENCE).await?;
        let lock = sqlx::query("SELECT pg_advisory_lock($1)").bind(IMPORTING);
        match lock.execute(&mut session).await.map_err(Fault::from) {
            Ok(_) => {}
            Err(Fault::Busy { .. }) => return Ok(None),
            Err(fault) => return Err(fault),
        }
        run_script(&mut session, "SET lock_timeout = DEFAULT").await?;
        Ok(Some(Self { session }))
    }

    /// Gives the lock back at once; dropping it does so in a moment.
    pub(crate) async fn release(mut self) {
        let unlock = sqlx::query("SELECT pg_advisory_unlock($1)").bind(IMPORTING);
        // When the server does not answer, it has ended the session and the lock with it.
        let _ = unlock.execute(&mut self.session).await;
        let _ = self.session.close().await;
    }

    /// Runs a job in a transaction of the session that holds the lock.
    pub(crate) async fn write<T>(&mut self, job: Job<T>) -> Result<T> {
        in_transaction(&mut self.session, "BEGIN", job).await
    }
}
