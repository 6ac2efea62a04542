//! What keepers tell of a group by one tap (`keeper_reports`).
//!
//! Invariant: one tap is one report, however often it is sent; what was taken back stays as a row.

use domain::{GroupId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};

/// What a keeper tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReport {
    /// Of which group.
    pub group: GroupId,
    /// Stable word of what.
    pub kind: String,
    /// Minted by the page: the same tap has the same.
    pub mint: i64,
}

/// What a keeper told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRow {
    /// Its number.
    pub id: i64,
    /// Of which group.
    pub group: GroupId,
    /// Stable word of what.
    pub kind: String,
    /// Who.
    pub staff: StaffId,
    /// When.
    pub at: Millis,
}

const TOLD: &str = "SELECT id FROM keeper_reports WHERE org = $1 AND staff = $2 AND mint = $3 \
                    AND kind = $4";
const PUT: &str = "INSERT INTO keeper_reports (org, id, grp, kind, staff, mint, at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
const UNDO: &str = "UPDATE keeper_reports SET undone_at = $4 WHERE org = $1 AND id = $2 \
                    AND staff = $3 AND undone_at IS NULL AND at >= $5";
const STANDING: &str = "SELECT id, grp, kind, staff, at FROM keeper_reports WHERE org = $1 \
                        AND at >= $2 AND undone_at IS NULL ORDER BY at, id LIMIT 2000";

impl Store {
    /// Keeps a report with its line of the audit log; its number. The same tap once more changes
    /// nothing and gives the same number.
    pub async fn report_group(&self, acting: Acting, new: NewReport) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let (org, staff) = (acting.org.0.into(), acting.staff.0.into());
                let kind = new.kind.as_str();
                let key = [org, staff, new.mint.into(), kind.into()];
                if let Some(row) = conn.row(TOLD, &key).await? {
                    return row.int(0);
                }
                let id = number(&mut conn, acting.org, "keeper_reports").await?;
                let [org, staff, mint, kind] = key;
                let (group, at) = (new.group.0.into(), acting.at.0.into());
                conn.run(PUT, &[org, id.into(), group, kind, staff, mint, at]).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// Takes a report back that who acts made since then; whether it stood.
    pub async fn undo_report(&self, acting: Acting, id: i64, since: Millis) -> Result<bool> {
        let values = [
            acting.org.0.into(),
            id.into(),
            acting.staff.0.into(),
            acting.at.0.into(),
            since.0.into(),
        ];
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let stood = conn.run(UNDO, &values).await? == 1;
                if stood {
                    note(&mut conn, &acting).await?;
                }
                Ok(stood)
            })
        }))
        .await
    }

    /// Reports since then that were not taken back, the first first; at most two thousand.
    pub async fn reports_since(&self, org: OrgId, since: Millis) -> Result<Vec<ReportRow>> {
        let values = [org.0.into(), since.0.into()];
        self.read(job(move |mut conn| {
            Box::pin(async move {
                conn.rows(STANDING, &values).await?.into_iter().map(report).collect()
            })
        }))
        .await
    }
}

fn report(mut row: Row) -> Result<ReportRow> {
    Ok(ReportRow {
        id: row.int(0)?,
        group: GroupId(row.int(1)?),
        kind: row.text(2)?,
        staff: StaffId(row.int(3)?),
        at: Millis(row.int(4)?),
    })
}
