//! Who is in customer groups (`wecom_members`), as each was read last.
//!
//! Invariant: a reading of a group names everybody who is in; whoever it does not name has gone.

use std::collections::BTreeMap;

use domain::{IdentityId, Millis};
use serde_json::{Value as Json, json};

use crate::fault::Result;
use crate::sql::{Conn, Row, job};
use crate::store::Store;
use crate::wecom::page::{text, whose};
use crate::wecom::{WecomId, WecomMember, WecomMemberRow};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT chat, userid, identity, class, joined_at, scene, state, inviter, name, \
             nickname, union_id, gone_at FROM wecom_members WHERE org = $1 AND account = $2 ",
            $rest
        )
    };
}

macro_rules! put {
    ($conflict:literal) => {
        concat!(
            "INSERT INTO wecom_members (org, account, chat, userid, identity, class, joined_at, \
             scene, state, inviter, name, nickname, union_id, read_at) \
             SELECT $1, $2, $3, r.userid, r.who, r.class, r.joined, r.scene, r.state, \
             r.inviter, r.name, r.nickname, r.union_id, $4 FROM {rows:$5(userid text, who int, \
             class int, joined int, scene int, state text, inviter text, name text, \
             nickname text, union_id text)} AS r WHERE true \
             ON CONFLICT (org, account, chat, userid) DO ",
            $conflict
        )
    };
}

const ADD: &str = put!("NOTHING");
const PUT: &str = put!(
    "UPDATE SET identity = excluded.identity, class = excluded.class, \
     joined_at = excluded.joined_at, scene = excluded.scene, state = excluded.state, \
     inviter = excluded.inviter, name = excluded.name, nickname = excluded.nickname, \
     union_id = excluded.union_id, read_at = excluded.read_at, gone_at = NULL"
);
const GONE: &str = "UPDATE wecom_members SET gone_at = $4 WHERE org = $1 AND account = $2 \
                    AND chat = $3 AND read_at < $4 AND gone_at IS NULL";
const PART: &str = "UPDATE wecom_members SET gone_at = $4 WHERE org = $1 AND account = $2 \
                    AND chat = $3 AND gone_at IS NULL AND userid IN \
                    (SELECT userid FROM {rows:$5(userid text)} AS w)";
const OF_CHAT: &str = select!("AND chat = $3 ORDER BY userid");
const ALL: &str = select!("ORDER BY chat, userid");

impl Store {
    /// Notes everybody who is in a known customer group at this moment, which is later than those
    /// of readings before; the others have gone.
    pub async fn put_wecom_members(
        &self,
        id: WecomId,
        chat: &str,
        (members, at): (&[WecomMember], Millis),
    ) -> Result<()> {
        // Somebody named twice is there once, as they are named last.
        let rows: BTreeMap<&str, Json> =
            members.iter().map(|one| (one.userid.as_str(), cells(one))).collect();
        let rows: Vec<Json> = rows.into_values().collect();
        let mut gone = whose(id).to_vec();
        gone.extend([chat.into(), at.0.into()]);
        let mut put = gone.clone();
        put.push(json!(rows).to_string().as_str().into());
        self.write(job(move |mut conn: Conn<'_>| {
            Box::pin(async move {
                conn.run(PUT, &put).await?;
                conn.run(GONE, &gone).await?;
                Ok(())
            })
        }))
        .await
    }

    /// Notes people of whom it is heard beside any reading; those who are known stay as they are.
    pub async fn add_wecom_members(
        &self,
        id: WecomId,
        chat: &str,
        (members, at): (&[WecomMember], Millis),
    ) -> Result<()> {
        if members.is_empty() {
            return Ok(());
        }
        let rows: BTreeMap<&str, Json> =
            members.iter().map(|one| (one.userid.as_str(), cells(one))).collect();
        let rows: Vec<Json> = rows.into_values().collect();
        let mut values = whose(id).to_vec();
        values.extend([chat.into(), at.0.into(), json!(rows).to_string().as_str().into()]);
        self.change_wecom_rows(ADD, values).await.map(drop)
    }

    /// Notes that these have gone from a customer group, at this moment.
    pub async fn part_wecom_members(
        &self,
        id: WecomId,
        chat: &str,
        (userids, at): (&[&str], Millis),
    ) -> Result<()> {
        let rows: Vec<[Json; 1]> = userids.iter().map(|userid| [text(userid)]).collect();
        let mut values = whose(id).to_vec();
        values.extend([chat.into(), at.0.into(), json!(rows).to_string().as_str().into()]);
        self.change_wecom_rows(PART, values).await.map(drop)
    }

    /// Everybody who is or was in a customer group, by `userid`.
    pub async fn wecom_members_of(&self, id: WecomId, chat: &str) -> Result<Vec<WecomMemberRow>> {
        let mut values = whose(id).to_vec();
        values.push(chat.into());
        self.wecom_rows(OF_CHAT, values, member).await
    }

    /// Everybody who is or was in one of the company's groups, by group and `userid`.
    pub async fn wecom_members(&self, id: WecomId) -> Result<Vec<WecomMemberRow>> {
        self.wecom_rows(ALL, whose(id).to_vec(), member).await
    }
}

fn cells(one: &WecomMember) -> Json {
    json!([
        text(&one.userid),
        one.who.0,
        one.class,
        one.joined.0,
        one.scene,
        text(&one.state),
        text(&one.inviter),
        text(&one.name),
        text(&one.nickname),
        text(&one.union),
    ])
}

fn member(mut row: Row) -> Result<WecomMemberRow> {
    Ok(WecomMemberRow {
        chat: row.text(0)?,
        member: WecomMember {
            userid: row.text(1)?,
            who: IdentityId(row.small(2)?),
            class: row.int(3)?,
            joined: Millis(row.int(4)?),
            scene: row.int(5)?,
            state: row.text(6)?,
            inviter: row.text(7)?,
            name: row.text(8)?,
            nickname: row.text(9)?,
            union: row.text(10)?,
        },
        gone: row.opt_int(11)?.map(Millis),
    })
}
