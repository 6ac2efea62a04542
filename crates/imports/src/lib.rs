//! Chat exports in, told happenings out. One file a format, one word in [`FORMATS`].
//!
//! Reading order: [`Bundle`] is what the person gave (files, folders, archives, decompressed and
//! decoded); [`detect`] says which [`Format`] each entry belongs to; [`Format::read`] streams the
//! entries of a [`Claim`] into a [`domain::Sink`].
//!
//! Invariants: nothing is kept in memory beyond one record and the people met; what the text
//! says is never lost silently (a warning names the place); an importer never decides anything.

mod bundle;
mod detect;
mod error;
mod format;
mod formats;

pub use bundle::{Bundle, Entry, Limits, TextLine, TextReader};
pub use detect::{Detected, detect};
pub use error::ImportError;
pub use format::{Claim, ColumnMap, DateOrder, Format, ReadOptions};
pub use formats::{FORMATS, format_named};
