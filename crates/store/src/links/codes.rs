//! Codes (`link_codes`).

use domain::{Millis, OrgId};

use crate::fault::Result;
use crate::links::{LinkCodeRow, NewLinkCode};
use crate::sql::{Row, Value, job};
use crate::store::Store;
use crate::team::{Acting, note, number};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, name, company, body, made_at, changed_at, closed_at \
             FROM link_codes WHERE org = $1 ",
            $rest
        )
    };
}

const ALL: &str = select!("ORDER BY id");
const ONE: &str = select!("AND id = $2");
const ADD: &str = "INSERT INTO link_codes (org, id, kind, name, company, body, made_at, \
                   changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
const CHANGE: &str = "UPDATE link_codes SET name = $3, body = $4, changed_at = $5 \
                      WHERE org = $1 AND id = $2";
const LEAD: &str = "UPDATE link_codes SET body = $4, changed_at = $5 WHERE org = $1 AND id = $2 \
                    AND body = $3 AND closed_at IS NULL";
const CLOSE: &str = "UPDATE link_codes SET closed_at = $3, changed_at = $3 \
                     WHERE org = $1 AND id = $2 AND closed_at IS NULL";
const REOPEN: &str = "UPDATE link_codes SET closed_at = NULL, changed_at = $3 \
                      WHERE org = $1 AND id = $2 AND closed_at IS NOT NULL";

impl Store {
    /// Makes a code; its number.
    pub async fn add_link_code(&self, new: NewLinkCode, acting: Acting) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let id = number(&mut conn, acting.org, "link_codes").await?;
                let values = [
                    acting.org.0.into(),
                    id.into(),
                    new.kind.as_str().into(),
                    new.name.as_str().into(),
                    new.company.into(),
                    new.body.as_str().into(),
                    acting.at.0.into(),
                ];
                conn.run(ADD, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// Changes name and body of a code; whether there is one.
    pub async fn change_link_code(
        &self,
        id: i64,
        (name, body): (&str, &str),
        acting: Acting,
    ) -> Result<bool> {
        let values =
            vec![acting.org.0.into(), id.into(), name.into(), body.into(), acting.at.0.into()];
        self.noted(CHANGE, values, acting).await
    }

    /// Leads an open code elsewhere if it still leads where it was seen to; whether it did.
    pub async fn lead_link_code(
        &self,
        id: i64,
        (was, body): (&str, &str),
        acting: Acting,
    ) -> Result<bool> {
        let values =
            vec![acting.org.0.into(), id.into(), was.into(), body.into(), acting.at.0.into()];
        self.noted(LEAD, values, acting).await
    }

    /// Closes a code; whether it was open.
    pub async fn close_link_code(&self, id: i64, acting: Acting) -> Result<bool> {
        self.noted(CLOSE, whose(id, &acting), acting).await
    }

    /// Opens a code again; whether it was closed.
    pub async fn reopen_link_code(&self, id: i64, acting: Acting) -> Result<bool> {
        self.noted(REOPEN, whose(id, &acting), acting).await
    }

    /// All codes of an organisation, also closed ones, by number.
    pub async fn link_codes(&self, org: OrgId) -> Result<Vec<LinkCodeRow>> {
        self.link_rows(ALL, vec![org.0.into()], code).await
    }

    /// A code, also a closed one.
    pub async fn link_code(&self, org: OrgId, id: i64) -> Result<Option<LinkCodeRow>> {
        Ok(self.link_rows(ONE, vec![org.0.into(), id.into()], code).await?.pop())
    }

    /// All rows of a statement.
    pub(super) async fn link_rows<T: Send + 'static>(
        &self,
        sql: &'static str,
        values: Vec<Value>,
        read: fn(Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        self.read(job(move |mut conn| {
            Box::pin(async move { conn.rows(sql, &values).await?.into_iter().map(read).collect() })
        }))
        .await
    }

    /// Runs one statement; how many rows it touched.
    pub(super) async fn change_link_rows(
        &self,
        sql: &'static str,
        values: Vec<Value>,
    ) -> Result<u64> {
        self.write(job(move |mut conn| Box::pin(async move { conn.run(sql, &values).await }))).await
    }
}

/// Organisation, number, moment.
pub(super) fn whose(id: i64, acting: &Acting) -> Vec<Value> {
    vec![acting.org.0.into(), id.into(), acting.at.0.into()]
}

fn code(mut row: Row) -> Result<LinkCodeRow> {
    Ok(LinkCodeRow {
        id: row.int(0)?,
        said: NewLinkCode {
            kind: row.text(1)?,
            name: row.text(2)?,
            company: row.opt_int(3)?,
            body: row.text(4)?,
        },
        made: Millis(row.int(5)?),
        changed: Millis(row.int(6)?),
        closed: row.opt_int(7)?.map(Millis),
    })
}
