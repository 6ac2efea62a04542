//! Codes for one welcome each (`wecom_welcomes`): kept with the letter that brought them, taken
//! once, ended once.

use domain::Millis;
use serde_json::json;

use crate::fault::Result;
use crate::sql::{Conn, Row, Value, job};
use crate::store::Store;
use crate::wecom::WecomId;
use crate::wecom::page::{text, whose};

/// A code, as a callback brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWelcome {
    /// The code: good for one welcome.
    pub code: String,
    /// Whom the customer added.
    pub staff: String,
    /// The customer.
    pub customer: String,
    /// The `state` of the code that was scanned, empty without one; `None`: the one with which the
    /// customer was added before.
    pub channel: Option<String>,
    /// When, by the platform's clock.
    pub added: Millis,
}

/// How far a welcome is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WelcomeState {
    /// Nobody took it.
    Waiting,
    /// Somebody took it and may have called the platform.
    Taken,
    /// The platform took it.
    Sent,
    /// The platform did not take it, or another's was first.
    Refused,
    /// It may have been sent: nobody knows.
    Unknown,
    /// It was too late to send it, and nothing was sent.
    Late,
    /// Nothing is written for this newcomer, and nothing was sent.
    Unwritten,
}

/// A welcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeRow {
    /// What the callback brought.
    pub new: NewWelcome,
    /// How far it is.
    pub state: WelcomeState,
    /// Taken.
    pub taken: Option<Millis>,
    /// Ended.
    pub ended: Option<Millis>,
    /// The wording that was used.
    pub wording: Option<i64>,
    /// What came of it: JSON; empty while nothing did.
    pub said: String,
}

/// How a welcome that was taken ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeEnd {
    /// Its code.
    pub code: String,
    /// Any but waiting and taken.
    pub state: WelcomeState,
    /// When.
    pub at: Millis,
    /// The wording that was used.
    pub wording: Option<i64>,
    /// What came of it: JSON.
    pub said: String,
}

const PUT: &str = "INSERT INTO wecom_welcomes (org, account, code, staff, customer, channel, \
                   added_at, state, said) SELECT $1, $2, r.code, r.staff, r.customer, \
                   COALESCE(r.channel, (SELECT c.state FROM wecom_contacts c WHERE c.org = $1 \
                   AND c.account = $2 AND c.staff = r.staff AND c.customer = r.customer), ''), \
                   r.at, 0, '' FROM {rows:$3(code text, staff text, customer text, channel text, \
                   at int)} AS r WHERE true ON CONFLICT (org, account, code) DO NOTHING";
const WAITS: &str = "SELECT 1 FROM wecom_welcomes WHERE org = $1 AND account = $2 AND state = 0 \
                     LIMIT 1";
// Two who take at once: the second finds the first one's rows taken.
const TAKE: &str = "UPDATE wecom_welcomes SET state = 1, taken_at = $3 WHERE org = $1 \
                    AND account = $2 AND state = 0 AND code IN (SELECT code FROM wecom_welcomes \
                    WHERE org = $1 AND account = $2 AND state = 0 ORDER BY added_at LIMIT $4) \
                    RETURNING code, staff, customer, channel, added_at, state, taken_at, \
                    ended_at, wording, said";
const END: &str = "UPDATE wecom_welcomes SET \
                   state = (SELECT r.state FROM {rows:$3(code text, state int)} AS r \
                   WHERE r.code = wecom_welcomes.code), \
                   ended_at = (SELECT r.at FROM {rows:$4(code text, at int)} AS r \
                   WHERE r.code = wecom_welcomes.code), \
                   wording = (SELECT r.wording FROM {rows:$5(code text, wording int)} AS r \
                   WHERE r.code = wecom_welcomes.code), \
                   said = (SELECT r.said FROM {rows:$6(code text, said text)} AS r \
                   WHERE r.code = wecom_welcomes.code) \
                   WHERE org = $1 AND account = $2 AND state IN (1, 4) \
                   AND code IN (SELECT r.code FROM {rows:$3(code text, state int)} AS r)";
const GIVE_UP: &str = "UPDATE wecom_welcomes SET state = 4, ended_at = $4, said = $5 \
                       WHERE org = $1 AND account = $2 AND state = 1 AND taken_at < $3";
const STUCK: &str = "SELECT 1 FROM wecom_welcomes WHERE org = $1 AND account = $2 AND state = 1 \
                     AND taken_at < $3 LIMIT 1";
const COUNTS: &str = "SELECT state, COUNT(*) FROM wecom_welcomes WHERE org = $1 AND account = $2 \
                      AND added_at >= $3 GROUP BY state ORDER BY state";
const LATEST: &str = "SELECT code, staff, customer, channel, added_at, state, taken_at, ended_at, \
                      wording, said FROM wecom_welcomes WHERE org = $1 AND account = $2 \
                      ORDER BY added_at DESC, code LIMIT $3";
const CHANNELS: &str = "SELECT channel, COUNT(*) FROM wecom_welcomes WHERE org = $1 \
                        AND account = $2 AND channel <> '' GROUP BY channel \
                        ORDER BY COUNT(*) DESC, channel LIMIT $3";

