//! Organisations, and how one is taken away whole.
//!
//! Invariant: a number is never given twice, so that whoever still works on a wiped organisation
//! finds nothing instead of another's groups.

use domain::OrgId;

use crate::fault::{Fault, Result};
use crate::groups::lock_organisation;
use crate::live::Organisation;
use crate::sql::{Conn, TABLES, Table, job};
use crate::store::Store;

/// The one that exists from the beginning.
const FIRST: OrgId = OrgId(1);

impl Store {
    /// All organisations, by number. The first one, number 1, exists from the beginning.
    pub async fn organisations(&self) -> Result<Vec<Organisation>> {
        self.read(job(|mut conn| {
            Box::pin(async move {
                let sql = "SELECT id, name, demo FROM organisations ORDER BY id";
                let mut all = Vec::new();
                for mut row in conn.rows(sql, &[]).await? {
                    let (id, demo) = (OrgId(row.int(0)?), row.int(2)? != 0);
                    all.push(Organisation { id, name: row.text(1)?, demo });
                }
                Ok(all)
            })
        }))
        .await
    }

    /// Adds an organisation.
    pub async fn add_organisation(&self, name: &str) -> Result<OrgId> {
        self.add(name, 0).await
    }

    /// Adds an organisation that is marked as made for a demonstration.
    pub async fn add_demo_organisation(&self, name: &str) -> Result<OrgId> {
        self.add(name, 1).await
    }

    async fn add(&self, name: &str, demo: i64) -> Result<OrgId> {
        let name = name.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let next = "UPDATE counters SET next = next + 1 WHERE name = 'organisation' \
                            RETURNING next - 1";
                let row = conn.row(next, &[]).await?;
                let id = row.ok_or(Fault::Missing { what: "counter", id: 0 })?.int(0)?;
                let sql = "INSERT INTO organisations (id, name, demo) VALUES ($1, $2, $3)";
                conn.run(sql, &[id.into(), name.as_str().into(), demo.into()]).await?;
                Ok(OrgId(id))
            })
        }))
        .await
    }

    /// Takes an organisation away with everything in it; how many rows that were. The first one
    /// is refused ([`Fault::KeptOrganisation`]), and so is any while an import runs
    /// ([`Fault::ImportRunning`]). Who still holds its groups finds that its fences are lost.
    pub async fn wipe_organisation(&self, org: OrgId) -> Result<u64> {
        if org == FIRST {
            return Err(Fault::KeptOrganisation { org });
        }
        let mut turn = self.turn().await?.ok_or(Fault::ImportRunning)?;
        let work = job(move |mut conn| Box::pin(async move { wipe(&mut conn, org).await }));
        let wiped = turn.write(work).await;
        turn.end().await;
        wiped
    }
}

async fn wipe(conn: &mut Conn<'_>, org: OrgId) -> Result<u64> {
    lock_organisation(conn, org).await?;
    let whose = [org.0.into()];
    // A commit on its way ends first; the next one finds no head.
    let mut rows = conn.run("DELETE FROM heads WHERE org = $1", &whose).await?;
    // Backwards: tables stand after those that their foreign keys name.
    let of_organisation = |table: &&Table| table.columns.iter().any(|(name, _)| *name == "org");
    for table in TABLES.iter().rev().filter(of_organisation) {
        rows += conn.run(table.wipe, &whose).await?;
    }
    // Counters within the organisation (`audit:2`): its number is never given again.
    conn.run(
        "DELETE FROM counters WHERE name LIKE '%:' || $1",
        &[org.0.to_string().as_str().into()],
    )
    .await?;
    rows += conn.run("DELETE FROM organisations WHERE id = $1", &whose).await?;
    Ok(rows)
}
