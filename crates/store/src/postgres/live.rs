//! The live commit on PostgreSQL: one statement for the heads, cursors and spans of all groups,
//! one COPY for all facts and one for all words, or lists where they are few.

use std::collections::HashSet;

use domain::{GroupId, OrgId, Seq, SourceKey};
use sqlx::PgConnection;

use crate::fault::{Fault, Result};
use crate::live::{Known, LiveWrite, NewSpan, actor};
use crate::postgres::append::{FACTS, WORDS, copy_in};
use crate::postgres::copy::CopyRows;
use crate::postgres::few;
use crate::sql::printable;

/// Answers which heads had the fence and which groups the place.
const HEADS: &str = "WITH w AS (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], \
     $5::bigint[], $6::bigint[], $7::bytea[], $8::text[]) \
     AS w (grp, fence, expected, next, version, state, name)), \
     h AS (UPDATE heads SET state_version = w.version, state = w.state FROM w \
     WHERE heads.org = $1 AND heads.grp = w.grp AND heads.fence = w.fence RETURNING heads.grp), \
     g AS (UPDATE groups SET next_seq = w.next, name = COALESCE(w.name, groups.name) FROM w \
     WHERE groups.org = $1 AND groups.id = w.grp AND groups.next_seq = w.expected \
     RETURNING groups.id) \
     SELECT ARRAY(SELECT grp FROM h), ARRAY(SELECT id FROM g)";

/// Lengthens the last span of a group where it is live, adjacent and has room, else begins one.
const SPANS: &str = "WITH w AS (SELECT * FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], \
     $5::bigint[], $6::bigint[], $7::bigint[]) \
     AS w (grp, first_seq, last_seq, from_at, to_at, room_from)), \
     l AS (SELECT w.*, s.first_seq AS old FROM w CROSS JOIN LATERAL \
     (SELECT s.first_seq, s.last_seq, s.import_id FROM spans s WHERE s.org = $1 \
     AND s.grp = w.grp ORDER BY s.first_seq DESC LIMIT 1) AS s \
     WHERE s.import_id IS NULL AND s.last_seq = w.first_seq - 1 AND s.first_seq > w.room_from), \
     u AS (UPDATE spans SET last_seq = l.last_seq, from_at = LEAST(spans.from_at, l.from_at), \
     to_at = GREATEST(spans.to_at, l.to_at) FROM l WHERE spans.org = $1 AND spans.grp = l.grp \
     AND spans.first_seq = l.old) \
     INSERT INTO spans (org, grp, first_seq, last_seq, from_at, to_at) \
     SELECT $1, w.grp, w.first_seq, w.last_seq, w.from_at, w.to_at FROM w \
     WHERE w.grp NOT IN (SELECT l.grp FROM l)";

/// Heads, cursors, facts, words and spans of all groups.
pub(crate) async fn put_live(conn: &mut PgConnection, write: &LiveWrite) -> Result<()> {
    if few::are_few(write) {
        put_heads(conn, write).await?;
        if write.groups.iter().any(|group| !group.facts.is_empty()) {
            put_spans(conn, write).await?;
            few::put(conn, write).await?;
        }
        return Ok(());
    }
    // Packed before anything is locked.
    let (facts, words) = packed(write)?;
    put_heads(conn, write).await?;
    if let Some(facts) = facts {
        put_spans(conn, write).await?;
        copy_in(conn, FACTS, facts).await?;
    }
    if let Some(words) = words {
        copy_in(conn, WORDS, words).await?;
    }
    Ok(())
}

async fn put_heads(conn: &mut PgConnection, write: &LiveWrite) -> Result<()> {
    let groups = &write.groups;
    let ids: Vec<i64> = groups.iter().map(|group| group.group.0).collect();
    let fences: Vec<i64> = groups.iter().map(|group| group.fence).collect();
    let expected: Vec<i64> = groups.iter().map(|group| group.expected.0).collect();
    let next: Vec<i64> = groups.iter().map(|group| group.next().0).collect();
    let versions: Vec<i64> = groups.iter().map(|group| i64::from(group.state_version)).collect();
    let states: Vec<&[u8]> = groups.iter().map(|group| group.state.as_slice()).collect();
    let names: Vec<Option<String>> =
        groups.iter().map(|group| group.name.as_deref().map(printable)).collect();
    let query = sqlx::query_as(HEADS).bind(write.org.0).bind(ids).bind(fences).bind(expected);
    let query = query.bind(next).bind(versions).bind(states).bind(names);
    let (held, at_place): (Vec<i64>, Vec<i64>) = query.fetch_one(conn).await?;
    let missing = |known: Vec<i64>| -> Option<GroupId> {
        let known: HashSet<i64> = known.into_iter().collect();
        groups.iter().map(|group| group.group).find(|group| !known.contains(&group.0))
    };
    if let Some(group) = missing(held) {
        return Err(Fault::FenceLost { group });
    }
    missing(at_place).map_or(Ok(()), |group| Err(Fault::Stale { group }))
}

