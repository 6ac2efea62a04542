//! The rows of recorded commits written again: facts and words by COPY, what many groups have one
//! of by one statement, the rest row by row; a transaction a commit, and nothing else.

use crate::bench::Failure;
use sqlx::{Connection, PgConnection};
use std::collections::HashMap;
use store::{GroupWrite, LiveWrite};

const HEADS: &str = "UPDATE heads SET state_version = w.version, state = w.state \
                     FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) \
                     AS w (grp, version, state) WHERE heads.org = 1 AND heads.grp = w.grp";
const PLACES: &str = "UPDATE groups SET next_seq = w.next FROM unnest($1::bigint[], $2::bigint[]) \
                      AS w (grp, next) WHERE groups.org = 1 AND groups.id = w.grp";
const SPANS: &str = "INSERT INTO spans (org, grp, first_seq, last_seq, from_at, to_at) \
                     SELECT 1, w.* FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], \
                     $4::bigint[], $5::bigint[]) AS w ON CONFLICT (org, grp, first_seq) \
                     DO UPDATE SET last_seq = excluded.last_seq, to_at = excluded.to_at";
const FACTS: &str =
    "COPY facts (org, grp, seq, at, stream, src, part, body) FROM STDIN (FORMAT binary)";
const WORDS: &str = "COPY words (org, grp, seq, text) FROM STDIN (FORMAT binary)";
const GONE: &str = "DELETE FROM timers WHERE org = 1 AND grp = $1 AND name = $2";
const TIMER: &str = "INSERT INTO timers (org, grp, name, due_at, rule, missed) \
                     VALUES (1, $1, $2, $3, $4, $5) ON CONFLICT (org, grp, name) \
                     DO UPDATE SET due_at = excluded.due_at";
const WITHDRAWN: &str =
    "UPDATE tasks SET state = 2, changed_at = $3 WHERE org = 1 AND grp = $1 AND name = $2";
const TASK: &str = "INSERT INTO tasks (org, grp, name, kind, about, who, since, state, \
                    changed_at) VALUES (1, $1, $2, $3, $4, $5, $6, 0, $7) \
                    ON CONFLICT (org, grp, name) DO UPDATE SET changed_at = excluded.changed_at";

/// A plain connection.
pub(super) struct BarePostgres {
    conn: PgConnection,
    /// The first place of the live span of each group.
    spans: HashMap<i64, i64>,
}

impl BarePostgres {
    pub(super) async fn open(url: &str) -> Result<Self, Failure> {
        Ok(Self { conn: PgConnection::connect(url).await?, spans: HashMap::new() })
    }

    /// Writes them all.
    pub(super) async fn write(&mut self, writes: &[LiveWrite]) -> Result<(), Failure> {
        for write in writes {
            let (facts, words) = packed(&write.groups);
            let mut turn = self.conn.begin().await?;
            ends(&mut turn, &write.groups, &mut self.spans).await?;
            for (sql, rows) in [(FACTS, facts), (WORDS, words)] {
                let mut copy = turn.copy_in_raw(sql).await?;
                copy.send(rows).await?;
                copy.finish().await?;
            }
            for group in &write.groups {
                rare(&mut turn, group).await?;
            }
            turn.commit().await?;
        }
        Ok(())
    }
}

/// Heads, cursors and spans.
async fn ends(
    conn: &mut PgConnection,
    groups: &[GroupWrite],
    spans: &mut HashMap<i64, i64>,
) -> Result<(), Failure> {
    let column = |of: &dyn Fn(&GroupWrite) -> i64| -> Vec<i64> { groups.iter().map(of).collect() };
    let ids = column(&|group| group.group.0);
    let states: Vec<&[u8]> = groups.iter().map(|group| group.state.as_slice()).collect();
    let heads = sqlx::query(HEADS).bind(&ids).bind(column(&|group| group.state_version.into()));
    heads.bind(states).execute(&mut *conn).await?;
    let places = sqlx::query(PLACES).bind(&ids).bind(column(&|group| group.next().0));
    places.execute(&mut *conn).await?;
    let mut rows: [Vec<i64>; 5] = Default::default();
    for group in groups {
        let times = || group.facts.iter().map(|row| row.fact.at.0);
        let (Some(from), Some(to)) = (times().min(), times().max()) else { continue };
        let began = *spans.entry(group.group.0).or_insert(group.expected.0);
        let row = [group.group.0, began, group.next().0 - 1, from, to];
        for (column, value) in rows.iter_mut().zip(row) {
            column.push(value);
        }
    }
    let query = rows.into_iter().fold(sqlx::query(SPANS), sqlx::query::Query::bind);
    query.execute(conn).await?;
    Ok(())
}

/// Facts and words as binary COPY has them.
fn packed(groups: &[GroupWrite]) -> (Vec<u8>, Vec<u8>) {
    let head = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec();
    let (mut facts, mut words) = (head.clone(), head);
    let row = |into: &mut Vec<u8>, columns: i16, numbers: &[i64], last: &[u8]| {
        into.extend(columns.to_be_bytes());
        for number in numbers {
            into.extend(8_i32.to_be_bytes());
            into.extend(number.to_be_bytes());
        }
        into.extend(u32::try_from(last.len()).unwrap_or(u32::MAX).to_be_bytes());
        into.extend(last);
    };
    for group in groups {
        for (seq, new) in (group.expected.0..).zip(&group.facts) {
            let (fact, source) = (&new.fact, new.fact.source);
            let place = [1, group.group.0, seq];
            let [org, grp, seq] = place;
            let numbers = [org, grp, seq, fact.at.0, 0, source.key, source.part.into()];
            row(&mut facts, 8, &numbers, &fact.body());
            if let Some(text) = &new.words {
                row(&mut words, 4, &place, text.as_bytes());
            }
        }
    }
    for rows in [&mut facts, &mut words] {
        rows.extend((-1_i16).to_be_bytes());
    }
    (facts, words)
}

/// Timers and tasks; this town has no other rare rows.
async fn rare(conn: &mut PgConnection, write: &GroupWrite) -> Result<(), Failure> {
    let group = write.group.0;
    if !(write.members.is_empty() && write.outbox.is_empty()) {
        return Err("the bare inserts know no members and actions".into());
    }
    for name in write.timers_gone.iter().chain(write.fired.iter().map(|one| &one.name)) {
        sqlx::query(GONE).bind(group).bind(name).execute(&mut *conn).await?;
    }
    for row in &write.timers {
        let timer = sqlx::query(TIMER).bind(group).bind(&row.name).bind(row.due.0);
        timer.bind(&row.rule).bind(&row.missed).execute(&mut *conn).await?;
    }
    for (name, changed) in &write.withdrawn {
        sqlx::query(WITHDRAWN).bind(group).bind(name).bind(changed.0).execute(&mut *conn).await?;
    }
    for row in &write.tasks {
        let task = sqlx::query(TASK).bind(group).bind(&row.name).bind(&row.kind).bind(row.about);
        let task = task.bind(i64::from(row.who.0)).bind(row.since.0).bind(row.changed.0);
        task.execute(&mut *conn).await?;
    }
    Ok(())
}
