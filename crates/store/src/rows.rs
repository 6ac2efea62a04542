//! Rows of the log as they go in and come out.

use domain::{Fact, Millis, Seq};

/// Where the source keys of a fact come from: 0 where the platform numbers its messages, else
/// the number of the exporter within the group ([`crate::Import::stream`]). Keys are unique in
/// (group, stream).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Stream(pub u16);

impl Stream {
    /// Keys given by the platform: the same in every export.
    pub const PLATFORM: Self = Self(0);
}

/// A fact to append, with its words beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFact {
    /// The fact.
    pub fact: Fact,
    /// The text, kept in an erasable table; `None` where there is none.
    pub words: Option<Box<str>>,
}

/// A fact in its place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactRow {
    /// Its place.
    pub seq: Seq,
    /// Whose keys it has.
    pub stream: Stream,
    /// The fact.
    pub fact: Fact,
}

impl FactRow {
    /// The order in which facts are read back: time, then source key.
    pub(crate) fn order(&self) -> (Millis, i64, u32, u16) {
        (self.fact.at, self.fact.source.key, self.fact.source.part, self.stream.0)
    }
}
