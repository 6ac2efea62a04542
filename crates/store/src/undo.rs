//! Taking an import out of the log again: on demand, or because its process died.
//!
//! Invariant: afterwards nothing is left of it but its row in the list (not even that, when it was
//! never whole), and the numbers it used, which are not given again.

use domain::{GroupId, ImportId, OrgId};

use crate::fault::{Fault, Result};
use crate::sql::Value;
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::team::{Acting, note};
use crate::{groups, identities, tiers};

/// What an undo did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Facts removed.
    pub facts: u64,
    /// Groups that remain, now without pages and stays: derive them again.
    pub groups: Vec<GroupId>,
    /// Later whole imports into the same groups. What they told twice was not stored again, so
    /// they must be imported once more if they overlap.
    pub later: Vec<ImportId>,
}

impl Store {
    /// Undoes an import that is whole: removes its facts and words, and the groups and identities
    /// that no other import knows. [`Fault::ImportRunning`] when an import runs.
    pub async fn undo_import(&self, org: OrgId, import: ImportId) -> Result<Undone> {
        self.undo_import_by(org, import, None).await
    }

    /// The same, with the line of the audit log of whoever does it.
    pub async fn undo_import_by(
        &self,
        org: OrgId,
        import: ImportId,
        by: Option<Acting>,
    ) -> Result<Undone> {
        let mut turn = self.turn().await?.ok_or(Fault::ImportRunning)?;
        let work = job(move |mut conn| {
            Box::pin(async move {
                let values = [org.0.into(), import.0.into()];
                let state = "SELECT state FROM imports WHERE org = $1 AND id = $2";
                let row = conn.row(state, &values).await?;
                let row = row.ok_or(Fault::Missing { what: "import", id: import.0 })?;
                if row.int(0)? != 1 {
                    return Err(Fault::NotWhole { import });
                }
                let undone = remove(&mut conn, org, import).await?;
                conn.run("UPDATE imports SET state = 2 WHERE org = $1 AND id = $2", &values)
                    .await?;
                let all_days: Vec<_> = undone.groups.iter().map(|group| (*group, None)).collect();
                tiers::mark(&mut conn, org, &all_days).await?;
                for group in &undone.groups {
                    let whose = [org.0.into(), group.0.into()];
                    conn.run("DELETE FROM pages WHERE org = $1 AND grp = $2", &whose).await?;
                    conn.run("DELETE FROM stays WHERE org = $1 AND grp = $2", &whose).await?;
                    groups::settle(&mut conn, org, *group).await?;
                }
                if let Some(acting) = by {
                    note(&mut conn, &acting).await?;
                }
                Ok(undone)
            })
        });
        let undone = turn.write(work).await;
        turn.end().await;
        undone
    }
}

/// Whether an import is pending.
pub(crate) async fn any_pending(mut conn: Conn<'_>) -> Result<bool> {
    Ok(conn.row("SELECT 1 FROM imports WHERE state = 0 LIMIT 1", &[]).await?.is_some())
}

/// Removes all pending imports; only for who holds the turn.
pub(crate) async fn sweep(mut conn: Conn<'_>) -> Result<()> {
    sweep_with(&mut conn).await
}

/// Removes all pending imports; only for who holds the turn.
pub(crate) async fn sweep_with(conn: &mut Conn<'_>) -> Result<()> {
    for row in conn.rows("SELECT org, id FROM imports WHERE state = 0", &[]).await? {
        let (org, import) = (OrgId(row.int(0)?), ImportId(row.int(1)?));
        remove(conn, org, import).await?;
        let values = [org.0.into(), import.0.into()];
        conn.run("DELETE FROM imports WHERE org = $1 AND id = $2", &values).await?;
    }
    Ok(())
}

