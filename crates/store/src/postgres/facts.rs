//! Reading the log on PostgreSQL: spans are copied out in binary.

use std::future::poll_fn;

use domain::{Fact, GroupId, Millis, OrgId, Seq, SourceKey};
use sqlx::PgConnection;

use crate::fault::{Fault, Result};
use crate::postgres::copy::CopyReader;
use crate::read::Span;
use crate::rows::{FactRow, Stream};

/// The spans that a query touches, in the order of their first times.
pub(crate) async fn read_spans(
    conn: &mut PgConnection,
    sql: &'static str,
    values: [i64; 5],
) -> Result<Vec<Span>> {
    let query = values.into_iter().fold(sqlx::query_as(sql), sqlx::query::QueryAs::bind);
    let rows: Vec<(i64, i64, i64)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(first, last, from_at)| Span { first, last, from_at }).collect())
}

/// Adds the facts of a span to `out`.
pub(crate) async fn read_span(
    conn: &mut PgConnection,
    (org, group): (OrgId, GroupId),
    span: Span,
    out: &mut Vec<FactRow>,
) -> Result<()> {
    // COPY takes no parameters; only integers are written into it.
    let sql = format!(
        "COPY (SELECT seq, at, stream, src, part, body FROM facts WHERE org = {} AND grp = {} \
         AND seq BETWEEN {} AND {} ORDER BY seq) TO STDOUT (FORMAT binary)",
        org.0, group.0, span.first, span.last
    );
    let mut messages = conn.copy_out_raw(&sql).await?;
    while let Some(message) = poll_fn(|cx| messages.as_mut().poll_next(cx)).await {
        let message = message?;
        let mut rows = CopyReader::new(&message);
        while rows.next_row()? {
            let (seq, at, stream) = (Seq(rows.int()?), Millis(rows.int()?), rows.small()?);
            let source = SourceKey { key: rows.int()?, part: rows.small()? };
            let fact = Fact::from_body(at, source, rows.bytes()?)
                .map_err(|error| Fault::Damaged { what: error.to_string() })?;
            out.push(FactRow { seq, stream: Stream(stream), fact });
        }
    }
    Ok(())
}
