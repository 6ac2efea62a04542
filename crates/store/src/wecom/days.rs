//! The platform's own figures by owner and day (`wecom_days`).

use domain::Day;
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::page::{text, whose};
use crate::wecom::{WecomDay, WecomId, WecomPage};

const PUT: &str = "INSERT INTO wecom_days (org, account, owner, day, new_chats, chats, \
                   chats_with_messages, new_members, members, members_with_messages, messages) \
                   SELECT $1, $2, r.owner, r.day, r.new_chats, r.chats, r.chats_with_messages, \
                   r.new_members, r.members, r.members_with_messages, r.messages \
                   FROM {rows:$4(owner text, day int, new_chats int, chats int, \
                   chats_with_messages int, new_members int, members int, \
                   members_with_messages int, messages int)} AS r WHERE $3 IS NOT NULL \
                   ON CONFLICT (org, account, owner, day) DO UPDATE SET \
                   new_chats = excluded.new_chats, chats = excluded.chats, \
                   chats_with_messages = excluded.chats_with_messages, \
                   new_members = excluded.new_members, members = excluded.members, \
                   members_with_messages = excluded.members_with_messages, \
                   messages = excluded.messages";
const DAYS: &str = "SELECT owner, day, new_chats, chats, chats_with_messages, new_members, \
                    members, members_with_messages, messages FROM wecom_days WHERE org = $1 \
                    AND account = $2 AND day BETWEEN $3 AND $4 ORDER BY day, owner";

const LAST: &str = "SELECT (SELECT MAX(day) FROM wecom_days WHERE org = $1 AND account = $2 \
                    AND owner = $3), (SELECT MAX(day) FROM wecom_staff_days WHERE org = $1 \
                    AND account = $2 AND userid = $3)";

impl Store {
    /// Notes figures; those told before of the same owner and day are replaced.
    pub async fn put_wecom_days(&self, id: WecomId, page: WecomPage<WecomDay>) -> Result<()> {
        self.put_wecom(id, PUT, (page, cells)).await
    }

    /// The last days of which figures of an owner, and of what they wrote to customers, were told.
    pub async fn wecom_last_days(&self, id: WecomId, userid: &str) -> Result<[Option<Day>; 2]> {
        let mut values = whose(id).to_vec();
        values.push(userid.into());
        let last = |row: Row| Ok([day_or_none(&row, 0)?, day_or_none(&row, 1)?]);
        let mut rows = self.wecom_rows(LAST, values, last).await?;
        Ok(rows.pop().unwrap_or([None, None]))
    }

    /// Figures of these days, both among them, by day and owner.
    pub async fn wecom_days(&self, id: WecomId, from: Day, to: Day) -> Result<Vec<WecomDay>> {
        let mut values = whose(id).to_vec();
        values.extend([i64::from(from.0).into(), i64::from(to.0).into()]);
        self.wecom_rows(DAYS, values, day).await
    }
}

fn cells(row: &WecomDay) -> ((i32, String), Json) {
    let cells = json!([
        text(&row.owner),
        row.day.0,
        row.new_chats,
        row.chats,
        row.chats_with_messages,
        row.new_members,
        row.members,
        row.members_with_messages,
        row.messages,
    ]);
    ((row.day.0, row.owner.clone()), cells)
}

fn day_or_none(row: &Row, column: usize) -> Result<Option<Day>> {
    Ok(row.opt_int(column)?.and_then(|day| i32::try_from(day).ok()).map(Day))
}

fn day(mut row: Row) -> Result<WecomDay> {
    Ok(WecomDay {
        owner: row.text(0)?,
        day: Day(row.small(1)?),
        new_chats: row.small(2)?,
        chats: row.small(3)?,
        chats_with_messages: row.small(4)?,
        new_members: row.small(5)?,
        members: row.small(6)?,
        members_with_messages: row.small(7)?,
        messages: row.small(8)?,
    })
}
