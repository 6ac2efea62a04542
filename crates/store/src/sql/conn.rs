//! One connection within one transaction, whichever database it is.
//!
//! Statements are written once, in the common subset, with three conventions: parameters are
//! `$1`, `$2` …; whole tables are passed as one JSON parameter, an array of arrays, read by
//! `{rows:$2(name text, class int)}`, which also has the column `ord`, from 0; integers have 64
//! bits.
//! On SQLite no call ever waits: all of it runs on the thread that owns the connection.

use std::borrow::Cow;
use std::future::Future;
use std::pin::Pin;

use crate::fault::Result;
use crate::sql::{Row, Value};
use crate::{postgres, sqlite};

/// A future that may move between threads.
pub(crate) type Boxed<'c, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>;

/// Something to do within one transaction; what it owns travels with it.
pub(crate) type Job<T> = Box<dyn for<'c> FnOnce(Conn<'c>) -> Boxed<'c, T> + Send>;

/// Boxes a job: `job(move |conn| Box::pin(async move { … }))`.
pub(crate) fn job<T, F>(work: F) -> Job<T>
where
    F: for<'c> FnOnce(Conn<'c>) -> Boxed<'c, T> + Send + 'static,
{
    Box::new(work)
}

/// A connection in a transaction.
pub(crate) enum Conn<'c> {
    Sqlite(&'c mut rusqlite::Connection),
    Postgres(&'c mut sqlx::PgConnection),
}

impl Conn<'_> {
    /// Runs a statement; the number of rows that it touched.
    pub(crate) async fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64> {
        match self {
            Self::Sqlite(conn) => sqlite::run(conn, sql, values),
            Self::Postgres(conn) => postgres::run(conn, sql, values).await,
        }
    }

    /// All rows that a statement answers.
    pub(crate) async fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>> {
        match self {
            Self::Sqlite(conn) => sqlite::rows(conn, sql, values),
            Self::Postgres(conn) => postgres::rows(conn, sql, values).await,
        }
    }

    /// The first row that a statement answers.
    pub(crate) async fn row(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }
}

/// The two ways to write what the common subset lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// The statement as this database understands it.
    pub(crate) fn write(self, sql: &'static str) -> Cow<'static, str> {
        let mut out = Cow::Borrowed(sql);
        while let Some((before, rest)) = out.split_once("{rows:") {
            let Some((parameter, (columns, after))) = rest
                .split_once('(')
                .and_then(|(parameter, rest)| Some((parameter, rest.split_once(")}")?)))
            else {
                break;
            };
            let table = self.table(parameter, columns);
            out = Cow::Owned(format!("{before}{table}{after}"));
        }
        if self == Self::Sqlite && out.contains('$') {
            out = Cow::Owned(out.replace('$', "?"));
        }
        out
    }

    fn table(self, parameter: &str, columns: &str) -> String {
        let picked: Vec<String> = columns
            .split(',')
            .filter_map(|column| column.trim().split_once(' '))
            .enumerate()
            .map(|(n, (name, kind))| match (self, kind) {
                (Self::Postgres, "int") => format!("(value ->> {n})::bigint AS {name}"),
                _ => format!("value ->> {n} AS {name}"),
            })
            .collect();
        let picked = picked.join(", ");
        match self {
            Self::Sqlite => format!("(SELECT {picked}, key AS ord FROM json_each({parameter}))"),
            Self::Postgres => format!(
                "(SELECT {picked}, n - 1 AS ord FROM \
                 jsonb_array_elements({parameter}::text::jsonb) WITH ORDINALITY AS e(value, n))"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_parameter_becomes_a_table_of_both_databases() {
        let sql = "SELECT a FROM {rows:$2(a text, b int)} AS t WHERE $1 = b";
        assert_eq!(
            Dialect::Sqlite.write(sql),
            "SELECT a FROM (SELECT value ->> 0 AS a, value ->> 1 AS b, key AS ord \
             FROM json_each(?2)) AS t WHERE ?1 = b"
        );
        assert_eq!(
            Dialect::Postgres.write(sql),
            "SELECT a FROM (SELECT value ->> 0 AS a, (value ->> 1)::bigint AS b, n - 1 AS ord FROM \
             jsonb_array_elements($2::text::jsonb) WITH ORDINALITY AS e(value, n)) AS t \
             WHERE $1 = b"
        );
    }
}
