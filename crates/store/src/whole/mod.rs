//! The whole database in one file, and back: for safety, and as the way from one database to the
//! other.
//!
//! Invariants: a backup shows one moment, while others go on writing; it is the same file from
//! both databases, up to the order of its rows. A restore is one transaction into an empty
//! database: when it fails, nothing of it is left. Memory: a few blocks, however much there is.
//! What is not in the tables (settings, media) is not in the file.

mod file;
mod format;
mod postgres;
mod sqlite;

use std::path::Path;

use domain::Millis;
use tokio::sync::mpsc::{self, Receiver};
use tokio::task::spawn_blocking;

use crate::fault::{Fault, Result};
use crate::location::Location;
use crate::sql::{Kind, Row, TABLES, Table, newest};
use crate::store::{Backend, Store};
use crate::whole::file::{Reading, Writing};
use crate::whole::format::{Block, Header, Shape};

/// Blocks that wait for the slower side.
const AHEAD: usize = 4;

/// The version that a database has.
const VERSION: &str = "SELECT COALESCE(MAX(version), 0) FROM schema_versions";

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSummary {
    /// When it was made.
    pub made: Millis,
    /// Version of its schema.
    pub schema: i64,
    /// Size of the file.
    pub bytes: u64,
    /// Rows of each table, by its name.
    pub tables: Vec<(String, u64)>,
}

impl BackupSummary {
    /// Rows of all tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}

impl Store {
    /// Writes all that the database holds at this moment to the file `to`, while others go on
    /// writing. The file appears when it is whole; a backup of that name is replaced, any other
    /// file is not ([`Fault::InTheWay`]). It holds everything that people wrote: only its owner
    /// may read it.
    pub async fn backup(&self, to: &Path, now: Millis) -> Result<BackupSummary> {
        let tables = TABLES.iter().map(Shape::from).collect();
        let header = Header { schema: newest(), made: now, tables };
        let to = to.to_owned();
        let mut writing = blocking(move || Writing::begin(&to, header)).await?;
        let (send, mut blocks) = mpsc::channel(AHEAD);
        let writer = spawn_blocking(move || {
            while let Some(block) = blocks.blocking_recv() {
                writing.block(&block)?;
            }
            Ok::<_, Fault>(writing)
        });
        let dumped = match self.backend.clone() {
            Backend::Sqlite(from) => blocking(move || sqlite::dump(&from, &send)).await,
            Backend::Postgres(from) => postgres::dump(&from, send).await,
        };
        // A writer that failed is why the reader could not go on.
        let writing = writer.await.map_err(|_| stopped())??;
        dumped?;
        blocking(move || writing.finish()).await
    }

