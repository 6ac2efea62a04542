//! Rows of what is kept of a company, as they are read back.

use domain::{GroupId, Millis};

use crate::wecom::{WecomAccess, WecomCall, WecomContact, WecomId, WecomMember, WecomRun};

/// A connected company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomAccountRow {
    /// Which.
    pub id: WecomId,
    /// Its `corpid`.
    pub corp: String,
    /// How it is reached.
    pub access: WecomAccess,
    /// First connected.
    pub made: Millis,
    /// Connected or changed last.
    pub changed: Millis,
    /// Disconnected; `None` while it is connected.
    pub gone: Option<Millis>,
}

/// How far the latest run of a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomPullRow {
    /// Which run: its step and beginning.
    pub run: WecomRun,
    /// Where the next page begins; empty at the beginning.
    pub cursor: String,
    /// How many are done.
    pub done: u32,
    /// How many there are in all, where that is known.
    pub total: Option<u32>,
    /// Moved on last.
    pub moved: Millis,
    /// Through since; `None` while it is on its way.
    pub ended: Option<Millis>,
    /// Why it stands still; empty while it does not.
    pub failure: String,
}

/// Somebody of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomStaffRow {
    /// The `userid`.
    pub userid: String,
    /// Name; empty while it was not told.
    pub name: String,
    /// Numbers of departments: JSON, an array; `[]` while they were not told.
    pub departments: String,
    /// `status` as the platform told it.
    pub state: Option<i64>,
    /// Whether they have the customer-contact function (客户联系).
    pub follows: bool,
    /// Told last.
    pub read: Millis,
    /// Since when whole lists do not name them.
    pub missing: Option<Millis>,
}

/// A customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomGroupRow {
    /// Of which company.
    pub id: WecomId,
    /// Its `chat_id`.
    pub chat: String,
    /// Our group; `None` until details of it were told.
    pub group: Option<GroupId>,
    /// 0 normal, 1 the owner left, 2 being inherited, 3 inherited.
    pub status: i64,
    /// The owner's `userid`; empty until details were told, as the texts below.
    pub owner: String,
    /// `userid`s of the group's admins: JSON, an array.
    pub admins: String,
    /// Its name; may be empty.
    pub name: String,
    /// Its announcement (群公告); may be empty.
    pub notice: String,
    /// When it was founded.
    pub made: Option<Millis>,
    /// `member_version`.
    pub version: String,
    /// Members, all.
    pub members: Option<u32>,
    /// Members from outside the company (type 2).
    pub outsiders: Option<u32>,
    /// Members without a name.
    pub nameless: Option<u32>,
    /// A list named it last, or it was first heard of.
    pub listed: Millis,
    /// Its details were asked for last, whether or not they were told.
    pub tried: Option<Millis>,
    /// Its details were told last.
    pub read: Option<Millis>,
    /// Since when whole lists do not name it.
    pub missing: Option<Millis>,
    /// Why its details were not told the last time; empty when they were.
    pub failure: String,
}

/// Somebody who is or was in a customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomMemberRow {
    /// `chat_id` of the group.
    pub chat: String,
    /// As they were read last.
    pub member: WecomMember,
    /// Since when a reading does not name them.
    pub gone: Option<Millis>,
}

/// That somebody of the company added a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomContactRow {
    /// Of which company.
    pub id: WecomId,
    /// What was told last.
    pub contact: WecomContact,
    /// Over since when, and how (`missing`: a whole list did not name it).
    pub gone: Option<(Millis, String)>,
    /// Told last.
    pub read: Millis,
}

/// A callback that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomLetterRow {
    /// Its number: a later one has a larger one.
    pub id: i64,
    /// When it came.
    pub received: Millis,
    /// `chat_id` of the group that it is about; empty for others.
    pub chat: String,
    /// Its XML.
    pub text: String,
}

/// A line of the connection log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WecomCallRow {
    /// Its number: a later line has a larger one.
    pub id: i64,
    /// The call.
    pub call: WecomCall,
}
