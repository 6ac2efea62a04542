//! Staff: who there is, what they see, and changes of role, state, name and password.

use domain::{GroupId, Millis, OrgId, Role, StaffId};

use crate::fault::Result;
use crate::groups::lock_organisation;
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::note;
use crate::team::rows::{group_table, staff_columns, staff_row, whose};
use crate::team::{Acting, Grant, NewStaff, StaffChange, StaffRow, StaffState};

const ALL: &str =
    concat!("SELECT ", staff_columns!(), " FROM staff s WHERE s.org = $1 ORDER BY s.id");
const BY_LOGIN: &str = concat!(
    "SELECT ",
    staff_columns!(),
    ", s.password FROM staff s WHERE s.org = $1 AND s.login = $2"
);
const BY_ID: &str = concat!(
    "SELECT ",
    staff_columns!(),
    ", s.password FROM staff s WHERE s.org = $1 AND s.id = $2"
);
const SEEN: &str = "SELECT staff, grp FROM staff_groups WHERE org = $1 \
                    UNION SELECT owner, grp FROM group_cards WHERE org = $1 AND owner > 0 \
                    UNION SELECT backup, grp FROM group_cards WHERE org = $1 AND backup > 0 \
                    ORDER BY 1, 2";
const GIVEN: &str = "SELECT grp FROM staff_groups WHERE org = $1 AND staff = $2 ORDER BY grp";
const OWNERS: &str =
    "SELECT COUNT(*) FROM staff WHERE org = $1 AND role = 'owner' AND state = 0 AND id <> $2";
const INSERT: &str = "INSERT INTO staff (org, id, login, name, password, role, sees_all, state, \
                      made_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $8) \
                      ON CONFLICT (org, login) DO NOTHING";

