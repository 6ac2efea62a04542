//! Which of a company's people somebody of staff is (`wecom_seats`): to whom cards go.
//!
//! Invariant: somebody of staff has one place, and one of the company's people is one of staff.

use domain::{Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

/// Who somebody of staff is on the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomSeat {
    /// Who.
    pub staff: StaffId,
    /// Number of the company.
    pub account: i64,
    /// The `userid` there.
    pub userid: String,
    /// From this minute of the day until that one no card goes out; the same twice: none.
    pub quiet: (u16, u16),
}

/// The same, as it is read back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomSeatRow {
    /// Who is who.
    pub seat: WecomSeat,
    /// Since when the platform does not take cards for them, and why; not tried before the seat is
    /// kept anew.
    pub refused: Option<(Millis, String)>,
}

const PUT: &str = "INSERT INTO wecom_seats (org, staff, account, userid, quiet_from, quiet_to, \
                   by_staff, at, refused_at, refused) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, \
                   NULL, '') ON CONFLICT (org, staff) DO UPDATE SET account = excluded.account, \
                   userid = excluded.userid, quiet_from = excluded.quiet_from, \
                   quiet_to = excluded.quiet_to, by_staff = excluded.by_staff, at = excluded.at, \
                   refused_at = NULL, refused = ''";
const OTHERS: &str = "SELECT 1 FROM wecom_seats WHERE org = $1 AND account = $2 \
                      AND LOWER(userid) = LOWER($3) AND staff <> $4";
const DROP: &str = "DELETE FROM wecom_seats WHERE org = $1 AND staff = $2";
const ALL: &str = "SELECT staff, account, userid, quiet_from, quiet_to, refused_at, refused \
                   FROM wecom_seats WHERE org = $1 ORDER BY staff";
const REFUSED: &str = "UPDATE wecom_seats SET refused_at = $4, refused = $5 WHERE org = $1 \
                       AND staff = $2 AND userid = $3 AND refused_at IS NULL";

impl Store {
    /// Says who somebody of staff is; `false`, and nothing changes, when that is another one.
    pub async fn put_wecom_seat(&self, acting: Acting, seat: WecomSeat) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let org: crate::sql::Value = acting.org.0.into();
                let (account, userid) = (seat.account.into(), seat.userid.as_str());
                let taken = [org.clone(), account, userid.into(), seat.staff.0.into()];
                if conn.row(OTHERS, &taken).await?.is_some() {
                    return Ok(false);
                }
                let [org, account, userid, staff] = taken;
                let (from, to) = (i64::from(seat.quiet.0).into(), i64::from(seat.quiet.1).into());
                let (by, at) = (acting.staff.0.into(), acting.at.0.into());
                conn.run(PUT, &[org, staff, account, userid, from, to, by, at]).await?;
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }

    /// Says that somebody of staff is nobody there; whether it was otherwise.
    pub async fn drop_wecom_seat(&self, acting: Acting, staff: StaffId) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let was = conn.run(DROP, &[acting.org.0.into(), staff.0.into()]).await? == 1;
                if was {
                    note(&mut conn, &acting).await?;
                }
                Ok(was)
            })
        }))
        .await
    }

    /// Who is who, by number of staff.
    pub async fn wecom_seats(&self, org: OrgId) -> Result<Vec<WecomSeatRow>> {
        self.wecom_rows(ALL, vec![org.0.into()], seat).await
    }

    /// Notes that the platform does not take cards for them.
    pub async fn refuse_wecom_seat(
        &self,
        org: OrgId,
        (staff, userid): (StaffId, &str),
        (at, why): (Millis, &str),
    ) -> Result<bool> {
        let values = vec![org.0.into(), staff.0.into(), userid.into(), at.0.into(), why.into()];
        Ok(self.change_wecom_rows(REFUSED, values).await? == 1)
    }
}

fn seat(mut row: Row) -> Result<WecomSeatRow> {
    let refused = row.opt_int(5)?.map(Millis);
    let why = row.text(6)?;
    Ok(WecomSeatRow {
        seat: WecomSeat {
            staff: StaffId(row.int(0)?),
            account: row.int(1)?,
            userid: row.text(2)?,
            quiet: (row.small(3)?, row.small(4)?),
        },
        refused: refused.map(|at| (at, why)),
    })
}
