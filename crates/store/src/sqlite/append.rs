//! The hot path on SQLite: rows one by one through prepared statements, in one transaction.

use rusqlite::{Connection, params};

use crate::append::{Tail, Written};
use crate::fault::Result;
use crate::rows::NewFact;
use crate::sql::printable;

/// Appends rows from `tail.next` on, leaving out those whose source key is there already.
pub(crate) fn append(conn: &Connection, tail: Tail, rows: &[NewFact]) -> Result<Written> {
    let Tail { org, group, stream, .. } = tail;
    let mut facts = conn.prepare_cached(
        "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
         ON CONFLICT (org, grp, stream, src, part) DO NOTHING",
    )?;
    let mut words =
        conn.prepare_cached("INSERT INTO words (org, grp, seq, text) VALUES (?1, ?2, ?3, ?4)")?;
    let mut written = Written::from(tail);
    for (index, row) in rows.iter().enumerate() {
        let (fact, seq) = (&row.fact, written.next);
        let key = fact.source;
        let stored = facts.execute(params![
            org.0,
            group.0,
            seq,
            fact.at.0,
            stream.0,
            key.key,
            key.part,
            fact.body()
        ])?;
        if stored == 0 {
            written.duplicates.push(index);
            continue;
        }
        if let Some(text) = &row.words {
            if text.contains('\0') {
                words.execute(params![org.0, group.0, seq, printable(text)])?;
            } else {
                words.execute(params![org.0, group.0, seq, text])?;
            }
        }
        written.took(fact.at);
    }
    Ok(written)
}
