//! One page of rows, written in one transaction with how far its pull is.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::{Conn, Row, Value, job, printable};
use crate::store::Store;
use crate::wecom::{WecomId, WecomPage, pulls};

impl Store {
    /// Writes the rows of a page by a statement that reads `$1` organisation, `$2` company, `$3`
    /// moment and `{rows:$4(…)}`, where `cells` are the key of a row and its columns. A run that
    /// is over or was begun anew takes no page: [`crate::Fault::Missing`], and nothing is written.
    pub(in crate::wecom) async fn put_wecom<T, K: Ord>(
        &self,
        id: WecomId,
        sql: &'static str,
        (page, cells): (WecomPage<T>, impl Fn(&T) -> (K, Json)),
    ) -> Result<()> {
        // The same key once, and in order: two who write at once wait for each other, not forever.
        let list: BTreeMap<K, Json> = page.rows.iter().map(cells).collect();
        let list: Vec<Json> = list.into_values().collect();
        let count = list.len();
        let mut values = whose(id).to_vec();
        values.extend([page.at.0.into(), json!(list).to_string().as_str().into()]);
        let (at, moved) = (page.at, page.moved);
        self.write(job(move |mut conn| {
            Box::pin(async move {
                if let Some(moved) = moved {
                    pulls::move_on(&mut conn, id, (&moved, at)).await?;
                }
                if count > 0 {
                    conn.run(sql, &values).await?;
                }
                Ok(())
            })
        }))
        .await
    }

    /// Reads all rows of a statement whose first parameters are [`whose`].
    pub(in crate::wecom) async fn wecom_rows<T: Send + 'static>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
        read: fn(Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.read(job(move |mut conn: Conn<'_>| {
            Box::pin(async move { conn.rows(sql, &values).await?.into_iter().map(read).collect() })
        }))
        .await
    }

    /// Runs one statement; how many rows it touched.
    pub(in crate::wecom) async fn change_wecom_rows(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64> {
        self.write(job(move |mut conn| Box::pin(async move { conn.run(sql, &values).await }))).await
    }
}

/// The first two parameters of every statement about a company.
pub(in crate::wecom) fn whose(id: WecomId) -> [Value; 2] {
    [id.org.0.into(), id.account.into()]
}

/// A text as a cell of a JSON parameter.
pub(in crate::wecom) fn text(text: &str) -> Json {
    Json::String(printable(text))
}

/// A number that may be absent and fits.
pub(in crate::wecom) fn count(row: &Row, column: usize) -> Result<Option<u32>> {
    Ok(row.opt_int(column)?.and_then(|count| u32::try_from(count).ok()))
}
