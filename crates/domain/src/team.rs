//! Who runs the groups: staff, their roles, and what each role may do.
//!
//! Invariants: nobody may give a role above the own one, or change somebody of the same role or
//! above (only owners change owners); whoever is scoped to groups sees and changes nothing of
//! others (R04).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::ids::{GroupId, OrgId};

/// A member of staff within an organisation. 0 stands for the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StaffId(pub i64);

impl StaffId {
    /// The program itself: what happened without a person.
    pub const NOBODY: Self = Self(0);
}

/// Roles, the lowest first: a later one may all that an earlier one may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 只读: looks, changes nothing.
    ReadOnly,
    /// 员工: answers, notes, tags.
    Staff,
    /// 运营: keeps groups.
    Operator,
    /// 主管: leads operators, imports, sees who did what.
    Lead,
    /// 负责人: everything.
    Owner,
}

impl Role {
    /// All roles, the highest first: the order of forms.
    pub const ALL: [Self; 5] =
        [Self::Owner, Self::Lead, Self::Operator, Self::Staff, Self::ReadOnly];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Lead => "lead",
            Self::Operator => "operator",
            Self::Staff => "staff",
            Self::ReadOnly => "read_only",
        }
    }

    /// The role with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// What an act needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum May {
    /// Look at pages.
    Look,
    /// Close to-dos, write notes, put tags on people.
    Tend,
    /// Open and set groups, links, bulk changes, merge people, the blacklist; export lists.
    Keep,
    /// Import exports and undo imports; invite and change staff below; read the audit log.
    Lead,
    /// Settings of the organisation; staff of every role.
    Own,
}

impl May {
    /// The lowest role that may.
    pub fn least(self) -> Role {
        match self {
            Self::Look => Role::ReadOnly,
            Self::Tend => Role::Staff,
            Self::Keep => Role::Operator,
            Self::Lead => Role::Lead,
            Self::Own => Role::Owner,
        }
    }
}

/// Which groups somebody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All groups of the organisation.
    All,
    /// These groups: those given, and those kept as owner or back-up.
    Groups(BTreeSet<GroupId>),
}

/// Somebody of staff who acts now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// In which organisation.
    pub org: OrgId,
    /// Who.
    pub staff: StaffId,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Which groups.
    pub scope: Scope,
}

impl Actor {
    /// Whether the role suffices. Which groups it reaches is asked with [`Self::sees`].
    pub fn may(&self, what: May) -> bool {
        self.role >= what.least()
    }

    /// Whether the group lies in the scope.
    pub fn sees(&self, group: GroupId) -> bool {
        match &self.scope {
            Scope::All => true,
            Scope::Groups(groups) => groups.contains(&group),
        }
    }

    /// Whether all groups of the organisation lie in the scope.
    pub fn sees_all(&self) -> bool {
        self.scope == Scope::All
    }

    /// Whether this one may invite, change or lock out somebody with that role.
    pub fn commands(&self, role: Role) -> bool {
        match self.role {
            Role::Owner => true,
            Role::Lead => role < Role::Lead,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(role: Role, scope: Scope) -> Actor {
        Actor { org: OrgId(1), staff: StaffId(1), name: "小林".to_owned(), role, scope }
    }

    // catalogue: R04
    #[test]
    fn a_scope_shows_its_groups_and_no_other() {
        let one = actor(Role::Lead, Scope::Groups([GroupId(3)].into()));
        assert!(one.sees(GroupId(3)) && !one.sees(GroupId(4)) && !one.sees_all());
        assert!(actor(Role::ReadOnly, Scope::All).sees(GroupId(4)));
    }

    #[test]
    fn nobody_commands_the_own_role_or_above_but_owners() {
        for role in Role::ALL {
            assert!(actor(Role::Owner, Scope::All).commands(role));
            assert_eq!(actor(Role::Lead, Scope::All).commands(role), role < Role::Lead);
            assert!(!actor(Role::Operator, Scope::All).commands(role));
        }
    }

    #[test]
    fn each_role_may_what_the_one_below_may() {
        let acts = [May::Look, May::Tend, May::Keep, May::Lead, May::Own];
        for (role, may) in Role::ALL.into_iter().rev().zip(1..) {
            let allowed = acts.into_iter().filter(|act| actor(role, Scope::All).may(*act));
            assert_eq!(allowed.count(), may, "{role:?}");
        }
    }
}
