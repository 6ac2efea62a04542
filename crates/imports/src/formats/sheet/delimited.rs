//! CSV and its relatives: comma, semicolon or tab, told by the header.

use crate::bundle::{Entry, TextReader};
use crate::error::ImportError;
use crate::formats::sheet::{Cells, ROW_BYTES_MAX, Row, Visit};
use csv::{ReaderBuilder, StringRecord, Terminator};
use std::io::{self, Read};

/// Rows above the header that are looked through for it (titles, `sep=,`).
const TITLE_ROWS_MAX: usize = 8;

pub(super) fn each_row(entry: &Entry, visit: &mut Visit<'_>) -> Result<(), ImportError> {
    let guard = Guard { inner: entry.text()?, row_bytes: 0, last: b'\n' };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&entry.head_text()))
        // With `\r\n` as one terminator the reader counts lines late; cells are trimmed anyway.
        .terminator(Terminator::Any(b'\n'))
        .buffer_capacity(128 * 1024)
        .from_reader(guard);
    let failed = |line, error| csv_error(entry, line, error);
    let mut record = StringRecord::new();
    let mut header: Option<Vec<String>> = None;
    let mut line = 0;
    let (mut short, mut in_lines) = (false, false);
    while reader.read_record(&mut record).map_err(|error| failed(line + 1, error))? {
        line = record.position().map_or(0, csv::Position::line);
        reader.get_mut().row_bytes = 0;
        let Some(header) = &header else {
            header = as_header(&record);
            continue;
        };
        let consumed = reader.get_mut().inner.take_consumed();
        let repaired = reader.get_ref().inner.had_errors();
        let row = Row { line, consumed, repaired, cells: Cells::Record(&record) };
        if !row.is_blank() {
            visit(header, &row)?;
        }
        short = record.len() < header.len();
        in_lines = record.iter().next_back().is_some_and(|field| field.contains('\n'));
    }
    // The last row lacks columns, and either its line end too or the end of a quotation.
    if short && (reader.get_ref().last != b'\n' || in_lines) {
        return Err(ImportError::Truncated { place: entry.place(line) });
    }
    Ok(())
}

/// The header, when it lies within these first characters.
pub(super) fn header(head: &str) -> Vec<String> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(head))
        .from_reader(head.as_bytes());
    let mut record = StringRecord::new();
    for _ in 0..TITLE_ROWS_MAX {
        if !reader.read_record(&mut record).unwrap_or(false) {
            break;
        }
        if let Some(header) = as_header(&record) {
            return header;
        }
    }
    Vec::new()
}

fn as_header(record: &StringRecord) -> Option<Vec<String>> {
    let filled = record.iter().filter(|field| !field.trim().is_empty()).count();
    (filled >= 2).then(|| record.iter().map(|field| field.trim().to_owned()).collect())
}

/// The one of comma, tab and semicolon that stands most often in the first line that has any; or
/// what Excel's `sep=;` says.
fn delimiter(head: &str) -> u8 {
    const CANDIDATES: [u8; 3] = [b',', b'\t', b';'];
    for line in head.lines().take(TITLE_ROWS_MAX) {
        if let Some(said) = line.strip_prefix("sep=").and_then(|rest| rest.bytes().next()) {
            return said;
        }
        let count = |mark: u8| memchr::memchr_iter(mark, line.as_bytes()).count();
        let most = CANDIDATES.into_iter().rev().max_by_key(|mark| count(*mark));
        if let Some(mark) = most.filter(|mark| count(*mark) > 0) {
            return mark;
        }
    }
    b','
}

fn csv_error(entry: &Entry, line: u64, error: csv::Error) -> ImportError {
    let what = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ImportError::from_io(entry.place(line), error),
        _ => ImportError::Malformed { place: entry.place(line), what },
    }
}

/// Stops a row that never ends.
struct Guard {
    inner: TextReader,
    row_bytes: u64,
    last: u8,
}

impl Read for Guard {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.row_bytes += count as u64;
        if self.row_bytes > ROW_BYTES_MAX {
            let what = "a row without end: a quotation mark is opened and never closed";
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        if let Some(last) = out.get(..count).and_then(<[u8]>::last) {
            self.last = *last;
        }
        Ok(count)
    }
}
