//! The audit log: who of staff did what, when, to which group or person.

use domain::{GroupId, IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::Conn;

/// An act of staff: the line of the audit log that goes with a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// In which organisation.
    pub org: OrgId,
    /// Who; nobody for the program itself.
    pub staff: StaffId,
    /// When.
    pub at: Millis,
    /// Stable word of the act, such as `group.changed`.
    pub act: &'static str,
    /// About which group.
    pub group: Option<GroupId>,
    /// About which person.
    pub person: Option<IdentityId>,
    /// JSON of codes and numbers; never a secret.
    pub about: String,
}

const NOTE: &str = "INSERT INTO audit (org, id, at, staff, act, grp, person, about) \
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Notes an act in the transaction of its change.
pub(crate) async fn note(conn: &mut Conn<'_>, acting: &Acting) -> Result<()> {
    let id = number(conn, acting.org, "audit").await?;
    let values = [
        acting.org.0.into(),
        id.into(),
        acting.at.0.into(),
        acting.staff.0.into(),
        acting.act.into(),
        acting.group.map(|group| group.0).into(),
        acting.person.map(|person| i64::from(person.0)).into(),
        acting.about.as_str().into(),
    ];
    conn.run(NOTE, &values).await.map(drop)
}

/// The next number of a kind of rows within an organisation: from 1, never given twice.
pub(crate) async fn number(conn: &mut Conn<'_>, org: OrgId, what: &str) -> Result<i64> {
    let sql = "INSERT INTO counters (name, next) VALUES ($1, 2) \
               ON CONFLICT (name) DO UPDATE SET next = counters.next + 1 RETURNING next - 1";
    let row = conn.row(sql, &[format!("{what}:{}", org.0).as_str().into()]).await?;
    row.map_or(Ok(0), |row| row.int(0))
}