    /// Fills the empty database at `url`, of either kind, from a backup of either kind, and brings
    /// it to the newest version. The file is read to its end first: one that is damaged or newer
    /// is refused before the database is touched. [`Fault::NotEmpty`] when the database holds
    /// anything but the schema.
    pub async fn restore(url: &str, from: &Path) -> Result<BackupSummary> {
        let location = Location::parse(url)?;
        let place = location.shown();
        let file = from.to_owned();
        let (reading, summary) = blocking(move || {
            let reading = Reading::open(&file)?;
            if reading.header.schema > newest() {
                return Err(Fault::BackupNewer { place: file.display().to_string() });
            }
            let summary = reading.check()?;
            Ok((Reading::open(&file)?, summary))
        })
        .await?;
        match location {
            Location::Sqlite(path) => blocking(move || sqlite::restore(&path, reading)).await?,
            Location::Postgres(url) => postgres::restore(&url, &place, reading).await?,
        }
        // Removes what an import that ran while the backup was made has left.
        Self::open(url).await?;
        Ok(summary)
    }
}

/// Blocks of a file, read ahead by a thread of its own.
fn read_ahead(mut reading: Reading) -> Receiver<Result<Block>> {
    let (send, blocks) = mpsc::channel(AHEAD);
    spawn_blocking(move || {
        while let Some(block) = reading.next().transpose() {
            if send.blocking_send(block).is_err() {
                break;
            }
        }
    });
    blocks
}

/// A newer program may have changed the schema while this one runs.
fn same_version(row: Option<Row>) -> Result<()> {
    let found = row.map_or(Ok(0), |row| row.int(0))?;
    if found == newest() { Ok(()) } else { Err(Fault::Newer { found, known: newest() }) }
}

/// Reads all rows of a table in the order of its key.
fn select(table: &Table) -> String {
    let columns = |names: &[(&str, Kind)]| {
        let names: Vec<String> = names.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        names.join(", ")
    };
    let key = columns(table.columns.get(..table.key).unwrap_or_default());
    format!("SELECT {} FROM \"{}\" ORDER BY {key}", columns(table.columns), table.name)
}

/// Finds a row that no empty database has; `None` where there is nothing to find.
fn find_any(table: &str) -> Option<String> {
    match table {
        "counters" | "schema_versions" => None,
        "organisations" => Some("SELECT 1 FROM organisations WHERE id <> 1 LIMIT 1".to_owned()),
        _ => Some(format!("SELECT 1 FROM \"{table}\" LIMIT 1")),
    }
}

/// What is to be done with the tables of an empty database before it is filled; [`Fault::NotEmpty`]
/// when they are not ours.
fn make_way(tables: &[String], place: &str) -> Result<String> {
    let there = |name: &str| tables.iter().any(|table| table == name);
    if !tables.is_empty() && !there("schema_versions") {
        return Err(Fault::NotEmpty { place: place.to_owned() });
    }
    let ours = TABLES.iter().rev().map(|table| table.name).chain(["schema_versions"]);
    Ok(each("DROP TABLE", ours.filter(|name| there(name))))
}

/// Takes away the rows with which a new database begins.
fn empty(header: &Header) -> String {
    each("DELETE FROM", header.tables.iter().rev().map(|table| table.name.as_str()))
}

/// The same statement for each of these tables.
fn each<'n>(words: &str, tables: impl Iterator<Item = &'n str>) -> String {
    let mut sql = String::new();
    for table in tables {
        sql.extend([words, " \"", table, "\"; "]);
    }
    sql
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    spawn_blocking(work).await.map_err(|_| stopped())?
}

fn stopped() -> Fault {
    Fault::Other { source: "a thread of the backup has stopped".into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::whole::format::{Cell, Packer};

    /// A file as a program of the first version would have written it.
    fn old_backup(to: &Path) -> BackupSummary {
        let shape = |name: &str, columns: &[(&str, Kind)]| Shape {
            name: name.to_owned(),
            columns: columns.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect(),
        };
        let tables = vec![
            shape("organisations", &[("id", Kind::Int), ("name", Kind::Text)]),
            shape("imports", &[("id", Kind::Int)]),
        ];
        let header = Header { schema: 1, made: Millis(5), tables };
        let mut writing = Writing::begin(to, header).unwrap();
        let mut packer = Packer::new(0);
        for (id, name) in [(1, "茶馆"), (7, "club")] {
            packer.cell(Cell::Int(id));
            packer.cell(Cell::Text(name));
            assert!(packer.end_row().is_none());
        }
        writing.block(&packer.rest().unwrap()).unwrap();
        writing.finish().unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_backup_of_an_older_program_is_brought_to_the_newest_version() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("old");
        let made = old_backup(&file);
        for database in testkit::databases().await {
            assert_eq!(Store::restore(database.url(), &file).await.unwrap(), made);
            let store = Store::open(database.url()).await.unwrap();
            let all = store.organisations().await.unwrap();
            let names: Vec<(i64, &str)> = all.iter().map(|o| (o.id.0, o.name.as_str())).collect();
            assert_eq!(names, [(1, "茶馆"), (7, "club")]);
            // What a later version counts on is there, too.
            assert_eq!(store.add_organisation("next").await.unwrap().0, 8);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_backup_of_a_newer_schema_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("newer");
        let header = Header { schema: newest() + 1, made: Millis(5), tables: Vec::new() };
        Writing::begin(&file, header).unwrap().finish().unwrap();
        let url = folder.path().join("huoqun.db");
        let fault = Store::restore(url.to_str().unwrap(), &file).await.unwrap_err();
        assert!(matches!(fault, Fault::BackupNewer { .. }), "{fault:?}");
        assert!(!url.exists());
    }
}
