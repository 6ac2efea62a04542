//! What falls due next, over all groups: looked up in the index of due times alone, so that a
//! million timers that wait cost nothing.
//!
//! Timers are written, fired and taken away by the commit of their group, never here.

use domain::{GroupId, Millis, OrgId};

use crate::fault::Result;
use crate::live::TimerRow;
use crate::sql::{Row, job};
use crate::store::Store;

const DUE: &str = "SELECT org, grp, name, due_at, rule, missed FROM timers WHERE due_at <= $1 \
                   ORDER BY due_at, org, grp, name LIMIT $2";
const NEXT: &str = "SELECT due_at FROM timers ORDER BY due_at LIMIT 1";

impl Store {
    /// Timers of all organisations that are due at `now`, the longest due first; at most `limit`.
    /// They stay due until their groups commit that they fired.
    pub async fn due_timers(&self, now: Millis, limit: u32) -> Result<Vec<TimerRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(DUE, &[now.0.into(), i64::from(limit).into()]).await?;
                rows.into_iter().map(timer).collect()
            })
        }))
        .await
    }

    /// When the next timer of any organisation falls due; may lie in the past.
    pub async fn next_due(&self) -> Result<Option<Millis>> {
        self.read(job(|mut conn| {
            Box::pin(async move {
                let row = conn.row(NEXT, &[]).await?;
                row.map(|row| Ok(Millis(row.int(0)?))).transpose()
            })
        }))
        .await
    }
}

fn timer(mut row: Row) -> Result<TimerRow> {
    Ok(TimerRow {
        org: OrgId(row.int(0)?),
        group: GroupId(row.int(1)?),
        name: row.text(2)?,
        due: Millis(row.int(3)?),
        rule: row.opt_text(4)?,
        missed: row.text(5)?,
    })
}
