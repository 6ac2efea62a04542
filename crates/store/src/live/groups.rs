//! Opening live groups and listing them.
//!
//! Invariant: a live group has a head; whatever imports say later, it keeps its name and zone.

use domain::{GroupId, Millis, OrgId};

use crate::fault::Result;
use crate::groups::{lock_organisation, packed, take_number};
use crate::live::{LiveGroupRow, NewLiveGroup};
use crate::sql::{Conn, Row, job};
use crate::store::Store;

/// Live groups as lists show them.
macro_rules! list {
    ($which:literal) => {
        concat!(
            "SELECT g.id, g.platform, g.key, g.name, g.zone, g.founded_at, \
             (SELECT COUNT(*) FROM members m WHERE m.org = g.org AND m.grp = g.id \
             AND m.left_at IS NULL), \
             (SELECT COUNT(*) FROM tasks t WHERE t.org = g.org AND t.grp = g.id \
             AND t.state = 0), \
             (SELECT s.to_at FROM spans s WHERE s.org = g.org AND s.grp = g.id \
             ORDER BY s.first_seq DESC LIMIT 1) \
             FROM heads h JOIN groups g ON g.org = h.org AND g.id = h.grp \
             WHERE h.org = $1 ",
            $which
        )
    };
}

impl Store {
    /// Finds the group by its platform and key, or makes it, and gives it a head. One that is
    /// live already stays as it is.
    pub async fn open_live_group(&self, org: OrgId, new: NewLiveGroup) -> Result<GroupId> {
        self.write(job(move |mut conn| Box::pin(async move { open(&mut conn, org, &new).await })))
            .await
    }

    /// All live groups of an organisation, in the order in which they came.
    pub async fn live_groups(&self, org: OrgId) -> Result<Vec<LiveGroupRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = list!("ORDER BY g.id");
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                rows.into_iter().map(live_group).collect()
            })
        }))
        .await
    }

    /// One live group.
    pub async fn live_group(&self, org: OrgId, group: GroupId) -> Result<Option<LiveGroupRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = list!("AND h.grp = $2");
                let row = conn.row(sql, &[org.0.into(), group.0.into()]).await?;
                row.map(live_group).transpose()
            })
        }))
        .await
    }

    /// Live groups whose pages do not know all of their log.
    pub async fn behind(&self, org: OrgId) -> Result<Vec<GroupId>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT g.id FROM heads h JOIN groups g ON g.org = h.org \
                           AND g.id = h.grp WHERE h.org = $1 AND g.next_seq - 1 > \
                           COALESCE((SELECT MAX(p.through_seq) FROM pages p \
                           WHERE p.org = g.org AND p.grp = g.id), 0) ORDER BY g.id";
                let rows = conn.rows(sql, &[org.0.into()]).await?;
                rows.into_iter().map(|row| Ok(GroupId(row.int(0)?))).collect()
            })
        }))
        .await
    }
}

/// Finds the group by its platform and key, or makes it, and gives it a head.
pub(crate) async fn open(conn: &mut Conn<'_>, org: OrgId, new: &NewLiveGroup) -> Result<GroupId> {
    lock_organisation(conn, org).await?;
    let key = [org.0.into(), new.platform.as_str().into(), new.key.as_str().into()];
    let find = "SELECT g.id, h.grp FROM groups g LEFT JOIN heads h ON h.org = g.org \
                AND h.grp = g.id WHERE g.org = $1 AND g.platform = $2 AND g.key = $3";
    let known = conn.row(find, &key).await?;
    let id = match &known {
        Some(row) if row.opt_int(1)?.is_some() => return Ok(GroupId(row.int(0)?)),
        Some(row) => row.int(0)?,
        None => take_number(conn, org).await?,
    };
    let [org, platform, key] = key;
    let of_group = [
        org.clone(),
        id.into(),
        platform,
        key,
        new.name.as_str().into(),
        new.zone.as_str().into(),
        new.founded.0.into(),
        packed(new.evidence).into(),
    ];
    // A group that imports told of becomes live: its founding stays the earliest one.
    let put = "INSERT INTO groups \
               (org, id, platform, key, name, zone, founded_at, evidence, revision) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) \
               ON CONFLICT (org, id) DO UPDATE SET name = excluded.name, zone = excluded.zone, \
               founded_at = CASE WHEN groups.founded_at < excluded.founded_at \
               THEN groups.founded_at ELSE excluded.founded_at END, \
               evidence = excluded.evidence, revision = groups.revision + 1";
    conn.run(put, &of_group).await?;
    let head = "INSERT INTO heads (org, grp, state) VALUES ($1, $2, $3)";
    conn.run(head, &[org, id.into(), Vec::new().into()]).await?;
    Ok(GroupId(id))
}

fn live_group(mut row: Row) -> Result<LiveGroupRow> {
    Ok(LiveGroupRow {
        group: GroupId(row.int(0)?),
        platform: row.text(1)?,
        key: row.text(2)?,
        name: row.text(3)?,
        zone: row.text(4)?,
        founded: row.opt_int(5)?.map(Millis),
        members: row.small(6)?,
        open_tasks: row.small(7)?,
        last: row.opt_int(8)?.map(Millis),
    })
}
