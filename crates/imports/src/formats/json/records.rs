//! The records of the list one stands in, numbered, with the troubles that do not stop a file.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ReadOptions;
use crate::formats::json::{Cursor, Value, parse};
use domain::{Place, Sink, Warning, WarningCode};
use serde::Deserialize;
use std::io::Read;

/// A cursor at the beginning of an entry's JSON.
pub(crate) fn open_json(entry: &Entry) -> Result<Cursor<Box<dyn Read + Send>>, ImportError> {
    json_bytes(entry).map(Cursor::new)
}

/// The bytes of an entry's JSON as they are, decoded only when they are UTF-16.
pub(crate) fn json_bytes(entry: &Entry) -> Result<Box<dyn Read + Send>, ImportError> {
    Ok(match entry.head() {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Box::new(entry.text()?),
        _ => entry.open()?,
    })
}

/// What the records of a list look like. (A type that borrows from each record in turn.)
pub(crate) trait Shape {
    /// One record.
    type Record<'a>: Deserialize<'a>;
}

/// Numbers the records of one file and notes what is wrong with them.
pub(crate) struct Records<'e> {
    entry: &'e Entry,
    number: u64,
}

impl<'e> Records<'e> {
    /// Before the first record of this file.
    pub(crate) fn of(entry: &'e Entry) -> Self {
        Self { entry, number: 0 }
    }

    /// The record one is at, or after, from 1.
    pub(crate) fn place(&self) -> Place {
        self.entry.place(self.number)
    }

    /// Hands on each value of the list that follows, cut out, with its number.
    ///
    /// Errors: truncation and broken structure with the number of the record in which they stand.
    pub(crate) fn each<R: Read>(
        &mut self,
        cursor: &mut Cursor<R>,
        sink: &mut dyn Sink,
        mut take: impl FnMut(&mut dyn Sink, u64, &[u8]) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        cursor.open(b'[').map_err(|broken| broken.at(self.place()))?;
        while self.another(cursor, sink)? {
            if let Some(bytes) = self.cut(cursor, sink)? {
                take(sink, self.number, bytes)?;
            }
        }
        Ok(())
    }

    /// Like [`Records::each`] for large files, with the records read. One that lies whole in the
    /// buffer and is sound is not cut out first; any other goes the careful way.
    pub(crate) fn each_read<S: Shape, R: Read>(
        &mut self,
        cursor: &mut Cursor<R>,
        sink: &mut dyn Sink,
        mut take: impl FnMut(&mut dyn Sink, u64, S::Record<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        cursor.open(b'[').map_err(|broken| broken.at(self.place()))?;
        while self.another(cursor, sink)? {
            let used = {
                let bytes = cursor.buffered();
                let mut rest = serde_json::Deserializer::from_slice(bytes).into_iter();
                match rest.next() {
                    Some(Ok(record)) => {
                        take(sink, self.number, record)?;
                        rest.byte_offset()
                    }
                    _ => 0,
                }
            };
            if used > 0 {
                cursor.advance(used);
            } else if let Some(bytes) = self.cut(cursor, sink)? {
                let mut spare = String::new();
                let record = Self::read(self.entry, self.number, bytes, &mut spare, sink);
                record.map_or(Ok(()), |record| take(sink, self.number, record))?;
            }
        }
        Ok(())
    }

    /// Steps to the next record; `false` behind the last one.
    fn another<R: Read>(
        &mut self,
        cursor: &mut Cursor<R>,
        sink: &mut dyn Sink,
    ) -> Result<bool, ImportError> {
        let more = cursor.another(b']');
        let more = more.map_err(|broken| broken.at(self.entry.place(self.number + 1)))?;
        self.number += u64::from(more);
        let consumed = cursor.take_consumed();
        if consumed > 0 {
            sink.consumed(consumed);
        }
        Ok(more)
    }

    fn cut<'c, R: Read>(
        &self,
        cursor: &'c mut Cursor<R>,
        sink: &mut dyn Sink,
    ) -> Result<Option<&'c [u8]>, ImportError> {
        match cursor.value().map_err(|broken| broken.at(self.place()))? {
            Value::Whole(bytes) => Ok(Some(bytes)),
            Value::TooLarge => {
                let (code, place) = (WarningCode::UnreadableRow, self.place());
                sink.warn(Warning { code, place, what: "a record longer than 16 MiB".to_owned() });
                Ok(None)
            }
        }
    }

    /// Reads one cut record; a wrong shape becomes a warning.
    pub(crate) fn read<'a, T: Deserialize<'a>>(
        entry: &Entry,
        number: u64,
        bytes: &'a [u8],
        spare: &'a mut String,
        sink: &mut dyn Sink,
    ) -> Option<T> {
        let warn = |sink: &mut dyn Sink, code, what| {
            sink.warn(Warning { code, place: entry.place(number), what });
        };
        match parse(bytes, spare) {
            Ok((value, replaced)) => {
                if replaced {
                    warn(sink, WarningCode::InvalidText, String::new());
                }
                Some(value)
            }
            Err(error) => {
                warn(sink, WarningCode::UnreadableRow, cut(&error.to_string()));
                None
            }
        }
    }
}

/// After the last bracket: only white space may follow, anything else is said.
pub(crate) fn finish<R: Read>(
    cursor: &mut Cursor<R>,
    entry: &Entry,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    match cursor.peek() {
        Ok(None) => {}
        Ok(Some(byte)) => sink.warn(Warning {
            code: WarningCode::UnreadableRow,
            place: entry.place(0),
            what: format!("text after the end: {:?}", char::from(byte)),
        }),
        Err(broken) => return Err(broken.at(entry.place(0))),
    }
    sink.consumed(cursor.take_consumed());
    Ok(())
}

/// How reading one of several files ended: with `--partial` a truncated one is a warning, and the
/// next file follows.
pub(crate) fn ended(
    result: Result<(), ImportError>,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    match result {
        Err(ImportError::Truncated { place }) if options.partial => {
            sink.warn(Warning { code: WarningCode::Truncated, place, what: String::new() });
            Ok(())
        }
        other => other,
    }
}

/// A piece of the export, cut to a readable length for a warning.
pub(crate) fn cut(text: &str) -> String {
    text.chars().take(80).collect()
}
