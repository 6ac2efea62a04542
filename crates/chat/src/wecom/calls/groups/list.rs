//! Customer groups (客户群): which there are, and one of them with its members.

use domain::Millis;
use serde::Deserialize;
use serde_json::json;

use crate::wecom::calls::page::Page;
use crate::wecom::calls::{lenient, within};
use crate::wecom::client::{Call, CallError, Client};

const LIST: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/list");
const GET: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/get");
const OF_OPENGID: Call = Call::repeatable("/cgi-bin/externalcontact/opengid_to_chatid");

/// Owners in one question (获取客户群列表).
pub const OWNERS_MAX: usize = 100;
/// Groups on a page; the most that is allowed.
const PAGE_ROWS: u32 = 1_000;

/// Which groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupFilter {
    /// In this state; all where there is none.
    pub state: Option<FollowState>,
    /// Of these owners, at most [`OWNERS_MAX`]; of all in the visible range where there are none,
    /// which the platform refuses (81017) when more than 1,000 people are in it.
    pub owners: Vec<String>,
}

/// Whether a group's owner is still there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum FollowState {
    /// He is, or the platform says something that is not known.
    #[default]
    Present,
    /// He has left; the group waits for another (离职待继承).
    Left,
    /// It is being handed over.
    HandingOver,
    /// It was handed over.
    HandedOver,
}

/// A line of the list: no name, no owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct GroupRow {
    /// The group.
    pub chat_id: String,
    /// Whether its owner is still there.
    #[serde(rename = "status")]
    pub state: FollowState,
}

/// A group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Group {
    /// The group.
    pub chat_id: String,
    /// Its name; empty where it has none.
    pub name: String,
    /// The owner's `userid`.
    pub owner: String,
    /// When it was made.
    #[serde(rename = "create_time", deserialize_with = "lenient::moment")]
    pub created: Millis,
    /// Its announcement (群公告); may be empty.
    pub notice: String,
    /// Who is in it.
    #[serde(rename = "member_list")]
    pub members: Vec<GroupMember>,
    /// Admins (群管理员), without the owner.
    #[serde(rename = "admin_list", deserialize_with = "lenient::userids")]
    pub admins: Vec<String>,
    /// Compare it with the versions in events.
    pub member_version: String,
}

/// Somebody in a group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct GroupMember {
    /// `userid` of staff, `external_userid` of others.
    pub userid: String,
    /// 1 staff of this company, 2 anybody else.
    #[serde(rename = "type")]
    pub class: i64,
    /// Only of WeChat users, and only with a bound open platform account.
    pub unionid: Option<String>,
    /// When he came in.
    #[serde(rename = "join_time", deserialize_with = "lenient::moment")]
    pub joined: Millis,
    /// 1 invited by a member, 2 by an invitation link, 3 by the group's QR code. Another scale than
    /// that of events.
    pub join_scene: i64,
    /// Who of staff invited.
    #[serde(deserialize_with = "lenient::userid")]
    pub invitor: Option<String>,
    /// The name in this group; may be empty.
    pub group_nickname: String,
    /// The name in WeChat, or the public one of a WeCom user.
    pub name: String,
    /// `state` of the join way (群活码) that was used.
    pub state: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rows {
    group_chat_list: Vec<GroupRow>,
    next_cursor: String,
}

#[derive(Deserialize)]
struct Found {
    group_chat: Group,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    chat_id: String,
}

impl Client {
    /// A page of at most 1,000 groups; the first one without a cursor.
    pub async fn groups(
        &self,
        filter: &GroupFilter,
        cursor: Option<&str>,
    ) -> Result<Page<GroupRow>, CallError> {
        within::entries("owner_filter.userid_list", &filter.owners, OWNERS_MAX)?;
        let mut body = json!({
            "status_filter": filter.state.map_or(0, FollowState::number),
            "cursor": cursor.unwrap_or_default(),
            "limit": PAGE_ROWS,
        });
        if let (Some(fields), false) = (body.as_object_mut(), filter.owners.is_empty()) {
            fields.insert("owner_filter".to_owned(), json!({ "userid_list": filter.owners }));
        }
        let rows: Rows = self.post(LIST, &body).await?;
        Page::of(rows.group_chat_list, rows.next_cursor, cursor)
    }

    /// One group with its members and their names. About 2 s behind events.
    pub async fn group(&self, chat_id: &str) -> Result<Group, CallError> {
        let body = json!({ "chat_id": chat_id, "need_name": 1 });
        let found: Found = self.post(GET, &body).await?;
        Ok(found.group_chat)
    }

    /// The group behind a mini-program's `opengid`.
    pub async fn group_of_opengid(&self, opengid: &str) -> Result<String, CallError> {
        let named: Named = self.post(OF_OPENGID, &json!({ "opengid": opengid })).await?;
        Ok(named.chat_id)
    }
}

impl FollowState {
    fn number(self) -> i64 {
        match self {
            Self::Present => 0,
            Self::Left => 1,
            Self::HandingOver => 2,
            Self::HandedOver => 3,
        }
    }
}

impl From<i64> for FollowState {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Left,
            2 => Self::HandingOver,
            3 => Self::HandedOver,
            _ => Self::Present,
        }
    }
}
