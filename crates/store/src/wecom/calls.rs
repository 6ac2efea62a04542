//! The connection log (`wecom_calls`): the latest calls of the interface of each company.
//!
//! Invariant: numbers grow and are never given twice; a company keeps [`KEPT`] lines.

use domain::Millis;
use serde_json::{Value as Json, json};

use crate::fault::{Fault, Result};
use crate::sql::{Row, job};
use crate::store::Store;
use crate::wecom::page::{text, whose};
use crate::wecom::{WecomCall, WecomCallQuery, WecomCallRow, WecomId};

/// How many lines of a company are kept.
const KEPT: i64 = 5_000;

const NUMBERS: &str = "INSERT INTO counters (name, next) VALUES ($1, 1 + $2) \
                       ON CONFLICT (name) DO UPDATE SET next = counters.next + $2 \
                       RETURNING next - $2";
const PUT: &str = "INSERT INTO wecom_calls (org, account, id, at, call, took_ms, code, words, \
                   size) SELECT $1, $2, $3 + r.ord, r.at, r.call, r.took, r.code, r.words, r.size \
                   FROM {rows:$4(at int, call text, took int, code int, words text, size int)} \
                   AS r";
const DROP: &str = "DELETE FROM wecom_calls WHERE org = $1 AND account = $2 AND id <= (SELECT id \
                    FROM wecom_calls WHERE org = $1 AND account = $2 ORDER BY id DESC \
                    LIMIT 1 OFFSET $3)";
const LINES: &str = "SELECT id, at, call, took_ms, code, words, size FROM wecom_calls \
                     WHERE org = $1 AND account = $2 AND ($3 IS NULL OR id < $3) \
                     AND ($4 = 0 OR code IS NULL OR code <> 0) ORDER BY id DESC LIMIT $5";

impl Store {
    /// Adds lines to the connection log, best many at once, and drops the oldest beyond 5,000.
    pub async fn note_wecom_calls(&self, id: WecomId, lines: Vec<WecomCall>) -> Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let count = lines.len() as i64;
        let list: Vec<Json> = lines.iter().map(cells).collect();
        let list = json!(list).to_string();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let name = format!("wecom_calls:{}", id.org.0);
                let row = conn.row(NUMBERS, &[name.as_str().into(), count.into()]).await?;
                let first = row.ok_or(Fault::Missing { what: "counter", id: 0 })?.int(0)?;
                let [org, account] = whose(id);
                let put = [org.clone(), account.clone(), first.into(), list.as_str().into()];
                conn.run(PUT, &put).await?;
                conn.run(DROP, &[org, account, KEPT.into()]).await.map(drop)
            })
        }))
        .await
    }

    /// Lines of the connection log, the latest first.
    pub async fn wecom_calls(
        &self,
        id: WecomId,
        query: WecomCallQuery,
    ) -> Result<Vec<WecomCallRow>> {
        let mut values = whose(id).to_vec();
        values.extend([
            query.before.into(),
            i64::from(query.only_failed).into(),
            i64::from(query.limit).into(),
        ]);
        self.wecom_rows(LINES, values, line).await
    }
}

fn cells(line: &WecomCall) -> Json {
    let (call, words) = (text(&line.call), text(&line.words));
    json!([line.at.0, call, line.took_ms, line.code, words, line.size])
}

fn line(mut row: Row) -> Result<WecomCallRow> {
    Ok(WecomCallRow {
        id: row.int(0)?,
        call: WecomCall {
            at: Millis(row.int(1)?),
            call: row.text(2)?,
            took_ms: row.small(3)?,
            code: row.opt_int(4)?,
            words: row.text(5)?,
            size: row.small(6)?,
        },
    })
}
