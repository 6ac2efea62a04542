//! Lists as CSV files that open in a spreadsheet.
//!
//! Invariant: no cell of a person begins a formula there.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::trouble::Trouble;

/// Rows, the first one of headings, as a file of this name.
pub(super) fn csv(name: &str, rows: &[Vec<String>]) -> Result<Response, Trouble> {
    // Spreadsheets know UTF-8 by this mark.
    let mut writer = csv::Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    for row in rows {
        let cells = row.iter().map(|cell| harmless(cell));
        writer.write_record(cells).map_err(|error| Trouble::fault(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| Trouble::fault(error.to_string()))?;
    let kind = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned())];
    let named = [(CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\""))];
    Ok((kind, named, bytes).into_response())
}

/// A cell that no spreadsheet takes for a formula; numbers stay as they are.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_formula_is_text_and_numbers_are_numbers() {
        assert_eq!(harmless("=1+1"), "'=1+1");
        assert_eq!(harmless("@cmd"), "'@cmd");
        assert_eq!(harmless("-3"), "-3");
        assert_eq!(harmless("早起群"), "早起群");
    }
}
