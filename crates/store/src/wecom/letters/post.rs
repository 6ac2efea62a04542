//! How callbacks come (`wecom_post`), what they were about, and what none of them told
//! (`wecom_misses`).
//!
//! Invariants: counts grow with what they count, in the same transaction where that is kept; of
//! misses the latest are kept.

use std::collections::BTreeMap;

use domain::{Day, Millis};
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::wecom::WecomId;
use crate::wecom::page::{text, whose};

/// Misses of a company that are kept.
const KEPT: i64 = 1_000;
/// The platform's days begin with those of UTC+8.
const EAST_MS: i64 = 8 * Millis::HOUR;

const COUNT: &str = "INSERT INTO wecom_post (org, account, day, fate, letters) SELECT $1, $2, \
                     r.day, r.fate, r.letters FROM {rows:$3(day int, fate text, letters int)} \
                     AS r WHERE true ON CONFLICT (org, account, day, fate) DO UPDATE SET \
                     letters = wecom_post.letters + excluded.letters";
const COUNTS: &str = "SELECT day, fate, letters FROM wecom_post WHERE org = $1 AND account = $2 \
                      AND day >= $3 ORDER BY day DESC, fate";
const KINDS: &str = "SELECT kind, COUNT(*), MAX(received_at) FROM wecom_letters WHERE org = $1 \
                     AND account = $2 GROUP BY kind ORDER BY kind";
const WAITS: &str = "SELECT COUNT(*), MIN(received_at) FROM wecom_letters WHERE org = $1 \
                     AND account = $2 AND done_at IS NULL";
const ASIDE: &str = "SELECT id, received_at, kind, chat, why FROM wecom_letters WHERE org = $1 \
                     AND account = $2 AND why <> '' ORDER BY id DESC LIMIT $3";
const WHY: &str = "UPDATE wecom_letters SET why = (SELECT r.why FROM {rows:$3(id int, why text)} \
                   AS r WHERE r.id = wecom_letters.id) WHERE org = $1 AND account = $2 \
                   AND id IN (SELECT r.id FROM {rows:$3(id int, why text)} AS r)";
const NUMBER: &str = "INSERT INTO counters (name, next) VALUES ($1, 2) \
                      ON CONFLICT (name) DO UPDATE SET next = counters.next + 1 \
                      RETURNING next - 1";
const MISS: &str = "INSERT INTO wecom_misses (org, account, id, at, chat, how, letters, came, \
                    went, others, mark) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
                    ON CONFLICT (org, account, mark) DO NOTHING";
const DROP: &str = "DELETE FROM wecom_misses WHERE org = $1 AND account = $2 AND id <= $3";
const MISSES: &str = "SELECT id, at, chat, how, letters, came, went, others, mark \
                      FROM wecom_misses \
                      WHERE org = $1 AND account = $2 ORDER BY id DESC LIMIT $3";

/// What became of callbacks on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomPostRow {
    /// The day, of UTC+8.
    pub day: Day,
    /// Stable word, such as `taken`, `doubled`.
    pub fate: String,
    /// How many.
    pub letters: u64,
}

/// Letters of one kind that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomKindRow {
    /// Event, change and detail as the platform names them; empty in letters from before.
    pub kind: String,
    /// How many.
    pub letters: u64,
    /// When the last one came.
    pub last: Millis,
}

/// A letter about which nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomAsideRow {
    /// Its number.
    pub id: i64,
    /// When it came.
    pub received: Millis,
    /// Its kind.
    pub kind: String,
    /// `chat_id` of the group that it is about; empty for others.
    pub chat: String,
    /// Why nothing was done.
    pub why: String,
}

/// What a reading of a group found that no letter had told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WecomMiss {
    /// When it was found.
    pub at: Millis,
    /// The group.
    pub chat: String,
    /// Stable word of how it was noticed, such as `version`.
    pub how: String,
    /// Letters that are known to be missing.
    pub letters: u32,
    /// Members who had come.
    pub came: u32,
    /// Members who had gone.
    pub went: u32,
    /// Other changes, of name and notice.
    pub others: u32,
    /// Of what was known before: two who find the same have the same.
    pub mark: i64,
}

/// The platform's day (UTC+8) of a moment.
pub fn wecom_day(at: Millis) -> Day {
    Day(i32::try_from((at.0 + EAST_MS).div_euclid(Millis::DAY)).unwrap_or(i32::MAX))
}

