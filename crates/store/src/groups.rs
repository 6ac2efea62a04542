//! Groups as imports describe them, and the exporters that told of them.
//!
//! Invariant: a group shows what the latest whole import said of it; its evidence is that of all
//! whole imports together. A group that only a pending import knows is not seen. A live group
//! ([`crate::Store::open_live_group`]) keeps its own name, zone and evidence.

use domain::{Evidence, Extent, GroupId, ImportId, Millis, OrgId};

use crate::fault::{Fault, Result};
use crate::rows::Stream;
use crate::sql::Row;
use crate::sql::{Conn, job};
use crate::store::Store;

/// What an import says about a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupSaid {
    /// Platform word, such as `slack`.
    pub platform: String,
    /// Its key, unique in (organisation, platform).
    pub key: String,
    /// Name to show.
    pub name: String,
    /// IANA name of the zone in which its days are counted.
    pub zone: String,
    /// When it was founded, where the source shows it.
    pub founded: Option<Millis>,
    /// What this source can show.
    pub evidence: Evidence,
}

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupRow {
    /// Its number.
    pub id: GroupId,
    /// What the latest whole import said; `founded` is the earliest that any said, `evidence`
    /// that of all together.
    pub said: GroupSaid,
    /// Grows with each change of the group's past (an import, an undo). Projections computed at
    /// one revision are refused at another.
    pub revision: i64,
}

/// An exporter whose rows of this group carry no ids of the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamRow {
    /// Its number in the group.
    pub stream: Stream,
    /// The exporter's name, with whatever must agree between two exports to be aligned.
    pub exporter: String,
    /// IANA name of the zone in which its clock was read the first time.
    pub zone: String,
}

const COLUMNS: &str = "SELECT id, platform, key, name, zone, founded_at, evidence, revision \
                       FROM groups WHERE org = $1 AND revision > 0 ORDER BY id";
const BY_KEY: &str = "SELECT id, platform, key, name, zone, founded_at, evidence, revision \
                      FROM groups WHERE org = $1 AND platform = $2 AND key = $3 \
                      AND revision > 0";

const BY_ID: &str = "SELECT id, platform, key, name, zone, founded_at, evidence, revision \
                     FROM groups WHERE org = $1 AND id = $2 AND revision > 0";

impl Store {
    /// The group with this number.
    pub async fn group_numbered(&self, org: OrgId, id: GroupId) -> Result<Option<GroupRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                conn.row(BY_ID, &[org.0.into(), id.0.into()]).await?.map(group).transpose()
            })
        }))
        .await
    }

    /// All groups of an organisation, in the order in which they came.
    pub async fn groups(&self, org: OrgId) -> Result<Vec<GroupRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(COLUMNS, &[org.0.into()]).await?;
                rows.into_iter().map(group).collect()
            })
        }))
        .await
    }

    /// What all groups of an organisation are called, by number.
    pub async fn groups_called(&self, org: OrgId) -> Result<Vec<(GroupId, String)>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT id, name FROM groups WHERE org = $1 AND revision > 0 ORDER BY id";
                let rows = conn.rows(sql, &[org.0.into()]).await?.into_iter();
                rows.map(|mut row| Ok((GroupId(row.int(0)?), row.text(1)?))).collect()
            })
        }))
        .await
    }

    /// The group with this key on this platform.
    pub async fn group(&self, org: OrgId, platform: &str, key: &str) -> Result<Option<GroupRow>> {
        let values = [org.0.into(), platform.into(), key.into()];
        self.read(job(move |mut conn| {
            Box::pin(async move { conn.row(BY_KEY, &values).await?.map(group).transpose() })
        }))
        .await
    }

    /// The exporters without ids that told of a group.
    pub async fn streams(&self, org: OrgId, group: GroupId) -> Result<Vec<StreamRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT stream, exporter, zone FROM streams \
                           WHERE org = $1 AND grp = $2 ORDER BY stream";
                let rows = conn.rows(sql, &[org.0.into(), group.0.into()]).await?;
                rows.into_iter()
                    .map(|mut row| {
                        Ok(StreamRow {
                            stream: Stream(row.small(0)?),
                            exporter: row.text(1)?,
                            zone: row.text(2)?,
                        })
                    })
                    .collect()
            })
        }))
        .await
    }
}

