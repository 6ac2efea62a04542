//! The blacklist of an organisation: put on, appealed against, lifted; and the question at the
//! door.
//!
//! Invariants: who is on it counts as a person: one identity on it bars them all. An entry is never
//! deleted; lifted ones stay with who and why.

use domain::{IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::people::merges::lead;
use crate::people::{BanPlace, BlacklistRow};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

macro_rules! columns {
    ($rest:literal) => {
        concat!(
            "SELECT b.identity, b.n, b.reason, b.by_staff, b.at, b.appeal, b.appeal_at, \
             b.lifted_at, b.lifted_by, b.lifted_why FROM ",
            $rest
        )
    };
}

/// Entries that stand of the person of identity $2.
macro_rules! standing {
    ($head:literal, $table:literal) => {
        concat!(
            $head,
            " WHERE ",
            $table,
            "org = $1 AND ",
            $table,
            "lifted_at IS NULL AND (",
            $table,
            "identity = $2 OR ",
            $table,
            "identity IN (SELECT m.identity FROM merges m WHERE m.org = $1 AND m.person = $2))"
        )
    };
}

const ON: &str = standing!("SELECT b.n FROM blacklist b", "b.");
const ADD: &str = "INSERT INTO blacklist (org, identity, n, reason, by_staff, at, appeal, \
                   appeal_at, lifted_at, lifted_by, lifted_why) SELECT $1, $2, \
                   COALESCE(MAX(n), 0) + 1, $3, $4, $5, '', NULL, NULL, NULL, '' \
                   FROM blacklist WHERE org = $1 AND identity = $2";
const LIFT: &str =
    standing!("UPDATE blacklist SET lifted_at = $3, lifted_by = $4, lifted_why = $5", "");
// The latest words first; those said before stay below.
const APPEAL: &str = standing!(
    "UPDATE blacklist SET appeal = CASE WHEN appeal = '' OR appeal = $3 THEN $3 \
     ELSE SUBSTR($3 || $5 || appeal, 1, 2000) END, appeal_at = $4",
    ""
);
const ALL: &str = columns!(
    "blacklist b WHERE b.org = $1 AND ($2 = 1 OR b.lifted_at IS NULL) AND (b.at < $4 OR \
     (b.at = $4 AND (b.identity > $5 OR (b.identity = $5 AND b.n < $6)))) \
     ORDER BY b.at DESC, b.identity, b.n DESC LIMIT $3"
);
const OF: &str = columns!(
    "{rows:$2(id int)} AS w CROSS JOIN blacklist b \
     WHERE b.org = $1 AND b.identity = w.id ORDER BY b.at DESC, b.n DESC"
);

impl Store {
    /// Puts a person on the blacklist; false when already on it.
    pub async fn blacklist_person(
        &self,
        person: IdentityId,
        reason: String,
        acting: Acting,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org = acting.org;
                let Some(person) = lead(&mut conn, org, person).await? else { return Ok(false) };
                let who = [org.0.into(), i64::from(person.0).into()];
                if conn.row(ON, &who).await?.is_some() {
                    return Ok(false);
                }
                let [org, who] = who;
                let (by, at) = (acting.staff.0, acting.at.0);
                conn.run(ADD, &[org, who, reason.as_str().into(), by.into(), at.into()]).await?;
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }

    /// Takes a person off the blacklist, whichever account was put on it; whether it was on.
    pub async fn lift_ban(&self, person: IdentityId, why: String, acting: Acting) -> Result<bool> {
        let (org, at) = (acting.org.0, acting.at.0);
        let who = i64::from(person.0);
        let values = vec![org.into(), who.into(), at.into(), acting.staff.0.into(), (&*why).into()];
        self.noted(LIFT, values, acting).await
    }

    /// Keeps what a person (by its leading identity) says against being on the blacklist (申诉);
    /// staff write it down with the line of the audit log, the person at the door without one.
    pub async fn appeal(
        &self,
        org: OrgId,
        person: IdentityId,
        (text, at): (String, Millis),
        acting: Option<Acting>,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let Some(person) = lead(&mut conn, org, person).await? else { return Ok(false) };
                let person = i64::from(person.0);
                let values =
                    [org.0.into(), person.into(), (&*text).into(), at.0.into(), "\n".into()];
                let done = conn.run(APPEAL, &values).await? > 0;
                if let (true, Some(acting)) = (done, acting) {
                    note(&mut conn, &acting).await?;
                }
                Ok(done)
            })
        }))
        .await
    }

    /// Whether the person of an identity may come in nowhere.
    pub async fn barred(&self, org: OrgId, id: IdentityId) -> Result<bool> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let Some(person) = lead(&mut conn, org, id).await? else { return Ok(false) };
                let who = [org.0.into(), i64::from(person.0).into()];
                Ok(conn.row(ON, &who).await?.is_some())
            })
        }))
        .await
    }

    /// The blacklist, the latest first: what stands, or the lifted ones, too. At most `limit`
    /// entries after a place, or from the beginning.
    pub async fn blacklist(
        &self,
        org: OrgId,
        with_lifted: bool,
        (after, limit): (Option<BanPlace>, u32),
    ) -> Result<Vec<BlacklistRow>> {
        let start = BanPlace { at: Millis(i64::MAX), identity: IdentityId::NOBODY, n: 0 };
        let after = after.unwrap_or(start);
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let values = [
                    org.0.into(),
                    i64::from(with_lifted).into(),
                    i64::from(limit).into(),
                    after.at.0.into(),
                    i64::from(after.identity.0).into(),
                    i64::from(after.n).into(),
                ];
                conn.rows(ALL, &values).await?.into_iter().map(entry).collect()
            })
        }))
        .await
    }
}

/// Entries of these identities, the latest first.
pub(super) async fn of(conn: &mut Conn<'_>, org: OrgId, ids: &str) -> Result<Vec<BlacklistRow>> {
    conn.rows(OF, &[org.0.into(), ids.into()]).await?.into_iter().map(entry).collect()
}

fn entry(mut row: Row) -> Result<BlacklistRow> {
    let lifted = row.opt_int(7)?.map(Millis);
    let lifted_by = StaffId(row.opt_int(8)?.unwrap_or(0));
    Ok(BlacklistRow {
        identity: IdentityId(row.small(0)?),
        n: row.small(1)?,
        reason: row.text(2)?,
        by: StaffId(row.int(3)?),
        at: Millis(row.int(4)?),
        appeal: row.text(5)?,
        appeal_at: row.opt_int(6)?.map(Millis),
        lifted: lifted.map(|at| (at, lifted_by)),
        lifted_why: row.text(9)?,
    })
}
