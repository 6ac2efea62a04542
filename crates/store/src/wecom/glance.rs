//! What lists over all groups read of customer groups: of all connected companies, each in one
//! statement, without what is long.

use domain::{GroupId, Millis, OrgId};
use serde_json::json;

use crate::desk::PersonIn;
use crate::fault::Result;
use crate::sql::Row;
use crate::store::Store;
use crate::wecom::WecomId;
use crate::wecom::page::{count, text, whose};

/// A customer group that was read, of a connected company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomGlance {
    /// Our group.
    pub group: GroupId,
    /// Number of the company.
    pub account: i64,
    /// Its `chat_id`.
    pub chat: String,
    /// Its name on the platform; may be empty.
    pub name: String,
    /// The owner's `userid`.
    pub owner: String,
    /// 0 normal, 1 the owner left, 2 being inherited, 3 inherited.
    pub status: i64,
    /// Members, all.
    pub members: u32,
    /// Since when it is read.
    pub since: Option<Millis>,
    /// People that a group of the company holds, where somebody said so.
    pub holds: Option<u32>,
}

/// The latest call of its path, which failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomFailing {
    /// Path of the call.
    pub call: String,
    /// `errcode`.
    pub code: i64,
    /// What was told, in one line.
    pub words: String,
    /// When.
    pub at: Millis,
}

macro_rules! connected {
    ($select:literal, $rest:literal) => {
        concat!(
            $select,
            "g.org = $1 AND g.grp IS NOT NULL AND g.read_at IS NOT NULL \
             AND g.missing_at IS NULL AND EXISTS (SELECT 1 FROM wecom_accounts a \
             WHERE a.org = g.org AND a.id = g.account AND a.gone_at IS NULL)",
            $rest
        )
    };
}

const GLANCE: &str = connected!(
    "SELECT g.grp, g.account, g.chat, g.name, g.owner, g.status, g.members, \
     (SELECT o.founded_at FROM groups o WHERE o.org = g.org AND o.id = g.grp), \
     (SELECT a.group_max FROM wecom_accounts a WHERE a.org = g.org AND a.id = g.account) \
     FROM wecom_groups g WHERE ",
    " ORDER BY g.grp"
);
const NEW: &str = connected!(
    "SELECT g.grp, m.identity, CASE WHEN m.nickname <> '' THEN m.nickname ELSE m.name END, \
     m.joined_at FROM wecom_members m JOIN wecom_groups g ON g.org = m.org \
     AND g.account = m.account AND g.chat = m.chat WHERE m.org = $1 AND m.joined_at >= $2 \
     AND m.gone_at IS NULL AND m.class = 2 AND ",
    " ORDER BY g.grp, m.joined_at, m.identity"
);
const CAME: &str = "SELECT m.account, m.chat, COUNT(*) FROM {rows:$3(account int, chat text)} AS w \
                    CROSS JOIN wecom_members m WHERE m.org = $1 AND m.account = w.account \
                    AND m.chat = w.chat AND m.joined_at >= $2 AND m.gone_at IS NULL \
                    AND m.class = 2 GROUP BY m.account, m.chat";
const FAILING: &str = "SELECT c.call, c.code, c.words, c.at FROM wecom_calls c JOIN \
                       (SELECT call, MAX(id) AS id FROM wecom_calls WHERE org = $1 \
                       AND account = $2 GROUP BY call) AS l ON l.id = c.id \
                       WHERE c.org = $1 AND c.account = $2 AND c.at >= $3 AND c.code <> 0 \
                       ORDER BY c.id";

impl Store {
    /// All customer groups of connected companies that were read and are listed, by group.
    pub async fn wecom_glance(&self, org: OrgId) -> Result<Vec<WecomGlance>> {
        self.wecom_rows(GLANCE, vec![org.0.into()], glance).await
    }

    /// Who came into such a group since this moment, by the platform, and is in: people from
    /// outside, group by group, the first to come first.
    pub async fn wecom_newcomers(&self, org: OrgId, since: Millis) -> Result<Vec<PersonIn>> {
        self.wecom_rows(NEW, vec![org.0.into(), since.0.into()], newcomer).await
    }

    /// How many people from outside came into these chats (company, `chat_id`) since this moment
    /// and are in; chats without any are left out.
    pub async fn wecom_came(
        &self,
        org: OrgId,
        since: Millis,
        chats: &[(i64, String)],
    ) -> Result<Vec<(i64, String, u32)>> {
        let list: Vec<_> =
            chats.iter().map(|(account, chat)| json!([account, text(chat)])).collect();
        let list = json!(list).to_string();
        let values = vec![org.0.into(), since.0.into(), list.as_str().into()];
        let came = |mut row: Row| Ok((row.int(0)?, row.text(1)?, row.small(2)?));
        self.wecom_rows(CAME, values, came).await
    }

    /// Calls of the interface whose latest line since then tells a code other than 0.
    pub async fn wecom_failing(&self, id: WecomId, since: Millis) -> Result<Vec<WecomFailing>> {
        let mut values = whose(id).to_vec();
        values.push(since.0.into());
        self.wecom_rows(FAILING, values, failing).await
    }
}

fn glance(mut row: Row) -> Result<WecomGlance> {
    Ok(WecomGlance {
        group: GroupId(row.int(0)?),
        account: row.int(1)?,
        chat: row.text(2)?,
        name: row.text(3)?,
        owner: row.text(4)?,
        status: row.int(5)?,
        members: count(&row, 6)?.unwrap_or(0),
        since: row.opt_int(7)?.map(Millis),
        holds: count(&row, 8)?,
    })
}

fn newcomer(mut row: Row) -> Result<PersonIn> {
    Ok(PersonIn {
        group: GroupId(row.int(0)?),
        identity: domain::IdentityId(row.small(1)?),
        name: row.text(2)?,
        joined: Millis(row.int(3)?),
        is_in: true,
    })
}

fn failing(mut row: Row) -> Result<WecomFailing> {
    Ok(WecomFailing {
        call: row.text(0)?,
        code: row.int(1)?,
        words: row.text(2)?,
        at: Millis(row.int(3)?),
    })
}
