//! The outbox on its way out: taken one by one, settled, looked through.
//!
//! Invariants: an action is taken by one claimer; a group's actions leave in the order in which
//! they were decided, also when one must be tried again, so a group has at most one on its way.
//! What was taken and not settled stays `Sending` until somebody finds out ([`take_over_actions`]).
//! Actions come in with the commit of their group, never here.
//!
//! [`take_over_actions`]: Store::take_over_actions

use domain::{GroupId, Millis, OrgId, Seq};

use crate::fault::{Fault, Result};
use crate::live::{OutboxRow, OutboxState};
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;

macro_rules! columns {
    () => {
        "org, grp, seq, n, platform, kind, action, state, tries, next_at, changed_at, result"
    };
}

/// Earlier actions of the same group in this state: by one state, so that the index of states
/// serves and the long past of a group is not walked through. What waits for staff (another
/// platform word) holds nothing back: nobody knows when they will do it.
macro_rules! earlier {
    ($state:literal) => {
        concat!(
            "SELECT 1 FROM outbox e WHERE e.org = o.org AND e.grp = o.grp ",
            "AND (e.seq, e.n) < (o.seq, o.n) AND e.platform = o.platform AND e.state = ",
            $state
        )
    };
}

/// What has its turn. An action is held back by an earlier one of its group that is sent right
/// now, was tried before, or is due as well: the latter so that two claimers, of whom the second
/// skips the row that the first has locked, keep the order too.
macro_rules! turn {
    () => {
        concat!(
            "SELECT o.org, o.grp, o.seq, o.n FROM outbox o ",
            "WHERE o.platform = $1 AND o.state = 0 AND o.next_at <= $2 ",
            "AND NOT EXISTS (",
            earlier!("1"),
            ") AND NOT EXISTS (",
            earlier!("0"),
            " AND (e.tries > 0 OR e.next_at <= $2)) ",
            "ORDER BY o.next_at, o.org, o.grp, o.seq, o.n LIMIT $3"
        )
    };
}

const CLAIM_SQLITE: &str = concat!(
    "UPDATE outbox SET state = 1, tries = tries + 1, changed_at = $2 ",
    "WHERE (org, grp, seq, n) IN (",
    turn!(),
    ") RETURNING ",
    columns!()
);

/// The rows are locked once and for all before any is changed.
const CLAIM_POSTGRES: &str = concat!(
    "WITH t AS MATERIALIZED (",
    turn!(),
    " FOR UPDATE OF o SKIP LOCKED) ",
    "UPDATE outbox a SET state = 1, tries = a.tries + 1, changed_at = $2 FROM t ",
    "WHERE a.org = t.org AND a.grp = t.grp AND a.seq = t.seq AND a.n = t.n RETURNING a.org, ",
    "a.grp, a.seq, a.n, platform, kind, action, state, tries, next_at, changed_at, result"
);

const SETTLE: &str = "UPDATE outbox SET state = $5, result = $6, next_at = $7, changed_at = $8 \
                      WHERE org = $1 AND grp = $2 AND seq = $3 AND n = $4 AND state IN (1, 4)";

const SENDING: &str =
    concat!("SELECT ", columns!(), " FROM outbox WHERE state = 1 ORDER BY org, grp, seq, n");

// The moment of the change says whose it is: who took it before sees that it is no longer theirs.
const TAKE_OVER: &str = concat!(
    "UPDATE outbox SET changed_at = CASE WHEN changed_at < $1 THEN $1 ELSE changed_at + 1 END ",
    "WHERE state = 1 RETURNING ",
    columns!()
);

const STILL: &str = "SELECT 1 FROM outbox WHERE org = $1 AND grp = $2 AND seq = $3 AND n = $4 \
                     AND state = 1 AND changed_at = $5";

pub(super) const ONE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outbox WHERE org = $1 AND grp = $2 AND seq = $3 AND n = $4"
);

pub(super) const NUMBERED: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outbox WHERE org = $1 AND grp = $2 AND n = $3 ORDER BY seq LIMIT 1"
);

const LIST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM outbox WHERE org = $1 AND state = $2 ORDER BY changed_at DESC, grp, seq, n LIMIT $3"
);

/// An action that something holds back has no turn of its own: what holds it back has.
const NEXT: &str = concat!(
    "SELECT o.next_at FROM outbox o WHERE o.platform = $1 AND o.state = 0 AND NOT EXISTS (",
    earlier!("1"),
    ") AND NOT EXISTS (",
    earlier!("0"),
    " AND e.tries > 0) ORDER BY o.next_at LIMIT 1"
);

/// What became of an action that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Whose.
    pub org: OrgId,
    /// In which group.
    pub group: GroupId,
    /// Place of the fact whose decision asked for it.
    pub seq: Seq,
    /// Number within that decision.
    pub n: u32,
    /// Where it stands now: [`OutboxState::Planned`] to try it again at `next_at`.
    pub state: OutboxState,
    /// What the platform said.
    pub result: String,
    /// Not before then.
    pub next_at: Millis,
    /// Now.
    pub changed: Millis,
}

