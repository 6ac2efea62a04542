//! How the database is: what the doctor and the watching machines ask, in one moment.
//!
//! Invariant: looking writes nothing, and a database of another version is asked for nothing but
//! its version.

use domain::{Day, Millis, OrgId};

use crate::fault::Result;
use crate::sql::{Conn, Row, Value, job, newest};
use crate::store::Store;

/// Things that wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// How many.
    pub count: u64,
    /// Since when the oldest could have gone on.
    pub since: Option<Millis>,
}

/// How the database is, and what lies in it for an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vitals {
    /// Version of its schema, and the newest that this program knows. Where they differ nothing
    /// else is filled in.
    pub schema: (i64, i64),
    /// Its size in bytes.
    pub bytes: u64,
    /// Its size on earlier days, the earliest first.
    pub sizes: Vec<(Day, u64)>,
    /// Its clock; `None` where it has none of its own.
    pub clock: Option<Millis>,
    /// The key that signs cookies is there.
    pub has_key: bool,
    /// When it was backed up last.
    pub backup: Option<Millis>,
    /// An owner can come in.
    pub has_owner: bool,
    /// The last moment of the log.
    pub last_fact: Option<Millis>,
    /// Actions whose turn has come.
    pub outbox: Waits,
    /// Actions that failed for good in the last day and were not called done.
    pub failed: u64,
    /// Events that wait to be decided, of all organisations.
    pub intake: Waits,
    /// Events that were set aside.
    pub aside: u64,
    /// Groups without an owner who can come in, as Today counts them: a back-up is not one.
    pub ownerless: u64,
    /// Live groups whose pages do not know all of their log.
    pub pages_behind: u64,
    /// Days of groups that wait to be summed.
    pub tiers_behind: u64,
    /// Sessions that count.
    pub sessions: u64,
}

const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM schema_versions";
const SIZE_SQLITE: &str =
    "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
const SIZE_POSTGRES: &str = "SELECT pg_database_size(current_database())";
const CLOCK_POSTGRES: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
const SIZES: &str = "SELECT CAST(SUBSTR(name, 6) AS BIGINT), next FROM counters \
                     WHERE name LIKE 'size@%' ORDER BY 1";
const BACKUP: &str = "SELECT next FROM counters WHERE name = 'backup'";
const KEY: &str = "SELECT COUNT(*) FROM secrets WHERE name = 'cookies'";
const OWNER: &str = "SELECT COUNT(*) FROM staff WHERE org = $1 AND role = 'owner' AND state = 0";
const LAST_FACT: &str = "SELECT MAX(to_at) FROM spans WHERE org = $1";
const OUTBOX: &str = "SELECT COUNT(*), MIN(next_at) FROM outbox WHERE org = $1 AND state = 0 \
                      AND platform <> 'staff' AND next_at <= $2";
const FAILED: &str = "SELECT COUNT(*) FROM outbox o WHERE o.org = $1 AND o.state = 3 \
                      AND o.changed_at >= $2 AND NOT EXISTS (SELECT 1 FROM put_offs p \
                      WHERE p.org = o.org AND p.source = 'failures' AND p.key = 'action:' || \
                      CAST(o.grp AS TEXT) || ':' || CAST(o.seq AS TEXT) || ':' || \
                      CAST(o.n AS TEXT) AND p.level >= o.tries)";
const INTAKE: &str = "SELECT COUNT(*), MIN(received_at) FROM intake WHERE state = 0";
const ASIDE: &str = "SELECT COUNT(*) FROM intake WHERE state = 1 AND org = $1";
const OWNERLESS: &str = "SELECT COUNT(*) FROM groups g WHERE g.org = $1 AND NOT EXISTS \
                         (SELECT 1 FROM group_cards c JOIN staff s ON s.org = c.org \
                         AND s.id = c.owner AND s.state = 0 \
                         WHERE c.org = g.org AND c.grp = g.id)";
const PAGES_BEHIND: &str = "SELECT COUNT(*) FROM heads h JOIN groups g ON g.org = h.org \
                            AND g.id = h.grp WHERE h.org = $1 AND g.next_seq - 1 > \
                            COALESCE((SELECT MAX(p.through_seq) FROM pages p \
                            WHERE p.org = g.org AND p.grp = g.id), 0)";
const TIERS_BEHIND: &str = "SELECT COUNT(*) FROM tier_stale WHERE org = $1";
const SESSIONS: &str = "SELECT COUNT(*) FROM sessions WHERE org = $1 AND until_at > $2";

const BACKED_UP: &str = "INSERT INTO counters (name, next) VALUES ('backup', $1) \
                         ON CONFLICT (name) DO UPDATE SET next = excluded.next";
