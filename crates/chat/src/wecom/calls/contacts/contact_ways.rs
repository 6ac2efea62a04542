//! Contact ways (「联系我」, 员工活码): codes that lead a customer to staff.
//!
//! They are not shown in the admin pages: who loses a `config_id` loses the code.

use domain::Millis;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::wecom::calls::Done;
use crate::wecom::calls::page::Page;
use crate::wecom::calls::within::{self, Beyond, Unit};
use crate::wecom::client::{Call, CallError, Client};

const ADD: Call = Call::once("/cgi-bin/externalcontact/add_contact_way");
const GET: Call = Call::repeatable("/cgi-bin/externalcontact/get_contact_way");
const LIST: Call = Call::repeatable("/cgi-bin/externalcontact/list_contact_way");
const UPDATE: Call = Call::repeatable("/cgi-bin/externalcontact/update_contact_way");
const DELETE: Call = Call::repeatable("/cgi-bin/externalcontact/del_contact_way");

/// Members of staff behind one way, after departments are counted out (配置客户联系「联系我」方式).
pub const WAY_STAFF_MAX: usize = 100;
/// Characters of a remark. Same source.
pub const WAY_REMARK_CHARS_MAX: usize = 30;
/// Characters of a channel, `state`. Same source; the same for join ways.
pub const STATE_CHARS_MAX: usize = 30;
/// Ways on a page; the most that is allowed.
const PAGE_ROWS: u32 = 1_000;

/// Where the way is used; it cannot be changed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// A button in a mini-program.
    MiniProgram,
    /// A QR code.
    Code,
}

/// Who is behind the way; one person cannot be made several later, nor the other way round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Behind {
    /// This one.
    One(String),
    /// Members of staff and of departments, at most [`WAY_STAFF_MAX`] in all.
    Several {
        /// Their `userid`s.
        user: Vec<String>,
        /// Numbers of departments.
        party: Vec<i64>,
    },
}

/// A way to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewContactWay {
    /// Who is behind it.
    pub behind: Behind,
    /// Where it is used.
    pub scene: Scene,
    /// For staff; at most [`WAY_REMARK_CHARS_MAX`] characters.
    pub remark: String,
    /// The channel, told again with each customer; at most [`STATE_CHARS_MAX`] characters.
    pub state: String,
    /// Customers need no approval.
    pub skip_verify: bool,
    /// A customer of several members always goes to the same one.
    pub is_exclusive: bool,
}

/// A way that was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct MadeContactWay {
    /// To be kept: it cannot be found by anything else.
    pub config_id: String,
    /// Address of the code's picture; empty for mini-programs.
    pub qr_code: String,
}

/// A way as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ContactWay {
    /// Its id.
    pub config_id: String,
    /// 1 one person, 2 several.
    #[serde(rename = "type")]
    pub class: i64,
    /// 1 mini-program, 2 code.
    pub scene: i64,
    /// For staff.
    pub remark: String,
    /// Customers need no approval.
    pub skip_verify: bool,
    /// The channel.
    pub state: String,
    /// Address of the code's picture.
    pub qr_code: String,
    /// Members of staff.
    pub user: Vec<String>,
    /// Departments.
    pub party: Vec<i64>,
    /// A temporary chat (medical companies only).
    pub is_temp: bool,
}

/// What changes of a way; lists replace the old ones, what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ContactWayChange {
    /// For staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remark: Option<String>,
    /// Customers need no approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip_verify: Option<bool>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Members of staff.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Vec<String>>,
    /// Departments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Vec<i64>>,
}

#[derive(Deserialize)]
struct Found {
    contact_way: ContactWay,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Rows {
    contact_way: Vec<MadeContactWay>,
    next_cursor: String,
}

#[derive(Serialize)]
struct Update<'a> {
    config_id: &'a str,
    #[serde(flatten)]
    change: &'a ContactWayChange,
}

impl Client {
    /// Makes a way.
    pub async fn add_contact_way(&self, way: &NewContactWay) -> Result<MadeContactWay, CallError> {
        let body = way.body()?;
        self.post(ADD, &body).await
    }

    /// A way as it is.
    pub async fn contact_way(&self, config_id: &str) -> Result<ContactWay, CallError> {
        let found: Found = self.post(GET, &json!({ "config_id": config_id })).await?;
        Ok(found.contact_way)
    }

    /// A page of ids of ways made between two moments (the last 90 days where there are none);
    /// only of those made after 2021-07-10, and no temporary ones.
    pub async fn contact_ways(
        &self,
        made: Option<(Millis, Millis)>,
        cursor: Option<&str>,
    ) -> Result<Page<String>, CallError> {
        let mut body = json!({ "cursor": cursor.unwrap_or_default(), "limit": PAGE_ROWS });
        if let (Some((from, to)), Some(fields)) = (made, body.as_object_mut()) {
            fields.insert("start_time".to_owned(), json!(from.0.div_euclid(1_000)));
            fields.insert("end_time".to_owned(), json!(to.0.div_euclid(1_000)));
        }
        let rows: Rows = self.post(LIST, &body).await?;
        let ids = rows.contact_way.into_iter().map(|way| way.config_id).collect();
        Page::of(ids, rows.next_cursor, cursor)
    }

    /// Changes a way; printed codes go on working.
    pub async fn change_contact_way(
        &self,
        config_id: &str,
        change: &ContactWayChange,
    ) -> Result<(), CallError> {
        within::given("config_id", config_id)?;
        change.check()?;
        self.post::<Done>(UPDATE, &Update { config_id, change }).await.map(drop)
    }

    /// Deletes a way; its code leads nowhere from now on.
    pub async fn delete_contact_way(&self, config_id: &str) -> Result<(), CallError> {
        within::given("config_id", config_id)?;
        self.post::<Done>(DELETE, &json!({ "config_id": config_id })).await.map(drop)
    }
}

impl Scene {
    /// The platform's number.
    pub(in crate::wecom::calls) fn number(self) -> i64 {
        match self {
            Self::MiniProgram => 1,
            Self::Code => 2,
        }
    }

    pub(in crate::wecom::calls) fn of(number: i64) -> Self {
        if number == 1 { Self::MiniProgram } else { Self::Code }
    }
}

impl NewContactWay {
    fn body(&self) -> Result<Value, Beyond> {
        within::chars("remark", &self.remark, WAY_REMARK_CHARS_MAX)?;
        within::chars("state", &self.state, STATE_CHARS_MAX)?;
        let (class, user, party) = match &self.behind {
            Behind::One(userid) => {
                within::given("user", userid)?;
                (1, std::slice::from_ref(userid), [].as_slice())
            }
            Behind::Several { user, party } => {
                within::entries("user", user, WAY_STAFF_MAX)?;
                within::above("user", user.len() + party.len(), 1, Unit::Entries)?;
                (2, user.as_slice(), party.as_slice())
            }
        };
        Ok(json!({
            "type": class, "scene": self.scene.number(), "style": 1, "user": user, "party": party,
            "remark": self.remark, "state": self.state,
            "skip_verify": self.skip_verify, "is_exclusive": self.is_exclusive,
        }))
    }
}

impl ContactWayChange {
    fn check(&self) -> Result<(), Beyond> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        within::chars("remark", &text(&self.remark), WAY_REMARK_CHARS_MAX)?;
        within::chars("state", &text(&self.state), STATE_CHARS_MAX)?;
        within::entries("user", self.user.as_deref().unwrap_or_default(), WAY_STAFF_MAX)
    }
}
