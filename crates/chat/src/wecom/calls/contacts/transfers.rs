//! Handing over (在职继承, 离职继承): customers and groups of one member of staff go to another.

use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::wecom::calls::lenient;
use crate::wecom::calls::page::Page;
use crate::wecom::calls::within;
use crate::wecom::client::{Call, CallError, Client};

const CUSTOMERS: Call = Call::once("/cgi-bin/externalcontact/transfer_customer");
const LEFT_CUSTOMERS: Call = Call::once("/cgi-bin/externalcontact/resigned/transfer_customer");
const RESULTS: Call = Call::repeatable("/cgi-bin/externalcontact/transfer_result");
const LEFT_RESULTS: Call = Call::repeatable("/cgi-bin/externalcontact/resigned/transfer_result");
const UNASSIGNED: Call = Call::repeatable("/cgi-bin/externalcontact/get_unassigned_list");
const GROUPS: Call = Call::once("/cgi-bin/externalcontact/groupchat/onjob_transfer");
const LEFT_GROUPS: Call = Call::once("/cgi-bin/externalcontact/groupchat/transfer");

/// Customers in one call (分配在职成员的客户).
pub const TRANSFER_MAX: usize = 100;
/// Characters of the words to the customers. Same source.
pub const TRANSFER_WORDS_CHARS_MAX: usize = 200;
/// Groups in one call (分配离职成员的客户群); 300 a day of one owner.
pub const TRANSFER_GROUPS_MAX: usize = 100;
/// Customers on a page; the most that is allowed.
const PAGE_ROWS: u32 = 1_000;

/// Who hands over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giver {
    /// Somebody who is still there (在职继承).
    Present,
    /// Somebody who has left (离职继承).
    Left,
}

/// Customers to be handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Transfer {
    /// From this member of staff.
    pub handover_userid: String,
    /// To this one.
    pub takeover_userid: String,
    /// These customers, 1 to [`TRANSFER_MAX`].
    pub external_userid: Vec<String>,
    /// Words to the customers of somebody who is still there, at most
    /// [`TRANSFER_WORDS_CHARS_MAX`] characters; the platform has its own where there are none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub transfer_success_msg: String,
}

/// What came of the request for one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Transferring {
    /// The customer.
    pub external_userid: String,
    /// 0: he changes over in 24 h, unless he says no.
    pub errcode: i64,
}

/// How far a customer is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Transferred {
    /// The customer.
    pub external_userid: String,
    /// How far.
    #[serde(rename = "status")]
    pub state: TransferState,
    /// When he changed over, or will.
    #[serde(rename = "takeover_time", deserialize_with = "lenient::moment")]
    pub taken_over: Millis,
}

/// How far a customer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(from = "i64")]
pub enum TransferState {
    /// Handed over.
    Done,
    /// Waits for its time.
    Waiting,
    /// The customer said no.
    Refused,
    /// The other has as many customers as he may have.
    Full,
    /// Nothing is known of it.
    #[default]
    Unknown,
}

/// A customer of somebody who has left, still without another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Unassigned {
    /// Who has left.
    pub handover_userid: String,
    /// The customer.
    pub external_userid: String,
    /// When he left.
    #[serde(rename = "dimission_time", deserialize_with = "lenient::moment")]
    pub left: Millis,
}

/// A group that was not handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct FailedGroup {
    /// The group.
    pub chat_id: String,
    /// Why: 90500 the owner has not left, 90503 the group is full, 90504 the same owner, …
    pub errcode: i64,
    /// Why, in the platform's words.
    pub errmsg: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Begun {
    customer: Vec<Transferring>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Results {
    customer: Vec<Transferred>,
    next_cursor: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Waiting {
    info: Vec<Unassigned>,
    is_last: bool,
    next_cursor: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Failed {
    failed_chat_list: Vec<FailedGroup>,
}

impl Client {
    /// Begins to hand over customers. A customer can be handed over twice, and not for 90 days
    /// after it succeeded.
    pub async fn transfer_contacts(
        &self,
        giver: Giver,
        transfer: &Transfer,
    ) -> Result<Vec<Transferring>, CallError> {
        within::some_entries("external_userid", &transfer.external_userid, TRANSFER_MAX)?;
        let words = transfer.transfer_success_msg.as_str();
        within::chars("transfer_success_msg", words, TRANSFER_WORDS_CHARS_MAX)?;
        let begun: Begun = match giver {
            Giver::Present => self.post(CUSTOMERS, transfer).await?,
            Giver::Left => {
                let silent = Transfer { transfer_success_msg: String::new(), ..transfer.clone() };
                self.post(LEFT_CUSTOMERS, &silent).await?
            }
        };
        Ok(begun.customer)
    }

    /// A page of how far the customers between two members of staff are.
    pub async fn transfer_results(
        &self,
        giver: Giver,
        (handover, takeover): (&str, &str),
        cursor: Option<&str>,
    ) -> Result<Page<Transferred>, CallError> {
        let call = match giver {
            Giver::Present => RESULTS,
            Giver::Left => LEFT_RESULTS,
        };
        let body = json!({
            "handover_userid": handover, "takeover_userid": takeover,
            "cursor": cursor.unwrap_or_default(),
        });
        let results: Results = self.post(call, &body).await?;
        Page::of(results.customer, results.next_cursor, cursor)
    }

    /// A page of customers of people who have left.
    pub async fn unassigned(&self, cursor: Option<&str>) -> Result<Page<Unassigned>, CallError> {
        let body = json!({ "cursor": cursor.unwrap_or_default(), "page_size": PAGE_ROWS });
        let waiting: Waiting = self.post(UNASSIGNED, &body).await?;
        let next = if waiting.is_last { String::new() } else { waiting.next_cursor };
        Page::of(waiting.info, next, cursor)
    }

    /// Hands groups over to another owner and gives those that were not.
    pub async fn transfer_groups(
        &self,
        giver: Giver,
        groups: &[String],
        new_owner: &str,
    ) -> Result<Vec<FailedGroup>, CallError> {
        within::some_entries("chat_id_list", groups, TRANSFER_GROUPS_MAX)?;
        within::given("new_owner", new_owner)?;
        let call = match giver {
            Giver::Present => GROUPS,
            Giver::Left => LEFT_GROUPS,
        };
        let body = json!({ "chat_id_list": groups, "new_owner": new_owner });
        let failed: Failed = self.post(call, &body).await?;
        Ok(failed.failed_chat_list)
    }
}

impl From<i64> for TransferState {
    fn from(number: i64) -> Self {
        match number {
            1 => Self::Done,
            2 => Self::Waiting,
            3 => Self::Refused,
            4 => Self::Full,
            _ => Self::Unknown,
        }
    }
}
