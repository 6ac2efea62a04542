//! Reading the log on SQLite: a thread of its own walks the spans and fills a bounded channel.

use domain::{Fact, GroupId, Millis, OrgId, Seq, SourceKey};
use rusqlite::{CachedStatement, Connection};

use crate::fault::{Fault, Result};
use crate::read::Span;
use crate::rows::{FactRow, Stream};

/// The prepared statement of one walk.
pub(crate) struct FactSource<'c> {
    statement: CachedStatement<'c>,
    org: OrgId,
    group: GroupId,
}

/// The spans that a query touches, in the order of their first times.
pub(crate) fn read_spans(conn: &Connection, sql: &str, values: [i64; 5]) -> Result<Vec<Span>> {
    let mut statement = conn.prepare_cached(&sql.replace('$', "?"))?;
    let rows = statement.query_map(values, |row| {
        Ok(Span { first: row.get(0)?, last: row.get(1)?, from_at: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl<'c> FactSource<'c> {
    pub(crate) fn new(conn: &'c Connection, org: OrgId, group: GroupId) -> Result<Self> {
        let statement = conn.prepare_cached(
            "SELECT seq, at, stream, src, part, body FROM facts \
             WHERE org = ?1 AND grp = ?2 AND seq BETWEEN ?3 AND ?4 ORDER BY seq",
        )?;
        Ok(Self { statement, org, group })
    }

    /// Adds the facts of a span to `out`.
    pub(crate) fn span(&mut self, span: Span, out: &mut Vec<FactRow>) -> Result<()> {
        let mut rows = self.statement.query([self.org.0, self.group.0, span.first, span.last])?;
        while let Some(row) = rows.next()? {
            let source = SourceKey { key: row.get(3)?, part: row.get(4)? };
            let body = row
                .get_ref(5)?
                .as_blob()
                .map_err(|_| Fault::Damaged { what: "a fact has no body".to_owned() })?;
            let fact = Fact::from_body(Millis(row.get(1)?), source, body)
                .map_err(|error| Fault::Damaged { what: error.to_string() })?;
            out.push(FactRow { seq: Seq(row.get(0)?), stream: Stream(row.get(2)?), fact });
        }
        Ok(())
    }
}
