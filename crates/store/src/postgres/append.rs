//! The hot path on PostgreSQL: duplicates are looked up by one statement, the rest is copied in.

use std::collections::HashSet;

use sqlx::PgConnection;

use crate::append::{Tail, Written};
use crate::fault::Result;
use crate::postgres::copy::CopyRows;
use crate::rows::NewFact;
use crate::sql::printable;

pub(super) const FACTS: &str =
    "COPY facts (org, grp, seq, at, stream, src, part, body) FROM STDIN (FORMAT binary)";
pub(super) const WORDS: &str = "COPY words (org, grp, seq, text) FROM STDIN (FORMAT binary)";

/// Appends rows from `tail.next` on, leaving out those whose source key is there already.
pub(crate) async fn append(
    conn: &mut PgConnection,
    tail: Tail,
    rows: &[NewFact],
) -> Result<Written> {
    let known = known(conn, tail, rows).await?;
    let (written, facts, words) = packed(tail, rows, known)?;
    copy_in(conn, FACTS, facts).await?;
    if let Some(words) = words {
        copy_in(conn, WORDS, words).await?;
    }
    Ok(written)
}

/// Looks each key up in `facts_by_source`. Written so that no planner can take another way: a
/// table that has just grown has no statistics, and `org = … AND grp = …` through the primary key
/// would read the whole log for every row.
const KNOWN: &str = "SELECT n.src, n.part FROM unnest($4::bigint[], $5::bigint[]) AS n(src, part) \
     CROSS JOIN LATERAL (SELECT f.org, f.grp, f.stream, f.src, f.part FROM facts f \
     WHERE (f.org, f.grp, f.stream, f.src, f.part) >= ($1, $2, $3, n.src, n.part) \
     ORDER BY f.org, f.grp, f.stream, f.src, f.part LIMIT 1) AS f \
     WHERE f.org = $1 AND f.grp = $2 AND f.stream = $3 AND f.src = n.src AND f.part = n.part";

/// Source keys of the batch that the log has already.
async fn known(
    conn: &mut PgConnection,
    tail: Tail,
    rows: &[NewFact],
) -> Result<HashSet<(i64, u32)>> {
    let keys: Vec<i64> = rows.iter().map(|row| row.fact.source.key).collect();
    let parts: Vec<i64> = rows.iter().map(|row| i64::from(row.fact.source.part)).collect();
    let found: Vec<(i64, i64)> = sqlx::query_as(KNOWN)
        .bind(tail.org.0)
        .bind(tail.group.0)
        .bind(i64::from(tail.stream.0))
        .bind(keys)
        .bind(parts)
        .fetch_all(conn)
        .await?;
    Ok(found.into_iter().filter_map(|(key, part)| Some((key, u32::try_from(part).ok()?))).collect())
}

type Packed = (Written, Vec<u8>, Option<Vec<u8>>);

fn packed(tail: Tail, rows: &[NewFact], mut known: HashSet<(i64, u32)>) -> Result<Packed> {
    let mut written = Written::from(tail);
    let (mut facts, mut words, mut spoke) = (CopyRows::new(8), CopyRows::new(4), false);
    for (index, row) in rows.iter().enumerate() {
        let (fact, seq) = (&row.fact, written.next);
        let key = fact.source;
        if !known.insert((key.key, key.part)) {
            written.duplicates.push(index);
            continue;
        }
        facts.row();
        for value in [tail.org.0, tail.group.0, seq, fact.at.0, i64::from(tail.stream.0)] {
            facts.int(value);
        }
        facts.int(key.key);
        facts.int(i64::from(key.part));
        facts.bytes(&fact.body())?;
        if let Some(text) = &row.words {
            spoke = true;
            words.row();
            for value in [tail.org.0, tail.group.0, seq] {
                words.int(value);
            }
            words.bytes(printable(text).as_bytes())?;
        }
        written.took(fact.at);
    }
    Ok((written, facts.finish(), spoke.then(|| words.finish())))
}

/// Copies packed rows in.
pub(super) async fn copy_in(conn: &mut PgConnection, sql: &str, rows: Vec<u8>) -> Result<()> {
    let mut copy = conn.copy_in_raw(sql).await?;
    copy.send(rows).await?;
    copy.finish().await?;
    Ok(())
}
