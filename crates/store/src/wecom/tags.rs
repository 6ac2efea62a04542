//! Names of the company's tags (`wecom_tags`): what stands on customers are ids.
//!
//! Invariant: a tag that the library does not name any more keeps its name, marked as gone.

use domain::Millis;
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::wecom::WecomId;
use crate::wecom::page::{text, whose};

const PUT: &str = "INSERT INTO wecom_tags (org, account, tag, name, tag_group, group_name, place, \
                   read_at, gone_at) SELECT $1, $2, r.tag, r.name, r.tag_group, r.group_name, \
                   r.ord, $3, NULL FROM {rows:$4(tag text, name text, tag_group text, \
                   group_name text)} AS r WHERE true ON CONFLICT (org, account, tag) DO UPDATE SET \
                   name = excluded.name, tag_group = excluded.tag_group, \
                   group_name = excluded.group_name, place = excluded.place, \
                   read_at = excluded.read_at, gone_at = NULL";
const GONE: &str = "UPDATE wecom_tags SET gone_at = $3 WHERE org = $1 AND account = $2 \
                    AND gone_at IS NULL AND tag NOT IN (SELECT r.tag FROM {rows:$4(tag text, \
                    name text, tag_group text, group_name text)} AS r)";
const ALL: &str = "SELECT tag, name, tag_group, group_name, gone_at FROM wecom_tags \
                   WHERE org = $1 AND account = $2 ORDER BY place, tag";

/// A tag of the company (企业标签).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WecomTag {
    /// Its id.
    pub tag: String,
    /// Its name.
    pub name: String,
    /// Id of its group.
    pub group: String,
    /// Name of its group.
    pub group_name: String,
    /// Since when the library does not name it.
    pub gone: Option<Millis>,
}

impl Store {
    /// Notes the whole library in its order, each tag once; what it does not name is gone.
    pub async fn put_wecom_tags(&self, id: WecomId, tags: &[WecomTag], at: Millis) -> Result<()> {
        let rows: Vec<Json> = tags.iter().map(cells).collect();
        let mut values = whose(id).to_vec();
        values.extend([at.0.into(), json!(rows).to_string().as_str().into()]);
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                conn.run(PUT, &values).await?;
                conn.run(GONE, &values).await.map(drop)
            })
        }))
        .await
    }

    /// All tags that were ever named, in the order of the library.
    pub async fn wecom_tags(&self, id: WecomId) -> Result<Vec<WecomTag>> {
        self.wecom_rows(ALL, whose(id).to_vec(), tag).await
    }
}

fn cells(tag: &WecomTag) -> Json {
    json!([text(&tag.tag), text(&tag.name), text(&tag.group), text(&tag.group_name)])
}

fn tag(mut row: Row) -> Result<WecomTag> {
    Ok(WecomTag {
        tag: row.text(0)?,
        name: row.text(1)?,
        group: row.text(2)?,
        group_name: row.text(3)?,
        gone: row.opt_int(4)?.map(Millis),
    })
}
