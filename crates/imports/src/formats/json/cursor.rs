//! A pull reader over the outer structure of a JSON file.
//!
//! Lenient between values (missing or doubled commas), exact about the end: a file that stops
//! before its brackets are closed is [`Broken::End`].

use crate::error::ImportError;
use crate::formats::json::VALUE_BYTES_MAX;
use crate::formats::json::extent::Extent;
use crate::formats::json::parse::parse_lenient;
use domain::Place;
use std::io::{self, Read};

const BUFFER_BYTES: usize = 128 * 1024;

/// Why the structure cannot be followed further.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The file ends in the middle.
    End,
    /// Something else stands where the structure needs a bracket, a key or a value.
    Shape(String),
    /// Reading failed.
    Io(io::Error),
}

impl Broken {
    /// The error for it, at this place.
    pub(crate) fn at(self, place: Place) -> ImportError {
        match self {
            Self::End => ImportError::Truncated { place },
            Self::Shape(what) => ImportError::Malformed { place, what },
            Self::Io(source) => ImportError::from_io(place, source),
        }
    }
}

/// One value, cut out of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Value<'a> {
    /// All its bytes.
    Whole(&'a [u8]),
    /// Longer than [`VALUE_BYTES_MAX`]; passed over.
    TooLarge,
}

/// The reading position in a JSON file.
pub(crate) struct Cursor<R> {
    reader: R,
    buffer: Vec<u8>,
    at: usize,
    filled: usize,
    exhausted: bool,
    unreported: u64,
}

impl<R: Read> Cursor<R> {
    /// At the beginning of the file.
    pub(crate) fn new(reader: R) -> Self {
        let buffer = vec![0; BUFFER_BYTES];
        Self { reader, buffer, at: 0, filled: 0, exhausted: false, unreported: 0 }
    }

    /// Bytes read since this was asked last (for the progress bar).
    pub(crate) fn take_consumed(&mut self) -> u64 {
        std::mem::take(&mut self.unreported)
    }