fn group(mut row: Row) -> Result<GroupRow> {
    Ok(GroupRow {
        id: GroupId(row.int(0)?),
        said: GroupSaid {
            platform: row.text(1)?,
            key: row.text(2)?,
            name: row.text(3)?,
            zone: row.text(4)?,
            founded: row.opt_int(5)?.map(Millis),
            evidence: unpacked(row.int(6)?),
        },
        revision: row.int(7)?,
    })
}

/// Finds or makes the group and notes what this import says of it.
pub(crate) async fn say(
    mut conn: Conn<'_>,
    (org, import): (OrgId, ImportId),
    said: GroupSaid,
) -> Result<GroupId> {
    lock_organisation(&mut conn, org).await?;
    let key = [org.0.into(), said.platform.as_str().into(), said.key.as_str().into()];
    let find = "SELECT id FROM groups WHERE org = $1 AND platform = $2 AND key = $3";
    let id = match conn.row(find, &key).await? {
        Some(row) => row.int(0),
        None => make(&mut conn, org, &said).await,
    }?;
    let note = "INSERT INTO import_groups (org, import_id, grp, name, zone, founded_at, evidence) \
                VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org, import_id, grp) DO UPDATE \
                SET name = excluded.name, zone = excluded.zone, \
                founded_at = excluded.founded_at, evidence = excluded.evidence";
    let values = [
        org.0.into(),
        import.0.into(),
        id.into(),
        said.name.as_str().into(),
        said.zone.as_str().into(),
        said.founded.map(|at| at.0).into(),
        packed(said.evidence).into(),
    ];
    conn.run(note, &values).await?;
    Ok(GroupId(id))
}

async fn make(conn: &mut Conn<'_>, org: OrgId, said: &GroupSaid) -> Result<i64> {
    let id = take_number(conn, org).await?;
    let sql = "INSERT INTO groups (org, id, platform, key, name, zone, evidence) \
               VALUES ($1, $2, $3, $4, $5, '', 0)";
    let (platform, key) = (said.platform.as_str(), said.key.as_str());
    let name = said.name.as_str();
    let values = [org.0.into(), id.into(), platform.into(), key.into(), name.into()];
    conn.run(sql, &values).await?;
    Ok(id)
}

/// The number of a new group.
pub(crate) async fn take_number(conn: &mut Conn<'_>, org: OrgId) -> Result<i64> {
    let next = "UPDATE organisations SET next_group = next_group + 1 WHERE id = $1 \
                RETURNING next_group - 1";
    let row = conn.row(next, &[org.0.into()]).await?;
    row.ok_or(Fault::Missing { what: "organisation", id: org.0 })?.int(0)
}

/// Lets nobody else make groups or identities of this organisation until the transaction ends.
pub(crate) async fn lock_organisation(conn: &mut Conn<'_>, org: OrgId) -> Result<()> {
    let sql = "UPDATE organisations SET next_group = next_group WHERE id = $1";
    match conn.run(sql, &[org.0.into()]).await? {
        0 => Err(Fault::Missing { what: "organisation", id: org.0 }),
        _ => Ok(()),
    }
}

/// The number of this exporter in the group, given on first sight.
pub(crate) async fn stream(
    mut conn: Conn<'_>,
    (org, group): (OrgId, GroupId),
    exporter: String,
    zone: String,
) -> Result<Stream> {
    let find = "SELECT stream FROM streams WHERE org = $1 AND grp = $2 AND exporter = $3";
    let key = [org.0.into(), group.0.into(), exporter.as_str().into()];
    if let Some(row) = conn.row(find, &key).await? {
        return Ok(Stream(row.small(0)?));
    }
    let make = "INSERT INTO streams (org, grp, stream, exporter, zone) \
                SELECT $1, $2, COALESCE(MAX(stream), 0) + 1, $3, $4 FROM streams \
                WHERE org = $1 AND grp = $2 RETURNING stream";
    let [org, group, exporter] = key;
    let row = conn.row(make, &[org, group, exporter, zone.as_str().into()]).await?;
    row.map_or(Ok(Stream::PLATFORM), |row| Ok(Stream(row.small(0)?)))
}