impl Store {
    /// Takes at most `limit` actions of a platform that are due at `now`, the longest due first
    /// and one of each group, and marks them as being sent; `tries` counts this one.
    pub async fn claim_actions(
        &self,
        platform: &str,
        now: Millis,
        limit: u32,
    ) -> Result<Vec<OutboxRow>> {
        let values = [platform.into(), now.0.into(), i64::from(limit).into()];
        let rows = self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = match &conn {
                    Conn::Sqlite(_) => CLAIM_SQLITE,
                    Conn::Postgres(_) => CLAIM_POSTGRES,
                };
                actions(conn.rows(sql, &values).await?)
            })
        }));
        let mut rows = rows.await?;
        rows.sort_by_key(|row| (row.next_at, row.org, row.group, row.seq, row.n));
        Ok(rows)
    }

    /// Notes what became of an action; whether it was being sent or unknown, else nothing changes.
    pub async fn settle_action(&self, settled: Settled) -> Result<bool> {
        Ok(self.settle_actions(vec![settled]).await? == 1)
    }

    /// Notes what became of several actions, in one transaction; how many of them were being sent
    /// or unknown.
    pub async fn settle_actions(&self, settled: Vec<Settled>) -> Result<u64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let mut count = 0;
                for action in settled {
                    let values = [
                        action.org.0.into(),
                        action.group.0.into(),
                        action.seq.0.into(),
                        i64::from(action.n).into(),
                        (action.state as i64).into(),
                        action.result.as_str().into(),
                        action.next_at.0.into(),
                        action.changed.0.into(),
                    ];
                    count += conn.run(SETTLE, &values).await?;
                }
                Ok(count)
            })
        }))
        .await
    }

    /// Actions of all organisations that were taken and not settled.
    pub async fn sending_actions(&self) -> Result<Vec<OutboxRow>> {
        self.read(job(|mut conn| Box::pin(async move { actions(conn.rows(SENDING, &[]).await?) })))
            .await
    }

    /// Takes over actions of all organisations that were taken and not settled: at start, those of
    /// a process that died. One that only stood still finds that they are no longer its own
    /// ([`Self::is_still_sending`]).
    pub async fn take_over_actions(&self, now: Millis) -> Result<Vec<OutboxRow>> {
        let rows = self.write(job(move |mut conn| {
            Box::pin(async move { actions(conn.rows(TAKE_OVER, &[now.0.into()]).await?) })
        }));
        let mut rows = rows.await?;
        rows.sort_by_key(|row| (row.org, row.group, row.seq, row.n));
        Ok(rows)
    }

    /// Whether an action that was taken is still being sent by who took it.
    pub async fn is_still_sending(&self, row: &OutboxRow) -> Result<bool> {
        let values: [Value; 5] = [
            row.org.0.into(),
            row.group.0.into(),
            row.seq.0.into(),
            i64::from(row.n).into(),
            row.changed.0.into(),
        ];
        self.read(job(move |mut conn| {
            Box::pin(async move { Ok(conn.row(STILL, &values).await?.is_some()) })
        }))
        .await
    }

    /// Actions of an organisation in this state, the latest changed first; at most `limit`.
    pub async fn outbox(
        &self,
        org: OrgId,
        state: OutboxState,
        limit: u32,
    ) -> Result<Vec<OutboxRow>> {
        let values = [org.0.into(), (state as i64).into(), i64::from(limit).into()];
        self.read(job(move |mut conn| {
            Box::pin(async move { actions(conn.rows(LIST, &values).await?) })
        }))
        .await
    }

    /// When an action of this platform has its turn next; may lie in the past. `None` when nothing
    /// waits, or all that waits is held back by what is being sent: ask again when that is
    /// settled.
    pub async fn next_action(&self, platform: &str) -> Result<Option<Millis>> {
        let values = [platform.into()];
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let row = conn.row(NEXT, &values).await?;
                row.map(|row| Ok(Millis(row.int(0)?))).transpose()
            })
        }))
        .await
    }
}

pub(crate) fn actions(rows: Vec<Row>) -> Result<Vec<OutboxRow>> {
    rows.into_iter().map(action).collect()
}

fn action(mut row: Row) -> Result<OutboxRow> {
    let state = OutboxState::from_code(row.int(7)?)
        .ok_or_else(|| Fault::Damaged { what: "an action has an unknown state".to_owned() })?;
    Ok(OutboxRow {
        org: OrgId(row.int(0)?),
        group: GroupId(row.int(1)?),
        seq: Seq(row.int(2)?),
        n: row.small(3)?,
        platform: row.text(4)?,
        kind: row.text(5)?,
        action: row.text(6)?,
        state,
        tries: row.small(8)?,
        next_at: Millis(row.int(9)?),
        changed: Millis(row.int(10)?),
        result: row.text(11)?,
    })
}
