//! PostgreSQL through sqlx: UNNEST arrays, COPY in binary, JSON through Any; reading rows and COPY.

use futures_util::TryStreamExt;
use sqlx::any::AnyPoolOptions;
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgPool, Postgres, Transaction};

use crate::rows::{Row, for_postgres, rows};
use crate::{BATCH, Outcome, READ, WRITTEN, clock, report};

const LOG: &str = "SELECT seq, at, src, part, body FROM facts \
                   WHERE org = 1 AND grp = 1 ORDER BY seq";

pub async fn measure(server: &str) -> Outcome<()> {
    let data = rows(1, WRITTEN);
    let url = store::create_database(server, "drivers").await?;
    let pool = PgPoolOptions::new().max_connections(1).connect(&url).await?;
    for (name, batch) in [("", BATCH), (", batches of 10,000", 10 * BATCH)] {
        fresh(&pool).await?;
        let start = clock();
        for batch in data.chunks(batch) {
            let mut tx = pool.begin().await?;
            unnest(&mut tx, batch).await?;
            tx.commit().await?;
        }
        report(&format!("PostgreSQL write, sqlx, UNNEST arrays{name}"), WRITTEN, start.elapsed());
    }
    for (name, batch) in [("", BATCH), (", batches of 10,000", 10 * BATCH)] {
        fresh(&pool).await?;
        let start = clock();
        for batch in data.chunks(batch) {
            let mut tx = pool.begin().await?;
            copy(&mut tx, batch).await?;
            tx.commit().await?;
        }
        report(&format!("PostgreSQL write, sqlx, COPY in binary{name}"), WRITTEN, start.elapsed());
    }
    fresh(&pool).await?;
    any(&url, &data).await?;

    fresh(&pool).await?;
    for batch in rows(1, READ).chunks(10 * BATCH) {
        let mut tx = pool.begin().await?;
        copy(&mut tx, batch).await?;
        tx.commit().await?;
    }
    read(&pool).await?;
    pool.close().await;
    store::drop_database(server, "drivers").await?;
    Ok(())
}

async fn fresh(pool: &PgPool) -> Outcome<()> {
    sqlx::raw_sql("DROP TABLE IF EXISTS facts, words").execute(pool).await?;
    sqlx::raw_sql(sqlx::AssertSqlSafe(for_postgres())).execute(pool).await?;
    Ok(())
}

async fn unnest(tx: &mut Transaction<'_, Postgres>, batch: &[Row]) -> Outcome<()> {
    let seqs: Vec<i64> = batch.iter().map(|row| row.seq).collect();
    let ats: Vec<i64> = batch.iter().map(|row| row.at).collect();
    let srcs: Vec<i64> = batch.iter().map(|row| row.src).collect();
    let bodies: Vec<&[u8]> = batch.iter().map(|row| row.body.as_slice()).collect();
    let texts: Vec<&str> = batch.iter().map(|row| row.text.as_str()).collect();
    sqlx::query(
        "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
         SELECT 1, 1, n.seq, n.at, 1, n.src, 0, n.body \
         FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[]) AS n(seq, at, src, body) \
         ON CONFLICT (org, grp, stream, src, part) DO NOTHING",
    )
    .bind(&seqs).bind(ats).bind(srcs).bind(bodies)
    .execute(&mut **tx).await?;
    sqlx::query(
        "INSERT INTO words (org, grp, seq, text) SELECT 1, 1, n.* \
         FROM unnest($1::bigint[], $2::text[]) AS n",
    )
    .bind(seqs)
    .bind(texts)
    .execute(&mut **tx)
    .await?;
    Ok(())
}

