//! Saved views: a list as somebody wants it again.

use domain::{Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note, number};

/// A saved view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewRow {
    /// Its number.
    pub id: i64,
    /// Whose; [`StaffId::NOBODY`] when all share it.
    pub staff: StaffId,
    /// Its name.
    pub name: String,
    /// The query of the address, without `?`.
    pub query: String,
    /// When it was saved.
    pub made: Millis,
}

/// A view to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewView {
    /// `groups` or `people`.
    pub place: &'static str,
    /// Whose; [`StaffId::NOBODY`] when all share it.
    pub staff: StaffId,
    /// Its name.
    pub name: String,
    /// The query of the address, without `?`.
    pub query: String,
}

impl Store {
    /// The views of a place that this member of staff sees: the own ones and the shared ones.
    pub async fn views(&self, org: OrgId, staff: StaffId, place: &str) -> Result<Vec<ViewRow>> {
        let values = [org.0.into(), place.into(), staff.0.into()];
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT id, staff, name, query, made_at FROM saved_views \
                           WHERE org = $1 AND place = $2 AND (staff = $3 OR staff = 0) \
                           ORDER BY name, id";
                conn.rows(sql, &values).await?.into_iter().map(view).collect()
            })
        }))
        .await
    }

    /// Saves a view; one of the same name, place and owner is replaced. Its number.
    pub async fn save_view(&self, acting: Acting, new: NewView) -> Result<i64> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM saved_views WHERE org = $1 AND place = $2 AND staff = $3 \
                           AND name = $4";
                let named = [
                    acting.org.0.into(),
                    new.place.into(),
                    new.staff.0.into(),
                    new.name.as_str().into(),
                ];
                conn.run(sql, &named).await?;
                let id = number(&mut conn, acting.org, "saved_views").await?;
                let sql = "INSERT INTO saved_views (org, id, staff, place, name, query, made_at) \
                           VALUES ($1, $2, $3, $4, $5, $6, $7)";
                let [org, place, staff, name] = named;
                let (query, at) = (new.query.as_str().into(), acting.at.0.into());
                conn.run(sql, &[org, id.into(), staff, place, name, query, at]).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// Takes a view away that this member of staff owns, or a shared one where `shared` allows
    /// it; whether there was one.
    pub async fn drop_view(&self, acting: Acting, id: i64, shared: bool) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM saved_views WHERE org = $1 AND id = $2 \
                           AND (staff = $3 OR (staff = 0 AND $4 = 1))";
                let values = [
                    acting.org.0.into(),
                    id.into(),
                    acting.staff.0.into(),
                    i64::from(shared).into(),
                ];
                if conn.run(sql, &values).await? == 0 {
                    return Ok(false);
                }
                note(&mut conn, &acting).await?;
                Ok(true)
            })
        }))
        .await
    }
}

fn view(mut row: Row) -> Result<ViewRow> {
    Ok(ViewRow {
        id: row.int(0)?,
        staff: StaffId(row.int(1)?),
        name: row.text(2)?,
        query: row.text(3)?,
        made: Millis(row.int(4)?),
    })
}
