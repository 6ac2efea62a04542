//! PostgreSQL through sqlx: the connections, the common statements, and what its errors mean.

mod append;
mod copy;
mod database;
mod facts;
mod few;
mod live;
mod lock;
mod pages;
mod pool;

use std::borrow::Cow;

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{Column, PgConnection, Postgres, Row as _, SqlSafeStr, TypeInfo};

use crate::fault::{Cause, Fault, Result};
use crate::sql::Dialect;
use crate::sql::{Row, Value};

pub(crate) use append::append;
pub(crate) use copy::CopyRows;
pub use database::{create_database, drop_database};
pub(crate) use facts::walk;
pub(crate) use live::{known_live, put_live};
pub(crate) use lock::Lock;
pub(crate) use pages::put_pages;
pub(crate) use pool::Pg;

/// Runs a common statement.
pub(crate) async fn run(
    conn: &mut PgConnection,
    sql: &'static str,
    values: &[Value],
) -> Result<u64> {
    Ok(query(sql, values).execute(conn).await?.rows_affected())
}

/// All rows of a common statement.
pub(crate) async fn rows(
    conn: &mut PgConnection,
    sql: &'static str,
    values: &[Value],
) -> Result<Vec<Row>> {
    let rows = query(sql, values).fetch_all(conn).await?;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let mut values = Vec::with_capacity(row.columns().len());
        for column in row.columns() {
            let at = column.ordinal();
            values.push(match column.type_info().name() {
                "TEXT" => Value::Text(row.try_get(at)?),
                "BYTEA" => Value::Bytes(row.try_get(at)?),
                "INT4" => Value::Int(row.try_get::<Option<i32>, _>(at)?.map(i64::from)),
                _ => Value::Int(row.try_get(at)?),
            });
        }
        out.push(Row(values));
    }
    Ok(out)
}

/// Runs several statements without parameters.
pub(crate) async fn run_script(conn: &mut PgConnection, text: &str) -> Result<()> {
    sqlx::raw_sql(sqlx::AssertSqlSafe(text)).execute(conn).await?;
    Ok(())
}

fn query<'q>(sql: &'static str, values: &[Value]) -> Query<'q, Postgres, PgArguments> {
    let text = match Dialect::Postgres.write(sql) {
        Cow::Borrowed(sql) => sql.into_sql_str(),
        // Only column names of this crate were put in.
        Cow::Owned(sql) => sqlx::AssertSqlSafe(sql).into_sql_str(),
    };
    values.iter().fold(sqlx::query(text), |query, value| match value {
        Value::Int(value) => query.bind(*value),
        Value::Text(value) => query.bind(value.clone()),
        Value::Bytes(value) => query.bind(value.clone()),
    })
}

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        let said = error.as_database_error();
        let code = said.and_then(sqlx::error::DatabaseError::code).map(Cow::into_owned);
        let lost = matches!(
            error,
            sqlx::Error::Io(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::Protocol(_)
        );
        let source: Cause = Box::new(error);
        // https://www.postgresql.org/docs/current/errcodes-appendix.html
        match code.as_deref().unwrap_or_default() {
            "53100" => Self::Full { source },
            "55P03" | "40001" | "40P01" => Self::Busy { source },
            "25006" | "42501" => Self::ReadOnly { source },
            code if code.starts_with("23") => Self::Constraint { source },
            code if ["08", "57P", "53300"].iter().any(|one| code.starts_with(one)) => {
                Self::Lost { source }
            }
            code if code.starts_with("XX") => Self::Damaged { what: source.to_string() },
            _ if lost => Self::Lost { source },
            _ => Self::Other { source },
        }
    }
}
