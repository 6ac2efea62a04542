//! The rows of recorded commits written again by prepared statements, a transaction a commit, with
//! the durability of the store and nothing else: no fence, no cursor checked, no foreign keys.

use crate::bench::Failure;
use rusqlite::{Connection, Transaction, params};
use std::collections::HashMap;
use std::path::Path;
use store::{GroupWrite, LiveWrite};

const HEAD: &str = "UPDATE heads SET state_version = ?2, state = ?3 WHERE org = 1 AND grp = ?1";
const PLACE: &str = "UPDATE groups SET next_seq = ?2 WHERE org = 1 AND id = ?1";
const FACT: &str = "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
                    VALUES (1, ?1, ?2, ?3, 0, ?4, ?5, ?6)";
const WORDS: &str = "INSERT INTO words (org, grp, seq, text) VALUES (1, ?1, ?2, ?3)";
const SPAN: &str = "INSERT INTO spans (org, grp, first_seq, last_seq, from_at, to_at) \
                    VALUES (1, ?1, ?2, ?3, ?4, ?5) ON CONFLICT (org, grp, first_seq) \
                    DO UPDATE SET last_seq = excluded.last_seq, to_at = excluded.to_at";
const MEMBER: &str = "INSERT OR REPLACE INTO members (org, grp, identity, n, name, class, \
                      joined_at, left_at, via, rules, muted_until, has_spoken) \
                      VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
const GONE: &str = "DELETE FROM timers WHERE org = 1 AND grp = ?1 AND name = ?2";
const TIMER: &str = "INSERT OR REPLACE INTO timers (org, grp, name, due_at, rule, missed) \
                     VALUES (1, ?1, ?2, ?3, ?4, ?5)";
const WITHDRAWN: &str =
    "UPDATE tasks SET state = 2, changed_at = ?3 WHERE org = 1 AND grp = ?1 AND name = ?2";
const TASK: &str = "INSERT OR REPLACE INTO tasks (org, grp, name, kind, about, who, since, state, \
                    changed_at) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const ACTION: &str = "INSERT INTO outbox (org, grp, seq, n, platform, kind, action, state, tries, \
                      next_at, changed_at, result) \
                      VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

/// A plain connection.
pub(super) struct BareSqlite {
    conn: Connection,
    /// The first place of the live span of each group.
    spans: HashMap<i64, i64>,
}

impl BareSqlite {
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let conn = Connection::open(path)?;
        conn.pragma_update(None, "journal_mode", "wal")?;
        conn.pragma_update(None, "synchronous", "full")?;
        conn.pragma_update(None, "cache_size", -32_768)?;
        conn.pragma_update(None, "wal_autocheckpoint", 8_192)?;
        conn.set_prepared_statement_cache_capacity(32);
        Ok(Self { conn, spans: HashMap::new() })
    }

    /// Writes them all.
    pub(super) fn write(&mut self, writes: &[LiveWrite]) -> Result<(), Failure> {
        for write in writes {
            let turn = self.conn.transaction()?;
            for group in &write.groups {
                log(&turn, group, &mut self.spans)?;
                rare(&turn, group)?;
            }
            turn.commit()?;
        }
        Ok(())
    }
}

fn log(
    turn: &Transaction<'_>,
    write: &GroupWrite,
    spans: &mut HashMap<i64, i64>,
) -> Result<(), Failure> {
    let group = write.group.0;
    let (first, next) = (write.expected.0, write.next().0);
    turn.prepare_cached(HEAD)?.execute(params![group, write.state_version, write.state])?;
    turn.prepare_cached(PLACE)?.execute(params![group, next])?;
    let mut fact = turn.prepare_cached(FACT)?;
    for (seq, row) in (first..).zip(&write.facts) {
        let (it, source) = (&row.fact, row.fact.source);
        fact.execute(params![group, seq, it.at.0, source.key, source.part, it.body()])?;
    }
    let mut words = turn.prepare_cached(WORDS)?;
    for (seq, row) in (first..).zip(&write.facts) {
        if let Some(text) = &row.words {
            words.execute(params![group, seq, text])?;
        }
    }
    let times = || write.facts.iter().map(|row| row.fact.at.0);
    if let (Some(from), Some(to)) = (times().min(), times().max()) {
        let began = *spans.entry(group).or_insert(first);
        turn.prepare_cached(SPAN)?.execute(params![group, began, next - 1, from, to])?;
    }
    Ok(())
}

fn rare(turn: &Transaction<'_>, write: &GroupWrite) -> Result<(), Failure> {
    let group = write.group.0;
    for row in &write.members {
        turn.prepare_cached(MEMBER)?.execute(params![
            group,
            row.identity.0,
            row.n,
            row.name,
            row.class,
            row.joined.0,
            row.left.map(|at| at.0),
            row.via,
            row.rules,
            row.muted_until.map(|at| at.0),
            row.has_spoken
        ])?;
    }
    for name in write.timers_gone.iter().chain(write.fired.iter().map(|one| &one.name)) {
        turn.prepare_cached(GONE)?.execute(params![group, name])?;
    }
    for row in &write.timers {
        let values = params![group, row.name, row.due.0, row.rule, row.missed];
        turn.prepare_cached(TIMER)?.execute(values)?;
    }
    for (name, changed) in &write.withdrawn {
        turn.prepare_cached(WITHDRAWN)?.execute(params![group, name, changed.0])?;
    }
    for row in &write.tasks {
        turn.prepare_cached(TASK)?.execute(params![
            group,
            row.name,
            row.kind,
            row.about,
            row.who.0,
            row.since.0,
            row.state as u8,
            row.changed.0
        ])?;
    }
    for row in &write.outbox {
        turn.prepare_cached(ACTION)?.execute(params![
            group,
            row.seq.0,
            row.n,
            row.platform,
            row.kind,
            row.action,
            row.state as u8,
            row.tries,
            row.next_at.0,
            row.changed.0,
            row.result
        ])?;
    }
    Ok(())
}
