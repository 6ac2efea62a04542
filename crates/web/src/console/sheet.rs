//! A table as a file: CSV that Excel opens rightly, and a workbook with its definitions.
//!
//! Invariants: no file leaves without its line in the audit log; a text that a spreadsheet would
//! run as a formula is quoted; what is unknown is a word, never 0.

use app::console::Export;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use report::Lang;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use crate::console::Seated;
use crate::house::House;
use crate::trouble::Trouble;

/// How hard a workbook is packed: the usual 6 takes a third longer, for a file 7 % smaller.
const PACKED: u8 = 3;

/// Signs that begin a formula in a spreadsheet, the wide ones too.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// One cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Number(f64),
    /// 0 … 1.
    Share(f64),
}

impl Cell {
    /// A text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A count.
    pub(crate) fn count(count: impl TryInto<u64>) -> Self {
        Self::Number(count.try_into().unwrap_or(u64::MAX) as f64)
    }

    /// A number as such where the words of a page are one.
    pub(crate) fn read(text: String) -> Self {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit() || b",.-+".contains(&byte));
        match text.replace(',', "").parse() {
            Ok(value) if digits => Self::Number(value),
            _ => Self::Text(text),
        }
    }
}

/// A table with its definitions.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Sheet {
    /// Name of the file, without its ending.
    pub(crate) name: String,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// What the columns mean: name and definition.
    pub(crate) notes: Vec<(String, String)>,
}

/// Kinds of files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Csv,
    Xlsx,
}

impl Kind {
    /// The part of an address before the ending, and the kind.
    pub(crate) fn split(what: &str) -> Option<(&str, Self)> {
        let csv = what.strip_suffix(".csv").map(|name| (name, Self::Csv));
        csv.or_else(|| what.strip_suffix(".xlsx").map(|name| (name, Self::Xlsx)))
    }
}

impl Sheet {
    /// The table as a download, noted in the audit log before it leaves; made on a thread that
    /// may take its time.
    pub(crate) async fn download(
        self,
        (house, seated): (&House, &Seated),
        export: Export,
        kind: Kind,
    ) -> Result<Response, Trouble> {
        let (name, l) = (self.name.clone(), seated.visit.lang);
        let export = Export { rows: self.rows.len(), ..export };
        house.console().exported(&seated.actor, export).await?;
        let made = tokio::task::spawn_blocking(move || match kind {
            Kind::Csv => self.csv().map_err(|error| error.to_string()),
            Kind::Xlsx => self.xlsx(l).map_err(|error| error.to_string()),
        });
        let body = made.await.map_err(|error| Trouble::fault(error.to_string()))?;
        let body = body.map_err(Trouble::fault)?;
        let (mime, ending) = match kind {
            Kind::Csv => ("text/csv; charset=utf-8", "csv"),
            Kind::Xlsx => {
                ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
            }
        };
        let file = format!("attachment; filename=\"{name}.{ending}\"");
        let head = [
            (CONTENT_TYPE, mime.to_owned()),
            (CONTENT_DISPOSITION, file),
            (CACHE_CONTROL, "private, no-store".to_owned()),
        ];
        Ok((head, body).into_response())
    }

    /// UTF-8 with a mark in front, so that Excel reads it as such.
    pub(crate) fn csv(&self) -> Result<Vec<u8>, csv::Error> {
        let mut out = csv::WriterBuilder::new().from_writer("\u{feff}".as_bytes().to_vec());
        out.write_record(self.heads.iter().map(|head| safe(head)))?;
        for row in &self.rows {
            out.write_record(row.iter().map(|cell| match cell {
                Cell::Text(text) => safe(text),
                Cell::Number(value) => format!("{value}"),
                Cell::Share(value) => format!("{value:.4}"),
            }))?;
        }
        out.into_inner().map_err(|error| csv::Error::from(error.into_error()))
    }

