//! A backup file, written front to back and read front to back.
//!
//! Invariants: a file under its name is whole (written beside it under another name, synced, then
//! renamed); a reader says that it came to the end only when the counts and the checksum are
//! right. Memory: one block, however long the file is.

use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use xxhash_rust::xxh3::Xxh3;

use crate::fault::{Fault, Result};
use crate::whole::BackupSummary;
use crate::whole::format::{Block, Damage, END, FORMAT, HEADER_MAX, Header, MAGIC, ROWS};

/// How hard the file is pressed, 1 to 19.
const LEVEL: i32 = 3;

/// A backup that is being written.
pub(super) struct Writing {
    to: PathBuf,
    out: zstd::Encoder<'static, NamedTempFile>,
    sum: Xxh3,
    header: Header,
    counts: Vec<u64>,
}

impl Writing {
    /// Begins a file that will be `to`.
    pub(super) fn begin(to: &Path, header: Header) -> Result<Self> {
        let failed = |source| file_fault(to, source);
        if to.exists() && !begins_as_backup(to).map_err(failed)? {
            return Err(Fault::InTheWay { place: to.display().to_string() });
        }
        let begin = || {
            let mut file = tempfile::Builder::new()
                .prefix(".huoqun-")
                .suffix(".part")
                .tempfile_in(folder(to))?;
            file.write_all(MAGIC)?;
            file.write_all(&FORMAT.to_le_bytes())?;
            zstd::Encoder::new(file, LEVEL)
        };
        let (sum, counts) = (Xxh3::new(), vec![0; header.tables.len()]);
        let to = to.to_owned();
        let mut writing = Self { out: begin().map_err(failed)?, to, sum, header, counts };
        let text = writing.header.write();
        writing.put(&length(text.as_bytes())?)?;
        writing.put(text.as_bytes())?;
        Ok(writing)
    }

    /// Adds a block.
    pub(super) fn block(&mut self, block: &Block) -> Result<()> {
        self.put(&[ROWS])?;
        self.put(&block.table.to_le_bytes())?;
        self.put(&block.rows.to_le_bytes())?;
        self.put(&length(&block.bytes)?)?;
        self.put(&block.bytes)?;
        if let Some(count) = self.counts.get_mut(usize::from(block.table)) {
            *count += u64::from(block.rows);
        }
        Ok(())
    }

    /// Ends the file and gives it its name.
    pub(super) fn finish(mut self) -> Result<BackupSummary> {
        self.put(&[END])?;
        for count in self.counts.clone() {
            self.put(&count.to_le_bytes())?;
        }
        let sum = self.sum.digest();
        self.put(&sum.to_le_bytes())?;
        let Self { to, out, header, counts, .. } = self;
        let name = || {
            let file = out.finish()?;
            file.as_file().sync_all()?;
            let bytes = file.as_file().metadata()?.len();
            file.persist(&to)?;
            // So that the name, too, survives a loss of power.
            #[cfg(unix)]
            File::open(folder(&to))?.sync_all()?;
            Ok(bytes)
        };
        let bytes = name().map_err(|source| file_fault(&to, source))?;
        Ok(summary(&header, &counts, bytes))
    }

    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.sum.update(bytes);
        self.out.write_all(bytes).map_err(|source| file_fault(&self.to, source))
    }
}

/// A backup that is being read.
pub(super) struct Reading {
    pub(super) from: PathBuf,
    read: zstd::Decoder<'static, BufReader<File>>,
    sum: Xxh3,
    pub(super) header: Header,
    counts: Vec<u64>,
}

impl Reading {
    /// Opens the file and reads what it says of itself.
    pub(super) fn open(from: &Path) -> Result<Self> {
        let failed = |source| file_fault(from, source);
        let mut file = File::open(from).map_err(failed)?;
        let (mut magic, mut format) = ([0; MAGIC.len()], [0; 2]);
        if !starts(&mut file, &mut magic).map_err(failed)? || &magic != MAGIC {
            return Err(Fault::NotBackup { place: from.display().to_string() });
        }
        let known = starts(&mut file, &mut format).map_err(failed)?;
        if known && u16::from_le_bytes(format) > FORMAT {
            return Err(Fault::BackupNewer { place: from.display().to_string() });
        }
        let read = zstd::Decoder::new(file).map_err(failed)?.single_frame();
        let header = Header { schema: 0, made: domain::Millis(0), tables: Vec::new() };
        let from = from.to_owned();
        let mut reading = Self { from, read, sum: Xxh3::new(), header, counts: Vec::new() };
        let length = u32::from_le_bytes(reading.take()?);
        if length > HEADER_MAX {
            return Err(reading.damaged(Damage::new("its header is too long")));
        }
        let text = reading.run(length)?;
        reading.header = Header::read(&text).map_err(|damage| reading.damaged(damage))?;
        reading.counts = vec![0; reading.header.tables.len()];
        Ok(reading)
    }

