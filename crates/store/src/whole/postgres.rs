//! The whole of a PostgreSQL database, out and in, through its binary COPY.

use futures_util::TryStreamExt;
use sqlx::{Connection, PgConnection};
use tokio::sync::mpsc::Sender;

use crate::condition::Condition;
use crate::fault::{Fault, Result};
use crate::postgres::{CopyRows, Pg, rows, run_script};
use crate::sql::{Conn, Kind, TABLES, Table, lock_schema, migrate, migrate_to, newest, printable};
use crate::whole::file::{Reading, damaged};
use crate::whole::format::{Block, Cell, Cells, Damage, Packer, Shape};
use crate::whole::{VERSION, empty, find_any, make_way, read_ahead, same_version, select, stopped};

/// Bytes of the header of a binary COPY, which has no extension.
const COPY_HEAD: usize = 19;
/// How long to wait for tables that somebody else uses.
const PATIENCE: &str = "SET LOCAL lock_timeout = '5s'";

/// Sends all rows of all tables, as of one moment.
pub(super) async fn dump(from: &Pg, send: Sender<Block>) -> Result<()> {
    let mut conn = from.reading().await?;
    same_version(rows(&mut conn, VERSION, &[]).await?.into_iter().next())?;
    for (number, table) in (0..).zip(TABLES) {
        dump_table(&mut conn, number, table, &send).await?;
    }
    conn.commit().await?;
    Ok(())
}

async fn dump_table(
    conn: &mut PgConnection,
    number: u16,
    table: &Table,
    send: &Sender<Block>,
) -> Result<()> {
    let sql = format!("COPY ({}) TO STDOUT (FORMAT binary)", select(table));
    let mut rows = conn.copy_out_raw(&sql).await?;
    let (mut packer, mut pending, mut begun) = (Packer::new(number), Vec::new(), false);
    while let Some(bytes) = rows.try_next().await? {
        pending.extend_from_slice(&bytes);
        let mut rest = pending.as_slice();
        if !begun {
            let Some(behind) = rest.get(COPY_HEAD..) else { continue };
            (rest, begun) = (behind, true);
        }
        while let Some(behind) = pack(rest, table, &mut packer)? {
            rest = behind;
            if let Some(block) = packer.end_row() {
                send.send(block).await.map_err(|_| stopped())?;
            }
        }
        let read = pending.len() - rest.len();
        pending.drain(..read);
    }
    match packer.rest() {
        Some(block) => send.send(block).await.map_err(|_| stopped()),
        None => Ok(()),
    }
}

/// Packs the row at the beginning of `bytes` and answers what stands behind it; `None` when it
/// is not whole yet, or the end.
fn pack<'b>(bytes: &'b [u8], table: &Table, packer: &mut Packer) -> Result<Option<&'b [u8]>> {
    let odd = || Fault::Damaged { what: format!("{} holds what it should not", table.name) };
    let Some((columns, mut rest)) = bytes.split_first_chunk() else { return Ok(None) };
    match usize::try_from(i16::from_be_bytes(*columns)) {
        Err(_) => return Ok(None),
        Ok(columns) if columns != table.columns.len() => return Err(odd()),
        Ok(_) => {}
    }
    let mut cells = Vec::with_capacity(table.columns.len());
    for (_, kind) in table.columns {
        let Some((length, behind)) = rest.split_first_chunk() else { return Ok(None) };
        rest = behind;
        let Ok(length) = usize::try_from(i32::from_be_bytes(*length)) else {
            cells.push(Cell::Null);
            continue;
        };
        let Some((value, behind)) = rest.split_at_checked(length) else { return Ok(None) };
        rest = behind;
        cells.push(match kind {
            Kind::Int => Cell::Int(i64::from_be_bytes(value.try_into().map_err(|_| odd())?)),
            Kind::Text => Cell::Text(str::from_utf8(value).map_err(|_| odd())?),
            Kind::Bytes => Cell::Bytes(value),
        });
    }
    for cell in cells {
        packer.cell(cell);
    }
    Ok(Some(rest))
}

/// Fills the empty database at `url`.
pub(super) async fn restore(url: &str, place: &str, reading: Reading) -> Result<()> {
    let mut session =
        Pg::open(url, place, (Condition::new(), crate::store::PATIENCE)).await?.session().await?;
    let mut conn = session.begin().await?;
    run_script(&mut conn, PATIENCE).await?;
    lock_schema(&mut Conn::Postgres(&mut conn)).await?;
    let way = way(&mut conn, place).await?;
    run_script(&mut conn, &way).await?;
    let (header, from) = (reading.header.clone(), reading.from.clone());
    migrate_to(Conn::Postgres(&mut conn), header.schema).await?;
    run_script(&mut conn, &empty(&header)).await?;
    let mut blocks = read_ahead(reading);
    while let Some(block) = blocks.recv().await.transpose()? {
        let Some(table) = header.tables.get(usize::from(block.table)) else { continue };
        let rows = packed(table, &block, |damage| damaged(&from, damage))?;
        let columns = table.columns_sql();
        let sql = format!("COPY \"{}\" ({columns}) FROM STDIN (FORMAT binary)", table.name);
        let mut copy = conn.copy_in_raw(&sql).await?;
        copy.send(rows).await?;
        copy.finish().await?;
    }
    migrate(Conn::Postgres(&mut conn)).await?;
    // What has just grown has no statistics yet: look-ups would read whole tables.
    run_script(&mut conn, "ANALYZE").await?;
    conn.commit().await?;
    Ok(session.close().await?)
}

/// What makes an empty database ready; a fault when it is not empty.
async fn way(conn: &mut PgConnection, place: &str) -> Result<String> {
    let names = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()";
    let mut tables = Vec::new();
    for mut row in rows(conn, names, &[]).await? {
        tables.push(row.text(0)?);
    }
    let way = make_way(&tables, place)?;
    if !tables.is_empty() {
        let found = rows(conn, VERSION, &[]).await?.first().map_or(Ok(0), |row| row.int(0))?;
        if found > newest() {
            return Err(Fault::Newer { found, known: newest() });
        }
    }
    for table in tables {
        let Some(sql) = find_any(&table) else { continue };
        // Whoever is writing to it has finished, and nobody writes until it is full.
        run_script(conn, &format!("LOCK TABLE \"{table}\" IN ACCESS EXCLUSIVE MODE")).await?;
        // The name is one of a table that is there.
        let found = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_optional(&mut *conn).await?;
        if found.is_some() {
            return Err(Fault::NotEmpty { place: place.to_owned() });
        }
    }
    Ok(way)
}

/// A block as COPY wants it.
fn packed(table: &Shape, block: &Block, damaged: impl Fn(Damage) -> Fault) -> Result<Vec<u8>> {
    let columns = i16::try_from(table.columns.len())
        .map_err(|_| damaged(Damage::new("a table has too many columns")))?;
    let (mut rows, mut cells) = (CopyRows::new(columns), Cells::new(block));
    for _ in 0..block.rows {
        rows.row();
        for (_, kind) in &table.columns {
            match cells.next(*kind).map_err(&damaged)? {
                Cell::Null => rows.null(),
                Cell::Int(value) => rows.int(value),
                Cell::Text(text) if text.contains('\0') => {
                    rows.bytes(printable(text).as_bytes())?;
                }
                Cell::Text(text) => rows.bytes(text.as_bytes())?,
                Cell::Bytes(bytes) => rows.bytes(bytes)?,
            }
        }
    }
    cells.end().map_err(&damaged)?;
    Ok(rows.finish())
}
