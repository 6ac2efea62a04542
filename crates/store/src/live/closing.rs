//! Closing a task about an action, and what that means for the action, in one transaction.
//!
//! Invariant: task and action change together or not at all, and only when the task was open; what
//! was closed twice counts once.

use domain::{GroupId, Millis, OrgId, Seq};

use crate::fault::Result;
use crate::live::OutboxRow;
use crate::live::outbox::{NUMBERED, ONE, actions};
use crate::sql::job;
use crate::store::Store;
use crate::team::{Acting, note};

const CLOSE: &str = "UPDATE tasks SET state = 1, changed_at = $4 \
                     WHERE org = $1 AND grp = $2 AND name = $3 AND state = 0";

/// Waiting for staff, or failed for good (or about to be noted so): staff did it by hand.
const DONE: &str = "UPDATE outbox SET state = 2, result = $6, changed_at = $5 WHERE org = $1 \
                    AND grp = $2 AND seq = $3 AND n = $4 \
                    AND (platform = 'staff' AND state = 0 OR state IN (1, 3))";

/// Waiting for staff: the program sends it now.
const SEND: &str = "UPDATE outbox SET platform = $6, next_at = $5, changed_at = $5 WHERE org = $1 \
                    AND grp = $2 AND seq = $3 AND n = $4 AND platform = 'staff' AND state = 0";

/// What closing a task does to its action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Staff did it themselves: it is sent, with this as its result.
    Done(String),
    /// Staff confirmed it: this platform has to send it.
    Send(String),
}

impl Store {
    /// One action of a group, by the place of its cause and its number.
    pub async fn action(
        &self,
        org: OrgId,
        group: GroupId,
        (seq, n): (Seq, u32),
    ) -> Result<Option<OutboxRow>> {
        let values = [org.0.into(), group.0.into(), seq.0.into(), i64::from(n).into()];
        self.read(job(move |mut conn| {
            Box::pin(async move { Ok(actions(conn.rows(ONE, &values).await?)?.pop()) })
        }))
        .await
    }

    /// The first action of a group with this number, whatever its cause.
    pub async fn action_numbered(
        &self,
        org: OrgId,
        group: GroupId,
        n: u32,
    ) -> Result<Option<OutboxRow>> {
        let values = [org.0.into(), group.0.into(), i64::from(n).into()];
        self.read(job(move |mut conn| {
            Box::pin(async move { Ok(actions(conn.rows(NUMBERED, &values).await?)?.pop()) })
        }))
        .await
    }

    /// Notes that staff have done the task about this action; whether it was open. `task` names
    /// organisation, group and task. The action changes with it when it waits for staff,
    /// and so does the audit log where somebody of staff acts.
    pub async fn close_action(
        &self,
        task: (OrgId, GroupId, &str),
        (seq, n): (Seq, u32),
        closing: Closing,
        (now, acting): (Millis, Option<Acting>),
    ) -> Result<bool> {
        let (org, group, name) = task;
        let close = [org.0.into(), group.0.into(), name.into(), now.0.into()];
        let (sql, word) = match closing {
            Closing::Done(result) => (DONE, result),
            Closing::Send(platform) => (SEND, platform),
        };
        let change = [
            org.0.into(),
            group.0.into(),
            seq.0.into(),
            i64::from(n).into(),
            now.0.into(),
            word.as_str().into(),
        ];
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let was_open = conn.run(CLOSE, &close).await? == 1;
                if was_open {
                    conn.run(sql, &change).await?;
                }
                if let Some(acting) = acting.filter(|_| was_open) {
                    note(&mut conn, &acting).await?;
                }
                Ok(was_open)
            })
        }))
        .await
    }
}