    /// The next block; `None` when the file is whole and all of it was read.
    pub(super) fn next(&mut self) -> Result<Option<Block>> {
        match self.take()? {
            [ROWS] => {}
            [END] => return self.end().map(|()| None),
            _ => return Err(self.damaged(Damage::new("a block begins oddly"))),
        }
        let table = u16::from_le_bytes(self.take()?);
        let rows = u32::from_le_bytes(self.take()?);
        let length = u32::from_le_bytes(self.take()?);
        let bytes = self.run(length)?;
        match self.counts.get_mut(usize::from(table)) {
            Some(count) => *count += u64::from(rows),
            None => return Err(self.damaged(Damage::new("a block is of no table"))),
        }
        Ok(Some(Block { table, rows, bytes }))
    }

    /// Reads to the end without looking at the rows.
    pub(super) fn check(mut self) -> Result<BackupSummary> {
        while self.next()?.is_some() {}
        let bytes = std::fs::metadata(&self.from).map_err(|source| self.failed(source))?.len();
        Ok(summary(&self.header, &self.counts, bytes))
    }

    /// This damage of this file.
    pub(super) fn damaged(&self, damage: Damage) -> Fault {
        damaged(&self.from, damage)
    }

    fn end(&mut self) -> Result<()> {
        for count in self.counts.clone() {
            if u64::from_le_bytes(self.take()?) != count {
                return Err(self.damaged(Damage::new("rows are missing")));
            }
        }
        let sum = self.sum.digest();
        if u64::from_le_bytes(self.take()?) != sum {
            return Err(self.damaged(Damage::new("its checksum is wrong")));
        }
        let more = self.read.read(&mut [0]).map_err(|source| self.failed(source))?;
        let behind = self.read.get_mut().read(&mut [0]).map_err(|source| self.failed(source))?;
        if more + behind > 0 {
            return Err(self.damaged(Damage::new("something stands behind its end")));
        }
        Ok(())
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let mut bytes = [0; N];
        self.read.read_exact(&mut bytes).map_err(|source| self.failed(source))?;
        self.sum.update(&bytes);
        Ok(bytes)
    }

    /// Asks for no more memory than there are bytes, whatever the length says.
    fn run(&mut self, length: u32) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let read = self.read.by_ref().take(u64::from(length)).read_to_end(&mut bytes);
        if read.map_err(|source| self.failed(source))? < length as usize {
            return Err(self.damaged(Damage::new("it ends too early")));
        }
        self.sum.update(&bytes);
        Ok(bytes)
    }

    /// An error of the system is one of the file; all others are of what it holds.
    fn failed(&self, source: io::Error) -> Fault {
        if source.raw_os_error().is_some() {
            return file_fault(&self.from, source);
        }
        self.damaged(match source.kind() {
            io::ErrorKind::UnexpectedEof => Damage::new("it ends too early"),
            _ => Damage(source.to_string()),
        })
    }
}

fn summary(header: &Header, counts: &[u64], bytes: u64) -> BackupSummary {
    let names = header.tables.iter().map(|table| table.name.clone());
    BackupSummary {
        made: header.made,
        schema: header.schema,
        bytes,
        tables: names.zip(counts.iter().copied()).collect(),
    }
}

fn length(bytes: &[u8]) -> Result<[u8; 4]> {
    let length = u32::try_from(bytes.len())
        .map_err(|_| Fault::Other { source: "a value of more than 4 GiB".into() })?;
    Ok(length.to_le_bytes())
}

fn begins_as_backup(path: &Path) -> io::Result<bool> {
    let mut magic = [0; MAGIC.len()];
    Ok(starts(&mut File::open(path)?, &mut magic)? && &magic == MAGIC)
}

/// Fills `bytes`; whether there were enough.
fn starts(file: &mut File, bytes: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// This damage of that file.
pub(super) fn damaged(from: &Path, damage: Damage) -> Fault {
    Fault::BackupDamaged { place: from.display().to_string(), what: damage.0 }
}

fn file_fault(path: &Path, source: io::Error) -> Fault {
    Fault::File { place: path.display().to_string(), source: Box::new(source) }
}
