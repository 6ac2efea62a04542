//! Events that are durable before they are decided, and those that could not be processed
//! (处理失败).
//!
//! Invariants: numbers are given in the order of the commits and never twice; a row goes only with
//! the commit that decided it (`LiveWrite::intake_done`) or when staff drop it.

use domain::{GroupId, Millis, OrgId, SourceKey};
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::live::IntakeRow;
use crate::sql::{Conn, Row, job, printable};
use crate::store::Store;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, org, grp, key, part, event, received_at, tries, failure FROM intake ",
            $rest
        )
    };
}

/// Holds the row until the commit: numbers become visible in their order.
const NUMBERS: &str =
    "UPDATE counters SET next = next + $1 WHERE name = 'intake' RETURNING next - $1";
const PUT: &str = "INSERT INTO intake (id, org, grp, key, part, event, received_at, state, tries, \
                   failure) SELECT $1 + r.ord, r.org, r.grp, r.key, r.part, r.event, r.received, \
                   r.state, r.tries, r.failure FROM {rows:$2(org int, grp int, key int, part int, \
                   event text, received int, state int, tries int, failure text)} AS r";
const SET_ASIDE: &str = "UPDATE intake SET state = 1, tries = tries + 1, failure = $2 \
                         WHERE id = $1";
const WAITING: &str = select!("WHERE state = 0 AND id > $1 ORDER BY id LIMIT $2");
const ASIDE: &str = select!("WHERE state = 1 AND org = $1 ORDER BY id LIMIT $2");
const RETRY: &str = "UPDATE intake SET state = 0 WHERE id = $2 AND org = $1 AND state = 1";
const DROP: &str = "DELETE FROM intake WHERE id = $2 AND org = $1 AND state = 1";

impl Store {
    /// Keeps events until they are decided, all or none; their numbers, in order. `id`, `tries`
    /// and `failure` of the rows do not count.
    pub async fn put_intake(&self, rows: Vec<IntakeRow>) -> Result<Vec<i64>> {
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let count = rows.len() as i64;
        let list: Vec<_> = rows.iter().map(|row| cells(row, 0, 0, "")).collect();
        let list = json!(list).to_string();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let first = put(&mut conn, count, &list).await?;
                Ok((first..first + count).collect())
            })
        }))
        .await
    }

    /// Events of all organisations that wait, with numbers above `after`, in order; at most
    /// `limit`.
    pub async fn waiting_intake(&self, after: i64, limit: u32) -> Result<Vec<IntakeRow>> {
        self.intake(WAITING, after, limit).await
    }

    /// Sets an event aside with its failure, and counts the try: the row with this number, or,
    /// with number 0, one that was never kept. Answers its number.
    pub async fn set_aside(&self, row: IntakeRow) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                if row.id == 0 {
                    let list = [cells(&row, 1, row.tries + 1, &row.failure)];
                    return put(&mut conn, 1, &json!(list).to_string()).await;
                }
                let values = [row.id.into(), row.failure.as_str().into()];
                match conn.run(SET_ASIDE, &values).await? {
                    1 => Ok(row.id),
                    _ => Err(Fault::Missing { what: "event", id: row.id }),
                }
            })
        }))
        .await
    }

    /// Events of an organisation that were set aside, the oldest first; at most `limit`.
    pub async fn set_aside_rows(&self, org: OrgId, limit: u32) -> Result<Vec<IntakeRow>> {
        self.intake(ASIDE, org.0, limit).await
    }

    /// Lets an event that was set aside wait again; whether there was one.
    pub async fn retry_intake(&self, org: OrgId, id: i64) -> Result<bool> {
        self.change_aside(RETRY, org, id).await
    }

    /// Drops an event that was set aside, for good; whether there was one.
    pub async fn drop_intake(&self, org: OrgId, id: i64) -> Result<bool> {
        self.change_aside(DROP, org, id).await
    }

    async fn intake(&self, sql: &'static str, value: i64, limit: u32) -> Result<Vec<IntakeRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(sql, &[value.into(), i64::from(limit).into()]).await?;
                rows.into_iter().map(event).collect()
            })
        }))
        .await
    }

    async fn change_aside(&self, sql: &'static str, org: OrgId, id: i64) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move { Ok(conn.run(sql, &[org.0.into(), id.into()]).await? == 1) })
        }))
        .await
    }
}

/// Adds rows; the number of the first.
async fn put(conn: &mut Conn<'_>, count: i64, list: &str) -> Result<i64> {
    let row = conn.row(NUMBERS, &[count.into()]).await?;
    let row = row.ok_or_else(|| Fault::Damaged { what: "a counter is gone".to_owned() })?;
    let first = row.int(0)?;
    conn.run(PUT, &[first.into(), list.into()]).await?;
    Ok(first)
}

fn cells(row: &IntakeRow, state: i64, tries: u32, failure: &str) -> serde_json::Value {
    let (org, group) = (row.org.0, row.group.0);
    let (key, part) = (row.key.key, row.key.part);
    let (event, failure) = (printable(&row.event), printable(failure));
    json!([org, group, key, part, event, row.received.0, state, tries, failure])
}

fn event(mut row: Row) -> Result<IntakeRow> {
    Ok(IntakeRow {
        id: row.int(0)?,
        org: OrgId(row.int(1)?),
        group: GroupId(row.int(2)?),
        key: SourceKey { key: row.int(3)?, part: row.small(4)? },
        event: row.text(5)?,
        received: Millis(row.int(6)?),
        tries: row.small(7)?,
        failure: row.text(8)?,
    })
}
