//! How far pulls are (`wecom_pulls`): one row for each step of a company, that of its latest run.
//!
//! Invariant: only the run that began last moves; what an earlier one still brings is refused with
//! its rows.

use domain::Millis;

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;
use crate::wecom::page::{count, whose};
use crate::wecom::{WecomId, WecomMove, WecomPullRow, WecomRun};

const BEGIN: &str = "INSERT INTO wecom_pulls (org, account, step, cursor, done, total, began_at, \
                     moved_at, ended_at, failure) VALUES ($1, $2, $3, '', 0, NULL, $4, $4, NULL, \
                     '') ON CONFLICT (org, account, step) DO UPDATE SET cursor = '', done = 0, \
                     total = NULL, began_at = excluded.began_at, moved_at = excluded.moved_at, \
                     ended_at = NULL, failure = ''";
const MOVE: &str = "UPDATE wecom_pulls SET cursor = $6, done = done + $7, \
                    total = COALESCE($8, total), moved_at = $5, failure = '' WHERE org = $1 \
                    AND account = $2 AND step = $3 AND began_at = $4 AND ended_at IS NULL";
const END: &str = "UPDATE wecom_pulls SET ended_at = $5, moved_at = $5, failure = '' WHERE org = $1 \
                   AND account = $2 AND step = $3 AND began_at = $4 AND ended_at IS NULL";
const FAIL: &str = "UPDATE wecom_pulls SET moved_at = $5, failure = $6 WHERE org = $1 \
                    AND account = $2 AND step = $3 AND began_at = $4 AND ended_at IS NULL";
const ALL: &str = "SELECT step, began_at, cursor, done, total, moved_at, ended_at, failure \
                   FROM wecom_pulls WHERE org = $1 AND account = $2 ORDER BY step";

impl Store {
    /// Begins a pull of a step anew, whatever came of the run before.
    pub async fn begin_wecom_pull(&self, id: WecomId, step: &str, at: Millis) -> Result<WecomRun> {
        let run = WecomRun { step: step.to_owned(), began: at };
        let mut values = whose(id).to_vec();
        values.extend([step.into(), at.0.into()]);
        self.change_wecom_rows(BEGIN, values).await?;
        Ok(run)
    }

    /// Moves a run on without rows, and takes its failure away. [`Fault::Missing`] when it is
    /// over or was begun anew.
    pub async fn move_wecom_pull(&self, id: WecomId, moved: WecomMove, at: Millis) -> Result<()> {
        self.write(job(move |mut conn| {
            Box::pin(async move { move_on(&mut conn, id, (&moved, at)).await })
        }))
        .await
    }

    /// Ends a run that is through; whether it was on its way.
    pub async fn end_wecom_pull(&self, id: WecomId, run: &WecomRun, at: Millis) -> Result<bool> {
        Ok(self.change_wecom_rows(END, which(id, run, at)).await? == 1)
    }

    /// Notes why a run stands still; it can go on from its cursor. Whether it was on its way.
    pub async fn fail_wecom_pull(
        &self,
        id: WecomId,
        run: &WecomRun,
        (at, failure): (Millis, &str),
    ) -> Result<bool> {
        let mut values = which(id, run, at);
        values.push(failure.into());
        Ok(self.change_wecom_rows(FAIL, values).await? == 1)
    }

    /// The latest run of every step of a company, by the words of the steps.
    pub async fn wecom_pulls(&self, id: WecomId) -> Result<Vec<WecomPullRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), pull).await
    }
}

/// Moves a run on within a transaction.
pub(super) async fn move_on(
    conn: &mut Conn<'_>,
    id: WecomId,
    (moved, at): (&WecomMove, Millis),
) -> Result<()> {
    let mut values = which(id, &moved.run, at);
    values.extend([
        moved.cursor.as_str().into(),
        i64::from(moved.done).into(),
        moved.total.map(i64::from).into(),
    ]);
    match conn.run(MOVE, &values).await? {
        1 => Ok(()),
        _ => Err(Fault::Missing { what: "pull of the company", id: id.account }),
    }
}

fn which(id: WecomId, run: &WecomRun, at: Millis) -> Vec<Value> {
    let mut values = whose(id).to_vec();
    values.extend([run.step.as_str().into(), run.began.0.into(), at.0.into()]);
    values
}

fn pull(mut row: Row) -> Result<WecomPullRow> {
    Ok(WecomPullRow {
        run: WecomRun { step: row.text(0)?, began: Millis(row.int(1)?) },
        cursor: row.text(2)?,
        done: row.small(3)?,
        total: count(&row, 4)?,
        moved: Millis(row.int(5)?),
        ended: row.opt_int(6)?.map(Millis),
        failure: row.text(7)?,
    })
}
