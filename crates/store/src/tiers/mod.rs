//! Tiers above the day pages, kept as they are given: organisation-days, organisation-months and
//! where each group stands; and the days whose pages changed since.
//!
//! Invariants: a changed page marks its day in the same transaction; a mark goes away only with
//! the tier that knows the change; `made_at` grows with every write of an organisation, so that a
//! reader who remembers the highest one sees all that came later.

mod facts;

use domain::{Day, GroupId, Millis, OrgId};

use crate::fault::Result;
use crate::groups::lock_organisation;
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;

pub use facts::Told;

/// A day of a group whose page changed since its tier was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleDay {
    /// Whose.
    pub group: GroupId,
    /// Which.
    pub day: Day,
    /// How often it changed: given back with what was made of it.
    pub n: i64,
}

/// One row of a tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TierRow<K> {
    /// Whose: the day, the first day of the month, or the group.
    pub key: K,
    /// When it was made; grows.
    pub made_at: i64,
    /// As it was given.
    pub body: Vec<u8>,
}

/// What was made, to be written together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierWrite {
    /// Organisation-days.
    pub days: Vec<(Day, Vec<u8>)>,
    /// Organisation-months, by their first day.
    pub months: Vec<(Day, Vec<u8>)>,
    /// Where groups stand.
    pub standings: Vec<(GroupId, Vec<u8>)>,
    /// The marks that it answers.
    pub done: Vec<StaleDay>,
    /// Now.
    pub now: Millis,
}

/// Marks the days of these groups that have a page, from a day on.
pub(crate) async fn mark(
    conn: &mut Conn<'_>,
    org: OrgId,
    groups: &[(GroupId, Option<Day>)],
) -> Result<()> {
    let from = |day: Option<Day>| day.map_or(i32::MIN, |day| day.0);
    let list: Vec<_> = groups.iter().map(|(group, day)| (group.0, from(*day))).collect();
    let sql = "INSERT INTO tier_stale (org, grp, day, n) \
               SELECT p.org, p.grp, p.day, 1 FROM {rows:$2(grp int, since int)} AS w \
               JOIN pages p ON p.org = $1 AND p.grp = w.grp AND p.day >= w.since WHERE true \
               ON CONFLICT (org, grp, day) DO UPDATE SET n = tier_stale.n + 1";
    let list = serde_json::json!(list).to_string();
    conn.run(sql, &[org.0.into(), list.as_str().into()]).await?;
    Ok(())
}

impl Store {
    /// Days whose tiers are late, the newest first: at most `limit`.
    pub async fn stale_days(&self, org: OrgId, limit: u32) -> Result<Vec<StaleDay>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT grp, day, n FROM tier_stale WHERE org = $1 \
                           ORDER BY day DESC, grp LIMIT $2";
                let rows = conn.rows(sql, &[org.0.into(), i64::from(limit).into()]).await?;
                rows.into_iter().map(|row| stale(&row)).collect()
            })
        }))
        .await
    }

    /// Writes tiers and takes the marks away that they answer, unless these changed meanwhile.
    pub async fn put_tiers(&self, org: OrgId, write: TierWrite) -> Result<()> {
        self.write(job(move |mut conn| Box::pin(async move { put(&mut conn, org, write).await })))
            .await
    }

    /// Organisation-days made after `since`.
    pub async fn org_days(&self, org: OrgId, since: i64) -> Result<Vec<TierRow<Day>>> {
        let sql = "SELECT day, made_at, body FROM org_days WHERE org = $1 AND made_at > $2";
        self.tier_rows(sql, org, since, |row| Ok(Day(row.small(0)?))).await
    }

    /// Organisation-months made after `since`, by their first day.
    pub async fn org_months(&self, org: OrgId, since: i64) -> Result<Vec<TierRow<Day>>> {
        let sql = "SELECT day, made_at, body FROM org_months WHERE org = $1 AND made_at > $2";
        self.tier_rows(sql, org, since, |row| Ok(Day(row.small(0)?))).await
    }

    /// Standings of groups made after `since`.
    pub async fn standings(&self, org: OrgId, since: i64) -> Result<Vec<TierRow<GroupId>>> {
        let sql = "SELECT grp, made_at, body FROM standings WHERE org = $1 AND made_at > $2";
        self.tier_rows(sql, org, since, |row| Ok(GroupId(row.int(0)?))).await
    }

    async fn tier_rows<K: Send + 'static>(
        &self,
        sql: &'static str,
        org: OrgId,
        since: i64,
        key: fn(&Row) -> Result<K>,
    ) -> Result<Vec<TierRow<K>>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &[org.0.into(), since.into()]).await?;
                rows.into_iter()
                    .map(|mut row| {
                        let (key, made_at) = (key(&row)?, row.int(1)?);
                        Ok(TierRow { key, made_at, body: row.bytes(2)? })
                    })
                    .collect()
            })
        }))
        .await
    }
}

async fn put(conn: &mut Conn<'_>, org: OrgId, write: TierWrite) -> Result<()> {
    lock_organisation(conn, org).await?;
    let last = "SELECT MAX(at) FROM (SELECT MAX(made_at) AS at FROM org_days WHERE org = $1 \
                UNION ALL SELECT MAX(made_at) FROM org_months WHERE org = $1 \
                UNION ALL SELECT MAX(made_at) FROM standings WHERE org = $1) AS made";
    let last = conn.row(last, &[org.0.into()]).await?;
    let last = last.map(|row| row.opt_int(0)).transpose()?.flatten().unwrap_or(0);
    let at = write.now.0.max(last + 1);
    let sql = "INSERT INTO org_days (org, day, version, made_at, body) VALUES ($1, $2, 1, $3, $4) \
               ON CONFLICT (org, day) DO UPDATE SET made_at = excluded.made_at, \
               body = excluded.body";
    for (day, body) in write.days {
        conn.run(sql, &values(org, i64::from(day.0), at, body)).await?;
    }
    let sql = "INSERT INTO org_months (org, day, version, made_at, body) \
               VALUES ($1, $2, 1, $3, $4) ON CONFLICT (org, day) \
               DO UPDATE SET made_at = excluded.made_at, body = excluded.body";
    for (day, body) in write.months {
        conn.run(sql, &values(org, i64::from(day.0), at, body)).await?;
    }
    // A group that is gone meanwhile stands nowhere.
    let sql = "INSERT INTO standings (org, grp, version, made_at, body) \
               SELECT g.org, g.id, 1, $3, $4 FROM groups g WHERE g.org = $1 AND g.id = $2 \
               ON CONFLICT (org, grp) DO UPDATE SET made_at = excluded.made_at, \
               body = excluded.body";
    for (group, body) in write.standings {
        conn.run(sql, &values(org, group.0, at, body)).await?;
    }
    let done: Vec<_> =
        write.done.iter().map(|stale| (stale.group.0, stale.day.0, stale.n)).collect();
    let sql = "DELETE FROM tier_stale WHERE org = $1 AND (grp, day, n) IN \
               (SELECT w.grp, w.day, w.n FROM {rows:$2(grp int, day int, n int)} AS w)";
    let done = serde_json::json!(done).to_string();
    conn.run(sql, &[org.0.into(), done.as_str().into()]).await?;
    Ok(())
}

fn values(org: OrgId, key: i64, at: i64, body: Vec<u8>) -> [Value; 4] {
    [org.0.into(), key.into(), at.into(), body.into()]
}

fn stale(row: &Row) -> Result<StaleDay> {
    Ok(StaleDay { group: GroupId(row.int(0)?), day: Day(row.small(1)?), n: row.int(2)? })
}
