//! Statements past the store: to set a scene, and to look at what is really there.

use sqlx::{Connection, Row as _};
use testkit::Database;

/// Runs statements of the common subset.
pub(crate) async fn run(database: &Database, sql: &str) {
    if let Some(file) = database.file() {
        rusqlite::Connection::open(file).unwrap().execute_batch(sql).unwrap();
    } else {
        let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
    }
}

/// All rows of a statement whose columns are texts, joined by `|`.
pub(crate) async fn rows(database: &Database, sql: &str) -> Vec<String> {
    if let Some(file) = database.file() {
        let conn = rusqlite::Connection::open(file).unwrap();
        let mut statement = conn.prepare(sql).unwrap();
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cells: Vec<String> = (0..columns)
                .map(|at| row.get::<_, Option<String>>(at).unwrap().unwrap_or_default())
                .collect();
            Ok(cells.join("|"))
        };
        return statement.query_map([], row).unwrap().map(Result::unwrap).collect();
    }
    let mut conn = sqlx::PgConnection::connect(database.url()).await.unwrap();
    let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).fetch_all(&mut conn).await.unwrap();
    conn.close().await.unwrap();
    rows.iter()
        .map(|row| {
            let cells: Vec<String> = (0..row.columns().len())
                .map(|at| row.get::<Option<String>, _>(at).unwrap_or_default())
                .collect();
            cells.join("|")
        })
        .collect()
}

/// How the database means to answer: its plan in one text.
pub(crate) async fn plan(database: &Database, sql: &str) -> String {
    if let Some(file) = database.file() {
        let conn = rusqlite::Connection::open(file).unwrap();
        let mut statement = conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        return rows.map(Result::unwrap).collect::<Vec<_>>().join("\n");
    }
    rows(database, &format!("EXPLAIN {sql}")).await.join("\n")
}

/// Groups 1 to `count` of organisation 1, on the platform `web`.
pub(crate) async fn groups(database: &Database, count: i64) {
    let sql = format!(
        "WITH RECURSIVE g(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM g WHERE id < {count}) \
         INSERT INTO groups (org, id, platform, key, name, zone, evidence) \
         SELECT 1, id, 'web', 'key ' || id, 'group ' || id, 'Asia/Shanghai', 0 FROM g"
    );
    run(database, &sql).await;
}
