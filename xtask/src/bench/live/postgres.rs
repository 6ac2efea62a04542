//! A PostgreSQL cluster of its own with the durability of production, thrown away afterwards.

use crate::bench::Failure;
use sqlx::{Connection, PgConnection};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A running cluster; stopped when dropped.
pub(in crate::bench) struct Durable {
    script: PathBuf,
    url: String,
}

impl Durable {
    pub(in crate::bench) fn start(root: &Path) -> Result<Self, Failure> {
        let script = root.join("scripts/postgres-for-tests");
        let started = Command::new(&script).arg("start").env("DURABLE", "1").output()?;
        if !started.status.success() {
            return Err(String::from_utf8_lossy(&started.stderr).into_owned().into());
        }
        let url = String::from_utf8(started.stdout)?.trim().to_owned();
        Ok(Self { script, url })
    }

    pub(in crate::bench) fn url(&self) -> &str {
        &self.url
    }

    /// A copy of a database of this cluster, under another name.
    pub(super) async fn copy(&self, of: &str, name: &str) -> Result<String, Failure> {
        let (server, from) = of.rsplit_once('/').ok_or("a URL without a database")?;
        let mut conn = PgConnection::connect(&self.url).await?;
        let sql = format!("CREATE DATABASE {name} TEMPLATE {from} STRATEGY file_copy");
        sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await?;
        sqlx::query("CHECKPOINT").execute(&mut conn).await?;
        Ok(format!("{server}/{name}"))
    }
}

impl Drop for Durable {
    fn drop(&mut self) {
        // A cluster that does not stop now stops by itself when nobody uses it any more.
        let _ = Command::new(&self.script).arg("stop").env("DURABLE", "1").status();
    }
}
