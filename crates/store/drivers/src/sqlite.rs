//! SQLite: rusqlite, sqlx native, sqlx Any.

use std::path::Path;

use futures_util::TryStreamExt;
use rusqlite::{Connection, params};
use sqlx::any::AnyPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::rows::{Row, SQLITE, rows, with_rowid};
use crate::{BATCH, Outcome, READ, WRITTEN, clock, report};

pub const FACT: &str = "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) \
                        ON CONFLICT (org, grp, stream, src, part) DO NOTHING";
pub const WORD: &str = "INSERT INTO words (org, grp, seq, text) VALUES (?1, ?2, ?3, ?4)";
const LOG: &str = "SELECT seq, at, src, part, body FROM facts \
                   WHERE org = 1 AND grp = 1 ORDER BY seq";

pub async fn measure() -> Outcome<()> {
    let data = rows(1, WRITTEN);
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name);
    rusqlite_write("SQLite write, rusqlite", &file("a"), SQLITE, &data, BATCH)?;
    rusqlite_write("SQLite write, rusqlite, with rowid", &file("b"), &with_rowid(), &data, BATCH)?;
    rusqlite_write(
        "SQLite write, rusqlite, batches of 10,000",
        &file("c"),
        SQLITE,
        &data,
        10 * BATCH,
    )?;
    sqlx_native(&file("d"), &data).await?;
    sqlx_any(&file("e"), &data).await?;

    let path = file("read");
    let conn = open(&path, SQLITE)?;
    fill(&conn, &rows(1, READ), 10 * BATCH)?;
    drop(conn);
    rusqlite_read(&path)?;
    sqlx_native_read(&path).await?;
    sqlx_any_read(&path).await
}

fn open(path: &Path, schema: &str) -> Outcome<Connection> {
    let conn = Connection::open(path)?;
    conn.execute_batch("PRAGMA journal_mode = wal; PRAGMA synchronous = full;")?;
    conn.execute_batch("PRAGMA cache_size = -32768")?;
    conn.execute_batch(schema)?;
    Ok(conn)
}

fn fill(conn: &Connection, data: &[Row], batch: usize) -> Outcome<()> {
    for batch in data.chunks(batch) {
        conn.execute_batch("BEGIN IMMEDIATE")?;
        let mut fact = conn.prepare_cached(FACT)?;
        let mut word = conn.prepare_cached(WORD)?;
        for row in batch {
            fact.execute(params![1, 1, row.seq, row.at, 1, row.src, 0, row.body])?;
            word.execute(params![1, 1, row.seq, row.text])?;
        }
        conn.execute_batch("COMMIT")?;
    }
    Ok(())
}

fn rusqlite_write(
    name: &str,
    path: &Path,
    schema: &str,
    data: &[Row],
    batch: usize,
) -> Outcome<()> {
    let conn = open(path, schema)?;
    let start = clock();
    fill(&conn, data, batch)?;
    report(name, WRITTEN, start.elapsed());
    Ok(())
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .pragma("cache_size", "-32768")
}

async fn sqlx_native(path: &Path, data: &[Row]) -> Outcome<()> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options(path)).await?;
    sqlx::raw_sql(SQLITE).execute(&pool).await?;
    let start = clock();
    for batch in data.chunks(BATCH) {
        let mut tx = pool.begin().await?;
        for row in batch {
            sqlx::query(FACT)
                .bind(1_i64)
                .bind(1_i64)
                .bind(row.seq)
                .bind(row.at)
                .bind(1_i64)
                .bind(row.src)
                .bind(0_i64)
                .bind(row.body.as_slice().to_vec())
                .execute(&mut *tx)
                .await?;
            sqlx::query(WORD)
                .bind(1_i64)
                .bind(1_i64)
                .bind(row.seq)
                .bind(row.text.clone())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
    }
    report("SQLite write, sqlx native, a statement a row", WRITTEN, start.elapsed());
    Ok(())
}

async fn sqlx_any(path: &Path, data: &[Row]) -> Outcome<()> {
    drop(open(path, SQLITE)?);
    sqlx::any::install_default_drivers();
    let url = format!("sqlite:{}", path.display());
    let pool = AnyPoolOptions::new().max_connections(1).connect(&url).await?;
    sqlx::raw_sql("PRAGMA synchronous = full; PRAGMA cache_size = -32768").execute(&pool).await?;
    let start = clock();
    for batch in data.chunks(BATCH) {
        let mut tx = pool.begin().await?;
        let (facts, words) = json(batch);
        sqlx::query(
            "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
             SELECT 1, 1, value ->> 0, value ->> 1, 1, value ->> 2, 0, unhex(value ->> 3) \
             FROM json_each($1) WHERE true ON CONFLICT (org, grp, stream, src, part) DO NOTHING",
        )
        .bind(facts)
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO words (org, grp, seq, text) \
             SELECT 1, 1, value ->> 0, value ->> 1 FROM json_each($1)",
        )
        .bind(words)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
    }
    report("SQLite write, sqlx Any, a JSON array a batch", WRITTEN, start.elapsed());
    Ok(())
}

fn json(batch: &[Row]) -> (String, String) {
    use std::fmt::Write;
    let (mut facts, mut words) = (String::from("["), String::from("["));
    for (n, row) in batch.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(facts, "{comma}[{},{},{},\"", row.seq, row.at, row.src);
        for byte in row.body {
            let _ = write!(facts, "{byte:02x}");
        }
        facts.push_str("\"]");
        let _ = write!(words, "{comma}[{},\"{}\"]", row.seq, row.text);
    }
    facts.push(']');
    words.push(']');
    (facts, words)
}

fn rusqlite_read(path: &Path) -> Outcome<()> {
    let conn = Connection::open(path)?;
    let start = clock();
    let mut statement = conn.prepare(LOG)?;
    let mut found = statement.query([])?;
    let (mut count, mut sum) = (0, 0);
    while let Some(row) = found.next()? {
        let (seq, at, src, part): (i64, i64, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        sum ^= seq ^ at ^ src ^ part ^ i64::from(row.get_ref(4)?.as_blob()?[20]);
        count += 1;
    }
    std::hint::black_box(sum);
    report("SQLite read, rusqlite", count, start.elapsed());
    Ok(())
}

async fn sqlx_native_read(path: &Path) -> Outcome<()> {
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options(path)).await?;
    let start = clock();
    let mut found = sqlx::query_as::<_, (i64, i64, i64, i64, Vec<u8>)>(LOG).fetch(&pool);
    let (mut count, mut sum) = (0, 0);
    while let Some(row) = found.try_next().await? {
        sum ^= row.0 ^ row.1 ^ row.2 ^ row.3 ^ i64::from(row.4[20]);
        count += 1;
    }
    std::hint::black_box(sum);
    report("SQLite read, sqlx native", count, start.elapsed());
    Ok(())
}

async fn sqlx_any_read(path: &Path) -> Outcome<()> {
    let pool = AnyPoolOptions::new()
        .max_connections(1)
        .connect(&format!("sqlite:{}", path.display()))
        .await?;
    let start = clock();
    let mut found = sqlx::query_as::<_, (i64, i64, i64, i64, Vec<u8>)>(LOG).fetch(&pool);
    let (mut count, mut sum) = (0, 0);
    while let Some(row) = found.try_next().await? {
        sum ^= row.0 ^ row.1 ^ row.2 ^ row.3 ^ i64::from(row.4[20]);
        count += 1;
    }
    std::hint::black_box(sum);
    report("SQLite read, sqlx Any", count, start.elapsed());
    Ok(())
}