/// Waits for pages of the group that are being written, and keeps others off until the end of the
/// transaction. SQLite has one writer anyway.
async fn lock_past(conn: &mut Conn<'_>, org: OrgId, group: GroupId) -> Result<()> {
    if let Conn::Postgres(_) = conn {
        let sql = "SELECT 1 FROM groups WHERE org = $1 AND id = $2 FOR UPDATE";
        conn.row(sql, &[org.0.into(), group.0.into()]).await?;
    }
    Ok(())
}

/// Makes a group show what its whole imports said, after one was added or taken away. A live group
/// shows what it is itself; only its past has changed.
pub(crate) async fn settle(conn: &mut Conn<'_>, org: OrgId, group: GroupId) -> Result<()> {
    lock_past(conn, org, group).await?;
    if is_live(conn, org, group).await? {
        let sql = "UPDATE groups SET revision = revision + 1 WHERE org = $1 AND id = $2";
        return conn.run(sql, &[org.0.into(), group.0.into()]).await.map(drop);
    }
    let sql = "SELECT s.name, s.zone, s.founded_at, s.evidence FROM import_groups s \
               JOIN imports i ON i.org = s.org AND i.id = s.import_id AND i.state = 1 \
               WHERE s.org = $1 AND s.grp = $2 ORDER BY s.import_id";
    let (mut name, mut zone) = (String::new(), String::new());
    let (mut founded, mut evidence): (Option<i64>, Option<Evidence>) = (None, None);
    for mut row in conn.rows(sql, &[org.0.into(), group.0.into()]).await? {
        (name, zone) = (row.text(0)?, row.text(1)?);
        founded = match (founded, row.opt_int(2)?) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let more = unpacked(row.int(3)?);
        evidence = Some(evidence.map_or(more, |known| known.and(more)));
    }
    let sql = "UPDATE groups SET name = $3, zone = $4, founded_at = $5, evidence = $6, \
               revision = revision + 1 WHERE org = $1 AND id = $2";
    let values = [
        org.0.into(),
        group.0.into(),
        name.as_str().into(),
        zone.as_str().into(),
        founded.into(),
        packed(evidence.unwrap_or_default()).into(),
    ];
    conn.run(sql, &values).await?;
    Ok(())
}

/// Whether the group has a head.
pub(crate) async fn is_live(conn: &mut Conn<'_>, org: OrgId, group: GroupId) -> Result<bool> {
    let sql = "SELECT 1 FROM heads WHERE org = $1 AND grp = $2";
    Ok(conn.row(sql, &[org.0.into(), group.0.into()]).await?.is_some())
}

const EXTENTS: [Extent; 3] = [Extent::None, Extent::Partial, Extent::Full];

/// Two bits an extent, from messages up; then one bit.
pub(crate) fn packed(evidence: Evidence) -> i64 {
    let extents =
        [evidence.messages, evidence.joins, evidence.leaves, evidence.replies, evidence.reactions];
    let bits = extents.into_iter().rev().fold(0, |bits, extent| {
        let code = match extent {
            Extent::None => 0,
            Extent::Partial => 1,
            Extent::Full => 2,
        };
        bits << 2 | code
    });
    bits | i64::from(evidence.joins_are_connections) << 10
}

fn unpacked(bits: i64) -> Evidence {
    let extent = |at: u32| {
        let code = usize::try_from(bits >> (2 * at) & 3).unwrap_or(0);
        EXTENTS.get(code).copied().unwrap_or_default()
    };
    Evidence {
        messages: extent(0),
        joins: extent(1),
        leaves: extent(2),
        replies: extent(3),
        reactions: extent(4),
        joins_are_connections: bits >> 10 & 1 == 1,
    }
}
