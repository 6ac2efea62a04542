//! Customer groups (`wecom_groups`): lists name them, and each is then read by itself.
//!
//! Invariants: a chat is at most one of our groups, and stays the one that it was first said to
//! be. A chat whose details are not told is asked for once in a pull, not forever.

use domain::{GroupId, Millis, OrgId};
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::page::{count, text, whose};
use crate::wecom::{WecomDetail, WecomGroupRow, WecomId, WecomListed, WecomPage, WecomUnreadable};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT org, account, chat, grp, status, owner, admins, name, notice, made_at, \
             version, members, outsiders, nameless, listed_at, tried_at, read_at, missing_at, \
             failure FROM wecom_groups ",
            $rest
        )
    };
}

const LISTED: &str = "INSERT INTO wecom_groups (org, account, chat, status, owner, admins, name, \
                      notice, version, listed_at, failure) SELECT $1, $2, r.chat, r.status, '', \
                      '[]', '', '', '', $3, '' FROM {rows:$4(chat text, status int)} AS r \
                      WHERE true ON CONFLICT (org, account, chat) DO UPDATE SET \
                      status = excluded.status, listed_at = excluded.listed_at, missing_at = NULL";
const UNLISTED: &str = "UPDATE wecom_groups SET missing_at = $4 WHERE org = $1 AND account = $2 \
                        AND listed_at < $3 AND missing_at IS NULL";
const UNREAD: &str = "SELECT chat FROM wecom_groups WHERE org = $1 AND account = $2 \
                      AND missing_at IS NULL AND (tried_at IS NULL OR tried_at < $3) \
                      ORDER BY read_at IS NOT NULL, tried_at IS NOT NULL, tried_at, chat LIMIT $4";
const READ: &str = "INSERT INTO wecom_groups (org, account, chat, grp, status, owner, admins, \
                    name, notice, made_at, version, members, outsiders, nameless, listed_at, \
                    tried_at, read_at, missing_at, failure) SELECT $1, $2, r.chat, r.grp, 0, \
                    r.owner, r.admins, r.name, r.notice, r.made, r.version, r.members, \
                    r.outsiders, r.nameless, $3, $3, $3, NULL, '' FROM {rows:$4(chat text, \
                    grp int, owner text, admins text, name text, notice text, made int, \
                    version text, members int, outsiders int, nameless int)} AS r WHERE true \
                    ON CONFLICT (org, account, chat) DO UPDATE SET \
                    grp = COALESCE(wecom_groups.grp, excluded.grp), owner = excluded.owner, \
                    admins = excluded.admins, name = excluded.name, notice = excluded.notice, \
                    made_at = COALESCE(excluded.made_at, wecom_groups.made_at), \
                    version = excluded.version, members = excluded.members, \
                    outsiders = excluded.outsiders, nameless = excluded.nameless, \
                    tried_at = excluded.tried_at, read_at = excluded.read_at, missing_at = NULL, \
                    failure = ''";
// No UPDATE FROM: SQLite would read all groups of the company for it.
const FAILED: &str = "UPDATE wecom_groups SET tried_at = $3, failure = (SELECT r.failure \
                      FROM {rows:$4(chat text, failure text)} AS r \
                      WHERE r.chat = wecom_groups.chat) WHERE org = $1 AND account = $2 \
                      AND chat IN (SELECT r.chat FROM {rows:$4(chat text, failure text)} AS r)";
const ALL: &str = select!("WHERE org = $1 AND account = $2 ORDER BY chat");
const ONE: &str = select!("WHERE org = $1 AND account = $2 AND chat = $3");
const OURS: &str = select!("WHERE org = $1 AND grp = $2");

impl Store {
    /// Notes chats that a list named; none of them is missing.
    pub async fn wecom_listed(&self, id: WecomId, page: WecomPage<WecomListed>) -> Result<()> {
        let cells = |row: &WecomListed| (row.chat.clone(), json!([text(&row.chat), row.status]));
        self.put_wecom(id, LISTED, (page, cells)).await
    }

