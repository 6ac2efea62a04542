//! Who may write a live group: a lease for a while, and a fence that every commit shows.
//!
//! Invariant: the fence of a head only grows, and grows when another process takes it over; so
//! whoever lost a group cannot commit to it, whatever its clock says. The lease itself stands
//! once for the process, not in every head.

use std::collections::HashMap;

use domain::{GroupId, OrgId, Seq};

use crate::fault::{Fault, Result};
use crate::live::{Head, Lease};
use crate::sql::{Conn, Row, job};
use crate::store::Store;

impl Store {
    /// Takes a group, or takes it again and reads its head; `None` while another process holds
    /// it. [`Fault::Missing`] when it is no live group.
    pub async fn hold_group(
        &self,
        org: OrgId,
        group: GroupId,
        lease: &Lease,
    ) -> Result<Option<Head>> {
        Ok(self.hold_groups(org, &[group], lease).await?.pop().flatten())
    }

    /// Takes many groups in one transaction; the answers stand in the order of `groups`.
    pub async fn hold_groups(
        &self,
        org: OrgId,
        groups: &[GroupId],
        lease: &Lease,
    ) -> Result<Vec<Option<Head>>> {
        let (groups, lease) = (groups.to_vec(), lease.clone());
        self.write(job(move |mut conn| {
            Box::pin(async move { hold(&mut conn, org, &groups, &lease).await })
        }))
        .await
    }

    /// Prolongs the lease of a process on all that it holds. `false` when it had run out before:
    /// others may have taken groups, which their fences will tell.
    pub async fn renew_lease(&self, lease: &Lease) -> Result<bool> {
        let lease = lease.clone();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT 1 FROM nodes WHERE name = $1 AND lease_until > $2";
                let values = [lease.node.as_str().into(), lease.now.0.into()];
                let held = conn.row(sql, &values).await?.is_some();
                prolong(&mut conn, &lease).await?;
                Ok(held)
            })
        }))
        .await
    }

    /// Gives back all groups that a process holds.
    pub async fn release_leases(&self, node: &str) -> Result<()> {
        let node = node.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM nodes WHERE name = $1";
                conn.run(sql, &[node.as_str().into()]).await.map(drop)
            })
        }))
        .await
    }
}

async fn prolong(conn: &mut Conn<'_>, lease: &Lease) -> Result<()> {
    let sql = "INSERT INTO nodes (name, lease_until) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET lease_until = excluded.lease_until";
    conn.run(sql, &[lease.node.as_str().into(), lease.until.0.into()]).await.map(drop)
}

async fn hold(
    conn: &mut Conn<'_>,
    org: OrgId,
    groups: &[GroupId],
    lease: &Lease,
) -> Result<Vec<Option<Head>>> {
    prolong(conn, lease).await?;
    let list: Vec<[i64; 1]> = groups.iter().map(|group| [group.0]).collect();
    let list = serde_json::json!(list).to_string();
    let whose = [org.0.into(), list.as_str().into()];
    let free = "UPDATE heads SET holder = $3, \
                fence = CASE WHEN holder = $3 THEN fence ELSE fence + 1 END \
                WHERE org = $1 AND grp IN (SELECT w.grp FROM {rows:$2(grp int)} AS w) \
                AND (holder = $3 OR NOT EXISTS (SELECT 1 FROM nodes n \
                WHERE n.name = heads.holder AND n.lease_until > $4)) \
                RETURNING grp, fence, state_version, state";
    let [org_value, groups_value] = whose.clone();
    let (node, now) = (lease.node.as_str().into(), lease.now.0.into());
    let taken = conn.rows(free, &[org_value, groups_value, node, now]).await?;
    // Read after the heads are locked: a commit on its way has ended by now.
    let places = "SELECT h.grp, g.next_seq FROM {rows:$2(grp int)} AS w CROSS JOIN heads h \
                  CROSS JOIN groups g WHERE h.org = $1 AND h.grp = w.grp \
                  AND g.org = $1 AND g.id = w.grp";
    let mut next = HashMap::new();
    for row in conn.rows(places, &whose).await? {
        next.insert(row.int(0)?, row.int(1)?);
    }
    let mut heads = HashMap::new();
    for row in taken {
        let head = head(row, &next)?;
        heads.insert(head.group, head);
    }
    if let Some(group) = groups.iter().find(|group| !next.contains_key(&group.0)) {
        return Err(Fault::Missing { what: "live group", id: group.0 });
    }
    Ok(groups.iter().map(|group| heads.get(group).cloned()).collect())
}

fn head(mut row: Row, next: &HashMap<i64, i64>) -> Result<Head> {
    let group = row.int(0)?;
    Ok(Head {
        group: GroupId(group),
        next: Seq(next.get(&group).copied().unwrap_or(1)),
        fence: row.int(1)?,
        state_version: row.small(2)?,
        state: row.bytes(3)?,
    })
}
