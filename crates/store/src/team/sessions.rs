//! Sessions: opened by a log-in, asked for with every request, ended one by one or all at once.
//!
//! Invariant: a session of an organisation is nothing in another one.

use domain::{GroupId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Conn, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::note;
use crate::team::rows::{session_columns, session_row, staff_columns, staff_row, whose};
use crate::team::{Acting, NewSession, SessionRow, SessionSeen, TokenHash};

const SEEN: &str = concat!(
    "SELECT ",
    session_columns!(),
    ", ",
    staff_columns!(),
    " FROM sessions e JOIN staff s ON s.org = e.org AND s.id = e.staff \
     WHERE e.token = $1 AND e.org = $2 AND s.state = 0"
);
const SCOPE: &str = "SELECT grp FROM staff_groups WHERE org = $1 AND staff = $2 \
                     UNION SELECT grp FROM group_cards WHERE org = $1 AND owner = $2 \
                     UNION SELECT grp FROM group_cards WHERE org = $1 AND backup = $2";
const OF_STAFF: &str = concat!(
    "SELECT ",
    session_columns!(),
    " FROM sessions e WHERE e.org = $1 AND e.staff = $2 ORDER BY e.seen_at DESC, e.id DESC"
);
const INSERT: &str = "INSERT INTO sessions (token, org, id, staff, made_at, seen_at, until_at, \
                      agent, address) VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8)";

impl Store {
    /// Opens a session of who acts; older ones of theirs that are over are taken away.
    pub async fn open_session(&self, new: NewSession, acting: Acting) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                open(&mut conn, acting.staff, &new, &acting).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }

    /// The session of a token, with whose it is. `None`: unknown, of another organisation, or of
    /// somebody who was locked out. Whether it is over by its age is for the caller to see.
    pub async fn session(&self, org: OrgId, token: TokenHash) -> Result<Option<SessionSeen>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let values = [token.to_vec().into(), org.0.into()];
                let Some(mut row) = conn.row(SEEN, &values).await? else { return Ok(None) };
                let (session, staff) = (session_row(&mut row, 0)?, staff_row(&mut row, 7)?);
                let rows = if staff.sees_all {
                    Vec::new()
                } else {
                    conn.rows(SCOPE, &whose(org, staff.id)).await?
                };
                let groups = rows.iter().map(|row| Ok(GroupId(row.int(0)?)));
                let groups = groups.collect::<Result<Vec<_>>>()?;
                Ok(Some(SessionSeen { session, staff, groups }))
            })
        }))
        .await
    }

    /// Notes that a session is used.
    pub async fn touch_session(&self, org: OrgId, token: TokenHash, now: Millis) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "UPDATE sessions SET seen_at = $3 WHERE token = $1 AND org = $2";
                let values = [token.to_vec().into(), org.0.into(), now.0.into()];
                conn.run(sql, &values).await.map(drop)
            })
        }))
        .await
    }

    /// The sessions of somebody, the latest used first.
    pub async fn sessions_of(&self, org: OrgId, staff: StaffId) -> Result<Vec<SessionRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(OF_STAFF, &whose(org, staff)).await?;
                rows.into_iter().map(|mut row| session_row(&mut row, 0)).collect()
            })
        }))
        .await
    }

    /// Ends a session of who acts; whether there was one.
    pub async fn end_session(&self, id: i64, acting: Acting) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM sessions WHERE org = $1 AND staff = $2 AND id = $3";
                let values = [acting.org.0.into(), acting.staff.0.into(), id.into()];
                if conn.run(sql, &values).await? == 0 {
                    return Ok(false);
                }
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }

    /// Ends all sessions of who acts but this one; how many those were.
    pub async fn end_other_sessions(&self, kept: i64, acting: Acting) -> Result<u64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM sessions WHERE org = $1 AND staff = $2 AND id <> $3";
                let values = [acting.org.0.into(), acting.staff.0.into(), kept.into()];
                let ended = conn.run(sql, &values).await?;
                if ended > 0 {
                    note(&mut conn, &acting).await?;
                }
                Ok(ended)
            })
        }))
        .await
    }
}

/// Puts a session into the list.
pub(super) async fn open(
    conn: &mut Conn<'_>,
    staff: StaffId,
    new: &NewSession,
    acting: &Acting,
) -> Result<()> {
    let org = acting.org;
    let over = "DELETE FROM sessions WHERE org = $1 AND staff = $2 AND until_at <= $3";
    conn.run(over, &[org.0.into(), staff.0.into(), acting.at.0.into()]).await?;
    let values = [
        new.token.to_vec().into(),
        org.0.into(),
        number(conn, org, "sessions").await?.into(),
        staff.0.into(),
        acting.at.0.into(),
        new.until.0.into(),
        new.agent.as_str().into(),
        new.address.as_str().into(),
    ];
    conn.run(INSERT, &values).await.map(drop)
}