async fn copy(tx: &mut Transaction<'_, Postgres>, batch: &[Row]) -> Outcome<()> {
    let (mut facts, mut words) = (head(), head());
    for row in batch {
        facts.extend_from_slice(&8_i16.to_be_bytes());
        for value in [1, 1, row.seq, row.at, 1, row.src, 0] {
            int(&mut facts, value);
        }
        bytes(&mut facts, &row.body);
        words.extend_from_slice(&4_i16.to_be_bytes());
        for value in [1, 1, row.seq] {
            int(&mut words, value);
        }
        bytes(&mut words, row.text.as_bytes());
    }
    for (sql, mut bytes) in [
        (
            "COPY facts (org, grp, seq, at, stream, src, part, body) FROM STDIN (FORMAT binary)",
            facts,
        ),
        ("COPY words (org, grp, seq, text) FROM STDIN (FORMAT binary)", words),
    ] {
        bytes.extend_from_slice(&(-1_i16).to_be_bytes());
        let mut copy = tx.copy_in_raw(sql).await?;
        copy.send(bytes).await?;
        copy.finish().await?;
    }
    Ok(())
}

fn head() -> Vec<u8> {
    b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0".to_vec()
}

fn int(out: &mut Vec<u8>, value: i64) {
    out.extend_from_slice(&8_i32.to_be_bytes());
    out.extend_from_slice(&value.to_be_bytes());
}

fn bytes(out: &mut Vec<u8>, value: &[u8]) {
    out.extend_from_slice(&(value.len() as i32).to_be_bytes());
    out.extend_from_slice(value);
}

async fn any(url: &str, data: &[Row]) -> Outcome<()> {
    sqlx::any::install_default_drivers();
    let pool = AnyPoolOptions::new().max_connections(1).connect(url).await?;
    let start = clock();
    for batch in data.chunks(BATCH) {
        let mut tx = pool.begin().await?;
        let facts: Vec<String> = batch
            .iter()
            .map(|row| {
                let body: String = row.body.iter().map(|byte| format!("{byte:02x}")).collect();
                format!("[{},{},{},\"{body}\"]", row.seq, row.at, row.src)
            })
            .collect();
        let words: Vec<String> =
            batch.iter().map(|row| format!("[{},\"{}\"]", row.seq, row.text)).collect();
        sqlx::query(
            "INSERT INTO facts (org, grp, seq, at, stream, src, part, body) \
             SELECT 1, 1, (v ->> 0)::bigint, (v ->> 1)::bigint, 1, (v ->> 2)::bigint, 0, \
             decode(v ->> 3, 'hex') FROM jsonb_array_elements($1::text::jsonb) AS e(v) \
             ON CONFLICT (org, grp, stream, src, part) DO NOTHING",
        )
        .bind(format!("[{}]", facts.join(",")))
        .execute(&mut *tx)
        .await?;
        sqlx::query(
            "INSERT INTO words (org, grp, seq, text) SELECT 1, 1, (v ->> 0)::bigint, v ->> 1 \
             FROM jsonb_array_elements($1::text::jsonb) AS e(v)",
        )
        .bind(format!("[{}]", words.join(",")))
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
    }
    report("PostgreSQL write, sqlx Any, a JSON array a batch", WRITTEN, start.elapsed());
    pool.close().await;
    Ok(())
}

async fn read(pool: &PgPool) -> Outcome<()> {
    let start = clock();
    let mut found = sqlx::query_as::<_, (i64, i64, i64, i64, Vec<u8>)>(LOG).fetch(pool);
    let (mut count, mut sum) = (0, 0);
    while let Some(row) = found.try_next().await? {
        sum ^= row.0 ^ row.1 ^ row.2 ^ row.3 ^ i64::from(row.4[20]);
        count += 1;
    }
    drop(found);
    report("PostgreSQL read, sqlx rows", count, start.elapsed());
    let start = clock();
    let mut conn = pool.acquire().await?;
    let mut found = conn.copy_out_raw(&format!("COPY ({LOG}) TO STDOUT (FORMAT binary)")).await?;
    let mut count = 0;
    while let Some(message) = found.try_next().await? {
        sum ^= i64::from(message[message.len() - 1]);
        count += 1;
    }
    std::hint::black_box(sum);
    // Head and end come as messages too.
    report(
        "PostgreSQL read, sqlx, COPY out in binary, not taken apart",
        count.min(READ),
        start.elapsed(),
    );
    Ok(())
}
