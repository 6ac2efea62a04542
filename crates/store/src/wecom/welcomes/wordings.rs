//! What newcomers read (`wecom_wordings`), in the order in which it is looked through.

use domain::Millis;
use serde_json::json;

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};
use crate::wecom::WecomId;
use crate::wecom::page::whose;

/// A wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingRow {
    /// Number within the organisation.
    pub id: i64,
    /// What staff call it.
    pub name: String,
    /// For whom, and what: JSON.
    pub body: String,
    /// Changed last.
    pub changed: Millis,
    /// Taken away.
    pub gone: Option<Millis>,
}

/// A wording as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordingChange {
    /// What staff call it.
    pub name: String,
    /// For whom, and what: JSON.
    pub body: String,
}

/// Where a new wording stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordingPlace {
    /// Before all others.
    First,
    /// After all others.
    Last,
}

const ALL: &str = "SELECT id, name, body, changed_at, gone_at FROM wecom_wordings WHERE org = $1 \
                   AND account = $2 ORDER BY ord, id";
const ADD_FIRST: &str = "INSERT INTO wecom_wordings (org, account, id, ord, name, body, \
                         changed_at) VALUES ($1, $2, $3, (SELECT COALESCE(MIN(ord), 0) - 1 \
                         FROM wecom_wordings WHERE org = $1 AND account = $2), $4, $5, $6)";
const ADD_LAST: &str = "INSERT INTO wecom_wordings (org, account, id, ord, name, body, \
                        changed_at) VALUES ($1, $2, $3, (SELECT COALESCE(MAX(ord), 0) + 1 \
                        FROM wecom_wordings WHERE org = $1 AND account = $2), $4, $5, $6)";
const CHANGE: &str = "UPDATE wecom_wordings SET name = $4, body = $5, changed_at = $6 \
                      WHERE org = $1 AND account = $2 AND id = $3 AND gone_at IS NULL";
const REMOVE: &str = "UPDATE wecom_wordings SET gone_at = $4, changed_at = $4 WHERE org = $1 \
                      AND account = $2 AND id = $3 AND gone_at IS NULL";
const ORDER: &str = "UPDATE wecom_wordings SET ord = (SELECT r.ord FROM {rows:$3(id int)} AS r \
                     WHERE r.id = wecom_wordings.id) WHERE org = $1 AND account = $2 \
                     AND id IN (SELECT r.id FROM {rows:$3(id int)} AS r)";

impl Store {
    /// All wordings of a company in their order, also those that were taken away.
    pub async fn wordings(&self, id: WecomId) -> Result<Vec<WordingRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), wording).await
    }

    /// Adds a wording; its number.
    pub async fn add_wording(
        &self,
        id: WecomId,
        (new, place): (WordingChange, WordingPlace),
        acting: Acting,
    ) -> Result<i64> {
        let add = if place == WordingPlace::First { ADD_FIRST } else { ADD_LAST };
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let nth = number(&mut conn, id.org, "wecom_wordings").await?;
                let mut values = whose(id).to_vec();
                values.extend([nth.into(), new.name.as_str().into(), new.body.as_str().into()]);
                values.push(acting.at.0.into());
                conn.run(add, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(nth)
            })
        }))
        .await
    }

    /// Changes a wording; whether it is there.
    pub async fn change_wording(
        &self,
        (id, nth): (WecomId, i64),
        new: WordingChange,
        acting: Acting,
    ) -> Result<bool> {
        let mut values = whose(id).to_vec();
        values.extend([nth.into(), new.name.as_str().into(), new.body.as_str().into()]);
        values.push(acting.at.0.into());
        self.noted(CHANGE, values, acting).await
    }

    /// Takes a wording away; whether it was there.
    pub async fn remove_wording(&self, (id, nth): (WecomId, i64), acting: Acting) -> Result<bool> {
        let mut values = whose(id).to_vec();
        values.extend([nth.into(), acting.at.0.into()]);
        self.noted(REMOVE, values, acting).await
    }

    /// Brings wordings into this order; whether any was there.
    pub async fn order_wordings(&self, id: WecomId, order: &[i64], acting: Acting) -> Result<bool> {
        let rows: Vec<[i64; 1]> = order.iter().map(|nth| [*nth]).collect();
        let mut values = whose(id).to_vec();
        values.push(json!(rows).to_string().as_str().into());
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let moved = conn.run(ORDER, &values).await? > 0;
                if moved {
                    note(&mut conn, &acting).await?;
                }
                Ok(moved)
            })
        }))
        .await
    }
}

fn wording(mut row: Row) -> Result<WordingRow> {
    Ok(WordingRow {
        id: row.int(0)?,
        name: row.text(1)?,
        body: row.text(2)?,
        changed: Millis(row.int(3)?),
        gone: row.opt_int(4)?.map(Millis),
    })
}
