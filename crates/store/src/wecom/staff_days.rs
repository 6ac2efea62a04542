//! The platform's own figures of staff by day (`wecom_staff_days`).

use domain::Day;
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::page::{count, text, whose};
use crate::wecom::{WecomId, WecomPage};

const PUT: &str = "INSERT INTO wecom_staff_days (org, account, userid, day, chats, messages, \
                   replied, reply_min, dropped, applied, added) SELECT $1, $2, r.userid, r.day, \
                   r.chats, r.messages, r.replied, r.reply_min, r.dropped, r.applied, r.added \
                   FROM {rows:$4(userid text, day int, chats int, messages int, replied int, \
                   reply_min int, dropped int, applied int, added int)} AS r \
                   WHERE $3 IS NOT NULL ON CONFLICT (org, account, userid, day) DO UPDATE SET \
                   chats = excluded.chats, messages = excluded.messages, \
                   replied = excluded.replied, reply_min = excluded.reply_min, \
                   dropped = excluded.dropped, applied = excluded.applied, \
                   added = excluded.added";
const DAYS: &str = "SELECT userid, day, chats, messages, replied, reply_min, dropped, applied, \
                    added FROM wecom_staff_days WHERE org = $1 AND account = $2 \
                    AND day BETWEEN $3 AND $4 ORDER BY day, userid";

/// The platform's own figures of a member of staff on a day (UTC+8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomStaffDay {
    /// The `userid`.
    pub userid: String,
    /// Which day.
    pub day: Day,
    /// Single chats in which they wrote.
    pub chats: u32,
    /// Messages that they sent in single chats.
    pub messages: u32,
    /// Hundredths of a percent of chats begun by customers that were answered the same day; `None`
    /// without such chats.
    pub replied: Option<u32>,
    /// Minutes to the first answer; `None` without such chats.
    pub reply_min: Option<u32>,
    /// Customers who deleted or blocked them.
    pub dropped: u32,
    /// Requests that they sent.
    pub applied: u32,
    /// New customers.
    pub added: u32,
}

impl Store {
    /// Notes figures; those told before of the same person and day are replaced.
    pub async fn put_wecom_staff_days(
        &self,
        id: WecomId,
        page: WecomPage<WecomStaffDay>,
    ) -> Result<()> {
        self.put_wecom(id, PUT, (page, cells)).await
    }

    /// Figures of these days, both among them, by day and person.
    pub async fn wecom_staff_days(
        &self,
        id: WecomId,
        (from, to): (Day, Day),
    ) -> Result<Vec<WecomStaffDay>> {
        let mut values = whose(id).to_vec();
        values.extend([i64::from(from.0).into(), i64::from(to.0).into()]);
        self.wecom_rows(DAYS, values, day).await
    }
}

fn cells(row: &WecomStaffDay) -> ((i32, String), Json) {
    let cells = json!([
        text(&row.userid),
        row.day.0,
        row.chats,
        row.messages,
        row.replied,
        row.reply_min,
        row.dropped,
        row.applied,
        row.added,
    ]);
    ((row.day.0, row.userid.clone()), cells)
}

fn day(mut row: Row) -> Result<WecomStaffDay> {
    Ok(WecomStaffDay {
        userid: row.text(0)?,
        day: Day(row.small(1)?),
        chats: row.small(2)?,
        messages: row.small(3)?,
        replied: count(&row, 4)?,
        reply_min: count(&row, 5)?,
        dropped: row.small(6)?,
        applied: row.small(7)?,
        added: row.small(8)?,
    })
}
