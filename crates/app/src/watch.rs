//! How long work tells where it is: for progress bars, and to be interrupted.

/// A watcher of long work. All methods have empty defaults.
pub trait Watch {
    /// Work of this kind begins; `total` is bytes (reading) or facts (the rest), 0 when unknown.
    fn phase(&self, _phase: Phase, _total: u64) {}
    /// A file of the export is being read.
    fn file(&self, _name: &str) {}
    /// So many more bytes were read.
    fn read_bytes(&self, _bytes: u64) {}
    /// So many more facts were handled in this phase.
    fn handled(&self, _facts: u64) {}
    /// Whether the person asked to stop.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Kinds of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading an export.
    Reading,
    /// Folding facts into day pages.
    Folding,
    /// Writing to the database.
    Writing,
    /// Looking up quoted words.
    Quoting,
}

/// Watches nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {}
