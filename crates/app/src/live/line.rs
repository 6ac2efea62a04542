//! One line of a group's log: a fact with its words.

use domain::{Fact, Seq};

/// A fact in its place, with its words: what watchers see, live or read again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its place in the group's log; the only cursor.
    pub seq: Seq,
    /// The fact.
    pub fact: Fact,
    /// Its words; `None` where there are none or they were erased.
    pub words: Option<Box<str>>,
}