impl WelcomeState {
    fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Taken => 1,
            Self::Sent => 2,
            Self::Refused => 3,
            Self::Unknown => 4,
            Self::Late => 5,
            Self::Unwritten => 6,
        }
    }

    fn of(number: i64) -> Self {
        let all = [Self::Waiting, Self::Taken, Self::Sent, Self::Refused, Self::Late];
        let found = all.into_iter().find(|state| state.number() == number);
        found.unwrap_or(if number == 6 { Self::Unwritten } else { Self::Unknown })
    }
}

impl Store {
    /// Takes at most `limit` welcomes that wait, the oldest first: they are the caller's from now
    /// on, and nobody takes them again.
    pub async fn take_welcomes(
        &self,
        id: WecomId,
        (limit, at): (u32, Millis),
    ) -> Result<Vec<WelcomeRow>> {
        let mut values = whose(id).to_vec();
        // Looking takes no turn of those who write.
        let waits = |row: Row| row.int(0);
        if self.wecom_rows(WAITS, values.clone(), waits).await?.is_empty() {
            return Ok(Vec::new());
        }
        values.extend([at.0.into(), i64::from(limit).into()]);
        let mut rows = self
            .write(job(move |mut conn: Conn<'_>| {
                Box::pin(async move {
                    let rows = conn.rows(TAKE, &values).await?;
                    rows.into_iter().map(welcome).collect::<Result<Vec<_>>>()
                })
            }))
            .await?;
        rows.sort_by(|a, b| (a.new.added, &a.new.code).cmp(&(b.new.added, &b.new.code)));
        Ok(rows)
    }

    /// Notes how welcomes ended that were taken; what has another end already keeps it.
    pub async fn end_welcomes(&self, id: WecomId, ends: &[WelcomeEnd]) -> Result<()> {
        if ends.is_empty() {
            return Ok(());
        }
        let of = |cell: fn(&WelcomeEnd) -> serde_json::Value| -> Value {
            let rows: Vec<_> = ends.iter().map(|end| json!([text(&end.code), cell(end)])).collect();
            json!(rows).to_string().as_str().into()
        };
        let mut values = whose(id).to_vec();
        values.extend([
            of(|end| json!(end.state.number())),
            of(|end| json!(end.at.0)),
            of(|end| json!(end.wording)),
            of(|end| text(&end.said)),
        ]);
        self.change_wecom_rows(END, values).await.map(drop)
    }

    /// Whoever took a welcome before this moment and told no end will never: it is unknown. How
    /// many there were.
    pub async fn give_up_welcomes(
        &self,
        id: WecomId,
        taken_before: Millis,
        (at, said): (Millis, &str),
    ) -> Result<u64> {
        let mut values = whose(id).to_vec();
        values.push(taken_before.0.into());
        let stands = |row: Row| row.int(0);
        if self.wecom_rows(STUCK, values.clone(), stands).await?.is_empty() {
            return Ok(0);
        }
        values.extend([at.0.into(), said.into()]);
        self.change_wecom_rows(GIVE_UP, values).await
    }

    /// How many welcomes of customers who came since are in each state; those without any are
    /// left out.
    pub async fn welcome_counts(
        &self,
        id: WecomId,
        since: Millis,
    ) -> Result<Vec<(WelcomeState, u64)>> {
        let mut values = whose(id).to_vec();
        values.push(since.0.into());
        let count = |row: Row| Ok((WelcomeState::of(row.int(0)?), row.small(1)?));
        self.wecom_rows(COUNTS, values, count).await
    }

    /// The latest welcomes, the latest first.
    pub async fn latest_welcomes(&self, id: WecomId, limit: u32) -> Result<Vec<WelcomeRow>> {
        let mut values = whose(id).to_vec();
        values.push(i64::from(limit).into());
        self.wecom_rows(LATEST, values, welcome).await
    }

    /// Channels by which customers came, those of most customers first.
    pub async fn welcome_channels(&self, id: WecomId, limit: u32) -> Result<Vec<(String, u64)>> {
        let mut values = whose(id).to_vec();
        values.push(i64::from(limit).into());
        let channel = |mut row: Row| Ok((row.text(0)?, row.small(1)?));
        self.wecom_rows(CHANNELS, values, channel).await
    }
}

/// Keeps codes within the transaction that keeps the letters; those that stand already stay.
pub(in crate::wecom) async fn put_welcomes(
    conn: &mut Conn<'_>,
    id: WecomId,
    rows: &str,
) -> Result<()> {
    let [org, account] = whose(id);
    conn.run(PUT, &[org, account, rows.into()]).await.map(drop)
}

impl NewWelcome {
    pub(in crate::wecom) fn cells(&self) -> serde_json::Value {
        json!([
            text(&self.code),
            text(&self.staff),
            text(&self.customer),
            self.channel.as_deref().map(text),
            self.added.0
        ])
    }
}

fn welcome(mut row: Row) -> Result<WelcomeRow> {
    Ok(WelcomeRow {
        new: NewWelcome {
            code: row.text(0)?,
            staff: row.text(1)?,
            customer: row.text(2)?,
            channel: Some(row.text(3)?),
            added: Millis(row.int(4)?),
        },
        state: WelcomeState::of(row.int(5)?),
        taken: row.opt_int(6)?.map(Millis),
        ended: row.opt_int(7)?.map(Millis),
        wording: row.opt_int(8)?,
        said: row.text(9)?,
    })
}
