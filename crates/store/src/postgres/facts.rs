//! Reading the log on PostgreSQL: the server packs a span into one value, so that neither side
//! spends its time on rows and messages.

use std::future::poll_fn;

use domain::{BODY_BYTES, Fact, Millis, Seq, SourceKey};
use sqlx::PgConnection;

use crate::fault::{Fault, Result};
use crate::postgres::Pg;
use crate::read::{Batches, FactQuery, Order, Span};
use crate::rows::{FactRow, Stream};

/// The facts of each span, one after the other: three integers of eight bytes and the body. The
/// first of them holds the place in the span, the part and the stream, because each costs the
/// server as much as the body. Spans come out in the order of the lists.
const PACKED: &str = "SELECT (SELECT string_agg(\
     int8send(((seq - s.first) << 48) + (part << 16) + stream) || int8send(at) || int8send(src) \
     || body, ''::bytea) FROM (SELECT * FROM facts WHERE org = $1 AND grp = $2 \
     AND seq BETWEEN s.first AND s.last ORDER BY seq) AS f) \
     FROM unnest($3::bigint[], $4::bigint[]) AS s(first, last)";

/// Bytes of a packed fact.
const FACT_BYTES: usize = 3 * 8 + BODY_BYTES;

/// Places that a packed fact can tell apart; a span has a quarter of them.
const PLACES: usize = 1 << 16;

/// Spans of one statement: the server packs the next ones while these are taken apart. Who stops
/// in the middle waits for the rest of them.
const SPANS_AT_ONCE: usize = 16;

/// Reads what a query (and its values for `spans`) wants, batch after batch.
pub(crate) async fn walk(
    pg: &Pg,
    spans: &'static str,
    (query, values): (FactQuery, [i64; 5]),
    send: &Batches,
) -> Result<()> {
    let mut conn = pg.reading().await?;
    let spans = read_spans(&mut conn, spans, values).await?;
    let mut later = spans.iter().skip(1);
    let mut order = Order::new(query);
    'reading: for some in spans.chunks(SPANS_AT_ONCE) {
        let firsts: Vec<i64> = some.iter().map(|span| span.first).collect();
        let lasts: Vec<i64> = some.iter().map(|span| span.last).collect();
        let packed = sqlx::query_scalar(PACKED).bind(values[0]).bind(query.group.0);
        let packed = packed.bind(firsts).bind(lasts);
        let mut packed = packed.fetch(&mut *conn);
        for span in some {
            let facts = poll_fn(|cx| packed.as_mut().poll_next(cx)).await.transpose()?;
            let facts: Vec<u8> = facts.flatten().unwrap_or_default();
            unpack(&facts, span.first, order.room(span))?;
            let batch = order.before(later.next());
            if !batch.is_empty() && send.send(Ok(batch)).await.is_err() {
                break 'reading;
            }
        }
    }
    conn.commit().await?;
    Ok(())
}

/// The spans that a query touches, in the order of their first times.
async fn read_spans(
    conn: &mut PgConnection,
    sql: &'static str,
    values: [i64; 5],
) -> Result<Vec<Span>> {
    let query = values.into_iter().fold(sqlx::query_as(sql), sqlx::query::QueryAs::bind);
    let rows: Vec<(i64, i64, i64)> = query.fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(first, last, from_at)| Span { first, last, from_at }).collect())
}

fn unpack(packed: &[u8], first: i64, out: &mut Vec<FactRow>) -> Result<()> {
    let (facts, rest) = packed.as_chunks::<FACT_BYTES>();
    if !rest.is_empty() || facts.len() > PLACES {
        return Err(cut());
    }
    for fact in facts {
        out.push(unpacked(fact, first)?);
    }
    Ok(())
}

fn unpacked(fact: &[u8; FACT_BYTES], first: i64) -> Result<FactRow> {
    let (numbers, body) = fact.split_at(3 * 8);
    let [[p0, p1, a, b, c, d, s0, s1], at, key] = numbers.as_chunks().0 else {
        return Err(cut());
    };
    let seq = Seq(first + i64::from(u16::from_be_bytes([*p0, *p1])));
    let part = u32::from_be_bytes([*a, *b, *c, *d]);
    let stream = Stream(u16::from_be_bytes([*s0, *s1]));
    let source = SourceKey { key: i64::from_be_bytes(*key), part };
    let fact = Fact::from_body(Millis(i64::from_be_bytes(*at)), source, body)
        .map_err(|error| Fault::Damaged { what: error.to_string() })?;
    Ok(FactRow { seq, stream, fact })
}

fn cut() -> Fault {
    Fault::Damaged { what: "a fact or a span of the log does not have its size".to_owned() }
}
