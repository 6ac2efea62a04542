//! Why the domain says no, in the order of precedence. The face chooses the words.

use domain::Millis;

/// Why an asked event was refused. Nothing of it was noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The group is closed.
    #[error("the group is closed")]
    Closed,
    /// The actor is not in the group.
    #[error("you are not in this group")]
    NotMember,
    /// The actor is in the group already.
    #[error("you are in this group already")]
    AlreadyIn,
    /// The actor was removed by a keeper and may not come back by a link.
    #[error("a keeper took you out of this group")]
    Removed,
    /// The rules in force were not accepted (D17).
    #[error("the rules of version {version} must be accepted first")]
    RulesNotAccepted {
        /// Version in force.
        version: u32,
    },
    /// Only keepers may do this.
    #[error("only keepers may do this")]
    KeepersOnly,
    /// The actor may not speak yet.
    #[error("you may not speak until then")]
    Muted {
        /// Until when.
        until: Millis,
    },
    /// Nothing but blanks.
    #[error("the text is empty")]
    Empty,
    /// More than the limit.
    #[error("the text has more than {limit} characters")]
    TooLong {
        /// Characters allowed.
        limit: u32,
    },
    /// A name of this shape could pass for something else.
    #[error("this name cannot be shown")]
    Name,
    /// Somebody in the group is called so already.
    #[error("somebody in the group has this name")]
    NameTaken,
    /// The message does not exist, or is not the actor's own, or was taken back.
    #[error("there is no such message of yours")]
    NoSuchMessage,
    /// Too late to take it back.
    #[error("a message can be taken back for {minutes} minutes")]
    TooLate {
        /// The limit.
        minutes: u32,
    },
    /// Too many pins.
    #[error("at most {limit} messages can be pinned")]
    TooManyPins {
        /// The limit.
        limit: u32,
    },
    /// The same already holds.
    #[error("nothing would change")]
    NoChange,
}

impl Refusal {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Closed => "closed",
            Self::NotMember => "not_member",
            Self::AlreadyIn => "already_in",
            Self::Removed => "removed",
            Self::RulesNotAccepted { .. } => "rules_not_accepted",
            Self::KeepersOnly => "keepers_only",
            Self::Muted { .. } => "muted",
            Self::Empty => "empty",
            Self::TooLong { .. } => "too_long",
            Self::Name => "name",
            Self::NameTaken => "name_taken",
            Self::NoSuchMessage => "no_such_message",
            Self::TooLate { .. } => "too_late",
            Self::TooManyPins { .. } => "too_many_pins",
            Self::NoChange => "no_change",
        }
    }
}
