//! Cards to people's phones (`wecom_cards`): written before they are sent.
//!
//! Invariants: a row of Today in one state goes to somebody once; a card that certainly did not go
//! out leaves nothing behind that keeps its rows from going out later.

use domain::{Millis, OrgId, StaffId};
use serde_json::json;

use crate::fault::{Fault, Result};
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::team::number;
use crate::wecom::page::text;

/// Where a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WecomCardState {
    /// It waits to be sent.
    Waits = 0,
    /// It is being sent, or was when the program ended.
    Sending = 1,
    /// Sent.
    Sent = 2,
    /// It did not go out.
    Failed = 3,
    /// Nobody knows whether it went out.
    Unknown = 4,
}

/// A row of Today, in one state.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WecomCardRow {
    /// Word of its source.
    pub source: String,
    /// Its name there.
    pub key: String,
    /// Which state.
    pub level: i64,
}

/// A card to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWecomCard {
    /// Number of the company.
    pub account: i64,
    /// To whom.
    pub staff: StaffId,
    /// Their `userid`.
    pub userid: String,
    /// JSON of its words.
    pub words: String,
    /// What it is about.
    pub rows: Vec<WecomCardRow>,
    /// Now.
    pub at: Millis,
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomCard {
    /// Its number.
    pub id: i64,
    /// Number of the company.
    pub account: i64,
    /// To whom.
    pub staff: StaffId,
    /// Their `userid`.
    pub userid: String,
    /// JSON of its words.
    pub words: String,
    /// Where it is.
    pub state: WecomCardState,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written.
    pub made: Millis,
    /// What changes it once; empty for none.
    pub response: String,
}

/// What became of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomCardEnd {
    /// Where it is now; `Waits` to try it again.
    pub state: WecomCardState,
    /// What changes it once.
    pub response: String,
    /// What the platform said.
    pub result: String,
    /// Not before then.
    pub next: Millis,
    /// Now.
    pub at: Millis,
}

/// What went out so long ago is forgotten, unless it stands still.
const KEPT_MS: i64 = 90 * Millis::DAY;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, account, staff, userid, words, state, tries, made_at, response \
             FROM wecom_cards WHERE org = $1 ",
            $rest
        )
    };
}

const FORGET_ROWS: &str = "DELETE FROM wecom_card_rows WHERE org = $1 AND card IN (SELECT id \
                           FROM wecom_cards WHERE org = $1 AND made_at < $2)";
const FORGET: &str = "DELETE FROM wecom_cards WHERE org = $1 AND made_at < $2";
const PUT: &str = "INSERT INTO wecom_cards (org, id, account, staff, userid, words, state, tries, \
                   next_at, made_at, changed_at, response, result) \
                   VALUES ($1, $2, $3, $4, $5, $6, 0, 0, $7, $7, $7, '', '')";
const TAKEN: &str = "SELECT 1 FROM wecom_card_rows c JOIN {rows:$3(source text, key text, \
                     level int)} AS w ON w.source = c.source AND w.key = c.key \
                     AND w.level = c.level WHERE c.org = $1 AND c.staff = $2 LIMIT 1";
const PUT_ROWS: &str = "INSERT INTO wecom_card_rows (org, staff, source, key, level, card) \
                        SELECT $1, $2, w.source, w.key, w.level, $4 \
                        FROM {rows:$3(source text, key text, level int)} AS w";
const KNOWN: &str = "SELECT source, key, level FROM wecom_card_rows WHERE org = $1 AND staff = $2";
const ROWS: &str = "SELECT source, key, level FROM wecom_card_rows WHERE org = $1 AND card = $2 \
                    ORDER BY source, key, level";
const LAST: &str = "SELECT MAX(made_at) FROM wecom_cards WHERE org = $1 AND staff = $2";
const ONE: &str = select!("AND id = $2");
const DUE: &str = select!("AND state IN (0, 1) AND next_at <= $2 ORDER BY next_at, id LIMIT 500");
const CHANGEABLE: &str = select!("AND state = 2 AND response <> '' AND made_at >= $2 ORDER BY id");
const TAKE: &str = "UPDATE wecom_cards SET state = 1, tries = tries + 1, changed_at = $3 \
                    WHERE org = $1 AND id = $2 AND state IN (0, 1)";
const SETTLE: &str = "UPDATE wecom_cards SET state = $3, response = $4, result = $5, \
                      next_at = $6, changed_at = $7 WHERE org = $1 AND id = $2 AND state = 1";
const RELEASE: &str = "DELETE FROM wecom_card_rows WHERE org = $1 AND card = $2";
const SPEND: &str = "UPDATE wecom_cards SET response = '', changed_at = $3 WHERE org = $1 \
                     AND id = $2 AND response <> ''";

impl Store {
    /// Writes a card to be sent; its number. `None`, and nothing is written, when one of its rows
    /// went to them already in that state.
    pub async fn plan_wecom_card(&self, org: OrgId, new: NewWecomCard) -> Result<Option<i64>> {
        self.write(job(move |mut conn| Box::pin(async move { plan(&mut conn, org, &new).await })))
            .await
    }

