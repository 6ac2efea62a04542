//! JSON files of any size, record by record.
//!
//! [`Cursor`] walks the outer structure and cuts values out of the stream; [`parse`] reads one cut
//! value. Invariant: memory is bounded by one value ([`VALUE_BYTES_MAX`]), and one broken value
//! costs only itself. It knows no chat format.

mod cursor;
mod extent;
mod loose;
mod parse;
mod records;

pub(crate) use cursor::{Broken, Cursor, Value, value_of};
pub(crate) use loose::{Loose, present, seconds};
pub(crate) use parse::{parse, parse_lenient};
pub(crate) use records::{Records, Shape, cut, ended, finish, json_bytes, open_json};

/// Longest single value (a message record) that is read, in bytes: far above any real message,
/// small beside the memory an import may use.
pub(crate) const VALUE_BYTES_MAX: usize = 16 << 20;
