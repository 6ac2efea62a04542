//! The live commit on SQLite: a prepared statement a row, all in the one transaction of the job.

use domain::{GroupId, OrgId, Seq, SourceKey};
use rusqlite::{Connection, OptionalExtension, params};

use crate::fault::{Fault, Result};
use crate::live::{GroupWrite, Known, LiveWrite, NewSpan, actor};
use crate::sql::printable;

const HEAD: &str = "UPDATE heads SET state_version = ?4, state = ?5 \
                    WHERE org = ?1 AND grp = ?2 AND fence = ?3";
const GROUP: &str = "UPDATE groups SET next_seq = ?4, name = COALESCE(?5, name) \
                     WHERE org = ?1 AND id = ?2 AND next_seq = ?3";
const FACT: &str = "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
                    VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7)";
const WORDS: &str = "INSERT INTO words (org, grp, seq, text) VALUES (?1, ?2, ?3, ?4)";
const LONGER: &str = "UPDATE spans SET last_seq = ?4, from_at = min(from_at, ?5), \
                      to_at = max(to_at, ?6) WHERE org = ?1 AND grp = ?2 AND first_seq = \
                      (SELECT s.first_seq FROM spans s WHERE s.org = ?1 AND s.grp = ?2 \
                      ORDER BY s.first_seq DESC LIMIT 1) \
                      AND import_id IS NULL AND last_seq = ?3 - 1 AND first_seq > ?7";
const SPAN: &str = "INSERT INTO spans (org, grp, first_seq, last_seq, from_at, to_at) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Heads, cursors, facts, words and spans of all groups.
pub(crate) fn put_live(conn: &Connection, write: &LiveWrite) -> Result<()> {
    let org = write.org;
    let (mut head, mut cursor) = (conn.prepare_cached(HEAD)?, conn.prepare_cached(GROUP)?);
    for write in &write.groups {
        let group = write.group;
        let (version, state) = (write.state_version, &write.state);
        if head.execute(params![org.0, group.0, write.fence, version, state])? == 0 {
            return Err(Fault::FenceLost { group });
        }
        let name = write.name.as_deref().map(printable);
        let (expected, next) = (write.expected.0, write.next().0);
        if cursor.execute(params![org.0, group.0, expected, next, name])? == 0 {
            return Err(Fault::Stale { group });
        }
    }
    put_facts(conn, org, &write.groups)?;
    put_words(conn, org, &write.groups)?;
    put_spans(conn, org, &write.groups)
}

fn put_facts(conn: &Connection, org: OrgId, groups: &[GroupWrite]) -> Result<()> {
    let mut statement = conn.prepare_cached(FACT)?;
    for group in groups {
        for (seq, row) in (group.expected.0..).zip(&group.facts) {
            let (fact, source) = (&row.fact, row.fact.source);
            statement.execute(params![
                org.0,
                group.group.0,
                seq,
                fact.at.0,
                source.key,
                source.part,
                fact.body()
            ])?;
        }
    }
    Ok(())
}

fn put_words(conn: &Connection, org: OrgId, groups: &[GroupWrite]) -> Result<()> {
    let mut statement = conn.prepare_cached(WORDS)?;
    for group in groups {
        for (seq, row) in (group.expected.0..).zip(&group.facts) {
            let Some(text) = &row.words else { continue };
            if text.contains('\0') {
                statement.execute(params![org.0, group.group.0, seq, printable(text)])?;
            } else {
                statement.execute(params![org.0, group.group.0, seq, text])?;
            }
        }
    }
    Ok(())
}

fn put_spans(conn: &Connection, org: OrgId, groups: &[GroupWrite]) -> Result<()> {
    let mut longer = conn.prepare_cached(LONGER)?;
    for span in groups.iter().filter_map(NewSpan::of) {
        let NewSpan { group, first, last, from_at, to_at, room_from } = span;
        let values = [org.0, group.0, first, last, from_at.0, to_at.0];
        let [org, group, first, last, from, to] = values;
        if longer.execute([org, group, first, last, from, to, room_from])? == 0 {
            conn.prepare_cached(SPAN)?.execute(values)?;
        }
    }
    Ok(())
}

/// For each key of the platform's stream where its fact stands and who did it.
pub(crate) fn known_live(
    conn: &Connection,
    org: OrgId,
    keys: &[(GroupId, SourceKey)],
) -> Result<Vec<Known>> {
    let mut statement = conn.prepare_cached(
        "SELECT seq, body FROM facts \
         WHERE org = ?1 AND grp = ?2 AND stream = 0 AND src = ?3 AND part = ?4",
    )?;
    let mut known = Vec::with_capacity(keys.len());
    for (group, source) in keys {
        let key = params![org.0, group.0, source.key, source.part];
        let found = statement.query_row(key, |row| {
            Ok((Seq(row.get(0)?), actor(row.get_ref(1)?.as_blob().unwrap_or_default())))
        });
        known.push(match found.optional()? {
            Some((seq, actor)) => Some((seq, actor?)),
            None => None,
        });
    }
    Ok(known)
}
