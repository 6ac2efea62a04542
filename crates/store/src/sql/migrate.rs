//! Migrations: forward only, all of those that are due in one transaction, under a lock.

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Dialect};

/// All migrations in order; the version of a database is how many it has seen.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_ground.sql"),
    include_str!("../../migrations/0002_pages_as_they_are.sql"),
    include_str!("../../migrations/0003_live.sql"),
];

/// What begins a line that PostgreSQL alone runs; a comment on SQLite.
const POSTGRES_ALONE: &str = "-- PostgreSQL: ";

/// "migrate" in ASCII; held to the end of the transaction. On SQLite the transaction is enough.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(x'6d696772617465'::bigint)";

/// Brings a database to the newest version.
pub(crate) async fn migrate(mut conn: Conn<'_>) -> Result<()> {
    if let Conn::Postgres(conn) = &mut conn {
        crate::postgres::run_script(conn, MIGRATING).await?;
    }
    conn.run("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY)", &[])
        .await?;
    let row = conn.row("SELECT COALESCE(MAX(version), 0) FROM schema_versions", &[]).await?;
    let found = row.map_or(Ok(0), |row| row.int(0))?;
    let known = MIGRATIONS.len() as i64;
    if found > known {
        return Err(Fault::Newer { found, known });
    }
    for (version, text) in (1_i64..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        match &mut conn {
            Conn::Sqlite(conn) => conn.execute_batch(text)?,
            Conn::Postgres(conn) => {
                crate::postgres::run_script(conn, &Dialect::Postgres.schema(text)).await?;
            }
        }
        conn.run("INSERT INTO schema_versions (version) VALUES ($1)", &[version.into()]).await?;
    }
    Ok(())
}

impl Dialect {
    /// The text of a migration as PostgreSQL understands it.
    fn schema(self, text: &str) -> String {
        if self == Self::Sqlite {
            return text.to_owned();
        }
        text.replace("STRICT, WITHOUT ROWID", "")
            .replace(") STRICT", ")")
            .replace("INTEGER", "BIGINT")
            .replace("BLOB", "BYTEA")
            .replace(POSTGRES_ALONE, "")
    }
}
