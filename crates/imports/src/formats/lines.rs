//! Lines of an entry, with what an importer must do about bad ones in one place.

use crate::bundle::{Entry, TextLine, TextReader};
use crate::error::ImportError;
use crate::format::ReadOptions;
use domain::{Sink, Warning, WarningCode};

/// Reads the lines of one entry. Where the input breaks off, the lines simply end under
/// `--partial` ([`Lines::truncated`] then says so); else it is an error.
pub(crate) struct Lines<'a> {
    entry: &'a Entry,
    reader: TextReader,
    partial: bool,
    truncated: bool,
    number: u64,
}

impl<'a> Lines<'a> {
    /// Opens the entry as text.
    pub(crate) fn open(entry: &'a Entry, options: &ReadOptions) -> Result<Self, ImportError> {
        let reader = entry.text()?;
        Ok(Self { entry, reader, partial: options.partial, truncated: false, number: 0 })
    }

    /// The next line.
    pub(crate) fn next(&mut self) -> Result<Option<TextLine<'_>>, ImportError> {
        match self.reader.next_line() {
            Ok(Some(line)) => {
                self.number = line.number;
                Ok(Some(line))
            }
            Ok(None) => Ok(None),
            Err(error) => match ImportError::from_io(self.entry.place(self.number + 1), error) {
                ImportError::Truncated { .. } if self.partial => {
                    self.truncated = true;
                    Ok(None)
                }
                error => Err(error),
            },
        }
    }

    /// Warns when the input broke off and what came before is kept.
    pub(crate) fn finish(&self, sink: &mut dyn Sink) {
        if self.truncated {
            sink.warn(Warning {
                code: WarningCode::Truncated,
                place: self.entry.place(self.number),
                what: String::new(),
            });
        }
    }
}

/// Warns of replaced bytes and of a cut line; tells how much was read.
pub(crate) fn note(line: &TextLine<'_>, entry: &Entry, sink: &mut dyn Sink) {
    sink.consumed(line.bytes);
    for (code, given) in
        [(WarningCode::InvalidText, line.repaired), (WarningCode::LineTooLong, line.cut)]
    {
        if given {
            sink.warn(Warning { code, place: entry.place(line.number), what: piece(line.text) });
        }
    }
}

/// The beginning of a text, short enough for a warning.
pub(crate) fn piece(text: &str) -> String {
    text.chars().take(60).collect()
}
