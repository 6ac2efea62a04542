//! Using a link: somebody becomes staff, or gets a new password, and is in.
//!
//! Invariant: a link of these kinds works once; using it, what it gives, the session and the
//! lines of the audit log are one transaction.

use domain::{OrgId, StaffId};

use crate::fault::Result;
use crate::groups::lock_organisation;
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::team::note;
use crate::team::rows::whose;
use crate::team::{
    Acting, Grant, Invites, NewSession, NewStaff, StaffChange, TokenHash, invitations, sessions,
    staff,
};

const USE: &str = "UPDATE invitations SET used_at = $3, used_by = $4 WHERE token = $1 \
                   AND org = $2 AND used_at IS NULL AND until_at > $3";

impl Store {
    /// Makes somebody staff by a link of the first owner or an invitation, and opens a session.
    /// `acting` is completed with the number that they get.
    pub async fn welcome(
        &self,
        token: TokenHash,
        (new, session): (NewStaff, NewSession),
        mut acting: Acting,
    ) -> Result<StaffChange> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                lock_organisation(&mut conn, acting.org).await?;
                let found = invitations::find(&mut conn, acting.org, &token).await?;
                let grant = match found.map(|found| found.gives) {
                    Some(Invites::Staff(grant, _)) => grant,
                    Some(Invites::Owner) if is_first(&mut conn, acting.org).await? => {
                        Grant { role: domain::Role::Owner, sees_all: true, groups: Vec::new() }
                    }
                    _ => return Ok(StaffChange::Missing),
                };
                if !is_used(&mut conn, &token, &acting, StaffId::NOBODY).await? {
                    return Ok(StaffChange::Missing);
                }
                let made = staff::insert(&mut conn, (&new, &grant), &acting).await?;
                let Some(made) = made else {
                    give_back(&mut conn, &token, &acting).await?;
                    return Ok(StaffChange::Taken);
                };
                let sql = "UPDATE invitations SET used_by = $3 WHERE token = $1 AND org = $2";
                let values = [token.to_vec().into(), acting.org.0.into(), made.0.into()];
                conn.run(sql, &values).await?;
                acting.staff = made;
                sessions::open(&mut conn, made, &session, &acting).await?;
                note(&mut conn, &acting).await?;
                Ok(StaffChange::Done(made))
            })
        }))
        .await
    }

    /// Sets a new password by a link, ends all sessions and opens one.
    pub async fn welcome_back(
        &self,
        token: TokenHash,
        (password, session): (&str, NewSession),
        mut acting: Acting,
    ) -> Result<StaffChange> {
        let password = password.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                let found = invitations::find(&mut conn, org, &token).await?;
                let Some(Invites::Password(whom)) = found.map(|found| found.gives) else {
                    return Ok(StaffChange::Missing);
                };
                let active = "SELECT 1 FROM staff WHERE org = $1 AND id = $2 AND state = 0";
                if conn.row(active, &whose(org, whom)).await?.is_none()
                    || !is_used(&mut conn, &token, &acting, whom).await?
                {
                    return Ok(StaffChange::Missing);
                }
                staff::password_of(&mut conn, (org, whom), &password, acting.at).await?;
                staff::end_all(&mut conn, org, whom).await?;
                acting.staff = whom;
                sessions::open(&mut conn, whom, &session, &acting).await?;
                note(&mut conn, &acting).await?;
                Ok(StaffChange::Done(whom))
            })
        }))
        .await
    }
}

/// Uses a link up; whether it still worked.
async fn is_used(
    conn: &mut Conn<'_>,
    token: &TokenHash,
    acting: &Acting,
    by: StaffId,
) -> Result<bool> {
    let values = [token.to_vec().into(), acting.org.0.into(), acting.at.0.into(), by.0.into()];
    Ok(conn.run(USE, &values).await? == 1)
}

/// The form was wrong: the link still works.
async fn give_back(conn: &mut Conn<'_>, token: &TokenHash, acting: &Acting) -> Result<()> {
    let sql = "UPDATE invitations SET used_at = NULL, used_by = NULL WHERE token = $1 AND org = $2";
    conn.run(sql, &[token.to_vec().into(), acting.org.0.into()]).await.map(drop)
}

/// Whether the organisation has no owner yet.
async fn is_first(conn: &mut Conn<'_>, org: OrgId) -> Result<bool> {
    Ok(staff::owners_beside(conn, org, StaffId::NOBODY).await? == 0)
}
