//! Rows of staff and sessions, and what a change of them came to.

use domain::{GroupId, Millis, OrgId, Role, StaffId};

use crate::fault::{Fault, Result};
use crate::sql::Row;

/// SHA-256 of a secret token.
pub type TokenHash = [u8; 32];

/// Whether somebody may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffState {
    /// May log in.
    Active = 0,
    /// 已停用: has no session and gets none.
    LockedOut = 1,
}

/// Somebody of staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// Number within the organisation.
    pub id: StaffId,
    /// What is typed to log in; lower case.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Whether all groups of the organisation are seen.
    pub sees_all: bool,
    /// Whether they may come in.
    pub state: StaffState,
    /// Since when.
    pub made: Millis,
    /// Changed last.
    pub changed: Millis,
}

/// Role and groups that somebody is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Role.
    pub role: Role,
    /// All groups of the organisation.
    pub sees_all: bool,
    /// These groups, where not all are given.
    pub groups: Vec<GroupId>,
}

/// Somebody who comes in new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// What is typed to log in; lower case.
    pub login: String,
    /// Name to show.
    pub name: String,
    /// PHC string; empty while there is no password.
    pub password: String,
}

/// A session that begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSession {
    /// Hash of the token in the cookie.
    pub token: TokenHash,
    /// It ends at this moment at the latest.
    pub until: Millis,
    /// What the browser calls itself, shortened.
    pub agent: String,
    /// From which address.
    pub address: String,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Number within the organisation.
    pub id: i64,
    /// Whose.
    pub staff: StaffId,
    /// Since when.
    pub made: Millis,
    /// Used last, to the minute.
    pub seen: Millis,
    /// It ends at this moment at the latest.
    pub until: Millis,
    /// What the browser calls itself.
    pub agent: String,
    /// From which address it was opened.
    pub address: String,
}

/// A session with whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionSeen {
    /// The session.
    pub session: SessionRow,
    /// Whose.
    pub staff: StaffRow,
    /// Groups given or kept as owner or back-up; empty where all are seen.
    pub groups: Vec<GroupId>,
}

/// What a change of staff came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffChange {
    /// Done; the number of who was changed or made.
    Done(StaffId),
    /// There is no such person, or the link is used, over or unknown.
    Missing,
    /// The role or state is another one than expected: look again.
    Changed,
    /// The last owner who may come in stays one.
    LastOwner,
    /// Somebody else logs in by that word.
    Taken,
}

/// Columns of [`staff_row`], with the table named `s`.
macro_rules! staff_columns {
    () => {
        "s.id, s.login, s.name, s.role, s.sees_all, s.state, s.made_at, s.changed_at"
    };
}
pub(super) use staff_columns;

/// Columns of [`session_row`], with the table named `e`.
macro_rules! session_columns {
    () => {
        "e.id, e.staff, e.made_at, e.seen_at, e.until_at, e.agent, e.address"
    };
}
pub(super) use session_columns;

pub(super) fn staff_row(row: &mut Row, from: usize) -> Result<StaffRow> {
    Ok(StaffRow {
        id: StaffId(row.int(from)?),
        login: row.text(from + 1)?,
        name: row.text(from + 2)?,
        role: role(&row.text(from + 3)?)?,
        sees_all: row.int(from + 4)? != 0,
        state: if row.int(from + 5)? == 0 { StaffState::Active } else { StaffState::LockedOut },
        made: Millis(row.int(from + 6)?),
        changed: Millis(row.int(from + 7)?),
    })
}

pub(super) fn session_row(row: &mut Row, from: usize) -> Result<SessionRow> {
    Ok(SessionRow {
        id: row.int(from)?,
        staff: StaffId(row.int(from + 1)?),
        made: Millis(row.int(from + 2)?),
        seen: Millis(row.int(from + 3)?),
        until: Millis(row.int(from + 4)?),
        agent: row.text(from + 5)?,
        address: row.text(from + 6)?,
    })
}

pub(super) fn role(word: &str) -> Result<Role> {
    let unknown = || Fault::Damaged { what: format!("a role is called {word:?}") };
    Role::from_word(word).ok_or_else(unknown)
}

/// Groups as the JSON of a table parameter `(grp int)`.
pub(super) fn group_table(groups: &[GroupId]) -> String {
    let rows: Vec<String> = groups.iter().map(|group| format!("[{}]", group.0)).collect();
    format!("[{}]", rows.join(","))
}

/// The organisation of a statement and whom it is about.
pub(super) fn whose(org: OrgId, staff: StaffId) -> [crate::sql::Value; 2] {
    [org.0.into(), staff.0.into()]
}