impl Store {
    /// All staff of an organisation, those locked out too, in the order in which they came.
    pub async fn staff(&self, org: OrgId) -> Result<Vec<StaffRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(ALL, &[org.0.into()]).await?;
                rows.into_iter().map(|mut row| staff_row(&mut row, 0)).collect()
            })
        }))
        .await
    }

    /// Who logs in by this word, and the PHC string of the password.
    pub async fn staff_by_login(
        &self,
        org: OrgId,
        login: &str,
    ) -> Result<Option<(StaffRow, String)>> {
        let values = [org.0.into(), login.into()];
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let Some(mut row) = conn.row(BY_LOGIN, &values).await? else { return Ok(None) };
                Ok(Some((staff_row(&mut row, 0)?, row.text(8)?)))
            })
        }))
        .await
    }

    /// Somebody of staff, and the PHC string of the password.
    pub async fn staff_by_id(
        &self,
        org: OrgId,
        staff: StaffId,
    ) -> Result<Option<(StaffRow, String)>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let row = conn.row(BY_ID, &whose(org, staff)).await?;
                let Some(mut row) = row else { return Ok(None) };
                Ok(Some((staff_row(&mut row, 0)?, row.text(8)?)))
            })
        }))
        .await
    }

    /// Which groups each member of staff was given or keeps as owner or back-up.
    pub async fn staff_groups(&self, org: OrgId) -> Result<Vec<(StaffId, GroupId)>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(SEEN, &[org.0.into()]).await?;
                let pair = |row: &crate::sql::Row| Ok((StaffId(row.int(0)?), GroupId(row.int(1)?)));
                rows.iter().map(pair).collect()
            })
        }))
        .await
    }

    /// Which groups somebody was given, without those kept.
    pub async fn given_groups(&self, org: OrgId, staff: StaffId) -> Result<Vec<GroupId>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(GIVEN, &whose(org, staff)).await?;
                rows.iter().map(|row| Ok(GroupId(row.int(0)?))).collect()
            })
        }))
        .await
    }

    /// Whether somebody is an owner who may come in.
    pub async fn has_owner(&self, org: OrgId) -> Result<bool> {
        self.read(job(move |mut conn| {
            Box::pin(async move { Ok(owners_beside(&mut conn, org, StaffId::NOBODY).await? > 0) })
        }))
        .await
    }

    /// Makes somebody staff without an invitation: the first owner, one made in the terminal.
    pub async fn add_staff(
        &self,
        new: NewStaff,
        grant: Grant,
        acting: Acting,
    ) -> Result<StaffChange> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let Some(staff) = insert(&mut conn, (&new, &grant), &acting).await? else {
                    return Ok(StaffChange::Taken);
                };
                note(&mut conn, &acting).await?;
                Ok(StaffChange::Done(staff))
            })
        }))
        .await
    }

    /// Gives another role and other groups, if the role is still the expected one.
    pub async fn change_staff(
        &self,
        staff: StaffId,
        expected: Role,
        grant: Grant,
        acting: Acting,
    ) -> Result<StaffChange> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                lock_organisation(&mut conn, org).await?;
                if let Some(no) = refused(&mut conn, (org, staff), (expected, grant.role)).await? {
                    return Ok(no);
                }
                let sql = "UPDATE staff SET role = $3, sees_all = $4, changed_at = $5 \
                           WHERE org = $1 AND id = $2";
                let values = [
                    org.0.into(),
                    staff.0.into(),
                    grant.role.word().into(),
                    i64::from(grant.sees_all).into(),
                    acting.at.0.into(),
                ];
                conn.run(sql, &values).await?;
                give(&mut conn, (org, staff), &grant).await?;
                revoke_made_by(&mut conn, org, staff).await?;
                note(&mut conn, &acting).await?;
                Ok(StaffChange::Done(staff))
            })
        }))
        .await
    }

    /// Locks somebody out: no session, no link of theirs and no invitation by them works after it.
    pub async fn lock_out(
        &self,
        staff: StaffId,
        expected: Role,
        acting: Acting,
    ) -> Result<StaffChange> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                lock_organisation(&mut conn, org).await?;
                let lower = (expected, Role::ReadOnly);
                if let Some(no) = refused(&mut conn, (org, staff), lower).await? {
                    return Ok(no);
                }
                state(&mut conn, (org, staff), StaffState::LockedOut, acting.at).await?;
                end_all(&mut conn, org, staff).await?;
                revoke_made_by(&mut conn, org, staff).await?;
                revoke_password_links(&mut conn, org, staff).await?;
                note(&mut conn, &acting).await?;
                Ok(StaffChange::Done(staff))
            })
        }))
        .await
    }

    /// Lets somebody in again who was locked out.
    pub async fn unlock(
        &self,
        staff: StaffId,
        expected: Role,
        acting: Acting,
    ) -> Result<StaffChange> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                if let Some(no) = refused(&mut conn, (org, staff), (expected, expected)).await? {
                    return Ok(no);
                }
                state(&mut conn, (org, staff), StaffState::Active, acting.at).await?;
                note(&mut conn, &acting).await?;
                Ok(StaffChange::Done(staff))
            })
        }))
        .await
    }

    /// Another name to show.
    pub async fn rename_staff(&self, name: &str, acting: Acting) -> Result<()> {
        let name = name.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "UPDATE staff SET name = $3, changed_at = $4 WHERE org = $1 AND id = $2";
                let (org, staff) = (acting.org.0, acting.staff.0);
                let values = [org.into(), staff.into(), name.as_str().into(), acting.at.0.into()];
                conn.run(sql, &values).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }

    /// A new password; every session of theirs but `kept` ends, and so do links to a new one.
    pub async fn set_password(
        &self,
        staff: StaffId,
        (password, kept): (&str, i64),
        acting: Acting,
    ) -> Result<()> {
        let password = password.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                password_of(&mut conn, (org, staff), &password, acting.at).await?;
                let sql = "DELETE FROM sessions WHERE org = $1 AND staff = $2 AND id <> $3";
                conn.run(sql, &[org.0.into(), staff.0.into(), kept.into()]).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }
}

/// Writes the password and takes back the links to a new one.
pub(super) async fn password_of(
    conn: &mut Conn<'_>,
    (org, staff): (OrgId, StaffId),
    password: &str,
    at: Millis,
) -> Result<()> {
    let sql = "UPDATE staff SET password = $3, changed_at = $4 WHERE org = $1 AND id = $2";
    conn.run(sql, &[org.0.into(), staff.0.into(), password.into(), at.0.into()]).await?;
    revoke_password_links(conn, org, staff).await
}

