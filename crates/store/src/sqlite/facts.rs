//! Reading the log on SQLite: a thread of its own walks the spans and fills a bounded channel.

use domain::{Fact, GroupId, Millis, OrgId, Seq, SourceKey};
use rusqlite::{CachedStatement, Connection};

use crate::fault::{Fault, Result};
use crate::read::{Batches, FactQuery, Order, Span};
use crate::rows::{FactRow, Stream};
use crate::sqlite::Sqlite;

/// Reads what a query (and its values for `spans`) wants, batch after batch.
pub(crate) fn walk(
    sqlite: &Sqlite,
    spans: &str,
    (query, values): (FactQuery, [i64; 5]),
    send: &Batches,
) -> Result<()> {
    let conn = sqlite.reader()?;
    conn.execute_batch("BEGIN DEFERRED")?;
    let spans = read_spans(&conn, spans, values)?;
    let mut source = FactSource::new(&conn, OrgId(values[0]), query.group)?;
    let mut order = Order::new(query);
    for (at, span) in spans.iter().enumerate() {
        source.span(*span, order.room(span))?;
        let batch = order.before(spans.get(at + 1));
        if !batch.is_empty() && send.blocking_send(Ok(batch)).is_err() {
            break;
        }
    }
    drop(source);
    conn.execute_batch("COMMIT")?;
    sqlite.give_back(conn);
    Ok(())
}

/// The prepared statement of one walk.
struct FactSource<'c> {
    statement: CachedStatement<'c>,
    org: OrgId,
    group: GroupId,
}

/// The spans that a query touches, in the order of their first times.
fn read_spans(conn: &Connection, sql: &str, values: [i64; 5]) -> Result<Vec<Span>> {
    let mut statement = conn.prepare_cached(&sql.replace('$', "?"))?;
    let rows = statement.query_map(values, |row| {
        Ok(Span { first: row.get(0)?, last: row.get(1)?, from_at: row.get(2)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl<'c> FactSource<'c> {
    fn new(conn: &'c Connection, org: OrgId, group: GroupId) -> Result<Self> {
        let statement = conn.prepare_cached(
            "SELECT seq, at, stream, src, part, body FROM facts \
             WHERE org = ?1 AND grp = ?2 AND seq BETWEEN ?3 AND ?4 ORDER BY seq",
        )?;
        Ok(Self { statement, org, group })
    }

    /// Adds the facts of a span to `out`.
    fn span(&mut self, span: Span, out: &mut Vec<FactRow>) -> Result<()> {
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