/// Groups of which an import said something.
pub(crate) async fn groups_of(
    conn: &mut Conn<'_>,
    org: OrgId,
    import: ImportId,
) -> Result<Vec<GroupId>> {
    let sql = "SELECT grp FROM import_groups WHERE org = $1 AND import_id = $2 ORDER BY grp";
    let rows = conn.rows(sql, &[org.0.into(), import.0.into()]).await?;
    rows.iter().map(|row| Ok(GroupId(row.int(0)?))).collect()
}

/// Removes everything but the row in the list.
async fn remove(conn: &mut Conn<'_>, org: OrgId, import: ImportId) -> Result<Undone> {
    let whose = [org.0.into(), import.0.into()];
    let mut undone = Undone { facts: remove_facts(conn, &whose).await?, ..Undone::default() };
    let groups = groups_of(conn, org, import).await?;
    let later = "SELECT DISTINCT o.import_id FROM import_groups g JOIN import_groups o \
                 ON o.org = g.org AND o.grp = g.grp AND o.import_id > g.import_id \
                 WHERE g.org = $1 AND g.import_id = $2 ORDER BY o.import_id";
    for row in conn.rows(later, &whose).await? {
        undone.later.push(ImportId(row.int(0)?));
    }
    conn.run("DELETE FROM import_groups WHERE org = $1 AND import_id = $2", &whose).await?;
    for group in groups {
        if !remove_group(conn, org, group).await? {
            undone.groups.push(group);
        }
    }
    identities::take_back(conn, org, import).await?;
    Ok(undone)
}

async fn remove_facts(conn: &mut Conn<'_>, whose: &[Value]) -> Result<u64> {
    let spans = "SELECT org, grp, first_seq, last_seq FROM spans \
                 WHERE org = $1 AND import_id = $2";
    let mut count = 0;
    for span in conn.rows(spans, whose).await? {
        let facts = "DELETE FROM facts WHERE org = $1 AND grp = $2 AND seq BETWEEN $3 AND $4";
        count += conn.run(facts, &span.0).await?;
        let words = "DELETE FROM words WHERE org = $1 AND grp = $2 AND seq BETWEEN $3 AND $4";
        conn.run(words, &span.0).await?;
    }
    conn.run("DELETE FROM spans WHERE org = $1 AND import_id = $2", whose).await?;
    let streams = "DELETE FROM streams WHERE org = $1 AND grp IN (SELECT grp FROM import_groups \
                   WHERE org = $1 AND import_id = $2) AND NOT EXISTS (SELECT 1 FROM facts f \
                   WHERE f.org = streams.org AND f.grp = streams.grp \
                   AND f.stream = streams.stream)";
    conn.run(streams, whose).await?;
    Ok(count)
}

/// Removes the group when no import speaks of it any more and it is not live; whether it did.
async fn remove_group(conn: &mut Conn<'_>, org: OrgId, group: GroupId) -> Result<bool> {
    let whose = [org.0.into(), group.0.into()];
    let known = "SELECT 1 FROM import_groups WHERE org = $1 AND grp = $2 LIMIT 1";
    if conn.row(known, &whose).await?.is_some() || groups::is_live(conn, org, group).await? {
        return Ok(false);
    }
    tiers::mark(conn, org, &[(group, None)]).await?;
    for sql in [
        "DELETE FROM staff_groups WHERE org = $1 AND grp = $2",
        "DELETE FROM group_cards WHERE org = $1 AND grp = $2",
        "DELETE FROM group_tags WHERE org = $1 AND grp = $2",
        "DELETE FROM keeper_reports WHERE org = $1 AND grp = $2",
        "DELETE FROM main_groups WHERE org = $1 AND grp = $2",
        "DELETE FROM standings WHERE org = $1 AND grp = $2",
        "DELETE FROM pages WHERE org = $1 AND grp = $2",
        "DELETE FROM stays WHERE org = $1 AND grp = $2",
        "DELETE FROM streams WHERE org = $1 AND grp = $2",
        "DELETE FROM groups WHERE org = $1 AND id = $2",
    ] {
        conn.run(sql, &whose).await?;
    }
    Ok(true)
}
