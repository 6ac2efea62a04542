//! Shapes of what is kept of a company: its access, its pulls, and what its platform tells.

use domain::{Day, GroupId, IdentityId, Millis, OrgId};

use crate::wecom::NewWelcome;

/// Which connected company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WecomId {
    /// The organisation that connected it.
    pub org: OrgId,
    /// Its number there.
    pub account: i64,
}

/// How a company is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomAccess {
    /// Number of the application (`agentid`), where messages go out through one.
    pub agent: Option<i64>,
    /// Secret, callback token and key, proxy: encrypted by the caller, kept as they are.
    pub sealed: Vec<u8>,
    /// Address of the interface; empty for the usual one.
    pub api: String,
    /// The random word in the callback's address; no two companies of a database have the same.
    pub hook: String,
    /// People that a customer group holds, where somebody said so.
    pub group_max: Option<u32>,
}

/// A company to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWecom {
    /// Its `corpid`.
    pub corp: String,
    /// How it is reached.
    pub access: WecomAccess,
}

/// One run of a pull: a later run of the same step begins at another moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomRun {
    /// Word of the step, such as `groups`.
    pub step: String,
    /// When the run began.
    pub began: Millis,
}

/// How far a run is with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomMove {
    /// Which run.
    pub run: WecomRun,
    /// Where the next page begins, in the words of the platform or of the caller.
    pub cursor: String,
    /// How many more are done.
    pub done: u32,
    /// How many there are in all; `None`: as it was told before.
    pub total: Option<u32>,
}

/// Rows of one answer of the platform. Of two rows with the same key the latter counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomPage<T> {
    /// When it was asked for.
    pub at: Millis,
    /// The rows.
    pub rows: Vec<T>,
    /// The run that it belongs to, which moves on in the same transaction; `None` for an answer
    /// beside any, such as after an event.
    pub moved: Option<WecomMove>,
}

/// Somebody of the company; `None`: this answer does not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WecomStaff {
    /// The `userid`, as told.
    pub userid: String,
    /// Name.
    pub name: Option<String>,
    /// Numbers of departments: JSON, an array.
    pub departments: Option<String>,
    /// `status` as told: 1 activated, 2 disabled, 4 not activated, 5 left.
    pub state: Option<i64>,
    /// Whether they have the customer-contact function (客户联系).
    pub follows: Option<bool>,
}

/// A customer group as lists tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomListed {
    /// Its `chat_id`.
    pub chat: String,
    /// 0 normal, 1 the owner left, 2 being inherited, 3 inherited.
    pub status: i64,
}

/// The details of a customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomDetail {
    /// Its `chat_id`.
    pub chat: String,
    /// Our group, a live one; `None`: the one that is known.
    pub group: Option<GroupId>,
    /// The owner's `userid`.
    pub owner: String,
    /// `userid`s of the group's admins: JSON, an array.
    pub admins: String,
    /// Its name; may be empty.
    pub name: String,
    /// Its announcement (群公告); may be empty.
    pub notice: String,
    /// When it was founded; `None`: as it was told before.
    pub made: Option<Millis>,
    /// `member_version`.
    pub version: String,
    /// Members, all.
    pub members: u32,
    /// Members from outside the company (type 2).
    pub outsiders: u32,
    /// Members without a name.
    pub nameless: u32,
}

/// One callback, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomLetter {
    /// Of its text: what is told twice has the same.
    pub hash: i64,
    /// When it came.
    pub received: Millis,
    /// `chat_id` of the group that it is about; empty for others.
    pub chat: String,
    /// Its XML.
    pub text: String,
    /// The code for a welcome that it brings, kept in the same commit.
    pub welcome: Option<NewWelcome>,
    /// What it tells: event, change and detail as the platform names them.
    pub kind: String,
}

/// Somebody in a customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomMember {
    /// `userid` of the company's own, `external_userid` of others.
    pub userid: String,
    /// Our identity, a live one.
    pub who: IdentityId,
    /// 1 of the company, 2 from outside.
    pub class: i64,
    /// When they came in, by the platform.
    pub joined: Millis,
    /// 1 invited, 2 by an invitation link, 3 by a code.
    pub scene: i64,
    /// `state` of the join way (群活码); empty without one.
    pub state: String,
    /// `userid` of who invited; empty where it is not told.
    pub inviter: String,
    /// Name; empty for the nameless.
    pub name: String,
    /// Name in this group (群昵称); may be empty.
    pub nickname: String,
    /// `unionid`; mostly empty.
    pub union: String,
}

/// A customer group whose details the platform did not tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomUnreadable {
    /// Its `chat_id`.
    pub chat: String,
    /// Why, in words for staff.
    pub failure: String,
}

/// That somebody of the company added a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WecomContact {
    /// `userid` of who added.
    pub staff: String,
    /// `external_userid` of the customer.
    pub customer: String,
    /// Our identity of the customer, a live one; `None`: the one that is known.
    pub identity: Option<IdentityId>,
    /// When; `None`: as it was told before.
    pub added: Option<Millis>,
    /// `state` of the contact way (渠道); empty without one.
    pub state: String,
    /// `add_way`; `None`: as it was told before.
    pub way: Option<i64>,
    /// The member's own words for the customer.
    pub remark: String,
    /// Ids of the company's tags: JSON, an array.
    pub tags: String,
    /// Whether only one side has agreed; `None`: as it was told before, at first no.
    pub half: Option<bool>,
}

/// That a contact is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomParting {
    /// `userid` of who had added.
    pub staff: String,
    /// `external_userid` of the customer.
    pub customer: String,
    /// Stable word of how, such as `by_staff`, `by_customer`; `missing` is a whole list's.
    pub how: String,
}

/// A call of the interface, without any secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomCall {
    /// When it began.
    pub at: Millis,
    /// Path of the call, without its query.
    pub call: String,
    /// How long it took, in ms.
    pub took_ms: u32,
    /// `errcode`; `None`: no answer came.
    pub code: Option<i64>,
    /// What was told or what failed, in one line; empty where all is well.
    pub words: String,
    /// Bytes of the answer.
    pub size: u32,
}

/// Which lines of the connection log are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WecomCallQuery {
    /// Below this number; `None`: the latest.
    pub before: Option<i64>,
    /// At most so many.
    pub limit: u32,
    /// Only those without an answer or with a code other than 0.
    pub only_failed: bool,
}

/// The platform's own figures of an owner's groups on a day (UTC+8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomDay {
    /// The owner's `userid`.
    pub owner: String,
    /// Which day.
    pub day: Day,
    /// New groups.
    pub new_chats: u32,
    /// Groups up to that day.
    pub chats: u32,
    /// Groups with messages.
    pub chats_with_messages: u32,
    /// New members.
    pub new_members: u32,
    /// Members up to that day.
    pub members: u32,
    /// Members who sent something.
    pub members_with_messages: u32,
    /// Messages.
    pub messages: u32,
}
