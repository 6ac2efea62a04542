//! Numbers that name things. Each is its own type, so that one cannot stand in for another.

use serde::{Deserialize, Serialize};

/// An organisation: the outer wall of all data. Imports from the command line use organisation 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct OrgId(pub i64);

/// One group chat of an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupId(pub i64);

/// One person's account on one platform within an organisation. Dense from 1 and never reused,
/// because bitmaps are indexed with it; [`IdentityId::NOBODY`] stands for "no one is named".
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct IdentityId(pub u32);

impl IdentityId {
    /// The absence of an identity in a fixed-size record.
    pub const NOBODY: Self = Self(0);

    /// The identity, or `None` for [`IdentityId::NOBODY`].
    pub fn named(self) -> Option<Self> {
        (self != Self::NOBODY).then_some(self)
    }
}

/// Place of a fact in its group's log: dense per group, the only cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Seq(pub i64);

/// One run of an importer; everything it wrote carries this number and can be undone by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ImportId(pub i64);