const SIZED: &str = "INSERT INTO counters (name, next) VALUES ($1, $2) \
                     ON CONFLICT (name) DO NOTHING";
const FORGET: &str = "DELETE FROM counters WHERE name LIKE 'size@%' \
                      AND CAST(SUBSTR(name, 6) AS BIGINT) < $1";

/// Days for which sizes are kept.
const SIZES_KEPT: i64 = 30;

impl Store {
    /// How the database is at this moment, with what lies in it for an organisation.
    pub async fn vitals(&self, org: OrgId, now: Millis) -> Result<Vitals> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let found = one(&mut conn, VERSION, &[]).await?;
                let mut vitals = Vitals { schema: (found, newest()), ..Vitals::default() };
                if found == newest() {
                    of_database(&mut conn, &mut vitals).await?;
                    of_organisation(&mut conn, &mut vitals, (org, now)).await?;
                }
                Ok(vitals)
            })
        }))
        .await
    }

    /// Notes that a backup was made.
    pub async fn backed_up(&self, now: Millis) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move { conn.run(BACKED_UP, &[now.0.into()]).await.map(drop) })
        }))
        .await
    }

    /// Notes the size that the database has today, once a day.
    pub async fn note_size(&self, today: Day) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let name = format!("size@{}", today.0);
                let bytes = size(&mut conn).await?;
                conn.run(SIZED, &[name.as_str().into(), bytes.into()]).await?;
                let oldest = i64::from(today.0) - SIZES_KEPT;
                conn.run(FORGET, &[oldest.into()]).await.map(drop)
            })
        }))
        .await
    }
}

async fn of_database(conn: &mut Conn<'_>, vitals: &mut Vitals) -> Result<()> {
    vitals.bytes = u64::try_from(size(conn).await?).unwrap_or(0);
    vitals.clock = match conn {
        Conn::Sqlite(_) => None,
        Conn::Postgres(_) => Some(Millis(one(conn, CLOCK_POSTGRES, &[]).await?)),
    };
    let sizes = conn.rows(SIZES, &[]).await?;
    let size = |row: Row| Ok((Day(row.small(0)?), row.small(1)?));
    vitals.sizes = sizes.into_iter().map(size).collect::<Result<_>>()?;
    vitals.has_key = one(conn, KEY, &[]).await? > 0;
    let backup = conn.row(BACKUP, &[]).await?;
    vitals.backup = backup.map(|row| row.int(0)).transpose()?.map(Millis);
    vitals.intake = waits(conn, INTAKE, &[]).await?;
    Ok(())
}

async fn of_organisation(
    conn: &mut Conn<'_>,
    vitals: &mut Vitals,
    (org, now): (OrgId, Millis),
) -> Result<()> {
    let of = [org.0.into()];
    let at = [org.0.into(), now.0.into()];
    let yesterday = [org.0.into(), (now.0 - Millis::DAY).into()];
    vitals.has_owner = one(conn, OWNER, &of).await? > 0;
    let last = conn.row(LAST_FACT, &of).await?;
    vitals.last_fact = last.map(|row| row.opt_int(0)).transpose()?.flatten().map(Millis);
    vitals.outbox = waits(conn, OUTBOX, &at).await?;
    let counts: [(&mut u64, &'static str, &[Value]); 6] = [
        (&mut vitals.failed, FAILED, &yesterday),
        (&mut vitals.aside, ASIDE, &of),
        (&mut vitals.ownerless, OWNERLESS, &of),
        (&mut vitals.pages_behind, PAGES_BEHIND, &of),
        (&mut vitals.tiers_behind, TIERS_BEHIND, &of),
        (&mut vitals.sessions, SESSIONS, &at),
    ];
    for (count, sql, values) in counts {
        *count = u64::try_from(one(conn, sql, values).await?).unwrap_or(0);
    }
    Ok(())
}

async fn size(conn: &mut Conn<'_>) -> Result<i64> {
    let sql = match conn {
        Conn::Sqlite(_) => SIZE_SQLITE,
        Conn::Postgres(_) => SIZE_POSTGRES,
    };
    one(conn, sql, &[]).await
}

/// The one number that a statement answers.
async fn one(conn: &mut Conn<'_>, sql: &'static str, values: &[Value]) -> Result<i64> {
    conn.row(sql, values).await?.map_or(Ok(0), |row| row.int(0))
}

async fn waits(conn: &mut Conn<'_>, sql: &'static str, values: &[Value]) -> Result<Waits> {
    let Some(row) = conn.row(sql, values).await? else { return Ok(Waits::default()) };
    Ok(Waits { count: row.small(0)?, since: row.opt_int(1)?.map(Millis) })
}