/// Puts somebody new into the list; `None` when the login is taken.
pub(super) async fn insert(
    conn: &mut Conn<'_>,
    (new, grant): (&NewStaff, &Grant),
    acting: &Acting,
) -> Result<Option<StaffId>> {
    let id = number(conn, acting.org, "staff").await?;
    let values = [
        acting.org.0.into(),
        id.into(),
        new.login.as_str().into(),
        new.name.as_str().into(),
        new.password.as_str().into(),
        grant.role.word().into(),
        i64::from(grant.sees_all).into(),
        acting.at.0.into(),
    ];
    if conn.run(INSERT, &values).await? == 0 {
        return Ok(None);
    }
    give(conn, (acting.org, StaffId(id)), grant).await?;
    Ok(Some(StaffId(id)))
}

async fn give(conn: &mut Conn<'_>, (org, staff): (OrgId, StaffId), grant: &Grant) -> Result<()> {
    conn.run("DELETE FROM staff_groups WHERE org = $1 AND staff = $2", &whose(org, staff)).await?;
    let sql = "INSERT INTO staff_groups (org, staff, grp) \
               SELECT $1, $2, g.id FROM {rows:$3(grp int)} AS t \
               JOIN groups g ON g.org = $1 AND g.id = t.grp";
    let groups = if grant.sees_all { &[][..] } else { &grant.groups };
    let table = group_table(groups);
    conn.run(sql, &[org.0.into(), staff.0.into(), table.as_str().into()]).await.map(drop)
}

/// Why somebody cannot be changed from one role to another.
async fn refused(
    conn: &mut Conn<'_>,
    (org, staff): (OrgId, StaffId),
    (expected, role): (Role, Role),
) -> Result<Option<StaffChange>> {
    let Some(mut row) = conn.row(BY_ID, &whose(org, staff)).await? else {
        return Ok(Some(StaffChange::Missing));
    };
    let now = staff_row(&mut row, 0)?;
    if now.role != expected {
        return Ok(Some(StaffChange::Changed));
    }
    let is_owner = now.role == Role::Owner && now.state == StaffState::Active;
    if is_owner && role != Role::Owner && owners_beside(conn, org, staff).await? == 0 {
        return Ok(Some(StaffChange::LastOwner));
    }
    Ok(None)
}

pub(super) async fn owners_beside(conn: &mut Conn<'_>, org: OrgId, staff: StaffId) -> Result<i64> {
    let row = conn.row(OWNERS, &whose(org, staff)).await?;
    row.map_or(Ok(0), |row| row.int(0))
}

async fn state(
    conn: &mut Conn<'_>,
    (org, staff): (OrgId, StaffId),
    state: StaffState,
    at: Millis,
) -> Result<()> {
    let sql = "UPDATE staff SET state = $3, changed_at = $4 WHERE org = $1 AND id = $2";
    let values = [org.0.into(), staff.0.into(), (state as i64).into(), at.0.into()];
    conn.run(sql, &values).await.map(drop)
}

pub(super) async fn end_all(conn: &mut Conn<'_>, org: OrgId, staff: StaffId) -> Result<()> {
    let sql = "DELETE FROM sessions WHERE org = $1 AND staff = $2";
    conn.run(sql, &whose(org, staff)).await.map(drop)
}

/// Invitations that somebody made and nobody used are void: the role behind them is another.
async fn revoke_made_by(conn: &mut Conn<'_>, org: OrgId, staff: StaffId) -> Result<()> {
    let sql = "DELETE FROM invitations WHERE org = $1 AND made_by = $2 AND used_at IS NULL";
    conn.run(sql, &whose(org, staff)).await.map(drop)
}

async fn revoke_password_links(conn: &mut Conn<'_>, org: OrgId, staff: StaffId) -> Result<()> {
    let sql = "DELETE FROM invitations WHERE org = $1 AND kind = 'password' AND about = $2 \
               AND used_at IS NULL";
    let about = super::invitations::Invites::Password(staff).about();
    conn.run(sql, &[org.0.into(), about.as_str().into()]).await.map(drop)
}
