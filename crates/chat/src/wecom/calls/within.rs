//! Limits of arguments, checked before a call.

use std::fmt;

/// An argument that the platform would refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Beyond {
    /// Too long or too many.
    #[error("{what}: {has} {unit}, {most} are allowed")]
    TooMuch {
        /// The platform's name of the field.
        what: &'static str,
        /// How much there is.
        has: usize,
        /// How much is allowed.
        most: usize,
        /// Of what.
        unit: Unit,
    },
    /// Too short, or empty where something is needed.
    #[error("{what}: {has} {unit}, at least {least} are needed")]
    TooLittle {
        /// The platform's name of the field.
        what: &'static str,
        /// How much there is.
        has: usize,
        /// How much is needed.
        least: usize,
        /// Of what.
        unit: Unit,
    },
    /// It has to be of another form.
    #[error("{what}: {form}")]
    Form {
        /// The platform's name of the field.
        what: &'static str,
        /// What form.
        form: &'static str,
    },
}

/// What a limit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes in UTF-8; a Chinese character has three.
    Bytes,
    /// Characters.
    Chars,
    /// Entries of a list.
    Entries,
    /// Days.
    Days,
    /// Seconds.
    Seconds,
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "bytes",
            Self::Chars => "characters",
            Self::Entries => "entries",
            Self::Days => "days",
            Self::Seconds => "seconds",
        })
    }
}

/// At most so many bytes.
pub(in crate::wecom::calls) fn bytes(
    what: &'static str,
    text: &str,
    most: usize,
) -> Result<(), Beyond> {
    below(what, text.len(), most, Unit::Bytes)
}

/// At most so many characters.
pub(in crate::wecom::calls) fn chars(
    what: &'static str,
    text: &str,
    most: usize,
) -> Result<(), Beyond> {
    below(what, text.chars().count(), most, Unit::Chars)
}

/// At least one character and at most so many bytes.
pub(in crate::wecom::calls) fn some_bytes(
    what: &'static str,
    text: &str,
    most: usize,
) -> Result<(), Beyond> {
    given(what, text)?;
    bytes(what, text, most)
}

/// Not empty.
pub(in crate::wecom::calls) fn given(what: &'static str, text: &str) -> Result<(), Beyond> {
    above(what, text.len(), 1, Unit::Chars)
}

/// An address of the web of at most so many bytes.
pub(in crate::wecom::calls) fn address(
    what: &'static str,
    url: &str,
    most: usize,
) -> Result<(), Beyond> {
    if !(url.starts_with("https://") || url.starts_with("http://")) {
        return Err(Beyond::Form { what, form: "it begins with https:// or http://" });
    }
    bytes(what, url, most)
}

/// At most so many entries.
pub(in crate::wecom::calls) fn entries<T>(
    what: &'static str,
    list: &[T],
    most: usize,
) -> Result<(), Beyond> {
    below(what, list.len(), most, Unit::Entries)
}

/// At least one entry and at most so many.
pub(in crate::wecom::calls) fn some_entries<T>(
    what: &'static str,
    list: &[T],
    most: usize,
) -> Result<(), Beyond> {
    above(what, list.len(), 1, Unit::Entries)?;
    entries(what, list, most)
}

/// Not more than so much.
pub(in crate::wecom::calls) fn below(
    what: &'static str,
    has: usize,
    most: usize,
    unit: Unit,
) -> Result<(), Beyond> {
    if has > most { Err(Beyond::TooMuch { what, has, most, unit }) } else { Ok(()) }
}

/// Not less than so much.
pub(in crate::wecom::calls) fn above(
    what: &'static str,
    has: usize,
    least: usize,
    unit: Unit,
) -> Result<(), Beyond> {
    if has < least { Err(Beyond::TooLittle { what, has, least, unit }) } else { Ok(()) }
}
