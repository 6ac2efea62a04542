//! The whole of a SQLite database, out and in.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use tokio::sync::mpsc::Sender;

use crate::fault::{Fault, Result};
use crate::sql::{Conn, TABLES, Table, migrate, migrate_to, newest};
use crate::sqlite::{self, Sqlite, at_once, connect};
use crate::store::PATIENCE;
use crate::whole::file::Reading;
use crate::whole::format::{Block, Cell, Cells, Packer};
use crate::whole::{VERSION, empty, find_any, make_way, same_version, select, stopped};

/// What stands behind the name of a database in the names of its files.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

/// Sends all rows of all tables, as of one moment.
pub(super) fn dump(from: &Sqlite, send: &Sender<Block>) -> Result<()> {
    let conn = from.reader()?;
    conn.execute_batch("BEGIN DEFERRED")?;
    same_version(sqlite::rows(&conn, VERSION, &[])?.into_iter().next())?;
    for (number, table) in (0..).zip(TABLES) {
        dump_table(&conn, number, table, send)?;
    }
    conn.execute_batch("COMMIT")?;
    from.give_back(conn);
    Ok(())
}

fn dump_table(conn: &Connection, number: u16, table: &Table, send: &Sender<Block>) -> Result<()> {
    let send = |block| send.blocking_send(block).map_err(|_| stopped());
    let odd = || Fault::Damaged { what: format!("{} holds what it should not", table.name) };
    let mut statement = conn.prepare(&select(table))?;
    let mut rows = statement.query([])?;
    let mut packer = Packer::new(number);
    while let Some(row) = rows.next()? {
        for column in 0..table.columns.len() {
            packer.cell(match row.get_ref(column)? {
                ValueRef::Null => Cell::Null,
                ValueRef::Integer(value) => Cell::Int(value),
                ValueRef::Text(text) => Cell::Text(str::from_utf8(text).map_err(|_| odd())?),
                ValueRef::Blob(bytes) => Cell::Bytes(bytes),
                ValueRef::Real(_) => return Err(odd()),
            });
        }
        packer.end_row().map_or(Ok(()), send)?;
    }
    packer.rest().map_or(Ok(()), send)
}

/// Fills the empty database at `path`; when that fails and there was none, there is none.
pub(super) fn restore(path: &Path, reading: Reading) -> Result<()> {
    let new = !path.exists();
    let filled = fill(path, reading);
    if new && filled.is_err() {
        for beside in BESIDE {
            let mut name = path.as_os_str().to_owned();
            name.push(beside);
            // What is not there need not be removed; the fault to tell is the first one.
            let _ = std::fs::remove_file(name);
        }
    }
    filled
}

fn fill(path: &Path, mut reading: Reading) -> Result<()> {
    let mut conn = connect(path, PATIENCE)?;
    let place = path.display().to_string();
    way(&conn, &place)?;
    // A log to write ahead would hold all of it once more. Nobody else may have the database open.
    conn.pragma_update(None, "journal_mode", "delete")?;
    conn.execute_batch("BEGIN EXCLUSIVE")?;
    conn.execute_batch(&way(&conn, &place)?)?;
    at_once(Box::pin(migrate_to(Conn::Sqlite(&mut conn), reading.header.schema)))?;
    conn.execute_batch(&empty(&reading.header))?;
    while let Some(block) = reading.next()? {
        load(&conn, &reading, &block)?;
    }
    at_once(Box::pin(migrate(Conn::Sqlite(&mut conn))))?;
    Ok(conn.execute_batch("COMMIT")?)
}

/// What makes an empty database ready; a fault when it is not empty.
fn way(conn: &Connection, place: &str) -> Result<String> {
    let mut names = conn.prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' \
         ESCAPE '\\'",
    )?;
    let tables: Vec<String> =
        names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let way = make_way(&tables, place)?;
    if !tables.is_empty() {
        let found = conn.query_row(VERSION, [], |row| row.get(0))?;
        if found > newest() {
            return Err(Fault::Newer { found, known: newest() });
        }
    }
    for table in &tables {
        if let Some(sql) = find_any(table)
            && conn.prepare(&sql)?.exists([])?
        {
            return Err(Fault::NotEmpty { place: place.to_owned() });
        }
    }
    Ok(way)
}

fn load(conn: &Connection, reading: &Reading, block: &Block) -> Result<()> {
    let Some(table) = reading.header.tables.get(usize::from(block.table)) else { return Ok(()) };
    let marks = vec!["?"; table.columns.len()].join(", ");
    let sql = format!("INSERT INTO \"{}\" ({}) VALUES ({marks})", table.name, table.columns_sql());
    let mut insert = conn.prepare_cached(&sql)?;
    let mut cells = Cells::new(block);
    for _ in 0..block.rows {
        for (at, (_, kind)) in (1..).zip(&table.columns) {
            match cells.next(*kind).map_err(|damage| reading.damaged(damage))? {
                Cell::Null => insert.raw_bind_parameter(at, rusqlite::types::Null)?,
                Cell::Int(value) => insert.raw_bind_parameter(at, value)?,
                Cell::Text(text) => insert.raw_bind_parameter(at, text)?,
                Cell::Bytes(bytes) => insert.raw_bind_parameter(at, bytes)?,
            }
        }
        insert.raw_execute()?;
    }
    cells.end().map_err(|damage| reading.damaged(damage))
}
