//! The baseline: the rows that an import wrote, inserted again by plain batched statements into
//! the same tables with the same indexes and the same durability, and nothing else.

use crate::bench::Failure;
use crate::bench::measure::now;
use rusqlite::{Connection, OpenFlags, params};
use sqlx::{Connection as _, PgConnection, Row};
use std::path::Path;
use std::time::Duration;

/// Rows a commit, as the import does.
const BATCH: usize = 5_000;

const FACTS: &str = "CREATE TABLE facts (org BIGINT NOT NULL, grp BIGINT NOT NULL, \
    seq BIGINT NOT NULL, at BIGINT NOT NULL, stream BIGINT NOT NULL, src BIGINT NOT NULL, \
    part BIGINT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (org, grp, seq))";
const FACTS_BY_SOURCE: &str =
    "CREATE UNIQUE INDEX facts_by_source ON facts (org, grp, stream, src, part)";
const WORDS: &str = "CREATE TABLE words (org BIGINT NOT NULL, grp BIGINT NOT NULL, \
    seq BIGINT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (org, grp, seq))";
const INSERT_FACTS: &str = "INSERT INTO facts SELECT * FROM UNNEST($1::bigint[], $2::bigint[], \
    $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bytea[])";
const INSERT_WORDS: &str = "INSERT INTO words SELECT * FROM UNNEST($1::bigint[], $2::bigint[], \
    $3::bigint[], $4::text[])";

/// One row of the log: its seven numbers and its body.
type Fact = ([i64; 7], Vec<u8>);
/// One row of words: its three numbers and its text.
type Words = ([i64; 3], String);

/// All rows of the two large tables.
#[derive(Default)]
pub(super) struct Rows {
    facts: Vec<Fact>,
    words: Vec<Words>,
}

impl Rows {
    pub(super) fn len(&self) -> u64 {
        (self.facts.len() + self.words.len()) as u64
    }
}

/// The rows of an imported file.
pub(super) fn read_sqlite(path: &Path) -> Result<Rows, Failure> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut rows = Rows::default();
    let mut facts = conn.prepare("SELECT org, grp, seq, at, stream, src, part, body FROM facts")?;
    let mut found = facts.query([])?;
    while let Some(row) = found.next()? {
        let mut numbers = [0; 7];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = row.get(at)?;
        }
        rows.facts.push((numbers, row.get(7)?));
    }
    let mut words = conn.prepare("SELECT org, grp, seq, text FROM words")?;
    let mut found = words.query([])?;
    while let Some(row) = found.next()? {
        rows.words.push(([row.get(0)?, row.get(1)?, row.get(2)?], row.get(3)?));
    }
    Ok(rows)
}

/// Inserts them into a new file.
pub(super) fn insert_sqlite(path: &Path, rows: &Rows) -> Result<(), Failure> {
    let mut conn = Connection::open(path)?;
    conn.pragma_update(None, "journal_mode", "wal")?;
    conn.pragma_update(None, "synchronous", "full")?;
    conn.pragma_update(None, "cache_size", -32_768)?;
    for sql in [FACTS, WORDS] {
        conn.execute(&format!("{sql} WITHOUT ROWID"), [])?;
    }
    conn.execute(FACTS_BY_SOURCE, [])?;
    let mut words = rows.words.iter();
    for batch in rows.facts.chunks(BATCH) {
        let turn = conn.transaction()?;
        {
            let sql = "INSERT INTO facts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let mut fact = turn.prepare_cached(sql)?;
            for ([org, grp, seq, at, stream, src, part], body) in batch {
                fact.execute(params![org, grp, seq, at, stream, src, part, body])?;
            }
            let mut word = turn.prepare_cached("INSERT INTO words VALUES (?1, ?2, ?3, ?4)")?;
            for ([org, grp, seq], text) in words.by_ref().take(batch.len()) {
                word.execute(params![org, grp, seq, text])?;
            }
        }
        turn.commit()?;
    }
    Ok(())
}

/// The rows of an imported database.
pub(super) async fn read_postgres(url: &str) -> Result<Rows, Failure> {
    let mut conn = PgConnection::connect(url).await?;
    let mut rows = Rows::default();
    let sql = "SELECT org::bigint, grp::bigint, seq::bigint, at::bigint, stream::bigint, \
               src::bigint, part::bigint, body FROM facts ORDER BY grp, seq";
    for row in sqlx::query(sql).fetch_all(&mut conn).await? {
        let mut numbers = [0; 7];
        for (at, number) in numbers.iter_mut().enumerate() {
            *number = row.try_get(at)?;
        }
        rows.facts.push((numbers, row.try_get(7)?));
    }
    let sql = "SELECT org::bigint, grp::bigint, seq::bigint, text FROM words ORDER BY grp, seq";
    for row in sqlx::query(sql).fetch_all(&mut conn).await? {
        let numbers = [row.try_get(0)?, row.try_get(1)?, row.try_get(2)?];
        rows.words.push((numbers, row.try_get(3)?));
    }
    Ok(rows)
}

/// Inserts them into an empty database; tells how long the inserts took.
pub(super) async fn insert_postgres(url: &str, rows: &Rows) -> Result<Duration, Failure> {
    let mut conn = PgConnection::connect(url).await?;
    for sql in [FACTS, WORDS, FACTS_BY_SOURCE] {
        let sql = sqlx::AssertSqlSafe(sql.replace("BLOB", "BYTEA"));
        sqlx::query(sql).execute(&mut conn).await?;
    }
    let began = now();
    insert_batches(&mut conn, rows).await?;
    Ok(began.elapsed())
}

async fn insert_batches(conn: &mut PgConnection, rows: &Rows) -> Result<(), Failure> {
    let mut words = rows.words.chunks(BATCH);
    for batch in rows.facts.chunks(BATCH) {
        let mut turn = conn.begin().await?;
        let column = |at: usize| -> Vec<i64> {
            batch.iter().map(|(numbers, _)| numbers.get(at).copied().unwrap_or(0)).collect()
        };
        let bodies: Vec<&[u8]> = batch.iter().map(|(_, body)| body.as_slice()).collect();
        let mut query = sqlx::query(INSERT_FACTS);
        for at in 0..7 {
            query = query.bind(column(at));
        }
        query.bind(bodies).execute(&mut *turn).await?;
        if let Some(batch) = words.next() {
            let column = |at: usize| -> Vec<i64> {
                batch.iter().map(|(numbers, _)| numbers.get(at).copied().unwrap_or(0)).collect()
            };
            let texts: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
            let query = sqlx::query(INSERT_WORDS).bind(column(0)).bind(column(1)).bind(column(2));
            query.bind(texts).execute(&mut *turn).await?;
        }
        turn.commit().await?;
    }
    Ok(())
}
