//! Projections: day pages and stays, kept as they are given. They can be derived from the log.

use domain::{Day, GroupId, IdentityId, JoinManner, LeaveManner, Millis, OrgId, Seq};

use crate::fault::{Fault, Result};
use crate::sql::Row;
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::{postgres, sqlite, tiers};

/// The page of one day of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The civil day in the group's zone.
    pub day: Day,
    /// Version of the settings under which it was judged.
    pub settings_version: u32,
    /// The last fact that it knows of.
    pub through_seq: Seq,
    /// The packed page.
    pub bytes: Vec<u8>,
}

/// One period of somebody in a group (第几次入群).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Who.
    pub identity: IdentityId,
    /// The how-manieth stay, from 1.
    pub n: u32,
    /// Since when; `None` when that lies before the data.
    pub joined: Option<Millis>,
    /// How the person came in.
    pub how: JoinManner,
    /// Who brought the person in, or nobody.
    pub by: IdentityId,
    /// Until when, and how; `None` while it lasts.
    pub left: Option<(Millis, LeaveManner)>,
}

/// Pages and stays of one group, which replace what was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Projection {
    /// Whose.
    pub group: GroupId,
    /// [`crate::GroupRow::revision`] when the facts were read.
    pub revision: i64,
    /// Pages of this day and later are replaced; `None` replaces all.
    pub from_day: Option<Day>,
    /// The new pages.
    pub pages: Vec<Page>,
    /// All stays of the group; `None` leaves the stays as they are.
    pub stays: Option<Vec<Stay>>,
}

impl Store {
    /// Replaces pages and stays of groups, in one transaction. [`Fault::Stale`] when a group
    /// changed since its revision was read: read its facts again.
    pub async fn replace_projections(
        &self,
        org: OrgId,
        projections: Vec<Projection>,
    ) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let from = |one: &Projection| (one.group, one.from_day);
                let changed: Vec<_> = projections.iter().map(from).collect();
                tiers::mark(&mut conn, org, &changed).await?;
                for projection in projections {
                    check(&mut conn, org, &projection).await?;
                    put(&mut conn, org, &projection).await?;
                }
                tiers::mark(&mut conn, org, &changed).await
            })
        }))
        .await
    }

    /// Pages of one group from one day to another (both included), in the order of days.
    pub async fn pages(
        &self,
        org: OrgId,
        group: GroupId,
        from: Option<Day>,
        to: Option<Day>,
    ) -> Result<Vec<Page>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT day, settings_version, through_seq, page FROM pages \
                           WHERE org = $1 AND grp = $2 AND day BETWEEN $3 AND $4 ORDER BY day";
                let [from, to] =
                    [from.map_or(i32::MIN, |day| day.0), to.map_or(i32::MAX, |day| day.0)];
                let values =
                    [org.0.into(), group.0.into(), i64::from(from).into(), i64::from(to).into()];
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(page).collect()
            })
        }))
        .await
    }

    /// How far the pages of one group know its log, and how many pages there are: what is worked
    /// out from the pages stays true while this and the group's revision stay as they are.
    pub async fn pages_mark(&self, org: OrgId, group: GroupId) -> Result<(Seq, i64)> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT COALESCE(MAX(through_seq), 0), COUNT(*) FROM pages \
                           WHERE org = $1 AND grp = $2";
                match conn.row(sql, &[org.0.into(), group.0.into()]).await? {
                    Some(row) => Ok((Seq(row.int(0)?), row.int(1)?)),
                    None => Ok((Seq(0), 0)),
                }
            })
        }))
        .await
    }

    /// Stays of one group, by identity and number.
    pub async fn stays(&self, org: OrgId, group: GroupId) -> Result<Vec<Stay>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT identity, n, joined_at, how, brought_by, left_at, left_how \
                           FROM stays WHERE org = $1 AND grp = $2 ORDER BY identity, n";
                let rows = conn.rows(sql, &[org.0.into(), group.0.into()]).await?;
                rows.into_iter().map(|row| stay(&row)).collect()
            })
        }))
        .await
    }
}

