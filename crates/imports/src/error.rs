//! Why an import stops. Each error names the thing and, by its code, the remedy.

use domain::Place;
use std::io;

/// An import cannot go on. Nothing of it is kept, unless `--partial` was given and the error is
/// [`ImportError::Truncated`], which then becomes a warning.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A path given on the command line does not exist or cannot be opened.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// There is nothing in the file (or in any file of the folder or archive).
    #[error("{0} is empty")]
    Empty(String),
    /// No known format recognises the content.
    #[error("{place}: no known export format; it begins with {beginning:?}")]
    UnknownFormat {
        /// The file.
        place: Place,
        /// Its first characters.
        beginning: String,
    },
    /// `--format` names a format that does not exist.
    #[error("there is no format called {0:?}")]
    NoSuchFormat(String),
    /// A known file that cannot be imported by nature (for example a training set without times).
    #[error("{place}: {what}")]
    Unsupported {
        /// The file.
        place: Place,
        /// What it is and what to export instead.
        what: String,
    },
    /// The file ends in the middle of a record.
    #[error(
        "{place}: the file ends in the middle; export it again, or keep the part before with --partial"
    )]
    Truncated {
        /// Where it ends.
        place: Place,
    },
    /// The content breaks the rules of its format in a way that cannot be skipped.
    #[error("{place}: {what}")]
    Malformed {
        /// Where.
        place: Place,
        /// What is wrong.
        what: String,
    },
    /// An archive that grows beyond the limits when unpacked.
    #[error(
        "{place}: unpacks to more than {limit_bytes} bytes ({why}); unpack it by hand if it is meant to be so large"
    )]
    Bomb {
        /// The archive or its entry.
        place: Place,
        /// The limit that was hit.
        limit_bytes: u64,
        /// Which rule: total size, ratio, number of entries.
        why: &'static str,
    },
    /// An archive with a password.
    #[error("{0} is protected by a password; unpack it first")]
    Encrypted(Place),
    /// A table lacks a column that is needed, or the column map names one that is not there.
    #[error(
        "{place}: no column for {wanted}; the columns are: {found}. Name it with --columns {wanted}=COLUMN"
    )]
    MissingColumn {
        /// The table.
        place: Place,
        /// Which meaning is missing (time, sender, text, group …).
        wanted: String,
        /// The header, comma-separated.
        found: String,
    },
    /// Reading failed in the middle.
    #[error("{place}: {source}")]
    Io {
        /// Where.
        place: Place,
        /// What the system said.
        source: std::io::Error,
    },
    /// The receiver stopped the import.
    #[error("stopped")]
    Stopped,
}

impl From<domain::Stop> for ImportError {
    fn from(_: domain::Stop) -> Self {
        Self::Stopped
    }
}

impl ImportError {
    /// Carries this error through a reader; [`ImportError::from_io`] takes it out again.
    pub fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// What an [`io::Error`] of a bundle's reader means: an error that it carries, an end in the
    /// middle ([`ImportError::Truncated`]), damage ([`ImportError::Malformed`]), or
    /// [`ImportError::Io`].
    pub fn from_io(place: Place, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::Truncated { place },
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
                Self::Malformed { place, what: error.to_string() }
            }
            _ => match error.downcast::<Self>() {
                Ok(carried) => carried,
                Err(source) => Self::Io { place, source },
            },
        }
    }

    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Empty(_) => "empty",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::NoSuchFormat(_) => "no_such_format",
            Self::Unsupported { .. } => "unsupported",
            Self::Truncated { .. } => "truncated",
            Self::Malformed { .. } => "malformed",
            Self::Bomb { .. } => "bomb",
            Self::Encrypted(_) => "encrypted",
            Self::MissingColumn { .. } => "missing_column",
            Self::Io { .. } => "io",
            Self::Stopped => "stopped",
        }
    }
}