    /// A workbook: the table, and what its columns mean. Shares have four places, as in CSV.
    pub(crate) fn xlsx(&self, l: Lang) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        book.set_zip_compression_level(PACKED);
        let (bold, share) = (Format::new().set_bold(), Format::new().set_num_format("0.0%"));
        let wrap = Format::new().set_text_wrap();
        let sheet = book.add_worksheet().set_name(l.pick("数据", "Figures"))?;
        for (column, head) in (0_u16..).zip(&self.heads) {
            sheet.write_string_with_format(0, column, head, &bold)?;
            sheet.set_column_width(column, if column == 0 { 24 } else { 14 })?;
        }
        sheet.set_freeze_panes(1, 1)?;
        for (row, cells) in (1_u32..).zip(&self.rows) {
            for (column, cell) in (0_u16..).zip(cells) {
                match cell {
                    Cell::Text(text) => sheet.write_string(row, column, text)?,
                    Cell::Number(value) => sheet.write_number(row, column, *value)?,
                    Cell::Share(value) => {
                        let value = (value * 10_000.0).round() / 10_000.0;
                        sheet.write_number_with_format(row, column, value, &share)?
                    }
                };
            }
        }
        let notes = book.add_worksheet().set_name(l.pick("口径", "Definitions"))?;
        notes.set_column_width(0, 24)?.set_column_width(1, 100)?;
        for (row, (name, text)) in (0_u32..).zip(&self.notes) {
            notes.write_string_with_format(row, 0, name, &bold)?;
            notes.write_string_with_format(row, 1, text, &wrap)?;
        }
        book.save_to_buffer()
    }
}

/// A text that no spreadsheet runs, whatever spaces stand before it.
fn safe(text: &str) -> String {
    let formula = text.starts_with(FORMULA) || text.trim_start().starts_with(FORMULA);
    if formula { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let name = |text: &str| Cell::Text(text.to_owned());
        Sheet {
            name: "huoqun".into(),
            heads: vec!["群".into(), "净增".into(), "应答率".into()],
            rows: vec![
                vec![name("=cmd|'/c calc'!A1"), Cell::Number(-3.0), Cell::Share(0.5)],
                vec![name("小林, \"读书会\""), Cell::Number(12.0), name("未知")],
            ],
            notes: vec![("净增".into(), "=进-出".into())],
        }
    }

    #[test]
    fn csv_opens_in_excel_and_runs_nothing() {
        let csv = String::from_utf8(sheet().csv().unwrap()).unwrap();
        assert!(csv.starts_with("\u{feff}群,净增,应答率\n"));
        assert!(csv.contains("'=cmd|'/c calc'!A1,-3,0.5000\n"));
        assert!(csv.contains("\"小林, \"\"读书会\"\"\",12,未知\n"));
    }

    #[test]
    fn whatever_begins_a_formula_is_text_and_only_numbers_are_numbers() {
        for text in ["=1+1", "+1", "-1+A1", "@cmd", "\t=1", "\r=1", "\n=1", "  =1", "＝1+1", "＠x"]
        {
            assert_eq!(safe(text), format!("'{text}"), "{text:?}");
        }
        for text in ["小林", "a=b", "1-2", ""] {
            assert_eq!(safe(text), text);
        }
        assert_eq!(Cell::read("-3".into()), Cell::Number(-3.0));
        assert_eq!(Cell::read("1,234".into()), Cell::Number(1234.0));
        for text in ["–", "inf", "NaN", "1e5", "2026-11-22", ""] {
            assert_eq!(Cell::read(text.into()), Cell::text(text));
        }
    }

    #[test]
    fn a_workbook_is_a_zip_with_two_sheets() {
        let book = sheet().xlsx(Lang::Zh).unwrap();
        assert!(book.starts_with(b"PK") && book.len() > 2_000);
    }

    #[test]
    fn the_ending_says_the_kind() {
        assert_eq!(Kind::split("days.csv"), Some(("days", Kind::Csv)));
        assert_eq!(Kind::split("answer_rate.xlsx"), Some(("answer_rate", Kind::Xlsx)));
        assert_eq!(Kind::split("days.exe"), None);
    }
}
