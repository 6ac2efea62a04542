//! What was put off on Today, or called done.
//!
//! Invariant: one row of Today has at most one note; a later one takes the place of an earlier.

use domain::{Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, job};
use crate::store::Store;
use crate::team::{Acting, note};

/// A row of Today that is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutOff {
    /// Word of the source of the row.
    pub source: String,
    /// Name of the row within its source.
    pub key: String,
    /// How bad it was then, by the measure of its source: above this it is shown again.
    pub level: i64,
    /// Who did it.
    pub by: StaffId,
    /// When.
    pub at: Millis,
    /// Until when it is not shown; `None` for good.
    pub until: Option<Millis>,
}

const ALL: &str = "SELECT source, key, level, by_staff, at, until_at FROM put_offs WHERE org = $1";
const PUT: &str = "INSERT INTO put_offs (org, source, key, level, by_staff, at, until_at) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (org, source, key) DO UPDATE \
                   SET level = excluded.level, by_staff = excluded.by_staff, at = excluded.at, \
                   until_at = excluded.until_at";
const TAKE_BACK: &str = "DELETE FROM put_offs WHERE org = $1 AND source = $2 AND key = $3";
const FORGET: &str = "DELETE FROM put_offs WHERE org = $1 AND until_at < $2";

/// What is over for so long is forgotten.
const KEPT_MS: i64 = 30 * Millis::DAY;

impl Store {
    /// All rows that were put off or called done, those whose time is over among them.
    pub async fn put_offs(&self, org: OrgId) -> Result<Vec<PutOff>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                conn.rows(ALL, &[org.0.into()]).await?.into_iter().map(put_off).collect()
            })
        }))
        .await
    }

    /// Puts a row off.
    pub async fn put_off(&self, acting: Acting, put: PutOff) -> Result<()> {
        let values = [
            acting.org.0.into(),
            put.source.as_str().into(),
            put.key.as_str().into(),
            put.level.into(),
            put.by.0.into(),
            put.at.0.into(),
            put.until.map(|until| until.0).into(),
        ];
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let over = [acting.org.0.into(), (acting.at.0 - KEPT_MS).into()];
                conn.run(FORGET, &over).await?;
                conn.run(PUT, &values).await?;
                note(&mut conn, &acting).await
            })
        }))
        .await
    }

    /// Shows a row again; whether it was put off.
    pub async fn take_back_put_off(
        &self,
        acting: Acting,
        (source, key): (&str, &str),
    ) -> Result<bool> {
        let values = [acting.org.0.into(), source.into(), key.into()];
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let was = conn.run(TAKE_BACK, &values).await? == 1;
                if was {
                    note(&mut conn, &acting).await?;
                }
                Ok(was)
            })
        }))
        .await
    }

    /// Notes an act whose change stands elsewhere, such as in the log of a group.
    pub async fn note_act(&self, acting: Acting) -> Result<()> {
        self.write(job(move |mut conn| Box::pin(async move { note(&mut conn, &acting).await })))
            .await
    }
}

fn put_off(mut row: Row) -> Result<PutOff> {
    Ok(PutOff {
        source: row.text(0)?,
        key: row.text(1)?,
        level: row.int(2)?,
        by: StaffId(row.int(3)?),
        at: Millis(row.int(4)?),
        until: row.opt_int(5)?.map(Millis),
    })
}
