//! Excel workbooks (.xlsx): the first sheet with rows below a header, and those with
//! the same header; others (notes, pivot tables) are left out.
//!
//! The packed file is held in memory; what it unpacks to is counted before it is believed.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::sheet::{Cell, Cells, Row, Visit};
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use std::io::Cursor;

type Book = Xlsx<Cursor<Vec<u8>>>;

pub(super) fn each_row(entry: &Entry, visit: &mut Visit<'_>) -> Result<(), ImportError> {
    let mut book = open(entry)?;
    let mut first = Vec::new();
    for sheet in book.sheet_names() {
        walk(entry, &mut book, (&sheet, &mut first), visit)?;
    }
    Ok(())
}

pub(super) fn header(entry: &Entry) -> Result<Vec<String>, ImportError> {
    let mut book = open(entry)?;
    for sheet in book.sheet_names() {
        let mut found = Vec::new();
        let mut keep = |header: &[String], _: &Row<'_>| {
            found = header.to_vec();
            // One row is enough: the error ends the walk.
            Err(ImportError::Stopped)
        };
        match walk(entry, &mut book, (&sheet, &mut Vec::new()), &mut keep) {
            Err(ImportError::Stopped) => return Ok(found),
            Err(error) => return Err(error),
            Ok(()) => {}
        }
    }
    Ok(Vec::new())
}

fn open(entry: &Entry) -> Result<Book, ImportError> {
    let bytes = entry.workbook_bytes()?;
    Xlsx::new(Cursor::new(bytes)).map_err(|error| broken(entry, &error))
}

fn broken(entry: &Entry, error: &XlsxError) -> ImportError {
    match error {
        XlsxError::Password => ImportError::Encrypted(entry.place(0)),
        other => ImportError::Malformed {
            place: entry.place(0),
            what: format!("not a readable Excel workbook: {other}"),
        },
    }
}

/// Visits a sheet whose header is that of the `first` one with a table (which it may be itself).
fn walk(
    entry: &Entry,
    book: &mut Book,
    (sheet, first): (&str, &mut Vec<String>),
    visit: &mut Visit<'_>,
) -> Result<(), ImportError> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|error| broken(entry, &error))?;
    let mut rows = Rows { header: Vec::new(), cells: Vec::new(), line: 0, first, visit };
    while let Some(cell) = reader.next_cell().map_err(|error| broken(entry, &error))? {
        let (row, column) = cell.get_position();
        let line = u64::from(row) + 1;
        if line != rows.line {
            rows.end()?;
            rows.line = line;
        }
        let column = usize::try_from(column).unwrap_or(0);
        if rows.cells.len() <= column {
            rows.cells.resize(column + 1, Cell::Empty);
        }
        if let Some(slot) = rows.cells.get_mut(column) {
            *slot = as_cell(cell.get_value());
        }
    }
    rows.end()
}

struct Rows<'a, 'v> {
    header: Vec<String>,
    cells: Vec<Cell>,
    line: u64,
    first: &'a mut Vec<String>,
    visit: &'a mut Visit<'v>,
}

impl Rows<'_, '_> {
    fn end(&mut self) -> Result<(), ImportError> {
        let row =
            Row { line: self.line, consumed: 0, repaired: false, cells: Cells::Cells(&self.cells) };
        if self.header.is_empty() {
            let names: Vec<String> = (0..row.len()).map(|at| row.text(at).into_owned()).collect();
            if names.iter().filter(|name| !name.is_empty()).count() >= 2 {
                self.header = names;
            }
        } else if !row.is_blank() {
            if self.first.is_empty() {
                self.first.clone_from(&self.header);
            }
            if self.header != *self.first {
                self.cells.clear();
                return Ok(());
            }
            (self.visit)(&self.header, &row)?;
        }
        self.cells.clear();
        Ok(())
    }
}

fn as_cell(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Int(number) => Cell::Text(number.to_string()),
        DataRef::Bool(yes) => Cell::Text(yes.to_string()),
        DataRef::DateTime(clock) => Cell::Serial(clock.as_f64()),
        _ => Cell::Empty,
    }
}
