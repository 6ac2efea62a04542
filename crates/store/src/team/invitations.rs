//! Links that let somebody in once: the first owner, an invitation, a new password, the demo.

use domain::{GroupId, Millis, OrgId, StaffId};
use serde_json::{Value as Json, json};

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::note;
use crate::team::rows::role;
use crate::team::{Acting, Grant, TokenHash};

/// What a link gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Invites {
    /// To become the first owner.
    Owner,
    /// To become staff; the number was minted by the form that asked for it.
    Staff(Grant, i64),
    /// To set a new password.
    Password(StaffId),
    /// To look at the demonstration as this one; works again and again.
    Demo(StaffId),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// Number within the organisation.
    pub id: i64,
    /// What it gives.
    pub gives: Invites,
    /// Who made it; nobody for the program itself.
    pub made_by: StaffId,
    /// When.
    pub made: Millis,
    /// It works before this moment.
    pub until: Millis,
    /// When somebody used it.
    pub used: Option<Millis>,
}

const COLUMNS: &str = "SELECT id, kind, about, made_by, made_at, until_at, used_at \
                       FROM invitations WHERE token = $1 AND org = $2";
const OPEN: &str = "SELECT id, kind, about, made_by, made_at, until_at, used_at \
                    FROM invitations WHERE org = $1 AND kind = 'invitation' \
                    AND used_at IS NULL AND until_at > $2 ORDER BY made_at DESC, id DESC";
const FORGET: &str = "DELETE FROM invitations WHERE org = $1 AND kind = $2 AND about = $3 \
                      AND used_at IS NULL";
const INSERT: &str = "INSERT INTO invitations (token, org, id, kind, about, made_by, made_at, \
                      until_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

impl Invites {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Staff(..) => "invitation",
            Self::Password(_) => "password",
            Self::Demo(_) => "demo",
        }
    }

    pub(super) fn about(&self) -> String {
        let about = match self {
            Self::Owner => json!({}),
            Self::Staff(grant, key) => json!({
                "key": key,
                "role": grant.role.word(),
                "sees_all": grant.sees_all,
                "groups": grant.groups.iter().map(|group| group.0).collect::<Vec<_>>(),
            }),
            Self::Password(staff) | Self::Demo(staff) => json!({ "staff": staff.0 }),
        };
        about.to_string()
    }

    fn read(kind: &str, about: &str) -> Result<Self> {
        let odd = || Fault::Damaged { what: format!("an invitation of kind {kind:?}") };
        let about: Json = serde_json::from_str(about).map_err(|_| odd())?;
        let staff = || about.get("staff").and_then(Json::as_i64).map(StaffId).ok_or_else(odd);
        match kind {
            "owner" => Ok(Self::Owner),
            "password" => Ok(Self::Password(staff()?)),
            "demo" => Ok(Self::Demo(staff()?)),
            "invitation" => {
                let word = about.get("role").and_then(Json::as_str).ok_or_else(odd)?;
                let groups = about.get("groups").and_then(Json::as_array).ok_or_else(odd)?;
                let grant = Grant {
                    role: role(word)?,
                    sees_all: about.get("sees_all").and_then(Json::as_bool).unwrap_or(false),
                    groups: groups.iter().filter_map(Json::as_i64).map(GroupId).collect(),
                };
                let key = about.get("key").and_then(Json::as_i64).unwrap_or(0);
                Ok(Self::Staff(grant, key))
            }
            _ => Err(odd()),
        }
    }
}

impl Store {
    /// Makes a link; `acting.staff` made it. There is one at a time about the same: an earlier one
    /// that nobody used stops to work. Invitations are the same when one form made them.
    pub async fn invite(
        &self,
        token: TokenHash,
        (gives, until): (Invites, Millis),
        acting: Acting,
    ) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                let (sql, about) = (FORGET, gives.about());
                let values = [org.0.into(), gives.kind().into(), about.as_str().into()];
                conn.run(sql, &values).await?;
                let values = [
                    token.to_vec().into(),
                    org.0.into(),
                    number(&mut conn, org, "invitations").await?.into(),
                    gives.kind().into(),
                    about.as_str().into(),
                    acting.staff.0.into(),
                    acting.at.0.into(),
                    until.0.into(),
                ];
                conn.run(INSERT, &values).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }

    /// The link of a token in this organisation.
    pub async fn invitation(&self, org: OrgId, token: TokenHash) -> Result<Option<InvitationRow>> {
        self.read(job(move |mut conn| Box::pin(async move { find(&mut conn, org, &token).await })))
            .await
    }

    /// Invitations that still work, the latest first.
    pub async fn open_invitations(&self, org: OrgId, now: Millis) -> Result<Vec<InvitationRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(OPEN, &[org.0.into(), now.0.into()]).await?;
                rows.into_iter().map(invitation).collect()
            })
        }))
        .await
    }

    /// Takes an invitation back that nobody used; whether there was one.
    pub async fn revoke_invitation(&self, id: i64, acting: Acting) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM invitations WHERE org = $1 AND id = $2 \
                           AND kind = 'invitation' AND used_at IS NULL";
                if conn.run(sql, &[acting.org.0.into(), id.into()]).await? == 0 {
                    return Ok(false);
                }
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }
}

pub(super) async fn find(
    conn: &mut Conn<'_>,
    org: OrgId,
    token: &TokenHash,
) -> Result<Option<InvitationRow>> {
    let row = conn.row(COLUMNS, &[token.to_vec().into(), org.0.into()]).await?;
    row.map(invitation).transpose()
}

fn invitation(mut row: Row) -> Result<InvitationRow> {
    let (kind, about) = (row.text(1)?, row.text(2)?);
    Ok(InvitationRow {
        id: row.int(0)?,
        gives: Invites::read(&kind, &about)?,
        made_by: StaffId(row.int(3)?),
        made: Millis(row.int(4)?),
        until: Millis(row.int(5)?),
        used: row.opt_int(6)?.map(Millis),
    })
}
