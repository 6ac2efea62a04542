//! The end of a group's log: facts get their places, and spans say whose they are and when.
//!
//! Invariant: places are dense within what was written, and every fact lies in exactly one span.

use domain::{GroupId, ImportId, Millis, OrgId, Seq};

use crate::fault::{Fault, Result};
use crate::rows::{NewFact, Stream};
use crate::sql::Conn;
use crate::{postgres, sqlite};

/// Facts in one span, at most; a reader holds a few spans in memory.
pub(crate) const SPAN_FACTS: i64 = 16_384;

/// Facts of one group, to be appended together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Whose keys the facts have.
    pub stream: Stream,
    /// The facts, best in the order of time; up to about 10,000.
    pub rows: Vec<NewFact>,
}

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Place of the first fact stored; the others follow without a gap.
    pub first: Seq,
    /// How many were stored.
    pub stored: u64,
    /// Indexes (in the batch) of those that the log had already, or that the batch told twice.
    pub duplicates: Vec<usize>,
}

/// The end of a group's log, where a batch goes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    pub(crate) org: OrgId,
    pub(crate) group: GroupId,
    pub(crate) stream: Stream,
    pub(crate) next: i64,
}

/// What the hot path did with a batch.
#[derive(Debug)]
pub(crate) struct Written {
    pub(crate) next: i64,
    pub(crate) duplicates: Vec<usize>,
    from_at: Millis,
    to_at: Millis,
}

impl From<Tail> for Written {
    fn from(tail: Tail) -> Self {
        let (from_at, to_at) = (Millis(i64::MAX), Millis(i64::MIN));
        Self { next: tail.next, duplicates: Vec::new(), from_at, to_at }
    }
}

impl Written {
    /// The fact at `next` was stored.
    pub(crate) fn took(&mut self, at: Millis) {
        self.next += 1;
        self.from_at = self.from_at.min(at);
        self.to_at = self.to_at.max(at);
    }
}

/// Appends a batch to the log of a group that the import announced.
pub(crate) async fn append(
    mut conn: Conn<'_>,
    (org, import): (OrgId, ImportId),
    group: GroupId,
    batch: Batch,
) -> Result<Appended> {
    // An update, because it locks the row: the writer of a live group may be at its end too.
    let announced = "UPDATE groups SET next_seq = next_seq WHERE org = $1 AND id = $3 \
                     AND EXISTS (SELECT 1 FROM import_groups a WHERE a.org = $1 \
                     AND a.import_id = $2 AND a.grp = $3) RETURNING next_seq";
    let row = conn.row(announced, &[org.0.into(), import.0.into(), group.0.into()]).await?;
    let next = row.ok_or(Fault::Missing { what: "group", id: group.0 })?.int(0)?;
    let tail = Tail { org, group, stream: batch.stream, next };
    let written = match &mut conn {
        Conn::Sqlite(conn) => sqlite::append(conn, tail, &batch.rows)?,
        Conn::Postgres(conn) => postgres::append(conn, tail, &batch.rows).await?,
    };
    if written.next > next {
        note_span(&mut conn, (org, import), tail, &written).await?;
        let sql = "UPDATE groups SET next_seq = $3 WHERE org = $1 AND id = $2";
        conn.run(sql, &[org.0.into(), group.0.into(), written.next.into()]).await?;
    }
    let stored = u64::try_from(written.next - next).unwrap_or(0);
    Ok(Appended { first: Seq(next), stored, duplicates: written.duplicates })
}

/// Lengthens the last span when it is this import's, adjacent and small, else begins a new one.
async fn note_span(
    conn: &mut Conn<'_>,
    (org, import): (OrgId, ImportId),
    tail: Tail,
    written: &Written,
) -> Result<()> {
    let longer = "UPDATE spans SET last_seq = $5, \
                  from_at = CASE WHEN from_at < $6 THEN from_at ELSE $6 END, \
                  to_at = CASE WHEN to_at > $7 THEN to_at ELSE $7 END \
                  WHERE org = $1 AND grp = $2 AND import_id = $3 AND last_seq = $4 - 1 \
                  AND first_seq = (SELECT MAX(first_seq) FROM spans WHERE org = $1 AND grp = $2) \
                  AND $5 - first_seq < $8";
    let values = [
        org.0.into(),
        tail.group.0.into(),
        import.0.into(),
        tail.next.into(),
        (written.next - 1).into(),
        written.from_at.0.into(),
        written.to_at.0.into(),
        SPAN_FACTS.into(),
    ];
    if conn.run(longer, &values).await? == 0 {
        let [org, group, import, first, last, from_at, to_at, _] = values;
        let sql = "INSERT INTO spans (org, grp, import_id, first_seq, last_seq, from_at, to_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        conn.run(sql, &[org, group, import, first, last, from_at, to_at]).await?;
    }
    Ok(())
}
