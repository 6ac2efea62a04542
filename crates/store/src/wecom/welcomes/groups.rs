//! Welcomes of groups (`wecom_group_welcomes`): as wanted, and what of it the platform has.

use domain::Millis;

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};
use crate::wecom::page::whose;
use crate::wecom::{WecomId, WordingChange};

/// A welcome of groups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupWelcomeRow {
    /// Number within the organisation.
    pub id: i64,
    /// What staff call it.
    pub name: String,
    /// What is wanted: JSON.
    pub body: String,
    /// What the platform has of it.
    pub there: GroupWelcomeThere,
    /// Tries since it was in step.
    pub tries: u32,
    /// Not tried again before.
    pub next: Millis,
    /// Changed last.
    pub changed: Millis,
    /// It is to be taken away.
    pub gone: Option<Millis>,
}

/// What the platform has of a welcome of groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWelcomeThere {
    /// Its `template_id`; empty while the platform has none.
    pub template: String,
    /// What it was made of, in words of the caller; empty for nothing.
    pub made_of: String,
    /// Why it is not in step; empty when nothing failed.
    pub failure: String,
}

const ALL: &str = "SELECT id, name, body, template, there, failure, tries, next_at, changed_at, \
                   gone_at FROM wecom_group_welcomes WHERE org = $1 AND account = $2 ORDER BY id";
const ADD: &str = "INSERT INTO wecom_group_welcomes (org, account, id, name, body, template, \
                   there, failure, tries, next_at, changed_at) VALUES ($1, $2, $3, $4, $5, '', '', \
                   '', 0, $6, $6)";
const CHANGE: &str = "UPDATE wecom_group_welcomes SET name = $4, body = $5, failure = '', \
                      tries = 0, next_at = $6, changed_at = $6 WHERE org = $1 AND account = $2 \
                      AND id = $3 AND gone_at IS NULL";
const REMOVE: &str = "UPDATE wecom_group_welcomes SET gone_at = $4, failure = '', tries = 0, \
                      next_at = $4, changed_at = $4 WHERE org = $1 AND account = $2 AND id = $3 \
                      AND gone_at IS NULL";
const THERE: &str = "UPDATE wecom_group_welcomes SET template = $4, there = $5, failure = $6, \
                     tries = $7, next_at = $8 WHERE org = $1 AND account = $2 AND id = $3";

impl Store {
    /// All welcomes of groups of a company, also those that are to be, or were, taken away.
    pub async fn group_welcomes(&self, id: WecomId) -> Result<Vec<GroupWelcomeRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), row).await
    }

    /// Adds a welcome of groups; its number.
    pub async fn add_group_welcome(
        &self,
        id: WecomId,
        new: WordingChange,
        acting: Acting,
    ) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let nth = number(&mut conn, id.org, "wecom_group_welcomes").await?;
                let mut values = whose(id).to_vec();
                values.extend([nth.into(), new.name.as_str().into(), new.body.as_str().into()]);
                values.push(acting.at.0.into());
                conn.run(ADD, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(nth)
            })
        }))
        .await
    }

    /// Changes what is wanted; whether it is there. It is brought into step from now on.
    pub async fn change_group_welcome(
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

    /// Wants it gone; whether it was there.
    pub async fn remove_group_welcome(
        &self,
        (id, nth): (WecomId, i64),
        acting: Acting,
    ) -> Result<bool> {
        let mut values = whose(id).to_vec();
        values.extend([nth.into(), acting.at.0.into()]);
        self.noted(REMOVE, values, acting).await
    }

    /// Notes what the platform has now, after so many tries, and when to try again.
    pub async fn note_group_welcome(
        &self,
        (id, nth): (WecomId, i64),
        there: &GroupWelcomeThere,
        (tries, next): (u32, Millis),
    ) -> Result<()> {
        let mut values = whose(id).to_vec();
        values.extend([nth.into(), there.template.as_str().into()]);
        values.extend([there.made_of.as_str().into(), there.failure.as_str().into()]);
        values.extend([i64::from(tries).into(), next.0.into()]);
        self.change_wecom_rows(THERE, values).await.map(drop)
    }
}

fn row(mut row: Row) -> Result<GroupWelcomeRow> {
    Ok(GroupWelcomeRow {
        id: row.int(0)?,
        name: row.text(1)?,
        body: row.text(2)?,
        there: GroupWelcomeThere {
            template: row.text(3)?,
            made_of: row.text(4)?,
            failure: row.text(5)?,
        },
        tries: row.small(6)?,
        next: Millis(row.int(7)?),
        changed: Millis(row.int(8)?),
        gone: row.opt_int(9)?.map(Millis),
    })
}
