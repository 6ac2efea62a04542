//! SQLite through rusqlite: the connection, the common statements, and what its errors mean.
//!
//! Write-ahead log with a full sync at every commit: what was committed survives a loss of power.

mod append;
mod facts;
mod live;
mod lock;
mod pages;
mod writer;

use std::path::Path;
use std::time::Duration;

use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::fault::{Cause, Fault, Result};
use crate::sql::Dialect;
use crate::sql::{Row, Value};

pub(crate) use append::append;
pub(crate) use facts::walk;
pub(crate) use live::{known_live, put_live};
pub(crate) use lock::Lock;
pub(crate) use pages::put_pages;
pub(crate) use writer::{Sqlite, at_once};

/// Page cache of a connection, in KiB.
const CACHE_KIB: i64 = 32 * 1024;
/// Pages in the write-ahead log before they are moved to the file, 32 MiB: hundreds of groups touch
/// the same pages again with every commit, and each is then moved once for many commits.
const CHECKPOINT_PAGES: i64 = 8_192;
/// Statements kept prepared on a connection; more than all statements of this crate.
const STATEMENTS: usize = 128;

/// How often the write-ahead log is asked for, while others open the same new file.
const TRIES: usize = 64;

/// Opens the file, making it when it is not there. A statement waits so long for another program
/// that writes.
pub(crate) fn connect(path: &Path, patience: Duration) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = Connection::open_with_flags(path, flags).and_then(|conn| {
        conn.busy_timeout(patience)?;
        write_ahead(&conn)?;
        conn.pragma_update(None, "synchronous", "full")?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "cache_size", -CACHE_KIB)?;
        conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
        conn.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(conn)
    });
    let place = || path.display().to_string();
    opened.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => {
            Fault::NotDatabase { place: place(), source: Box::new(error) }
        }
        _ => match Fault::from(error) {
            Fault::Other { source } | Fault::Lost { source } => {
                Fault::Connect { place: place(), source }
            }
            fault => fault,
        },
    })
}

/// Turns the write-ahead log on. A new file is changed to it by whoever comes first, and SQLite
/// refuses everybody else meanwhile without waiting: beginning to write does wait, so that is how
/// the others let the first one finish.
fn write_ahead(conn: &Connection) -> rusqlite::Result<()> {
    let mut asked = conn.pragma_update(None, "journal_mode", "wal");
    for _ in 0..TRIES {
        match &asked {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                conn.execute_batch("BEGIN IMMEDIATE; COMMIT")?;
                asked = conn.pragma_update(None, "journal_mode", "wal");
            }
            _ => break,
        }
    }
    asked
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let value = match self {
            Self::Int(value) => value.map_or(ValueRef::Null, ValueRef::Integer),
            Self::Text(value) => {
                value.as_ref().map_or(ValueRef::Null, |text| ValueRef::Text(text.as_bytes()))
            }
            Self::Bytes(value) => {
                value.as_ref().map_or(ValueRef::Null, |bytes| ValueRef::Blob(bytes))
            }
        };
        Ok(ToSqlOutput::Borrowed(value))
    }
}

/// Runs a common statement.
pub(crate) fn run(conn: &Connection, sql: &'static str, values: &[Value]) -> Result<u64> {
    let mut statement = conn.prepare_cached(&Dialect::Sqlite.write(sql))?;
    Ok(statement.execute(rusqlite::params_from_iter(values))? as u64)
}

/// All rows of a common statement.
pub(crate) fn rows(conn: &Connection, sql: &'static str, values: &[Value]) -> Result<Vec<Row>> {
    let mut statement = conn.prepare_cached(&Dialect::Sqlite.write(sql))?;
    let columns = statement.column_count();
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
        let mut out = Vec::with_capacity(columns);
        for column in 0..columns {
            out.push(match row.get_ref(column)? {
                ValueRef::Null | ValueRef::Real(_) => Value::Text(None),
                ValueRef::Integer(value) => Value::Int(Some(value)),
                ValueRef::Text(text) => {
                    Value::Text(Some(String::from_utf8_lossy(text).into_owned()))
                }
                ValueRef::Blob(bytes) => Value::Bytes(Some(bytes.to_vec())),
            });
        }
        Ok(Row(out))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let code = error.sqlite_error_code();
        let source: Cause = Box::new(error);
        match code {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { source },
            Some(ErrorCode::DiskFull) => Self::Full { source },
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly { source },
            Some(ErrorCode::CannotOpen | ErrorCode::SystemIoFailure) => Self::Lost { source },
            Some(ErrorCode::ConstraintViolation) => Self::Constraint { source },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { what: source.to_string() },
            _ => Self::Other { source },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_of(pragma: &str) -> Fault {
        let folder = tempfile::tempdir().unwrap();
        let conn = connect(&folder.path().join("huoqun.db"), Duration::from_secs(1)).unwrap();
        conn.execute_batch("CREATE TABLE sheets (bytes BLOB NOT NULL) STRICT").unwrap();
        conn.execute_batch(pragma).unwrap();
        run(&conn, "INSERT INTO sheets (bytes) VALUES (zeroblob(1000000))", &[]).unwrap_err()
    }

    #[test]
    fn a_full_disk_and_a_database_that_cannot_be_written_are_told_apart() {
        let full = fault_of("PRAGMA max_page_count = 10");
        assert!(matches!(full, Fault::Full { .. }), "{full:?}");
        assert!(full.remedy().contains("room"));
        let read_only = fault_of("PRAGMA query_only = 1");
        assert!(matches!(read_only, Fault::ReadOnly { .. }), "{read_only:?}");
        assert!(read_only.remedy().contains("right to write"));
    }
}
