//! Tags that there are: made, changed, retired. Who has which stands in `tagging`.
//!
//! Invariant: a tag is never deleted; a retired one is offered no more and stays in every history.

use domain::{GroupId, Millis, OrgId};

use crate::fault::Result;
use crate::people::{NewTag, TagRow};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::{Acting, note};

const ALL: &str = "SELECT id, folder, name, quick, days, made_at, gone_at FROM tags \
                   WHERE org = $1 ORDER BY folder, id";
const HOLDERS: &str = "SELECT p.tag, COUNT(DISTINCT p.identity) FROM person_tags p \
                       WHERE p.org = $1 AND p.gone_at IS NULL \
                       AND (p.until_at IS NULL OR p.until_at > $2) \
                       AND ($3 = 0 OR p.identity IN (SELECT COALESCE(m.person, x.identity) FROM \
                       (SELECT identity FROM members WHERE org = $1 AND grp IN \
                       (SELECT grp FROM {rows:$4(grp int)} AS v) UNION SELECT identity FROM stays \
                       WHERE org = $1 AND grp IN (SELECT grp FROM {rows:$4(grp int)} AS v)) AS x \
                       LEFT JOIN merges m ON m.org = $1 AND m.identity = x.identity)) \
                       GROUP BY p.tag";
const TAKEN: &str = "SELECT id FROM tags WHERE org = $1 AND name = $2 AND gone_at IS NULL \
                     AND id <> $3";
const ADD: &str = "INSERT INTO tags (org, id, folder, name, quick, days, made_at, gone_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";
const CHANGE: &str = "UPDATE tags SET folder = $3, name = $4, quick = $5, days = $6 \
                      WHERE org = $1 AND id = $2";
const RETIRE: &str = "UPDATE tags SET gone_at = $3 WHERE org = $1 AND id = $2 AND gone_at IS NULL";
const REVIVE: &str = "UPDATE tags SET gone_at = NULL WHERE org = $1 AND id = $2 \
                      AND gone_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tags o \
                      WHERE o.org = $1 AND o.name = tags.name AND o.gone_at IS NULL)";

impl Store {
    /// All tags, also retired ones, by folder and age.
    pub async fn tags(&self, org: OrgId) -> Result<Vec<TagRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(ALL, &[org.0.into()]).await?;
                rows.into_iter().map(tag).collect()
            })
        }))
        .await
    }

    /// How many people have each tag now; tags that nobody has are left out. With a scope only
    /// people who are or were in its groups count.
    pub async fn tag_holders(
        &self,
        org: OrgId,
        (now, scope): (Millis, Option<Vec<GroupId>>),
    ) -> Result<Vec<(i64, u32)>> {
        let scoped = i64::from(scope.is_some());
        let groups: Vec<[i64; 1]> = scope.iter().flatten().map(|group| [group.0]).collect();
        let groups = serde_json::json!(groups).to_string();
        let values = [org.0.into(), now.0.into(), scoped.into(), groups.as_str().into()];
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(HOLDERS, &values).await?;
                rows.iter().map(|row| Ok((row.int(0)?, row.small(1)?))).collect()
            })
        }))
        .await
    }

    /// Makes a tag; `None` when one in use has that name.
    pub async fn add_tag(&self, new: NewTag, acting: Acting) -> Result<Option<i64>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                if taken(&mut conn, &acting, &new, 0).await? {
                    return Ok(None);
                }
                let id = number(&mut conn, acting.org, "tags").await?;
                let mut values = values(&acting, id, &new);
                values.push(acting.at.0.into());
                conn.run(ADD, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(Some(id))
            })
        }))
        .await
    }

    /// Changes a tag: those who have it have it under the new name. `None` when another one in
    /// use has that name, else whether there is such a tag.
    pub async fn change_tag(&self, id: i64, new: NewTag, acting: Acting) -> Result<Option<bool>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                if taken(&mut conn, &acting, &new, id).await? {
                    return Ok(None);
                }
                let known = conn.run(CHANGE, &values(&acting, id, &new)).await? == 1;
                if known {
                    note(&mut conn, &acting).await?;
                }
                Ok(Some(known))
            })
        }))
        .await
    }

    /// Retires a tag; whether it was in use.
    pub async fn retire_tag(&self, id: i64, acting: Acting) -> Result<bool> {
        let values = vec![acting.org.0.into(), id.into(), acting.at.0.into()];
        self.noted(RETIRE, values, acting).await
    }

    /// Takes a retired tag into use again; false when its name is taken meanwhile.
    pub async fn revive_tag(&self, id: i64, acting: Acting) -> Result<bool> {
        self.noted(REVIVE, vec![acting.org.0.into(), id.into()], acting).await
    }

    /// A change of at least one row with its line of the audit log; whether there was a row.
    pub(crate) async fn noted(
        &self,
        sql: &'static str,
        values: Vec<crate::sql::Value>,
        acting: Acting,
    ) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let done = conn.run(sql, &values).await? > 0;
                if done {
                    note(&mut conn, &acting).await?;
                }
                Ok(done)
            })
        }))
        .await
    }
}

async fn taken(conn: &mut Conn<'_>, acting: &Acting, new: &NewTag, own: i64) -> Result<bool> {
    let values = [acting.org.0.into(), new.name.as_str().into(), own.into()];
    Ok(conn.row(TAKEN, &values).await?.is_some())
}

fn values(acting: &Acting, id: i64, new: &NewTag) -> Vec<crate::sql::Value> {
    vec![
        acting.org.0.into(),
        id.into(),
        new.folder.as_str().into(),
        new.name.as_str().into(),
        i64::from(new.quick).into(),
        new.days.map(i64::from).into(),
    ]
}

fn tag(mut row: Row) -> Result<TagRow> {
    Ok(TagRow {
        id: row.int(0)?,
        folder: row.text(1)?,
        name: row.text(2)?,
        quick: row.int(3)? != 0,
        days: row.opt_int(4)?.and_then(|days| u32::try_from(days).ok()),
        made: Millis(row.int(5)?),
        gone: row.opt_int(6)?.map(Millis),
    })
}
