//! Reading the log on PostgreSQL: the server packs a span into one value, so that neither side
//! spends its time on rows and messages.

use domain::{BODY_BYTES, Fact, GroupId, Millis, OrgId, Seq, SourceKey};
use sqlx::PgConnection;

use crate::fault::{Fault, Result};
use crate::read::Span;
use crate::rows::{FactRow, Stream};

/// All facts of a span, one after the other: five integers of eight bytes and the body.
const PACKED: &str = "SELECT string_agg(int8send(seq) || int8send(at) || int8send(stream) \
     || int8send(src) || int8send(part) || body, ''::bytea) FROM (SELECT * FROM facts \
     WHERE org = $1 AND grp = $2 AND seq BETWEEN $3 AND $4 ORDER BY seq) AS f";

/// Bytes of a packed fact.
const FACT_BYTES: usize = 5 * 8 + BODY_BYTES;

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
    let query = sqlx::query_scalar(PACKED).persistent(false).bind(org.0).bind(group.0);
    let packed: Option<Vec<u8>> = query.bind(span.first).bind(span.last).fetch_one(conn).await?;
    let packed = packed.unwrap_or_default();
    let (facts, rest) = packed.as_chunks::<FACT_BYTES>();
    if !rest.is_empty() {
        return Err(cut());
    }
    for fact in facts {
        out.push(unpacked(fact)?);
    }
    Ok(())
}

fn unpacked(fact: &[u8; FACT_BYTES]) -> Result<FactRow> {
    let (numbers, body) = fact.split_at(5 * 8);
    let [seq, at, stream, key, part] = numbers.as_chunks().0 else { return Err(cut()) };
    let [seq, at, stream, key, part] =
        [seq, at, stream, key, part].map(|number| i64::from_be_bytes(*number));
    let stream = Stream(u16::try_from(stream).map_err(|_| cut())?);
    let source = SourceKey { key, part: u32::try_from(part).map_err(|_| cut())? };
    let fact = Fact::from_body(Millis(at), source, body)
        .map_err(|error| Fault::Damaged { what: error.to_string() })?;
    Ok(FactRow { seq: Seq(seq), stream, fact })
}

fn cut() -> Fault {
    Fault::Damaged { what: "a fact of the log does not have its size".to_owned() }
}
