//! What a leaver has, and giving it to somebody else: one transaction for each group.
//!
//! Invariant: a group never stands without owner in between; notes keep who wrote them.

use domain::{GroupId, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::team::Acting;
use crate::team::note;
use crate::team::rows::whose;

/// A group that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptGroup {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// As owner; otherwise as back-up.
    pub as_owner: bool,
    /// Its open tasks.
    pub tasks: u32,
}

/// What somebody has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// Groups, as owner or back-up.
    pub groups: Vec<KeptGroup>,
    /// Notes that they wrote or look after.
    pub notes: u32,
}

/// What handing over came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handed {
    /// Done; so many open tasks or notes went along.
    Done(u32),
    /// It was not theirs any more: nothing to do.
    NotTheirs,
    /// Who was to take it is locked out, may only read, or is not there.
    NoTaker,
}

const KEPT: &str = "SELECT c.grp, g.name, CASE WHEN c.owner = $2 THEN 1 ELSE 0 END, \
                    (SELECT COUNT(*) FROM tasks t WHERE t.org = c.org AND t.grp = c.grp \
                    AND t.state = 0) FROM group_cards c \
                    JOIN groups g ON g.org = c.org AND g.id = c.grp \
                    WHERE c.org = $1 AND (c.owner = $2 OR c.backup = $2) ORDER BY g.name, c.grp";
const NOTES: &str = "SELECT COUNT(*) FROM notes WHERE org = $1 AND gone_at IS NULL \
                     AND (keeper = $2 OR (staff = $2 AND keeper = 0))";
const TAKER: &str = "SELECT 1 FROM staff WHERE org = $1 AND id = $2 AND state = 0 \
                     AND role <> 'read_only'";
const OWNED: &str = "UPDATE group_cards SET owner = $4, changed_at = $5, \
                     backup = CASE WHEN backup IN ($3, $4) THEN 0 ELSE backup END \
                     WHERE org = $1 AND grp = $2 AND owner = $3";
const BACKED: &str = "UPDATE group_cards SET changed_at = $5, \
                      backup = CASE WHEN owner = $4 THEN 0 ELSE $4 END \
                      WHERE org = $1 AND grp = $2 AND backup = $3";
const TASKS: &str = "SELECT COUNT(*) FROM tasks WHERE org = $1 AND grp = $2 AND state = 0";
const TAKE_NOTES: &str = "UPDATE notes SET keeper = $3 WHERE org = $1 AND gone_at IS NULL \
                          AND (keeper = $2 OR (staff = $2 AND keeper = 0))";

impl Store {
    /// What somebody has.
    pub async fn holdings(&self, org: OrgId, staff: StaffId) -> Result<Holdings> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let mut groups = Vec::new();
                for mut row in conn.rows(KEPT, &whose(org, staff)).await? {
                    groups.push(KeptGroup {
                        group: GroupId(row.int(0)?),
                        name: row.text(1)?,
                        as_owner: row.int(2)? != 0,
                        tasks: row.small(3)?,
                    });
                }
                let notes = conn.row(NOTES, &whose(org, staff)).await?;
                Ok(Holdings { groups, notes: notes.map_or(Ok(0), |row| row.small(0))? })
            })
        }))
        .await
    }

    /// How many groups those who are locked out still keep: who, and how many.
    pub async fn left_behind(&self, org: OrgId) -> Result<Vec<(StaffId, u32)>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT s.id, COUNT(*) FROM staff s JOIN group_cards c \
                           ON c.org = s.org AND (c.owner = s.id OR c.backup = s.id) \
                           WHERE s.org = $1 AND s.state = 1 GROUP BY s.id ORDER BY s.id";
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                rows.iter().map(|row| Ok((StaffId(row.int(0)?), row.small(1)?))).collect()
            })
        }))
        .await
    }

    /// Gives a group (`acting.group`) with its open tasks from one to another, as owner or
    /// back-up, whichever it was.
    pub async fn hand_over_group(
        &self,
        (from, to): (StaffId, StaffId),
        acting: Acting,
    ) -> Result<Handed> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let (org, group) = (acting.org, acting.group.map_or(0, |group| group.0));
                if !is_taker(&mut conn, org, (from, to)).await? {
                    return Ok(Handed::NoTaker);
                }
                let values =
                    [org.0.into(), group.into(), from.0.into(), to.0.into(), acting.at.0.into()];
                let owned = conn.run(OWNED, &values).await?;
                let backed = conn.run(BACKED, &values).await?;
                if owned + backed == 0 {
                    return Ok(Handed::NotTheirs);
                }
                let tasks = conn.row(TASKS, &[org.0.into(), group.into()]).await?;
                note(&mut conn, &acting).await?;
                Ok(Handed::Done(tasks.map_or(Ok(0), |row| row.small(0))?))
            })
        }))
        .await
    }

    /// Gives the notes of one into the care of another; who wrote them stays.
    pub async fn hand_over_notes(
        &self,
        (from, to): (StaffId, StaffId),
        acting: Acting,
    ) -> Result<Handed> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                if !is_taker(&mut conn, org, (from, to)).await? {
                    return Ok(Handed::NoTaker);
                }
                let values = [org.0.into(), from.0.into(), to.0.into()];
                let taken = conn.run(TAKE_NOTES, &values).await?;
                if taken == 0 {
                    return Ok(Handed::NotTheirs);
                }
                note(&mut conn, &acting).await?;
                Ok(Handed::Done(u32::try_from(taken).unwrap_or(u32::MAX)))
            })
        }))
        .await
    }
}

async fn is_taker(conn: &mut Conn<'_>, org: OrgId, (from, to): (StaffId, StaffId)) -> Result<bool> {
    Ok(from != to && conn.row(TAKER, &whose(org, to)).await?.is_some())
}
