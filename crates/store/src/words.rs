//! The words beside the facts: read by place, erased by place, and the facts stay.

use domain::{GroupId, OrgId, Seq};

use crate::fault::Result;
use crate::rows::Stream;
use crate::sql::job;
use crate::store::Store;

impl Store {
    /// The words of these facts, in the order of their places; facts without words (or whose
    /// words were erased) are left out, and so are those of an import that is not whole.
    pub async fn words(
        &self,
        org: OrgId,
        group: GroupId,
        seqs: &[Seq],
    ) -> Result<Vec<(Seq, String)>> {
        let list = list(seqs);
        self.read(job(move |mut conn| {
            Box::pin(async move {
                // CROSS JOIN: SQLite then looks every place up instead of reading all words.
                let sql = "SELECT t.seq, t.text FROM {rows:$3(seq int)} AS w CROSS JOIN words t \
                           WHERE t.org = $1 AND t.grp = $2 AND t.seq = w.seq \
                           AND NOT EXISTS (SELECT 1 FROM spans s JOIN imports i \
                           ON i.org = s.org AND i.id = s.import_id AND i.state = 0 \
                           WHERE s.org = $1 AND s.grp = $2 \
                           AND t.seq BETWEEN s.first_seq AND s.last_seq) ORDER BY t.seq";
                let values = [org.0.into(), group.0.into(), list.as_str().into()];
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(|mut row| Ok((Seq(row.int(0)?), row.text(1)?))).collect()
            })
        }))
        .await
    }

    /// The words of the facts with these source keys, with their keys. Keys are looked up in
    /// every stream of the group; those without words are left out.
    pub async fn words_of(
        &self,
        org: OrgId,
        group: GroupId,
        keys: &[i64],
    ) -> Result<Vec<(i64, String)>> {
        let mut streams: Vec<u16> =
            self.streams(org, group).await?.iter().map(|row| row.stream.0).collect();
        streams.push(Stream::PLATFORM.0);
        let list: Vec<(u16, i64)> =
            streams.iter().flat_map(|stream| keys.iter().map(|key| (*stream, *key))).collect();
        let list = serde_json::json!(list).to_string();
        self.read(job(move |mut conn| {
            Box::pin(async move {
                let sql = "SELECT f.src, t.text FROM {rows:$3(stream int, src int)} AS w \
                           CROSS JOIN facts f CROSS JOIN words t \
                           WHERE f.org = $1 AND f.grp = $2 AND f.stream = w.stream \
                           AND f.src = w.src \
                           AND t.org = $1 AND t.grp = $2 AND t.seq = f.seq \
                           AND NOT EXISTS (SELECT 1 FROM spans s JOIN imports i \
                           ON i.org = s.org AND i.id = s.import_id AND i.state = 0 \
                           WHERE s.org = $1 AND s.grp = $2 \
                           AND t.seq BETWEEN s.first_seq AND s.last_seq) ORDER BY f.src";
                let values = [org.0.into(), group.0.into(), list.as_str().into()];
                let rows = conn.rows(sql, &values).await?;
                rows.into_iter().map(|mut row| Ok((row.int(0)?, row.text(1)?))).collect()
            })
        }))
        .await
    }

    /// Erases the words of these facts for good; how many there were.
    pub async fn erase_words(&self, org: OrgId, group: GroupId, seqs: &[Seq]) -> Result<u64> {
        let list = list(seqs);
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM words WHERE org = $1 AND grp = $2 \
                           AND seq IN (SELECT w.seq FROM {rows:$3(seq int)} AS w)";
                conn.run(sql, &[org.0.into(), group.0.into(), list.as_str().into()]).await
            })
        }))
        .await
    }
}

fn list(seqs: &[Seq]) -> String {
    let list: Vec<[i64; 1]> = seqs.iter().map(|seq| [seq.0]).collect();
    serde_json::json!(list).to_string()
}
