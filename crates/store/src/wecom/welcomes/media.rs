//! Pictures, films and files for messages (`wecom_media`): kept here, and uploaded again and again.

use domain::Millis;
use serde_json::json;

use crate::fault::Result;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::number;
use crate::wecom::WecomId;
use crate::wecom::page::whose;

/// A file to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMedium {
    /// `image`, `video` or `file`.
    pub kind: String,
    /// As receivers see it.
    pub name: String,
    /// Such as `image/png`.
    pub form: String,
    /// Of kind and bytes: the same file is kept once.
    pub hash: i64,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When.
    pub at: Millis,
}

/// A file, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediumRow {
    /// Number within the organisation.
    pub id: i64,
    /// `image`, `video` or `file`.
    pub kind: String,
    /// As receivers see it.
    pub name: String,
    /// Such as `image/png`.
    pub form: String,
    /// How many bytes.
    pub size: u64,
    /// Kept since.
    pub made: Millis,
    /// The platform's id for it; empty while it was never uploaded.
    pub media_id: String,
    /// Uploaded last.
    pub media_at: Option<Millis>,
    /// The platform's address for it, for good; empty while it has none.
    pub url: String,
    /// Why it could not be uploaded the last time; empty when it could.
    pub failure: String,
    /// Tried last.
    pub tried: Option<Millis>,
}

/// What came of an upload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uploaded {
    /// For 3 days under this id.
    For3Days(String),
    /// For good under this address.
    ForGood(String),
    /// It failed, for this reason; what was uploaded before stays.
    Failed(String),
    /// The platform no longer knows what was uploaded.
    Gone,
}

const ADD: &str = "INSERT INTO wecom_media (org, account, id, kind, name, form, hash, bytes, \
                   made_at, media_id, url, failure) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, \
                   '', '', '') ON CONFLICT (org, account, hash) DO UPDATE SET \
                   made_at = excluded.made_at RETURNING id";
const ALL: &str = "SELECT id, kind, name, form, LENGTH(bytes), made_at, media_id, media_at, url, \
                   failure, tried_at FROM wecom_media WHERE org = $1 AND account = $2 ORDER BY id";
const BYTES: &str = "SELECT form, bytes FROM wecom_media WHERE org = $1 AND account = $2 \
                     AND id = $3";
const FOR_3_DAYS: &str = "UPDATE wecom_media SET media_id = $4, media_at = $5, failure = '', \
                          tried_at = $5 WHERE org = $1 AND account = $2 AND id = $3";
const FOR_GOOD: &str = "UPDATE wecom_media SET url = $4, failure = '', tried_at = $5 \
                        WHERE org = $1 AND account = $2 AND id = $3";
const FAILED: &str = "UPDATE wecom_media SET failure = $4, tried_at = $5 WHERE org = $1 \
                      AND account = $2 AND id = $3";
const GONE: &str = "UPDATE wecom_media SET media_id = $4, media_at = NULL, tried_at = NULL \
                    WHERE org = $1 AND account = $2 AND id = $3 AND $5 IS NOT NULL";
const DROP: &str = "DELETE FROM wecom_media WHERE org = $1 AND account = $2 AND made_at < $3 \
                    AND id NOT IN (SELECT r.id FROM {rows:$4(id int)} AS r)";

impl Store {
    /// Keeps a file; its number, which it has already when it is here.
    pub async fn put_medium(&self, id: WecomId, new: NewMedium) -> Result<i64> {
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                let nth = number(&mut conn, id.org, "wecom_media").await?;
                let mut values = whose(id).to_vec();
                values.extend([nth.into(), new.kind.as_str().into(), new.name.as_str().into()]);
                values.extend([new.form.as_str().into(), new.hash.into(), new.bytes.into()]);
                values.push(new.at.0.into());
                let row = conn.row(ADD, &values).await?;
                row.map_or(Ok(nth), |row| row.int(0))
            })
        }))
        .await
    }

    /// All files of a company, without their bytes.
    pub async fn media(&self, id: WecomId) -> Result<Vec<MediumRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), medium).await
    }

    /// What a file is (such as `image/png`), and its bytes.
    pub async fn medium_bytes(&self, id: WecomId, nth: i64) -> Result<Option<(String, Vec<u8>)>> {
        let mut values = whose(id).to_vec();
        values.push(nth.into());
        let read = |mut row: Row| Ok((row.text(0)?, row.bytes(1)?));
        Ok(self.wecom_rows(BYTES, values, read).await?.pop())
    }

    /// Notes what came of an upload of a file.
    pub async fn note_upload(
        &self,
        (id, nth): (WecomId, i64),
        uploaded: &Uploaded,
        at: Millis,
    ) -> Result<()> {
        let (sql, word) = match uploaded {
            Uploaded::For3Days(media_id) => (FOR_3_DAYS, media_id.as_str()),
            Uploaded::ForGood(url) => (FOR_GOOD, url.as_str()),
            Uploaded::Failed(why) => (FAILED, why.as_str()),
            Uploaded::Gone => (GONE, ""),
        };
        let mut values = whose(id).to_vec();
        values.extend([nth.into(), word.into(), at.0.into()]);
        self.change_wecom_rows(sql, values).await.map(drop)
    }

    /// Drops files that were kept before this moment and are not among those in use.
    pub async fn drop_media(&self, id: WecomId, before: Millis, used: &[i64]) -> Result<u64> {
        let rows: Vec<[i64; 1]> = used.iter().map(|nth| [*nth]).collect();
        let mut values = whose(id).to_vec();
        values.extend([before.0.into(), json!(rows).to_string().as_str().into()]);
        self.change_wecom_rows(DROP, values).await
    }
}

fn medium(mut row: Row) -> Result<MediumRow> {
    Ok(MediumRow {
        id: row.int(0)?,
        kind: row.text(1)?,
        name: row.text(2)?,
        form: row.text(3)?,
        size: row.small(4)?,
        made: Millis(row.int(5)?),
        media_id: row.text(6)?,
        media_at: row.opt_int(7)?.map(Millis),
        url: row.text(8)?,
        failure: row.text(9)?,
        tried: row.opt_int(10)?.map(Millis),
    })
}