async fn check(conn: &mut Conn<'_>, org: OrgId, projection: &Projection) -> Result<()> {
    let group = projection.group;
    // Whoever changes the past waits until the pages are written (`groups::lock_past`); whoever
    // goes on at the end of the log does not.
    let sql = match conn {
        Conn::Sqlite(_) => "SELECT revision FROM groups WHERE org = $1 AND id = $2",
        Conn::Postgres(_) => "SELECT revision FROM groups WHERE org = $1 AND id = $2 FOR KEY SHARE",
    };
    let row = conn.row(sql, &[org.0.into(), group.0.into()]).await?;
    let revision = row.ok_or(Fault::Missing { what: "group", id: group.0 })?.int(0)?;
    if revision == projection.revision { Ok(()) } else { Err(Fault::Stale { group }) }
}

/// Replaces pages and stays of a group.
pub(crate) async fn put(conn: &mut Conn<'_>, org: OrgId, projection: &Projection) -> Result<()> {
    let group = projection.group;
    let from = projection.from_day.map_or(i32::MIN, |day| day.0);
    let sql = "DELETE FROM pages WHERE org = $1 AND grp = $2 AND day >= $3";
    conn.run(sql, &[org.0.into(), group.0.into(), i64::from(from).into()]).await?;
    match conn {
        Conn::Sqlite(conn) => sqlite::put_pages(conn, org, group, &projection.pages)?,
        Conn::Postgres(conn) => postgres::put_pages(conn, org, group, &projection.pages).await?,
    }
    let Some(stays) = &projection.stays else { return Ok(()) };
    let whose = [org.0.into(), group.0.into()];
    conn.run("DELETE FROM stays WHERE org = $1 AND grp = $2", &whose).await?;
    let list: Vec<_> = stays
        .iter()
        .map(|stay| {
            let left = stay.left.map(|(at, how)| (at.0, how as u8)).unzip();
            let joined = stay.joined.map(|at| at.0);
            (stay.identity.0, stay.n, joined, stay.how as u8, stay.by.0, left.0, left.1)
        })
        .collect();
    let sql = "INSERT INTO stays \
               (org, grp, identity, n, joined_at, how, brought_by, left_at, left_how) \
               SELECT $1, $2, w.identity, w.n, w.joined_at, w.how, w.brought_by, w.left_at, \
               w.left_how FROM {rows:$3(identity int, n int, joined_at int, how int, \
               brought_by int, left_at int, left_how int)} AS w";
    let list = serde_json::json!(list).to_string();
    conn.run(sql, &[org.0.into(), group.0.into(), list.as_str().into()]).await?;
    Ok(())
}

pub(crate) fn page(mut row: Row) -> Result<Page> {
    Ok(Page {
        day: Day(row.small(0)?),
        settings_version: row.small(1)?,
        through_seq: Seq(row.int(2)?),
        bytes: row.bytes(3)?,
    })
}

fn stay(row: &Row) -> Result<Stay> {
    let left = row.opt_int(5)?.map(Millis);
    let left_how = row.opt_int(6)?.unwrap_or(0);
    let odd = |what: &str| Fault::Damaged { what: format!("a stay has an unknown {what}") };
    let how = JoinManner::from_code(row.small(3)?).ok_or_else(|| odd("manner of joining"))?;
    let left_how = u8::try_from(left_how).ok().and_then(LeaveManner::from_code);
    let left_how = left_how.ok_or_else(|| odd("manner of leaving"))?;
    Ok(Stay {
        identity: IdentityId(row.small(0)?),
        n: row.small(1)?,
        joined: row.opt_int(2)?.map(Millis),
        how,
        by: IdentityId(row.small(4)?),
        left: left.map(|at| (at, left_how)),
    })
}
