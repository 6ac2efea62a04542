//! JSON lines: one object a line. Columns are the names met in the first lines; objects inside
//! objects are columns with a dot (`sender.name`).

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::sheet::{Cell, Cells, Row, Visit};
use serde_json::{Map, Value};

/// Lines that are looked through for names of columns.
const NAMING_LINES: usize = 100;

pub(super) fn each_row(entry: &Entry, visit: &mut Visit<'_>) -> Result<(), ImportError> {
    let header = header(&entry.head_text());
    let mut text = entry.text()?;
    let mut cells = Vec::new();
    let mut broken: Option<u64> = None;
    loop {
        let line = text.next_line();
        let line = line.map_err(|error| ImportError::from_io(entry.place(0), error))?;
        let Some(line) = line else { break };
        if line.text.trim().is_empty() {
            continue;
        }
        cells.clear();
        cells.resize(header.len(), Cell::Empty);
        broken = match serde_json::from_str::<Map<String, Value>>(line.text) {
            Ok(object) => {
                flatten("", &object, &mut |name, cell| {
                    let column = header.iter().position(|known| known == name);
                    if let Some(slot) = column.and_then(|column| cells.get_mut(column)) {
                        *slot = cell;
                    }
                });
                None
            }
            // An unreadable line is an empty row with a number: the visitor warns.
            Err(_) => Some(line.number),
        };
        let row = Row {
            line: line.number,
            consumed: line.bytes,
            repaired: line.repaired,
            cells: Cells::Cells(&cells),
        };
        visit(&header, &row)?;
    }
    match broken {
        Some(line) => Err(ImportError::Truncated { place: entry.place(line) }),
        None => Ok(()),
    }
}

/// All names in the first lines, in the order met.
pub(super) fn header(head: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in head.lines().take(NAMING_LINES) {
        if let Ok(object) = serde_json::from_str::<Map<String, Value>>(line) {
            flatten("", &object, &mut |name, _| {
                if !names.iter().any(|known| known == name) {
                    names.push(name.to_owned());
                }
            });
        }
    }
    names
}

/// Numbers stay as they are written: ids have more digits than a float keeps.
fn flatten(prefix: &str, object: &Map<String, Value>, found: &mut dyn FnMut(&str, Cell)) {
    for (name, value) in object {
        let name = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Null => found(&name, Cell::Empty),
            Value::String(text) => found(&name, Cell::Text(text.clone())),
            Value::Object(inner) => flatten(&name, inner, found),
            other => found(&name, Cell::Text(other.to_string())),
        }
    }
}