    /// The next byte that is not white space; `None` at the end of the file.
    pub(crate) fn peek(&mut self) -> Result<Option<u8>, Broken> {
        loop {
            let rest = self.buffer.get(self.at..self.filled).unwrap_or_default();
            // A byte-order mark (EF BB BF) counts as white space.
            let space =
                |byte: &u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0xEF | 0xBB | 0xBF);
            if let Some(skipped) = rest.iter().position(|byte| !space(byte)) {
                self.at += skipped;
                return Ok(self.buffer.get(self.at).copied());
            }
            self.at = self.filled;
            if !self.more()? {
                return Ok(None);
            }
        }
    }

    /// Steps into an object (`{`) or a list (`[`).
    pub(crate) fn open(&mut self, bracket: u8) -> Result<(), Broken> {
        match self.peek()? {
            Some(byte) if byte == bracket => {
                self.at += 1;
                Ok(())
            }
            Some(byte) => Err(unexpected(bracket, byte)),
            None => Err(Broken::End),
        }
    }

    /// Whether another member follows; when not, steps out over the closing bracket.
    pub(crate) fn another(&mut self, close: u8) -> Result<bool, Broken> {
        loop {
            match self.peek()? {
                Some(b',') => self.at += 1,
                Some(byte) if byte == close => {
                    self.at += 1;
                    return Ok(false);
                }
                Some(byte @ (b'}' | b']' | b':')) => return Err(unexpected(close, byte)),
                Some(_) => return Ok(true),
                None => return Err(Broken::End),
            }
        }
    }

    /// The next key of the object one is in; `None` (and out of it) when there is none.
    pub(crate) fn key(&mut self) -> Result<Option<String>, Broken> {
        if !self.another(b'}')? {
            return Ok(None);
        }
        let key = match self.value()? {
            Value::Whole(bytes) => parse_lenient::<String>(bytes)
                .ok_or_else(|| Broken::Shape("a key is not a string".to_owned()))?,
            Value::TooLarge => return Err(Broken::Shape("a key without end".to_owned())),
        };
        self.open(b':')?;
        Ok(Some(key))
    }

    /// Cuts out the next value.
    pub(crate) fn value(&mut self) -> Result<Value<'_>, Broken> {
        let first = self.peek()?.ok_or(Broken::End)?;
        let mut extent = Extent::starting(first).ok_or_else(|| unexpected(b'v', first))?;
        let mut seen = 0;
        loop {
            let fresh = self.buffer.get(self.at + seen..self.filled).unwrap_or_default();
            let ends = extent.feed(fresh);
            if let Some(used) = ends {
                return Ok(self.cut(seen + used));
            }
            seen = self.filled - self.at;
            if seen > VALUE_BYTES_MAX {
                self.pass_over(extent)?;
                return Ok(Value::TooLarge);
            }
            if !self.more()? {
                return if extent.may_end_with_file() {
                    Ok(self.cut(seen))
                } else {
                    Err(Broken::End)
                };
            }
        }
    }

    /// What is read already and not consumed.
    pub(crate) fn buffered(&self) -> &[u8] {
        self.buffer.get(self.at..self.filled).unwrap_or_default()
    }

    /// Consumes so many of the buffered bytes.
    pub(crate) fn advance(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.filled);
    }

    /// Passes over the next value, however long.
    pub(crate) fn skip(&mut self) -> Result<(), Broken> {
        let first = self.peek()?.ok_or(Broken::End)?;
        let mut extent = Extent::starting(first).ok_or_else(|| unexpected(b'v', first))?;
        let fresh = self.buffer.get(self.at..self.filled).unwrap_or_default();
        match extent.feed(fresh) {
            Some(used) => {
                self.at += used;
                Ok(())
            }
            None => self.pass_over(extent),
        }
    }

    /// Everything in the buffer belongs to the value: goes on until it ends.
    fn pass_over(&mut self, mut extent: Extent) -> Result<(), Broken> {
        loop {
            self.at = self.filled;
            if !self.more()? {
                return if extent.may_end_with_file() { Ok(()) } else { Err(Broken::End) };
            }
            let fresh = self.buffer.get(self.at..self.filled).unwrap_or_default();
            if let Some(used) = extent.feed(fresh) {
                self.at += used;
                return Ok(());
            }
        }
    }

    fn cut(&mut self, length: usize) -> Value<'_> {
        let from = self.at;
        self.at = (from + length).min(self.filled);
        if length > VALUE_BYTES_MAX {
            return Value::TooLarge;
        }
        Value::Whole(self.buffer.get(from..self.at).unwrap_or_default())
    }

    /// Reads on, keeping what is not consumed; `false` at the end of the file.
    fn more(&mut self) -> Result<bool, Broken> {
        if self.exhausted {
            return Ok(false);
        }
        if self.at == self.filled {
            (self.at, self.filled) = (0, 0);
        } else if self.filled == self.buffer.len() {
            if self.at > 0 {
                self.buffer.copy_within(self.at..self.filled, 0);
                (self.filled, self.at) = (self.filled - self.at, 0);
            }
            if self.filled * 2 > self.buffer.len() {
                self.buffer.resize(self.buffer.len() * 2, 0);
            }
        }
        let room = self.buffer.get_mut(self.filled..).unwrap_or_default();
        let read = loop {
            match self.reader.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(Broken::Io(error)),
                Ok(read) => break read,
            }
        };
        self.exhausted = read == 0;
        self.filled += read;
        self.unreported += read as u64;
        Ok(read > 0)
    }
}

/// The value with which these bytes begin, when it ends within them.
pub(crate) fn value_of(bytes: &[u8]) -> Option<Value<'_>> {
    let mut extent = Extent::starting(*bytes.first()?)?;
    let used = extent.feed(bytes)?;
    bytes.get(..used).map(Value::Whole)
}

fn unexpected(wanted: u8, found: u8) -> Broken {
    let found = char::from(found).escape_default();
    Broken::Shape(match wanted {
        b'v' => format!("a value is missing before '{found}'"),
        _ => format!("'{}' was expected, not '{found}'", char::from(wanted)),
    })
}
