//! The spool: rows of a reading sorted by (group, time, source), in bounded memory.
//!
//! Rows are sorted in chunks; chunks that do not fit are written to unnamed temporary files, which
//! vanish with the process. Reading merges them. What is spooled can be read any number of times.
//!
//! Invariant: the order of reading does not depend on how rows were cut into chunks.

mod row;

pub(crate) use row::{Row, RowOrder};

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, SeekFrom, Write};

/// Rows kept in memory before a chunk is written out.
const CHUNK_ROWS: usize = 200_000;
/// Bytes of words kept in memory before a chunk is written out.
const CHUNK_WORD_BYTES: usize = 24 << 20;
/// Read buffer of one run while merging, in bytes.
const RUN_BUFFER_BYTES: usize = 128 << 10;

/// Rows being collected.
pub(crate) struct Spool {
    chunk: Chunk,
    runs: Vec<File>,
    chunk_rows: usize,
    rows: u64,
}

#[derive(Default)]
struct Chunk {
    rows: Vec<(Row, u32, u32)>,
    words: Vec<u8>,
}

impl Chunk {
    fn sort(&mut self) {
        self.rows.sort_unstable_by_key(|(row, ..)| row.order());
    }

    fn words(&self, start: u32, length: u32) -> &[u8] {
        self.words.get(start as usize..(start + length) as usize).unwrap_or_default()
    }
}

impl Spool {
    /// An empty spool.
    pub(crate) fn new() -> Self {
        Self::with_chunks_of(CHUNK_ROWS)
    }

    fn with_chunks_of(chunk_rows: usize) -> Self {
        Self { chunk: Chunk::default(), runs: Vec::new(), chunk_rows, rows: 0 }
    }

    /// Number of rows so far.
    pub(crate) fn rows(&self) -> u64 {
        self.rows
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, row: Row, words: &str) -> io::Result<()> {
        if self.chunk.rows.len() >= self.chunk_rows || self.chunk.words.len() >= CHUNK_WORD_BYTES {
            self.write_run()?;
        }
        let start = u32::try_from(self.chunk.words.len()).unwrap_or(u32::MAX);
        let length = u32::try_from(words.len()).unwrap_or(u32::MAX);
        self.chunk.words.extend_from_slice(words.as_bytes());
        self.chunk.rows.push((row, start, length));
        self.rows += 1;
        Ok(())
    }

    /// Sorts what is in memory; call once after the last row.
    pub(crate) fn close(&mut self) -> io::Result<()> {
        if self.runs.is_empty() {
            self.chunk.sort();
            return Ok(());
        }
        self.write_run()?;
        self.chunk = Chunk::default(); // its memory is needed for what comes next
        Ok(())
    }

    /// Reads all rows in order from the beginning.
    pub(crate) fn read(&self) -> io::Result<Reader<'_>> {
        let mut reader =
            Reader { chunk: &self.chunk, next: 0, runs: Vec::new(), heap: BinaryHeap::new() };
        for file in &self.runs {
            reader.open(file.try_clone()?)?;
        }
        Ok(reader)
    }

    fn write_run(&mut self) -> io::Result<()> {
        self.chunk.sort();
        let mut out = BufWriter::with_capacity(1 << 20, tempfile::tempfile()?);
        for (row, start, length) in &self.chunk.rows {
            row.write(self.chunk.words(*start, *length), &mut out)?;
        }
        out.flush()?;
        self.runs.push(out.into_inner().map_err(io::IntoInnerError::into_error)?);
        self.chunk.rows.clear();
        self.chunk.words.clear();
        Ok(())
    }
}

struct OpenRun {
    input: BufReader<PositionedFile>,
    row: Row,
    words: Vec<u8>,
}

/// A file read at its own position, whatever other handles of it do.
struct PositionedFile {
    file: File,
    at: u64,
}

impl io::Read for PositionedFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.file.seek(SeekFrom::Start(self.at))?;
        let read = self.file.read(out)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Rows in order.
pub(crate) struct Reader<'a> {
    chunk: &'a Chunk,
    next: usize,
    runs: Vec<OpenRun>,
    heap: BinaryHeap<Reverse<(RowOrder, usize)>>,
}

impl Reader<'_> {
    fn open(&mut self, file: File) -> io::Result<()> {
        let mut input = BufReader::with_capacity(RUN_BUFFER_BYTES, PositionedFile { file, at: 0 });
        let mut words = Vec::new();
        if let Some(row) = Row::read(&mut input, &mut words)? {
            self.heap.push(Reverse((row.order(), self.runs.len())));
            self.runs.push(OpenRun { input, row, words });
        }
        Ok(())
    }

    /// The next row, its words appended to `words` after clearing it; `None` at the end.
    pub(crate) fn next(&mut self, words: &mut String) -> io::Result<Option<Row>> {
        words.clear();
        if let Some((row, start, length)) = self.chunk.rows.get(self.next) {
            self.next += 1;
            words.push_str(&String::from_utf8_lossy(self.chunk.words(*start, *length)));
            return Ok(Some(*row));
        }
        let Some(Reverse((_, number))) = self.heap.pop() else { return Ok(None) };
        let Some(run) = self.runs.get_mut(number) else { return Ok(None) };
        let row = run.row;
        words.push_str(&String::from_utf8_lossy(&run.words));
        if let Some(next) = Row::read(&mut run.input, &mut run.words)? {
            run.row = next;
            self.heap.push(Reverse((next.order(), number)));
        }
        Ok(Some(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{ActorClass, Fact, FactKind, FeatureWord, IdentityId, Millis, SourceKey};

    fn row(group: u32, at: i64, ordinal: u64) -> Row {
        let fact = Fact {
            at: Millis(at),
            source: SourceKey { key: ordinal as i64, part: 1 << 24 },
            kind: FactKind::Message,
            class: ActorClass::Member,
            detail: 0,
            actor: IdentityId(7),
            other: IdentityId::NOBODY,
            reply_to: None,
            features: FeatureWord(5),
            text_hash: 9,
        };
        Row { group, claim: 0, ordinal, fact, has_id: false }
    }

    fn read_all(spool: &Spool) -> Vec<(Row, String)> {
        let mut reader = spool.read().unwrap();
        let (mut words, mut all) = (String::new(), Vec::new());
        while let Some(row) = reader.next(&mut words).unwrap() {
            all.push((row, words.clone()));
        }
        all
    }

    fn filled(chunk_rows: usize) -> Spool {
        let mut spool = Spool::with_chunks_of(chunk_rows);
        for n in 0..1_000u64 {
            let at = (n * 7_919 % 97) as i64;
            spool.push(row((n % 3) as u32, at, n), &format!("第{n}条")).unwrap();
        }
        spool.close().unwrap();
        spool
    }

    #[test]
    fn cutting_into_runs_changes_nothing() {
        let in_memory = read_all(&filled(10_000));
        let in_runs = filled(64);
        assert_eq!(in_runs.runs.len(), 16);
        assert_eq!(read_all(&in_runs), in_memory);
        assert_eq!(read_all(&in_runs), in_memory, "it can be read again");
        assert!(in_memory.windows(2).all(|pair| pair[0].0.order() < pair[1].0.order()));
        assert_eq!(in_memory[0].1, format!("第{}条", in_memory[0].0.ordinal));
    }
}
