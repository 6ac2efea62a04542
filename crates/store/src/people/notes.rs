//! Notes on people: written, taken away with a trace.

use std::collections::HashMap;

use domain::{GroupId, IdentityId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::people::{NewNote, NoteRow};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::{Acting, note};

const ADD: &str = "INSERT INTO notes (org, id, identity, grp, staff, at, text, gone_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)";
// The same words by the same person within a minute are a form sent twice.
const TWICE: &str = "SELECT id FROM notes WHERE org = $1 AND identity = $2 AND staff = $3 \
                     AND at > $4 AND text = $5 AND gone_at IS NULL";
const GONE: &str = "UPDATE notes SET gone_at = $4 WHERE org = $1 AND id = $2 AND gone_at IS NULL \
                    AND (identity = $3 OR identity IN (SELECT m.identity FROM merges m \
                    WHERE m.org = $1 AND m.person = $3))";
const OF: &str = "SELECT n.id, n.identity, n.grp, n.staff, n.at, n.text, n.gone_at \
                  FROM {rows:$2(id int)} AS w CROSS JOIN notes n \
                  WHERE n.org = $1 AND n.identity = w.id ORDER BY n.at DESC, n.id DESC";
const BY: &str = "SELECT COUNT(*) FROM notes WHERE org = $1 AND staff = $2 AND gone_at IS NULL";

const STAFF: &str = "SELECT id, name FROM staff WHERE org = $1";

impl Store {
    /// Names of all who are or were staff, to sign what they wrote.
    pub async fn staff_names(&self, org: OrgId) -> Result<HashMap<StaffId, String>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(STAFF, &[org.0.into()]).await?;
                let name = |mut row: Row| Ok((StaffId(row.int(0)?), row.text(1)?));
                rows.into_iter().map(name).collect()
            })
        }))
        .await
    }

    /// Writes a note; its number. Sent twice within a minute it is written once.
    pub async fn add_note(&self, new: NewNote, acting: Acting) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let identity = i64::from(new.identity.0);
                let twice = [
                    acting.org.0.into(),
                    identity.into(),
                    acting.staff.0.into(),
                    (acting.at.0 - Millis::MINUTE).into(),
                    new.text.as_str().into(),
                ];
                if let Some(row) = conn.row(TWICE, &twice).await? {
                    return row.int(0);
                }
                let id = number(&mut conn, acting.org, "notes").await?;
                let values = [
                    acting.org.0.into(),
                    id.into(),
                    identity.into(),
                    new.group.map(|group| group.0).into(),
                    acting.staff.0.into(),
                    acting.at.0.into(),
                    new.text.as_str().into(),
                ];
                conn.run(ADD, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// Takes a note of a person (by its leading identity) away; whether it was there.
    pub async fn remove_note(&self, person: IdentityId, id: i64, acting: Acting) -> Result<bool> {
        let (org, at) = (acting.org.0, acting.at.0);
        let values = vec![org.into(), id.into(), i64::from(person.0).into(), at.into()];
        self.noted(GONE, values, acting).await
    }

    /// How many notes somebody of staff wrote that stand: for a hand-over.
    pub async fn notes_by_staff(&self, org: OrgId, staff: StaffId) -> Result<u64> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let row = conn.row(BY, &[org.0.into(), staff.0.into()]).await?;
                row.map_or(Ok(0), |row| row.small(0))
            })
        }))
        .await
    }
}

/// Notes on these identities, the latest first.
pub(super) async fn of(conn: &mut Conn<'_>, org: OrgId, ids: &str) -> Result<Vec<NoteRow>> {
    let rows = conn.rows(OF, &[org.0.into(), ids.into()]).await?;
    let read = |mut row: Row| {
        Ok(NoteRow {
            id: row.int(0)?,
            identity: IdentityId(row.small(1)?),
            group: row.opt_int(2)?.map(GroupId),
            staff: StaffId(row.int(3)?),
            at: Millis(row.int(4)?),
            text: row.text(5)?,
            gone: row.opt_int(6)?.map(Millis),
        })
    };
    rows.into_iter().map(read).collect()
}
