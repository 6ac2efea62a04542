//! What waits for staff, as lists; and the one change that staff make: done.
//!
//! Tasks are opened, changed and withdrawn by the commit of their group, never here.

use domain::{GroupId, IdentityId, Millis, OrgId};

use crate::fault::{Fault, Result};
use crate::live::{TaskRow, TaskState};
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

const OPEN: &str = "SELECT org, grp, name, kind, about, who, since, state, changed_at FROM tasks \
                    WHERE org = $1 AND state = $2 ORDER BY since, grp, name LIMIT $3";
const PAST: &str = "SELECT org, grp, name, kind, about, who, since, state, changed_at FROM tasks \
                    WHERE org = $1 AND state = $2 ORDER BY since DESC, grp, name LIMIT $3";
const CLOSE: &str = "UPDATE tasks SET state = 1, changed_at = $4 \
                     WHERE org = $1 AND grp = $2 AND name = $3 AND state = 0";
const REOPEN: &str = "UPDATE tasks SET state = 0, changed_at = $4 \
                      WHERE org = $1 AND grp = $2 AND name = $3 AND state = 1 \
                      AND changed_at >= $5";

impl Store {
    /// Tasks of an organisation in this state, at most `limit`: open ones with the longest wait
    /// first, others the latest first.
    pub async fn tasks(&self, org: OrgId, state: TaskState, limit: u32) -> Result<Vec<TaskRow>> {
        let sql = if state == TaskState::Open { OPEN } else { PAST };
        let values = [org.0.into(), (state as i64).into(), i64::from(limit).into()];
        self.read(job(move |mut conn| {
            Box::pin(async move { conn.rows(sql, &values).await?.into_iter().map(task).collect() })
        }))
        .await
    }

    /// The same with its line of the audit log.
    pub async fn close_task_by(&self, acting: Acting, group: GroupId, name: &str) -> Result<bool> {
        self.change_task(CLOSE, acting, (group, name), None).await
    }

    /// Opens a task again that staff called done by mistake; whether it was, since then.
    pub async fn reopen_task(
        &self,
        acting: Acting,
        task: (GroupId, &str),
        since: Millis,
    ) -> Result<bool> {
        self.change_task(REOPEN, acting, task, Some(since)).await
    }

    async fn change_task(
        &self,
        sql: &'static str,
        acting: Acting,
        (group, name): (GroupId, &str),
        since: Option<Millis>,
    ) -> Result<bool> {
        let mut values = vec![acting.org.0.into(), group.0.into(), name.into(), acting.at.0.into()];
        values.extend(since.map(|since| since.0.into()));
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let changed = conn.run(sql, &values).await? == 1;
                if changed {
                    note(&mut conn, &acting).await?;
                }
                Ok(changed)
            })
        }))
        .await
    }

    /// Notes that staff have done a task; whether it was open.
    pub async fn close_task(
        &self,
        org: OrgId,
        group: GroupId,
        name: &str,
        now: Millis,
    ) -> Result<bool> {
        let values = [org.0.into(), group.0.into(), name.into(), now.0.into()];
        self.write(job(move |mut conn| {
            Box::pin(async move { Ok(conn.run(CLOSE, &values).await? == 1) })
        }))
        .await
    }
}

fn task(mut row: Row) -> Result<TaskRow> {
    let state = TaskState::from_code(row.int(7)?)
        .ok_or_else(|| Fault::Damaged { what: "a task has an unknown state".to_owned() })?;
    Ok(TaskRow {
        org: OrgId(row.int(0)?),
        group: GroupId(row.int(1)?),
        name: row.text(2)?,
        kind: row.text(3)?,
        about: row.opt_int(4)?,
        who: IdentityId(row.small(5)?),
        since: Millis(row.int(6)?),
        state,
        changed: Millis(row.int(8)?),
    })
}
