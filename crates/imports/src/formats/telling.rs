//! What an importer needs at hand while it tells the rows of one file.

use crate::bundle::{Entry, LINE_BYTES_MAX};
use crate::error::ImportError;
use crate::format::ReadOptions;
use domain::{GroupRef, Millis, PersonRef, Sink, Told, Warning, WarningCode, What};

/// Characters of an offending piece shown in a warning.
const SHOWN_CHARS: usize = 80;

/// One file being told into a sink.
pub(crate) struct Telling<'a> {
    pub(crate) sink: &'a mut dyn Sink,
    pub(crate) entry: &'a Entry,
    pub(crate) options: &'a ReadOptions,
}

/// Where and when something happened.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    pub(crate) group: GroupRef,
    pub(crate) at: Millis,
    pub(crate) key: Option<i64>,
    pub(crate) line: u64,
}

impl Telling<'_> {
    /// Tells one happening; a clock in the future is noted.
    pub(crate) fn tell(
        &mut self,
        moment: Moment,
        who: Option<PersonRef>,
        what: What<'_>,
    ) -> Result<(), ImportError> {
        let Moment { group, at, key, line } = moment;
        if at > self.options.now {
            let clock = self.options.zone.civil(at).to_string();
            self.warn(WarningCode::FutureTime, line, &clock);
        }
        self.sink.tell(&Told { group, at, key, who, what, line })?;
        Ok(())
    }

    /// A text cut at the limit that holds for lines, with a warning; and one for replaced bytes.
    pub(crate) fn kept<'t>(&mut self, text: &'t str, line: u64, repaired: bool) -> &'t str {
        if repaired && text.contains('\u{fffd}') {
            self.warn(WarningCode::InvalidText, line, text);
        }
        if text.len() <= LINE_BYTES_MAX {
            return text;
        }
        self.warn(WarningCode::LineTooLong, line, text);
        text.get(..text.floor_char_boundary(LINE_BYTES_MAX)).unwrap_or(text)
    }

    /// The end of the file: where it broke off, `--partial` keeps what came before.
    pub(crate) fn end(&mut self, result: Result<(), ImportError>) -> Result<(), ImportError> {
        match result {
            Err(ImportError::Truncated { place }) if self.options.partial => {
                self.warn(WarningCode::Truncated, place.line, "");
                Ok(())
            }
            result => result,
        }
    }

    /// Notes trouble with one row.
    pub(crate) fn warn(&mut self, code: WarningCode, line: u64, what: &str) {
        let what = what.chars().take(SHOWN_CHARS).collect();
        self.sink.warn(Warning { code, place: self.entry.place(line), what });
    }
}
