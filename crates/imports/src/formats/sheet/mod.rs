//! Rows and columns out of CSV, TSV, JSON lines and Excel workbooks.
//!
//! Invariants: rows are streamed (a workbook alone is held in memory, Excel allows no more than
//! about a million rows); the first row with two or more filled cells is the header; a row never
//! grows beyond `ROW_BYTES_MAX`. Knows nothing of what the columns mean.

mod delimited;
mod json_lines;
mod workbook;

use crate::bundle::Entry;
use crate::error::ImportError;
use std::borrow::Cow;

/// A row larger than this is not a row: a quotation mark was opened and never closed.
pub(crate) const ROW_BYTES_MAX: u64 = 64 << 20;

/// One cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    /// A cell that Excel shows as a date: days since its epoch of 1899-12-30.
    Serial(f64),
}

/// One row below the header.
pub(crate) struct Row<'a> {
    /// Line (text), row (workbook) number from 1.
    pub(crate) line: u64,
    /// Bytes of input consumed since the row before.
    pub(crate) consumed: u64,
    /// Some bytes of this row may have been replaced by U+FFFD.
    pub(crate) repaired: bool,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Record(&'a csv::StringRecord),
    Cells(&'a [Cell]),
}

impl<'a> Row<'a> {
    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        match self.cells {
            Cells::Record(record) => record.len(),
            Cells::Cells(cells) => cells.len(),
        }
    }

    /// The cell as text, trimmed; empty for a missing one.
    pub(crate) fn text(&self, column: usize) -> Cow<'a, str> {
        match self.cells {
            Cells::Record(record) => Cow::Borrowed(record.get(column).unwrap_or("").trim()),
            Cells::Cells(cells) => match cells.get(column) {
                Some(Cell::Text(text)) => Cow::Borrowed(text.trim()),
                Some(Cell::Number(number) | Cell::Serial(number)) => Cow::Owned(number.to_string()),
                Some(Cell::Empty) | None => Cow::Borrowed(""),
            },
        }
    }

    /// The number of a cell that Excel shows as a date.
    pub(crate) fn serial(&self, column: usize) -> Option<f64> {
        match self.cells {
            Cells::Record(_) => None,
            Cells::Cells(cells) => match cells.get(column) {
                Some(Cell::Serial(serial)) => Some(*serial),
                _ => None,
            },
        }
    }

    /// Nothing is written in any cell.
    pub(crate) fn is_blank(&self) -> bool {
        (0..self.len()).all(|column| self.text(column).is_empty())
    }
}

/// Receives the rows of a table.
pub(crate) type Visit<'v> = dyn FnMut(&[String], &Row<'_>) -> Result<(), ImportError> + 'v;

/// Streams every row below the header, with the header. Blank rows are left out.
///
/// Errors: those of reading; [`ImportError::Truncated`] when the last row ends in its middle;
/// [`ImportError::Malformed`] for a damaged workbook or an endless row; what the visitor returns.
pub(crate) fn each_row(entry: &Entry, visit: &mut Visit<'_>) -> Result<(), ImportError> {
    match shape(entry) {
        Shape::Workbook => workbook::each_row(entry, visit),
        Shape::JsonLines => json_lines::each_row(entry, visit),
        Shape::Delimited => delimited::each_row(entry, visit),
    }
}

/// The header, by the first bytes alone where that is possible; empty when there is none.
pub(crate) fn header(entry: &Entry) -> Vec<String> {
    match shape(entry) {
        Shape::Workbook => workbook::header(entry).unwrap_or_default(),
        Shape::JsonLines => json_lines::header(&entry.head_text()),
        Shape::Delimited => delimited::header(&entry.head_text()),
    }
}

enum Shape {
    Workbook,
    JsonLines,
    Delimited,
}

fn shape(entry: &Entry) -> Shape {
    if entry.head().starts_with(b"PK\x03\x04") {
        return Shape::Workbook;
    }
    let head = entry.head().iter().find(|byte| byte.is_ascii_graphic());
    if head == Some(&b'{') { Shape::JsonLines } else { Shape::Delimited }
}
