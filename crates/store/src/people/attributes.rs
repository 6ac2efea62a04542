//! What is known of people, each time with where it is from (D19), and the main group that staff
//! chose.
//!
//! Invariant: a value never replaces another: both stand, each with its source.

use domain::{GroupId, IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::people::{AttributeRow, NewAttribute};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::{Acting, note};

const ADD: &str = "INSERT INTO attributes (org, id, identity, name, value, source, by_staff, \
                   grp, about, at, gone_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, NULL, $9, NULL)";
const SAME: &str = "SELECT id FROM attributes WHERE org = $1 AND identity = $2 AND name = $3 \
                    AND value = $4 AND source = $5 AND gone_at IS NULL";
const GONE: &str = "UPDATE attributes SET gone_at = $4 WHERE org = $1 AND id = $2 \
                    AND gone_at IS NULL AND (identity = $3 OR identity IN \
                    (SELECT m.identity FROM merges m WHERE m.org = $1 AND m.person = $3))";
const OF: &str = "SELECT a.id, a.identity, a.name, a.value, a.source, a.by_staff, a.grp, a.at, \
                  a.gone_at FROM {rows:$2(id int)} AS w CROSS JOIN attributes a \
                  WHERE a.org = $1 AND a.identity = w.id ORDER BY a.at DESC, a.id DESC";
const MAIN: &str = "INSERT INTO main_groups (org, identity, grp, by_staff, at) \
                    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (org, identity) DO UPDATE \
                    SET grp = excluded.grp, by_staff = excluded.by_staff, at = excluded.at";
const NO_MAIN: &str = "DELETE FROM main_groups WHERE org = $1 AND identity = $2";

impl Store {
    /// Writes something down; its number. What stands with the same source is not written twice.
    pub async fn add_attribute(&self, new: NewAttribute, acting: Acting) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let identity = i64::from(new.identity.0);
                let same = [
                    acting.org.0.into(),
                    identity.into(),
                    new.name.as_str().into(),
                    new.value.as_str().into(),
                    new.source.into(),
                ];
                if let Some(row) = conn.row(SAME, &same).await? {
                    return row.int(0);
                }
                let id = number(&mut conn, acting.org, "attributes").await?;
                let values = [
                    acting.org.0.into(),
                    id.into(),
                    identity.into(),
                    new.name.as_str().into(),
                    new.value.as_str().into(),
                    new.source.into(),
                    acting.staff.0.into(),
                    new.group.map(|group| group.0).into(),
                    acting.at.0.into(),
                ];
                conn.run(ADD, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// Takes an attribute of a person (by its leading identity) away; whether it was there.
    pub async fn remove_attribute(
        &self,
        person: IdentityId,
        id: i64,
        acting: Acting,
    ) -> Result<bool> {
        let (org, at) = (acting.org.0, acting.at.0);
        let values = vec![org.into(), id.into(), i64::from(person.0).into(), at.into()];
        self.noted(GONE, values, acting).await
    }

    /// Says which group counts as a person's main one; `None` leaves it to the rule again.
    pub async fn choose_main_group(
        &self,
        person: IdentityId,
        group: Option<GroupId>,
        acting: Acting,
    ) -> Result<bool> {
        let mut values = vec![acting.org.0.into(), i64::from(person.0).into()];
        let Some(group) = group else { return self.noted(NO_MAIN, values, acting).await };
        values.extend([group.0.into(), acting.staff.0.into(), acting.at.0.into()]);
        self.noted(MAIN, values, acting).await
    }
}

/// Attributes of these identities, the latest first.
pub(super) async fn of(conn: &mut Conn<'_>, org: OrgId, ids: &str) -> Result<Vec<AttributeRow>> {
    let rows = conn.rows(OF, &[org.0.into(), ids.into()]).await?;
    let read = |mut row: Row| {
        Ok(AttributeRow {
            id: row.int(0)?,
            identity: IdentityId(row.small(1)?),
            name: row.text(2)?,
            value: row.text(3)?,
            source: row.text(4)?,
            by: StaffId(row.int(5)?),
            group: row.opt_int(6)?.map(GroupId),
            at: Millis(row.int(7)?),
            gone: row.opt_int(8)?.map(Millis),
        })
    };
    rows.into_iter().map(read).collect()
}
