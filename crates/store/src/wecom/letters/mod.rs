//! What the platform told of itself (`wecom_letters`): kept before it is answered, done later.
//!
//! Invariants: a letter that is told twice stands once; letters are numbered in the order in which
//! they came; one that waits is never dropped, of those that are done the latest are kept.

mod post;

pub use post::{WecomAsideRow, WecomKindRow, WecomMiss, WecomPostRow, wecom_day};

use domain::Millis;
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::wecom::letters::post::{counted, tally};
use crate::wecom::page::{text, whose};
use crate::wecom::welcomes::put_welcomes;
use crate::wecom::{NewWelcome, WecomId, WecomLetter, WecomLetterRow};

/// Letters of a company that are kept at least.
const KEPT: i64 = 20_000;

const NUMBERS: &str = "INSERT INTO counters (name, next) VALUES ($1, 1 + $2) \
                       ON CONFLICT (name) DO UPDATE SET next = counters.next + $2 \
                       RETURNING next - $2";
const PUT: &str = "INSERT INTO wecom_letters (org, account, id, hash, received_at, chat, text, \
                   kind) SELECT $1, $2, $3 + r.ord, r.hash, r.at, r.chat, r.text, r.kind \
                   FROM {rows:$4(hash int, at int, chat text, text text, kind text)} AS r \
                   WHERE true \
                   ON CONFLICT (org, account, hash) DO NOTHING";
const DROP: &str = "DELETE FROM wecom_letters WHERE org = $1 AND account = $2 \
                    AND done_at IS NOT NULL AND id <= (SELECT id FROM wecom_letters \
                    WHERE org = $1 AND account = $2 ORDER BY id DESC LIMIT 1 OFFSET $3)";
const WAITING: &str = "SELECT id, received_at, chat, text FROM wecom_letters WHERE org = $1 \
                       AND account = $2 AND done_at IS NULL AND id > $3 ORDER BY id LIMIT $4";
const DONE: &str = "UPDATE wecom_letters SET done_at = $3 WHERE org = $1 AND account = $2 \
                    AND done_at IS NULL AND id IN (SELECT id FROM {rows:$4(id int)} AS w)";
const LATEST: &str = "SELECT chat, MAX(received_at) FROM wecom_letters WHERE org = $1 \
                      AND account = $2 GROUP BY chat ORDER BY chat";

impl Store {
    /// Keeps letters in their order, with the codes for welcomes that they bring, and counts them;
    /// those that were told before stand already.
    pub async fn put_wecom_letters(&self, id: WecomId, letters: &[WecomLetter]) -> Result<()> {
        let count = i64::try_from(letters.len()).unwrap_or(i64::MAX);
        let cells = |one: &WecomLetter| {
            let (chat, words, kind) = (text(&one.chat), text(&one.text), text(&one.kind));
            json!([one.hash, one.received.0, chat, words, kind])
        };
        let rows: Vec<_> = letters.iter().map(cells).collect();
        let rows = json!(rows).to_string();
        let welcomes: Vec<_> = letters.iter().filter_map(|one| one.welcome.as_ref()).collect();
        let welcomes: Vec<_> = welcomes.into_iter().map(NewWelcome::cells).collect();
        let welcomes = (!welcomes.is_empty()).then(|| json!(welcomes).to_string());
        let at = letters.iter().map(|one| one.received).max().unwrap_or_default();
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                let name = format!("wecom_letters:{}:{}", id.org.0, id.account);
                let row = conn.row(NUMBERS, &[name.as_str().into(), count.into()]).await?;
                let first = row.ok_or(Fault::Missing { what: "counter", id: 0 })?.int(0)?;
                let [org, account] = whose(id);
                let put = [org, account, first.into(), rows.as_str().into()];
                let new = conn.run(PUT, &put).await?;
                if let Some(welcomes) = &welcomes {
                    put_welcomes(&mut conn, id, welcomes).await?;
                }
                let again = u64::try_from(count).unwrap_or(0).saturating_sub(new);
                let sums = counted([(at, "taken", new), (at, "doubled", again)].into_iter());
                tally(&mut conn, id, &sums).await
            })
        }))
        .await
    }

    /// Letters after this number that wait, in their order; at most `limit`.
    pub async fn wecom_waiting(
        &self,
        id: WecomId,
        (after, limit): (i64, u32),
    ) -> Result<Vec<WecomLetterRow>> {
        let mut values = whose(id).to_vec();
        values.extend([after.into(), i64::from(limit).into()]);
        self.wecom_rows(WAITING, values, letter).await
    }

    /// Notes that nothing is left to do about these letters, and drops old ones that are done.
    pub async fn wecom_letters_done(&self, id: WecomId, ids: &[i64], at: Millis) -> Result<()> {
        let list: Vec<[i64; 1]> = ids.iter().map(|id| [*id]).collect();
        let list = json!(list).to_string();
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                let [org, account] = whose(id);
                let done = [org.clone(), account.clone(), at.0.into(), list.as_str().into()];
                conn.run(DONE, &done).await?;
                conn.run(DROP, &[org, account, KEPT.into()]).await.map(drop)
            })
        }))
        .await
    }

    /// When a letter about each chat came last; under the empty chat: about anything else.
    pub async fn wecom_last_letters(&self, id: WecomId) -> Result<Vec<(String, Millis)>> {
        let last = |mut row: Row| Ok((row.text(0)?, Millis(row.int(1)?)));
        self.wecom_rows(LATEST, whose(id).to_vec(), last).await
    }
}

fn letter(mut row: Row) -> Result<WecomLetterRow> {
    Ok(WecomLetterRow {
        id: row.int(0)?,
        received: Millis(row.int(1)?),
        chat: row.text(2)?,
        text: row.text(3)?,
    })
}
