//! Codes of the platform's own (`link_ways`).
//!
//! Invariant: one for a placement, a code and a person; what is known of it is written before and
//! after each call, so that work goes on where it stood.

use domain::{Millis, OrgId};

use crate::fault::Result;
use crate::links::LinkWayRow;
use crate::sql::{Row, Value};
use crate::store::Store;

const ALL: &str = "SELECT placement, code, userid, config, picture, told, failure, next_at \
                   FROM link_ways WHERE org = $1 ORDER BY placement, code, userid";
const PUT: &str = "INSERT INTO link_ways (org, placement, code, userid, config, picture, told, \
                   failure, next_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                   ON CONFLICT (org, placement, code, userid) DO UPDATE SET \
                   config = excluded.config, picture = excluded.picture, told = excluded.told, \
                   failure = excluded.failure, next_at = excluded.next_at, \
                   changed_at = excluded.changed_at";
const DROP: &str = "DELETE FROM link_ways WHERE org = $1 AND placement = $2 AND code = $3 \
                    AND userid = $4";
const AT_ONCE: &str = "UPDATE link_ways SET next_at = NULL, failure = '' WHERE org = $1 \
                       AND failure <> '' AND (code = $2 OR placement IN \
                       (SELECT p.id FROM link_placements p WHERE p.org = $1 AND p.code = $2))";

impl Store {
    /// All of an organisation, in the order of their keys.
    pub async fn link_ways(&self, org: OrgId) -> Result<Vec<LinkWayRow>> {
        self.link_rows(ALL, vec![org.0.into()], way).await
    }

    /// Writes how one stands.
    pub async fn put_link_way(&self, org: OrgId, way: &LinkWayRow, at: Millis) -> Result<()> {
        let mut values = key(org, way);
        values.extend([
            way.config.as_str().into(),
            way.picture.as_str().into(),
            way.told.as_str().into(),
            way.failure.as_str().into(),
            way.next.map(|next| next.0).into(),
            at.0.into(),
        ]);
        self.change_link_rows(PUT, values).await.map(drop)
    }

    /// Forgets one that is gone from the platform.
    pub async fn drop_link_way(&self, org: OrgId, way: &LinkWayRow) -> Result<()> {
        self.change_link_rows(DROP, key(org, way)).await.map(drop)
    }

    /// Those of a code that stand still are tried at once; how many.
    pub async fn retry_link_ways(&self, org: OrgId, code: i64) -> Result<u64> {
        self.change_link_rows(AT_ONCE, vec![org.0.into(), code.into()]).await
    }
}

fn key(org: OrgId, way: &LinkWayRow) -> Vec<Value> {
    vec![org.0.into(), way.placement.into(), way.code.into(), way.userid.as_str().into()]
}

fn way(mut row: Row) -> Result<LinkWayRow> {
    Ok(LinkWayRow {
        placement: row.int(0)?,
        code: row.int(1)?,
        userid: row.text(2)?,
        config: row.text(3)?,
        picture: row.text(4)?,
        told: row.text(5)?,
        failure: row.text(6)?,
        next: row.opt_int(7)?.map(Millis),
    })
}
