//! Migrations: forward only, all of those that are due in one transaction, under a lock.

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Dialect};

/// All migrations in order; the version of a database is how many it has seen.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/0001_ground.sql"),
    include_str!("../../migrations/0002_pages_as_they_are.sql"),
    include_str!("../../migrations/0003_live.sql"),
    include_str!("../../migrations/0004_team.sql"),
    include_str!("../../migrations/0005_groups.sql"),
    include_str!("../../migrations/0006_people.sql"),
    include_str!("../../migrations/0007_tiers.sql"),
    include_str!("../../migrations/0008_settings.sql"),
    include_str!("../../migrations/0009_through.sql"),
    include_str!("../../migrations/0010_wecom.sql"),
    include_str!("../../migrations/0011_handovers.sql"),
    include_str!("../../migrations/0012_keepers.sql"),
    include_str!("../../migrations/0013_links.sql"),
    include_str!("../../migrations/0014_welcomes.sql"),
    include_str!("../../migrations/0015_wecom_health.sql"),
];

/// What begins a line that PostgreSQL alone runs; a comment on SQLite.
const POSTGRES_ALONE: &str = "-- PostgreSQL: ";

/// "migrate" in ASCII; held to the end of the transaction. On SQLite the transaction is enough.
const MIGRATING: &str = "SELECT pg_advisory_xact_lock(x'6d696772617465'::bigint)";

/// The newest version.
pub(crate) fn newest() -> i64 {
    MIGRATIONS.len() as i64
}

/// Brings a database to the newest version.
pub(crate) async fn migrate(conn: Conn<'_>) -> Result<()> {
    migrate_to(conn, newest()).await
}

/// Keeps others from changing the schema until the end of the transaction.
pub(crate) async fn lock_schema(conn: &mut Conn<'_>) -> Result<()> {
    match conn {
        Conn::Sqlite(_) => Ok(()),
        Conn::Postgres(conn) => crate::postgres::run_script(conn, MIGRATING).await,
    }
}

/// Brings a database to this version, at least.
pub(crate) async fn migrate_to(mut conn: Conn<'_>, to: i64) -> Result<()> {
    lock_schema(&mut conn).await?;
    conn.run("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY)", &[])
        .await?;
    let row = conn.row("SELECT COALESCE(MAX(version), 0) FROM schema_versions", &[]).await?;
    let found = row.map_or(Ok(0), |row| row.int(0))?;
    let known = newest();
    if found > known {
        return Err(Fault::Newer { found, known });
    }
    let due = |version: i64| version > found && version <= to;
    for (version, text) in (1_i64..).zip(MIGRATIONS).filter(|(version, _)| due(*version)) {
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