impl Store {
    /// Counts callbacks by when they came and what became of them.
    pub async fn count_wecom_post(&self, id: WecomId, some: &[(Millis, &str, u64)]) -> Result<()> {
        let rows = counted(some.iter().copied());
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move { tally(&mut conn, id, &rows).await })
        }))
        .await
    }

    /// What became of callbacks since that day, the latest first.
    pub async fn wecom_post(&self, id: WecomId, since: Day) -> Result<Vec<WecomPostRow>> {
        let mut values = whose(id).to_vec();
        values.push(i64::from(since.0).into());
        let row = |mut row: Row| {
            Ok(WecomPostRow { day: Day(row.small(0)?), fate: row.text(1)?, letters: row.small(2)? })
        };
        self.wecom_rows(COUNTS, values, row).await
    }

    /// Letters that are kept, by kind.
    pub async fn wecom_letter_kinds(&self, id: WecomId) -> Result<Vec<WecomKindRow>> {
        let row = |mut row: Row| {
            Ok(WecomKindRow {
                kind: row.text(0)?,
                letters: row.small(1)?,
                last: Millis(row.int(2)?),
            })
        };
        self.wecom_rows(KINDS, whose(id).to_vec(), row).await
    }

    /// How many letters wait, and when the oldest of them came.
    pub async fn wecom_letters_wait(&self, id: WecomId) -> Result<(u64, Option<Millis>)> {
        let row = |row: Row| Ok((row.small(0)?, row.opt_int(1)?.map(Millis)));
        let mut rows = self.wecom_rows(WAITS, whose(id).to_vec(), row).await?;
        Ok(rows.pop().unwrap_or((0, None)))
    }

    /// Notes why nothing was done about letters.
    pub async fn put_wecom_letters_aside(&self, id: WecomId, some: &[(i64, String)]) -> Result<()> {
        if some.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = some.iter().map(|(id, why)| json!([id, text(why)])).collect();
        let mut values = whose(id).to_vec();
        values.push(json!(rows).to_string().as_str().into());
        self.change_wecom_rows(WHY, values).await.map(drop)
    }

    /// Letters about which nothing was done, the latest first.
    pub async fn wecom_letters_aside(&self, id: WecomId, limit: u32) -> Result<Vec<WecomAsideRow>> {
        let mut values = whose(id).to_vec();
        values.push(i64::from(limit).into());
        let row = |mut row: Row| {
            Ok(WecomAsideRow {
                id: row.int(0)?,
                received: Millis(row.int(1)?),
                kind: row.text(2)?,
                chat: row.text(3)?,
                why: row.text(4)?,
            })
        };
        self.wecom_rows(ASIDE, values, row).await
    }

    /// Notes what no letter told, once; the latest 1,000 are kept.
    pub async fn note_wecom_miss(&self, id: WecomId, miss: WecomMiss) -> Result<()> {
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                let name = format!("wecom_misses:{}:{}", id.org.0, id.account);
                let row = conn.row(NUMBER, &[name.as_str().into()]).await?;
                let n = row.ok_or(Fault::Missing { what: "counter", id: 0 })?.int(0)?;
                let [org, account] = whose(id);
                let mut values = vec![org.clone(), account.clone(), n.into(), miss.at.0.into()];
                values.extend([miss.chat.as_str().into(), miss.how.as_str().into()]);
                let counts = [miss.letters, miss.came, miss.went, miss.others];
                values.extend(counts.map(|count| i64::from(count).into()));
                values.push(miss.mark.into());
                conn.run(MISS, &values).await?;
                conn.run(DROP, &[org, account, (n - KEPT).into()]).await.map(drop)
            })
        }))
        .await
    }

    /// What no letter told, the latest first, with its number.
    pub async fn wecom_misses(&self, id: WecomId, limit: u32) -> Result<Vec<(i64, WecomMiss)>> {
        let mut values = whose(id).to_vec();
        values.push(i64::from(limit).into());
        let row = |mut row: Row| {
            let miss = WecomMiss {
                at: Millis(row.int(1)?),
                chat: row.text(2)?,
                how: row.text(3)?,
                letters: row.small(4)?,
                came: row.small(5)?,
                went: row.small(6)?,
                others: row.small(7)?,
                mark: row.int(8)?,
            };
            Ok((row.int(0)?, miss))
        };
        self.wecom_rows(MISSES, values, row).await
    }
}

/// Counts as a parameter: each day and fate once.
pub(super) fn counted<'a>(some: impl Iterator<Item = (Millis, &'a str, u64)>) -> String {
    let mut sums: BTreeMap<(i32, &str), u64> = BTreeMap::new();
    for (at, fate, letters) in some.filter(|(.., letters)| *letters > 0) {
        *sums.entry((wecom_day(at).0, fate)).or_default() += letters;
    }
    let rows: Vec<_> =
        sums.iter().map(|((day, fate), letters)| json!([day, fate, letters])).collect();
    json!(rows).to_string()
}

/// Counts within a transaction.
pub(super) async fn tally(conn: &mut Conn<'_>, id: WecomId, rows: &str) -> Result<()> {
    let [org, account] = whose(id);
    conn.run(COUNT, &[org, account, rows.into()]).await.map(drop)
}