    /// Marks those that no list named since that moment, the beginning of a pull of the whole
    /// list, as missing; how many are so newly.
    pub async fn wecom_unlisted(&self, id: WecomId, since: Millis, at: Millis) -> Result<u64> {
        let mut values = whose(id).to_vec();
        values.extend([since.0.into(), at.0.into()]);
        self.change_wecom_rows(UNLISTED, values).await
    }

    /// Chats that were not asked for since that moment, the beginning of a pull: those never read
    /// first, then those asked for longest ago; at most `limit`, best some hundred at once.
    /// Missing ones are left out.
    pub async fn wecom_unread(
        &self,
        id: WecomId,
        before: Millis,
        limit: u32,
    ) -> Result<Vec<String>> {
        let mut values = whose(id).to_vec();
        values.extend([before.0.into(), i64::from(limit).into()]);
        self.wecom_rows(UNREAD, values, |mut row| row.text(0)).await
    }

    /// Notes details of chats, also of ones that no list named yet; none of them is missing.
    pub async fn wecom_read(&self, id: WecomId, page: WecomPage<WecomDetail>) -> Result<()> {
        self.put_wecom(id, READ, (page, detail)).await
    }

    /// Notes that details of chats were not told; what is known of them stays.
    pub async fn wecom_read_failed(
        &self,
        id: WecomId,
        page: WecomPage<WecomUnreadable>,
    ) -> Result<()> {
        let cells = |row: &WecomUnreadable| {
            (row.chat.clone(), json!([text(&row.chat), text(&row.failure)]))
        };
        self.put_wecom(id, FAILED, (page, cells)).await
    }

    /// All customer groups of a company, also missing ones, by `chat_id`.
    pub async fn wecom_groups(&self, id: WecomId) -> Result<Vec<WecomGroupRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), group).await
    }

    /// A customer group by its `chat_id`.
    pub async fn wecom_group(&self, id: WecomId, chat: &str) -> Result<Option<WecomGroupRow>> {
        let mut values = whose(id).to_vec();
        values.push(chat.into());
        Ok(self.wecom_rows(ONE, values, group).await?.pop())
    }

    /// What is known on WeCom of one of our groups.
    pub async fn wecom_group_of(&self, org: OrgId, ours: GroupId) -> Result<Option<WecomGroupRow>> {
        let values = vec![org.0.into(), ours.0.into()];
        Ok(self.wecom_rows(OURS, values, group).await?.pop())
    }
}

fn detail(row: &WecomDetail) -> (String, Json) {
    let cells = json!([
        text(&row.chat),
        row.group.map(|group| group.0),
        text(&row.owner),
        text(&row.admins),
        text(&row.name),
        text(&row.notice),
        row.made.map(|made| made.0),
        text(&row.version),
        row.members,
        row.outsiders,
        row.nameless,
    ]);
    (row.chat.clone(), cells)
}

fn group(mut row: Row) -> Result<WecomGroupRow> {
    Ok(WecomGroupRow {
        id: WecomId { org: OrgId(row.int(0)?), account: row.int(1)? },
        chat: row.text(2)?,
        group: row.opt_int(3)?.map(GroupId),
        status: row.int(4)?,
        owner: row.text(5)?,
        admins: row.text(6)?,
        name: row.text(7)?,
        notice: row.text(8)?,
        made: row.opt_int(9)?.map(Millis),
        version: row.text(10)?,
        members: count(&row, 11)?,
        outsiders: count(&row, 12)?,
        nameless: count(&row, 13)?,
        listed: Millis(row.int(14)?),
        tried: row.opt_int(15)?.map(Millis),
        read: row.opt_int(16)?.map(Millis),
        missing: row.opt_int(17)?.map(Millis),
        failure: row.text(18)?,
    })
}
