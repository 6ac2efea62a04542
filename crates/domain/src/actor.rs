//! In which role somebody acted, at that moment.

use serde::{Deserialize, Serialize};

/// The role of an actor when the fact happened. Kept in the fact, so that a later change of staff
/// does not rewrite the past. Catalogue T01, T03, P01.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum ActorClass {
    /// An ordinary member of the group.
    #[default]
    Member = 0,
    /// Somebody who runs the group: owner, administrator, employee.
    Staff = 1,
    /// A declared co-host account; its words never count as member activity (T01).
    Host = 2,
    /// A program.
    Bot = 3,
}

impl ActorClass {
    /// All classes, in the order of their codes.
    pub const ALL: [Self; 4] = [Self::Member, Self::Staff, Self::Host, Self::Bot];

    /// The class with this stored code; unknown codes are `None`.
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|class| *class as u8 == code)
    }

    /// A person who speaks for himself: everybody but bots and declared hosts.
    pub fn is_person(self) -> bool {
        matches!(self, Self::Member | Self::Staff)
    }

    /// Somebody who answers on behalf of the operator.
    pub fn is_keeper(self) -> bool {
        matches!(self, Self::Staff | Self::Host)
    }
}