    /// All that went to somebody, or is to.
    pub async fn wecom_card_rows_of(
        &self,
        org: OrgId,
        staff: StaffId,
    ) -> Result<Vec<WecomCardRow>> {
        self.wecom_rows(KNOWN, vec![org.0.into(), staff.0.into()], about).await
    }

    /// What a card is about.
    pub async fn wecom_card_rows(&self, org: OrgId, card: i64) -> Result<Vec<WecomCardRow>> {
        self.wecom_rows(ROWS, vec![org.0.into(), card.into()], about).await
    }

    /// When the latest card for somebody was written.
    pub async fn last_wecom_card(&self, org: OrgId, staff: StaffId) -> Result<Option<Millis>> {
        let last = |row: Row| row.opt_int(0);
        let found = self.wecom_rows(LAST, vec![org.0.into(), staff.0.into()], last).await?;
        Ok(found.into_iter().flatten().next().map(Millis))
    }

    /// A card.
    pub async fn wecom_card(&self, org: OrgId, id: i64) -> Result<Option<WecomCard>> {
        Ok(self.wecom_rows(ONE, vec![org.0.into(), id.into()], card).await?.pop())
    }

    /// Cards to send now, those being sent among them; the longest due first, at most 500.
    pub async fn due_wecom_cards(&self, org: OrgId, now: Millis) -> Result<Vec<WecomCard>> {
        self.wecom_rows(DUE, vec![org.0.into(), now.0.into()], card).await
    }

    /// Cards sent since then that can be changed.
    pub async fn changeable_wecom_cards(
        &self,
        org: OrgId,
        since: Millis,
    ) -> Result<Vec<WecomCard>> {
        self.wecom_rows(CHANGEABLE, vec![org.0.into(), since.0.into()], card).await
    }

    /// Notes that a card is being sent; whether it was to be.
    pub async fn take_wecom_card(&self, org: OrgId, id: i64, now: Millis) -> Result<bool> {
        let values = vec![org.0.into(), id.into(), now.0.into()];
        Ok(self.change_wecom_rows(TAKE, values).await? == 1)
    }

    /// Notes what became of a card that was being sent. One that failed lets its rows go: they may
    /// go out with another.
    pub async fn settle_wecom_card(&self, org: OrgId, id: i64, end: WecomCardEnd) -> Result<()> {
        let values = [
            org.0.into(),
            id.into(),
            (end.state as i64).into(),
            end.response.as_str().into(),
            end.result.as_str().into(),
            end.next.0.into(),
            end.at.0.into(),
        ];
        let fails = end.state == WecomCardState::Failed;
        self.write(job(move |mut conn| {
            Box::pin(async move {
                if conn.run(SETTLE, &values).await? == 1 && fails {
                    conn.run(RELEASE, &[org.0.into(), id.into()]).await?;
                }
                Ok(())
            })
        }))
        .await
    }

    /// Takes what changes a card, which is good once; whether it was there.
    pub async fn spend_wecom_card(&self, org: OrgId, id: i64, now: Millis) -> Result<bool> {
        let values = vec![org.0.into(), id.into(), now.0.into()];
        Ok(self.change_wecom_rows(SPEND, values).await? == 1)
    }
}

async fn plan(conn: &mut Conn<'_>, org: OrgId, new: &NewWecomCard) -> Result<Option<i64>> {
    let old = [org.0.into(), (new.at.0 - KEPT_MS).into()];
    conn.run(FORGET_ROWS, &old).await?;
    conn.run(FORGET, &old).await?;
    let cells = |row: &WecomCardRow| json!([text(&row.source), text(&row.key), row.level]);
    let rows: Vec<_> = new.rows.iter().map(cells).collect();
    let rows = json!(rows).to_string();
    let whose = [org.0.into(), new.staff.0.into(), rows.as_str().into()];
    if conn.row(TAKEN, &whose).await?.is_some() {
        return Ok(None);
    }
    let id = number(conn, org, "wecom_cards").await?;
    let [own, staff, rows] = whose;
    let (userid, words) = (new.userid.as_str().into(), new.words.as_str().into());
    let (account, at) = (new.account.into(), new.at.0.into());
    conn.run(PUT, &[own.clone(), id.into(), account, staff.clone(), userid, words, at]).await?;
    conn.run(PUT_ROWS, &[own, staff, rows, id.into()]).await?;
    Ok(Some(id))
}

fn about(mut row: Row) -> Result<WecomCardRow> {
    Ok(WecomCardRow { source: row.text(0)?, key: row.text(1)?, level: row.int(2)? })
}

fn card(mut row: Row) -> Result<WecomCard> {
    let state = match row.int(5)? {
        0 => WecomCardState::Waits,
        1 => WecomCardState::Sending,
        2 => WecomCardState::Sent,
        3 => WecomCardState::Failed,
        4 => WecomCardState::Unknown,
        _ => return Err(Fault::Damaged { what: "a card has an unknown state".to_owned() }),
    };
    Ok(WecomCard {
        id: row.int(0)?,
        account: row.int(1)?,
        staff: StaffId(row.int(2)?),
        userid: row.text(3)?,
        words: row.text(4)?,
        state,
        tries: row.small(6)?,
        made: Millis(row.int(7)?),
        response: row.text(8)?,
    })
}