async fn put_spans(conn: &mut PgConnection, write: &LiveWrite) -> Result<()> {
    let spans: Vec<NewSpan> = write.groups.iter().filter_map(NewSpan::of).collect();
    let column = |of: fn(&NewSpan) -> i64| -> Vec<i64> { spans.iter().map(of).collect() };
    sqlx::query(SPANS)
        .bind(write.org.0)
        .bind(column(|span| span.group.0))
        .bind(column(|span| span.first))
        .bind(column(|span| span.last))
        .bind(column(|span| span.from_at.0))
        .bind(column(|span| span.to_at.0))
        .bind(column(|span| span.room_from))
        .execute(conn)
        .await?;
    Ok(())
}

/// Rows of a COPY, where there are any.
type Rows = Option<Vec<u8>>;

/// The rows of facts and of words.
fn packed(write: &LiveWrite) -> Result<(Rows, Rows)> {
    let (mut facts, mut words) = (CopyRows::new(8), CopyRows::new(4));
    let (mut some, mut spoke) = (false, false);
    for group in &write.groups {
        for (seq, row) in (group.expected.0..).zip(&group.facts) {
            let (fact, source) = (&row.fact, row.fact.source);
            let place = [write.org.0, group.group.0, seq];
            some = true;
            facts.row();
            for value in place.into_iter().chain([fact.at.0, 0, source.key, source.part.into()]) {
                facts.int(value);
            }
            facts.bytes(&fact.body())?;
            let Some(text) = &row.words else { continue };
            spoke = true;
            words.row();
            for value in place {
                words.int(value);
            }
            words.bytes(printable(text).as_bytes())?;
        }
    }
    Ok((some.then(|| facts.finish()), spoke.then(|| words.finish())))
}

/// Looks each key up in `facts_by_source`, in one of two ways. While the log is short, written so
/// that no planner can take another index: without statistics it would read a whole group through
/// the primary key for every row. From 16 MiB on the unique index is the cheapest by any estimate,
/// and then the plain way, which is several times faster. OFFSET keeps it from becoming a join
/// that reads the whole log.
const KNOWN: &str = "SELECT n.ord, f.seq, f.body \
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY \
     AS n (grp, src, part, ord) CROSS JOIN LATERAL (SELECT * FROM facts f \
     WHERE (f.org, f.grp, f.stream, f.src, f.part) >= ($1, n.grp, 0, n.src, n.part) \
     ORDER BY f.org, f.grp, f.stream, f.src, f.part LIMIT 1) AS f \
     WHERE (SELECT pg_relation_size('facts')) < 16777216 \
     AND f.org = $1 AND f.grp = n.grp AND f.stream = 0 AND f.src = n.src AND f.part = n.part \
     UNION ALL SELECT n.ord, f.seq, f.body \
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[]) WITH ORDINALITY \
     AS n (grp, src, part, ord) CROSS JOIN LATERAL (SELECT * FROM facts f \
     WHERE f.org = $1 AND f.grp = n.grp AND f.stream = 0 AND f.src = n.src AND f.part = n.part \
     OFFSET 0) AS f WHERE (SELECT pg_relation_size('facts')) >= 16777216";

/// For each key of the platform's stream where its fact stands and who did it.
pub(crate) async fn known_live(
    conn: &mut PgConnection,
    org: OrgId,
    keys: &[(GroupId, SourceKey)],
) -> Result<Vec<Known>> {
    let groups: Vec<i64> = keys.iter().map(|(group, _)| group.0).collect();
    let sources: Vec<i64> = keys.iter().map(|(_, source)| source.key).collect();
    let parts: Vec<i64> = keys.iter().map(|(_, source)| i64::from(source.part)).collect();
    let query = sqlx::query_as(KNOWN).bind(org.0).bind(groups).bind(sources).bind(parts);
    let found: Vec<(i64, i64, Vec<u8>)> = query.fetch_all(conn).await?;
    let mut known = vec![None; keys.len()];
    for (place, seq, body) in found {
        let place = usize::try_from(place - 1).ok().and_then(|place| known.get_mut(place));
        if let Some(place) = place {
            *place = Some((Seq(seq), actor(&body)?));
        }
    }
    Ok(known)
}
