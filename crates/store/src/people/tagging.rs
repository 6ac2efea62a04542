//! Who has which tag.
//!
//! Invariant: putting a tag on again makes a new row (n + 1) once the former one no longer counts;
//! while it counts, nothing is done: a double submit tags once. Rows are never removed.

use domain::{IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::people::{NewTagging, PersonTag};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

const KNOWN: &str = "SELECT days FROM tags WHERE org = $1 AND id = $2 AND gone_at IS NULL";
// Everybody of the list, and of the same person, who has it already is left out.
const ADD: &str = "INSERT INTO person_tags (org, identity, tag, n, by_staff, source, why, \
                   made_at, until_at, gone_at, gone_by) \
                   SELECT $1, i.id, $2, COALESCE((SELECT MAX(p.n) FROM person_tags p \
                   WHERE p.org = $1 AND p.identity = i.id AND p.tag = $2), 0) + 1, \
                   $4, $5, $6, $7, $8, NULL, NULL \
                   FROM {rows:$3(id int)} AS w CROSS JOIN identities i \
                   WHERE i.org = $1 AND i.id = w.id AND NOT EXISTS (SELECT 1 FROM person_tags p \
                   WHERE p.org = $1 AND p.tag = $2 AND (p.identity = i.id OR p.identity IN \
                   (SELECT m.identity FROM merges m WHERE m.org = $1 AND m.person = i.id)) \
                   AND p.gone_at IS NULL AND (p.until_at IS NULL OR p.until_at > $7))";
const OFF: &str = "UPDATE person_tags SET gone_at = $4, gone_by = $5 \
                   WHERE org = $1 AND tag = $3 AND gone_at IS NULL \
                   AND (identity = $2 OR identity IN (SELECT m.identity FROM merges m \
                   WHERE m.org = $1 AND m.person = $2)) \
                   AND (until_at IS NULL OR until_at > $4)";
const OF: &str = "SELECT p.identity, p.tag, p.n, t.name, p.by_staff, p.source, p.why, p.made_at, \
                  p.until_at, p.gone_at, p.gone_by FROM {rows:$2(id int)} AS w \
                  CROSS JOIN person_tags p JOIN tags t ON t.org = p.org AND t.id = p.tag \
                  WHERE p.org = $1 AND p.identity = w.id ORDER BY p.made_at DESC, p.tag, p.n DESC";

impl Store {
    /// Puts a tag on people; how many did not have it. `None` when there is no such tag in use.
    pub async fn tag_people(&self, new: NewTagging, acting: Acting) -> Result<Option<u64>> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let known = conn.row(KNOWN, &[acting.org.0.into(), new.tag.into()]).await?;
                let Some(tag) = known else { return Ok(None) };
                let own = tag.opt_int(0)?.map(|days| acting.at.0 + days * Millis::DAY);
                let until = new.until.map_or(own, |until| Some(until.0));
                let list: Vec<[u32; 1]> = new.people.iter().map(|id| [id.0]).collect();
                let values = [
                    acting.org.0.into(),
                    new.tag.into(),
                    serde_json::json!(list).to_string().as_str().into(),
                    acting.staff.0.into(),
                    new.source.into(),
                    new.why.as_str().into(),
                    acting.at.0.into(),
                    until.into(),
                ];
                let put = conn.run(ADD, &values).await?;
                if put > 0 {
                    note(&mut conn, &acting).await?;
                }
                Ok(Some(put))
            })
        }))
        .await
    }

    /// Takes a tag off a person, given by its leading identity; whether it was on.
    pub async fn untag(&self, person: IdentityId, tag: i64, acting: Acting) -> Result<bool> {
        let values = vec![
            acting.org.0.into(),
            i64::from(person.0).into(),
            tag.into(),
            acting.at.0.into(),
            acting.staff.0.into(),
        ];
        self.noted(OFF, values, acting).await
    }
}

/// Everything tagged on these identities, the latest first.
pub(super) async fn of(conn: &mut Conn<'_>, org: OrgId, ids: &str) -> Result<Vec<PersonTag>> {
    let rows = conn.rows(OF, &[org.0.into(), ids.into()]).await?;
    rows.into_iter().map(tagging).collect()
}

fn tagging(mut row: Row) -> Result<PersonTag> {
    let gone = row.opt_int(9)?.map(Millis);
    let gone_by = StaffId(row.opt_int(10)?.unwrap_or(0));
    Ok(PersonTag {
        identity: IdentityId(row.small(0)?),
        tag: row.int(1)?,
        n: row.small(2)?,
        name: row.text(3)?,
        by: StaffId(row.int(4)?),
        source: row.text(5)?,
        why: row.text(6)?,
        made: Millis(row.int(7)?),
        until: row.opt_int(8)?.map(Millis),
        gone: gone.map(|at| (at, gone_by)),
    })
}
