//! Which identities are one person: merged, split, and undone.
//!
//! Invariant: one level. The person of a row has no row itself; merging somebody whose account
//! others were merged into moves them along. By, at and why of a row stay when it moves.

use std::collections::HashMap;

use domain::{IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::groups::lock_organisation;
use crate::people::MergeRow;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

const ALL: &str = "SELECT identity, person FROM merges WHERE org = $1";
const LEAD: &str = "SELECT COALESCE((SELECT m.person FROM merges m \
                    WHERE m.org = $1 AND m.identity = $2), i.id) \
                    FROM identities i WHERE i.org = $1 AND i.id = $2";
const OF: &str = "SELECT identity, person, by_staff, at, why FROM merges \
                  WHERE org = $1 AND person = $2 ORDER BY identity";
const MOVE: &str = "UPDATE merges SET person = $3 WHERE org = $1 AND person = $2";
const ADD: &str = "INSERT INTO merges (org, identity, person, by_staff, at, why) \
                   VALUES ($1, $2, $3, $4, $5, $6)";
const DROP: &str = "DELETE FROM merges WHERE org = $1 AND identity = $2";
const MOVE_ONE: &str = "UPDATE merges SET person = $3 WHERE org = $1 AND identity = $2";

impl Store {
    /// The leading identity of every identity that was merged. Who is not in it leads itself:
    /// people counted once are counted by `merges.get(&id).unwrap_or(&id)`.
    pub async fn merges(&self, org: OrgId) -> Result<HashMap<IdentityId, IdentityId>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(ALL, &[org.0.into()]).await?;
                let pair = |row: Row| Ok((IdentityId(row.small(0)?), IdentityId(row.small(1)?)));
                rows.into_iter().map(pair).collect()
            })
        }))
        .await
    }

    /// The leading identity of the person of an identity; `None` when there is no such identity.
    pub async fn lead(&self, org: OrgId, id: IdentityId) -> Result<Option<IdentityId>> {
        self.read(job(move |mut conn| Box::pin(async move { lead(&mut conn, org, id).await })))
            .await
    }

    /// Lets `from` and all merged into it belong to the person of `into`. The identities that
    /// moved, `from`'s leading one first; empty when they are one person already or unknown.
    pub async fn merge(
        &self,
        into: IdentityId,
        from: IdentityId,
        why: String,
        acting: Acting,
    ) -> Result<Vec<IdentityId>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                lock_organisation(&mut conn, org).await?;
                let into = lead(&mut conn, org, into).await?;
                let from = lead(&mut conn, org, from).await?;
                let (Some(into), Some(from)) = (into, from) else { return Ok(Vec::new()) };
                if into == from {
                    return Ok(Vec::new());
                }
                let mut moved = vec![from];
                moved.extend(of(&mut conn, org, from).await?.into_iter().map(|row| row.identity));
                let [from, into] = [from, into].map(|id| i64::from(id.0));
                conn.run(MOVE, &[org.0.into(), from.into(), into.into()]).await?;
                let (by, at) = (acting.staff.0, acting.at.0);
                let values =
                    [org.0.into(), from.into(), into.into(), by.into(), at.into(), (&*why).into()];
                conn.run(ADD, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(moved)
            })
        }))
        .await
    }

    /// Takes an identity out of its person again: it is a person of its own. When it led, the
    /// lowest of the others leads them. Whether it was together with others.
    pub async fn split(&self, id: IdentityId, acting: Acting) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                lock_organisation(&mut conn, org).await?;
                let alone = [org.0.into(), i64::from(id.0).into()];
                let mut done = conn.run(DROP, &alone).await? == 1;
                if let Some(next) = of(&mut conn, org, id).await?.first() {
                    let next = i64::from(next.identity.0);
                    conn.run(DROP, &[org.0.into(), next.into()]).await?;
                    let values = [org.0.into(), i64::from(id.0).into(), next.into()];
                    conn.run(MOVE, &values).await?;
                    done = true;
                }
                if done {
                    note(&mut conn, &acting).await?;
                }
                Ok(done)
            })
        }))
        .await
    }

    /// Takes a merge back: the identities that moved then are the person of the first of them
    /// again. False, and nothing done, when one of them is no longer merged into `into`.
    pub async fn unmerge(
        &self,
        into: IdentityId,
        moved: Vec<IdentityId>,
        acting: Acting,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                lock_organisation(&mut conn, org).await?;
                let now = of(&mut conn, org, into).await?;
                let there = |id: &IdentityId| now.iter().any(|row| row.identity == *id);
                let Some((first, others)) = moved.split_first() else { return Ok(false) };
                if !moved.iter().all(there) {
                    return Ok(false);
                }
                conn.run(DROP, &[org.0.into(), i64::from(first.0).into()]).await?;
                for other in others {
                    let [other, first] = [other, first].map(|id| i64::from(id.0));
                    conn.run(MOVE_ONE, &[org.0.into(), other.into(), first.into()]).await?;
                }
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }
}

/// The leading identity of the person of an identity.
pub(super) async fn lead(
    conn: &mut Conn<'_>,
    org: OrgId,
    id: IdentityId,
) -> Result<Option<IdentityId>> {
    let row = conn.row(LEAD, &[org.0.into(), i64::from(id.0).into()]).await?;
    row.map(|row| Ok(IdentityId(row.small(0)?))).transpose()
}

/// The identities merged into a leading one.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    org: OrgId,
    person: IdentityId,
) -> Result<Vec<MergeRow>> {
    let rows = conn.rows(OF, &[org.0.into(), i64::from(person.0).into()]).await?;
    let merge = |mut row: Row| {
        Ok(MergeRow {
            identity: IdentityId(row.small(0)?),
            person: IdentityId(row.small(1)?),
            by: StaffId(row.int(2)?),
            at: Millis(row.int(3)?),
            why: row.text(4)?,
        })
    };
    rows.into_iter().map(merge).collect()
}
