//! What an importer noticed and went on from: counted by code, shown with the first places.

/// Where in the input something stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// File name inside the export, as the person would recognise it.
    pub file: String,
    /// Line (text formats), row (tables) or record number (JSON), from 1; 0 when not known.
    pub line: u64,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line == 0 {
            write!(f, "{}", self.file)
        } else {
            write!(f, "{}:{}", self.file, self.line)
        }
    }
}

/// Kinds of trouble that do not stop an import. Faces put them into words by `code()`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WarningCode {
    /// A time that cannot be read; the row is left out.
    UnreadableTime,
    /// A row that does not have the shape of the format; left out.
    UnreadableRow,
    /// Bytes that are not valid text; replaced by U+FFFD.
    InvalidText,
    /// A message of somebody who is missing in the list of users; kept under the bare id.
    UnknownPerson,
    /// A record kind that the format does not describe; kept as a service row.
    UnknownKind,
    /// People who joined or left without being named ("and 15 others"); counted, nameless.
    NamelessPeople,
    /// A time later than the present (or than the export itself); kept at its clock.
    FutureTime,
    /// Rows that stand in the export twice; stored once.
    Duplicate,
    /// A file that belongs to no known format; skipped.
    SkippedFile,
    /// A line longer than the limit; cut.
    LineTooLong,
    /// The file ends in the middle; what came before was read (`--partial`).
    Truncated,
    /// Day and month could not be told apart in this file; the stated order was assumed.
    AmbiguousDate,
    /// A reply points to a message that is not in the export.
    ReplyOutside,
}

impl WarningCode {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnreadableTime => "unreadable_time",
            Self::UnreadableRow => "unreadable_row",
            Self::InvalidText => "invalid_text",
            Self::UnknownPerson => "unknown_person",
            Self::UnknownKind => "unknown_kind",
            Self::NamelessPeople => "nameless_people",
            Self::FutureTime => "future_time",
            Self::Duplicate => "duplicate",
            Self::SkippedFile => "skipped_file",
            Self::LineTooLong => "line_too_long",
            Self::Truncated => "truncated",
            Self::AmbiguousDate => "ambiguous_date",
            Self::ReplyOutside => "reply_outside",
        }
    }
}

/// One noticed trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What kind.
    pub code: WarningCode,
    /// Where.
    pub place: Place,
    /// The offending piece itself, cut to a readable length (a value, a name, a kind).
    pub what: String,
}
