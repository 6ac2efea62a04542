//! Which column means what.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ColumnMap;
use crate::formats::sheet::Row;
use std::borrow::Cow;

/// A meaning and the names it goes by, most telling first, in the form of [`plain_name`].
#[derive(Debug)]
pub(crate) struct Meaning {
    /// The word for `--columns`.
    pub(crate) word: &'static str,
    pub(crate) names: &'static [&'static str],
}

/// The columns found in one header.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    found: Vec<(&'static str, usize)>,
    /// A zone that a column name gives, as in `time(Asia/Shanghai)`.
    pub(crate) zone: Option<String>,
}

impl Columns {
    /// Guesses by the names alone. A column has one meaning, the first in the list that fits.
    pub(crate) fn guess(header: &[String], meanings: &'static [Meaning]) -> Self {
        let mut columns = Self::default();
        columns.fill(header, meanings);
        columns
    }

    /// Takes what the map says, guesses the rest.
    ///
    /// Errors: [`ImportError::MissingColumn`] for a named column that is not there,
    /// [`ImportError::Unsupported`] for a meaning that does not exist.
    pub(crate) fn of(
        entry: &Entry,
        header: &[String],
        meanings: &'static [Meaning],
        map: &ColumnMap,
    ) -> Result<Self, ImportError> {
        let mut columns = Self::default();
        for (wanted, name) in &map.0 {
            let Some(meaning) = meanings.iter().find(|meaning| meaning.word == wanted) else {
                let words: Vec<&str> = meanings.iter().map(|meaning| meaning.word).collect();
                return Err(ImportError::Unsupported {
                    place: entry.place(0),
                    what: format!("--columns knows {}, not {wanted}", words.join(", ")),
                });
            };
            let at = position(header, name).ok_or_else(|| missing(entry, header, wanted))?;
            columns.found.push((meaning.word, at));
        }
        columns.fill(header, meanings);
        Ok(columns)
    }

    fn fill(&mut self, header: &[String], meanings: &'static [Meaning]) {
        let plain: Vec<String> = header.iter().map(|name| plain_name(name)).collect();
        for meaning in meanings {
            if self.has(meaning.word) {
                continue;
            }
            let free = |at: &usize| !self.found.iter().any(|(_, taken)| taken == at);
            let at = meaning
                .names
                .iter()
                .find_map(|name| plain.iter().position(|column| column == name).filter(free));
            if let Some(at) = at {
                self.found.push((meaning.word, at));
                if meaning.word == "time" {
                    self.zone = header.get(at).and_then(|name| zone_in(name));
                }
            }
        }
    }

    /// At least one of these must be there.
    pub(crate) fn need(
        &self,
        entry: &Entry,
        header: &[String],
        words: &[&str],
    ) -> Result<(), ImportError> {
        if words.iter().any(|word| self.has(word)) {
            return Ok(());
        }
        Err(missing(entry, header, words.first().copied().unwrap_or_default()))
    }

    /// Whether there is a column with this meaning.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.at(word).is_some()
    }

    /// Its position.
    pub(crate) fn at(&self, word: &str) -> Option<usize> {
        self.found.iter().find(|(known, _)| *known == word).map(|(_, at)| *at)
    }

    /// The text of its cell; empty where there is none.
    pub(crate) fn text<'r>(&self, row: &Row<'r>, word: &str) -> Cow<'r, str> {
        self.at(word).map_or(Cow::Borrowed(""), |at| row.text(at))
    }
}

fn missing(entry: &Entry, header: &[String], wanted: &str) -> ImportError {
    let found = header.join(", ");
    ImportError::MissingColumn { place: entry.place(1), wanted: wanted.to_owned(), found }
}

/// By the name as written, by its plain form, or by number from 1.
fn position(header: &[String], name: &str) -> Option<usize> {
    let exact = header.iter().position(|column| column == name.trim());
    let plain = || header.iter().position(|column| plain_name(column) == plain_name(name));
    let number = || {
        let number = name.trim().parse::<usize>().ok()?.checked_sub(1)?;
        (number < header.len()).then_some(number)
    };
    exact.or_else(plain).or_else(number)
}

/// Lower case, without spaces, `_`, `-`, `.` and what stands in brackets.
fn plain_name(name: &str) -> String {
    let name = name.split(['(', '（']).next().unwrap_or(name);
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '.' | '*' | '\u{feff}'))
        .flat_map(char::to_lowercase)
        .collect()
}

fn zone_in(name: &str) -> Option<String> {
    let inside = name.split_once('(')?.1.split_once(')')?.0;
    inside.contains('/').then(|| inside.trim().to_owned())
}
