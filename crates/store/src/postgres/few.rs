//! The facts and words of a small live commit, as lists of one statement.
//!
//! COPY sends its rows and its end apart, and a network that waits to fill its packets holds the
//! end back for 40 ms: nothing beside ten thousand rows, a lot for one message.

use sqlx::PgConnection;

use crate::fault::Result;
use crate::live::LiveWrite;
use crate::sql::printable;

/// Facts up to which a commit is small.
const FEW: usize = 256;

const FACTS: &str = "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
     SELECT $1, w.grp, w.seq, w.at, 0, w.src, w.part, w.body \
     FROM unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], \
     $7::bytea[]) AS w (grp, seq, at, src, part, body)";
const WORDS: &str = "INSERT INTO words (org, grp, seq, text) SELECT $1, w.grp, w.seq, w.text \
     FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS w (grp, seq, text)";

/// Whether the facts of this commit are few.
pub(super) fn are_few(write: &LiveWrite) -> bool {
    write.groups.iter().map(|group| group.facts.len()).sum::<usize>() <= FEW
}

/// Appends the facts and words of all groups.
pub(super) async fn put(conn: &mut PgConnection, write: &LiveWrite) -> Result<()> {
    let rows = || {
        let groups = write.groups.iter();
        groups.flat_map(|group| {
            let places = (group.expected.0..).zip(&group.facts);
            places.map(|(seq, row)| (group.group.0, seq, row))
        })
    };
    let facts = || rows().map(|(group, seq, row)| (group, seq, &row.fact));
    sqlx::query(FACTS)
        .bind(write.org.0)
        .bind(facts().map(|(group, ..)| group).collect::<Vec<i64>>())
        .bind(facts().map(|(_, seq, _)| seq).collect::<Vec<i64>>())
        .bind(facts().map(|(.., fact)| fact.at.0).collect::<Vec<i64>>())
        .bind(facts().map(|(.., fact)| fact.source.key).collect::<Vec<i64>>())
        .bind(facts().map(|(.., fact)| i64::from(fact.source.part)).collect::<Vec<i64>>())
        .bind(facts().map(|(.., fact)| fact.body().to_vec()).collect::<Vec<Vec<u8>>>())
        .execute(&mut *conn)
        .await?;
    let said = rows().filter_map(|(group, seq, row)| Some((group, seq, row.words.as_deref()?)));
    let said: Vec<(i64, i64, &str)> = said.collect();
    if said.is_empty() {
        return Ok(());
    }
    sqlx::query(WORDS)
        .bind(write.org.0)
        .bind(said.iter().map(|(group, ..)| *group).collect::<Vec<i64>>())
        .bind(said.iter().map(|(_, seq, _)| *seq).collect::<Vec<i64>>())
        .bind(said.iter().map(|(.., words)| printable(words)).collect::<Vec<String>>())
        .execute(conn)
        .await?;
    Ok(())
}
