//! Why work could not be done. Words for people are chosen by the face, by the code and fields.

use domain::Millis;
use imports::ImportError;

/// The work failed; nothing half-done is left.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The export could not be read.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Temporary space could not be used (disk full, no rights).
    #[error("the temporary folder cannot be used: {0}")]
    Spool(#[source] std::io::Error),
    /// Two exports without ids do not agree about the time that they share.
    #[error("two exports of {group} do not agree at {at:?}: {told} rows against {other}")]
    NotCertain {
        /// Name of the group.
        group: String,
        /// The moment.
        at: Millis,
        /// Rows of one telling.
        told: usize,
        /// Rows of the other.
        other: usize,
        /// The other telling is what the database already has.
        stored: bool,
    },
    /// None of the picked groups is in the export (or database).
    #[error("no group is called {picked}; there are: {found}")]
    NoSuchGroup {
        /// What was asked for.
        picked: String,
        /// Names that there are, at most 20.
        found: String,
    },
    /// Nothing was told: the export has no message, join or leave.
    #[error("{0} holds no message, join or leave")]
    NothingTold(String),
    /// Nothing was told because nothing could be read.
    #[error("nothing in {name} could be read: {rows} records have another shape, first {first}")]
    NothingReadable {
        /// What was given.
        name: String,
        /// Records passed over.
        rows: u64,
        /// Place of the first of them, and what is wrong with it.
        first: String,
    },
    /// The window lies outside the data.
    #[error("there is nothing between {from} and {to}; the data goes from {first} to {last}")]
    OutsideData {
        /// First day asked for.
        from: String,
        /// Last day asked for.
        to: String,
        /// First day there is.
        first: String,
        /// Last day there is.
        last: String,
    },
    /// There is no such import, or it was undone already.
    #[error("there is no import number {0} that could be undone")]
    NoSuchImport(i64),
    /// A stored page or fact cannot be read.
    #[error("the database holds something this program cannot read: {0}")]
    Unreadable(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::Fault),
}
