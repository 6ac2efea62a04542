//! Settings of an organisation: values with the moment from which each counts.
//!
//! Invariant: a value is never written over. Whoever saves says which number was seen last, and
//! is refused when somebody else saved meanwhile.

use domain::{Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

/// One value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingRow {
    /// Name of the setting.
    pub name: String,
    /// The how-manieth value, from 1.
    pub n: i64,
    /// From when it counts.
    pub from: Millis,
    /// JSON.
    pub value: String,
    /// Who saved it.
    pub by: StaffId,
    /// When it was saved.
    pub at: Millis,
}

/// A value to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSetting {
    /// Name of the setting.
    pub name: &'static str,
    /// From when it counts.
    pub from: Millis,
    /// JSON.
    pub value: String,
    /// Number of the value that was seen; 0 for none.
    pub seen: i64,
}

const OF_ORG: &str = "SELECT name, n, from_at, value, by_staff, at FROM settings \
                      WHERE org = $1 ORDER BY name, n";
const PUT: &str = "INSERT INTO settings (org, name, n, from_at, value, by_staff, at) \
                   SELECT $1, $2, $3 + 1, $4, $5, $6, $7 WHERE $3 = \
                   (SELECT COALESCE(MAX(n), 0) FROM settings WHERE org = $1 AND name = $2) \
                   ON CONFLICT (org, name, n) DO NOTHING";
const MARK: &str = "INSERT INTO settings (org, name, n, from_at, value, by_staff, at) \
                    VALUES ($1, $2, 1, $3, $4, 0, $3) ON CONFLICT (org, name, n) \
                    DO UPDATE SET value = excluded.value, at = excluded.at";

impl Store {
    /// All values of all settings, by name and number.
    pub async fn settings(&self, org: OrgId) -> Result<Vec<SettingRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let rows = conn.rows(OF_ORG, &[org.0.into()]).await?;
                rows.into_iter().map(setting).collect()
            })
        }))
        .await
    }

    /// Saves a value; `false` when somebody saved another meanwhile, and nothing was done.
    pub async fn put_setting(&self, new: NewSetting, acting: Acting) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let values = [
                    acting.org.0.into(),
                    new.name.into(),
                    new.seen.into(),
                    new.from.0.into(),
                    new.value.as_str().into(),
                    acting.staff.0.into(),
                    acting.at.0.into(),
                ];
                let is_put = conn.run(PUT, &values).await? > 0;
                if is_put {
                    note(&mut conn, &acting).await?;
                }
                Ok(is_put)
            })
        }))
        .await
    }

    /// Gives the organisation another name.
    pub async fn name_organisation(&self, name: &str, acting: Acting) -> Result<()> {
        let name = name.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "UPDATE organisations SET name = $2 WHERE id = $1";
                conn.run(sql, &[acting.org.0.into(), name.as_str().into()]).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }

    /// Keeps a mark of the program itself under a name: the latest alone.
    pub async fn mark(
        &self,
        org: OrgId,
        name: &'static str,
        value: &str,
        at: Millis,
    ) -> Result<()> {
        let values = [org.0.into(), name.into(), at.0.into(), value.into()];
        self.write(job(move |mut conn| {
            Box::pin(async move { conn.run(MARK, &values).await.map(drop) })
        }))
        .await
    }

    /// Groups with a page that was judged under another version of the settings.
    pub async fn judged_otherwise(&self, org: OrgId, version: u16) -> Result<Vec<domain::GroupId>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT DISTINCT grp FROM pages \
                           WHERE org = $1 AND settings_version <> $2 ORDER BY grp";
                let rows = conn.rows(sql, &[org.0.into(), i64::from(version).into()]).await?;
                rows.into_iter().map(|row| row.int(0).map(domain::GroupId)).collect()
            })
        }))
        .await
    }
}

fn setting(mut row: Row) -> Result<SettingRow> {
    Ok(SettingRow {
        name: row.text(0)?,
        n: row.int(1)?,
        from: Millis(row.int(2)?),
        value: row.text(3)?,
        by: StaffId(row.int(4)?),
        at: Millis(row.int(5)?),
    })
}
