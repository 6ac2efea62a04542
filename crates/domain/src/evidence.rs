//! What a source of data can show, so that nothing else is ever made up.

/// How much of one kind of happening a source tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// Nothing: a figure that needs it is unknown.
    #[default]
    None,
    /// Some of it: counts are lower bounds.
    Partial,
    /// All of it within the span of the source.
    Full,
}

/// Which clock wrote the times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Clock {
    /// Absolute time (UTC or with an offset).
    #[default]
    Absolute,
    /// The exporter's wall clock with no zone written; a zone must be given from outside.
    Wall,
}

/// What the sources of a group can tell. Formats declare it; a metric asks for it.
/// Design law 5: what a platform does not let us read is unknown, never a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Messages with their authors.
    pub messages: Extent,
    /// People who came in.
    pub joins: Extent,
    /// People who went out.
    pub leaves: Extent,
    /// Links from a reply to what it answers. Without them, answers are read from the order.
    pub replies: Extent,
    /// Reactions.
    pub reactions: Extent,
    /// A join is only a connection (IRC): it says nothing about membership.
    pub joins_are_connections: bool,
}

impl Evidence {
    /// Everything is told: groups on our own chat.
    #[must_use]
    pub fn full() -> Self {
        Self {
            messages: Extent::Full,
            joins: Extent::Full,
            leaves: Extent::Full,
            replies: Extent::Full,
            reactions: Extent::Full,
            joins_are_connections: false,
        }
    }

    /// Evidence of two sources of the same group taken together. What one of them tells is
    /// told; a link that one of them lacks is missing in part of the messages.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            messages: self.messages.max(other.messages),
            joins: self.joins.max(other.joins),
            leaves: self.leaves.max(other.leaves),
            replies: self.replies.min(other.replies),
            reactions: self.reactions.min(other.reactions),
            joins_are_connections: self.joins_are_connections || other.joins_are_connections,
        }
    }
}
