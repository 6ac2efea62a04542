//! Join ways (群活码, 「加入群聊」): codes that lead into customer groups.
//!
//! An app sees only those it made, there is no list of them, and the admin pages do not show them:
//! who loses a `config_id` loses the code. Customers who come in by one have its `state`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::calls::Done;
use crate::wecom::calls::contacts::{STATE_CHARS_MAX, Scene};
use crate::wecom::calls::within::{self, Beyond};
use crate::wecom::client::{Call, CallError, Client};

const ADD: Call = Call::once("/cgi-bin/externalcontact/groupchat/add_join_way");
const GET: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/get_join_way");
const UPDATE: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/update_join_way");
const DELETE: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/del_join_way");

/// Groups behind one way (配置客户群进群方式); more are refused (41091).
pub const WAY_GROUPS_MAX: usize = 5;
/// Characters of a remark; what is longer is cut. Same source.
pub const JOIN_REMARK_CHARS_MAX: usize = 30;
/// Characters of the beginning of new groups' names. Same source.
pub const ROOM_NAME_CHARS_MAX: usize = 40;

/// A way as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinWay {
    /// Where it is used.
    pub scene: Scene,
    /// For staff; at most [`JOIN_REMARK_CHARS_MAX`] characters.
    pub remark: String,
    /// What happens when the groups are full.
    pub full: WhenFull,
    /// Groups, 1 to [`WAY_GROUPS_MAX`].
    pub chat_id_list: Vec<String>,
    /// The channel; at most [`STATE_CHARS_MAX`] characters.
    pub state: String,
}

/// What happens when the groups of a way are full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenFull {
    /// Nobody comes in any more.
    Stop,
    /// The platform makes a new group, such as 新手群10.
    Another {
        /// 新手群; at most [`ROOM_NAME_CHARS_MAX`] characters.
        name: String,
        /// 10.
        number: u32,
    },
}

/// A way that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeJoinWay {
    /// Its id.
    pub config_id: String,
    /// Address of the code's picture, or of the mini-program's button.
    pub qr_code: String,
    /// How it is.
    pub way: JoinWay,
}

#[derive(Deserialize)]
struct Found {
    join_way: Read,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Read {
    config_id: String,
    scene: i64,
    remark: String,
    auto_create_room: i64,
    room_base_name: String,
    room_base_id: u32,
    chat_id_list: Vec<String>,
    qr_code: String,
    state: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Made {
    config_id: String,
}

impl Client {
    /// Makes a way and gives its `config_id`; the code is asked for with [`Client::join_way`].
    pub async fn add_join_way(&self, way: &JoinWay) -> Result<String, CallError> {
        let body = way.body(None)?;
        let made: Made = self.post(ADD, &body).await?;
        Ok(made.config_id)
    }

    /// A way as it is.
    pub async fn join_way(&self, config_id: &str) -> Result<MadeJoinWay, CallError> {
        let found: Found = self.post(GET, &json!({ "config_id": config_id })).await?;
        Ok(found.join_way.into())
    }

    /// Overwrites a way with this one, whole; printed codes go on working.
    pub async fn overwrite_join_way(
        &self,
        config_id: &str,
        way: &JoinWay,
    ) -> Result<(), CallError> {
        within::given("config_id", config_id)?;
        let body = way.body(Some(config_id))?;
        self.post::<Done>(UPDATE, &body).await.map(drop)
    }

    /// Deletes a way; its code leads nowhere from now on.
    pub async fn delete_join_way(&self, config_id: &str) -> Result<(), CallError> {
        within::given("config_id", config_id)?;
        self.post::<Done>(DELETE, &json!({ "config_id": config_id })).await.map(drop)
    }
}

impl JoinWay {
    /// Every field is in it: what an update leaves out is reset.
    fn body(&self, config_id: Option<&str>) -> Result<Value, Beyond> {
        within::chars("remark", &self.remark, JOIN_REMARK_CHARS_MAX)?;
        within::chars("state", &self.state, STATE_CHARS_MAX)?;
        within::some_entries("chat_id_list", &self.chat_id_list, WAY_GROUPS_MAX)?;
        let (another, name, number) = match &self.full {
            WhenFull::Stop => (0, "", 0),
            WhenFull::Another { name, number } => (1, name.as_str(), *number),
        };
        within::chars("room_base_name", name, ROOM_NAME_CHARS_MAX)?;
        let mut body = json!({
            "scene": self.scene.number(), "remark": self.remark, "auto_create_room": another,
            "room_base_name": name, "room_base_id": number,
            "chat_id_list": self.chat_id_list, "state": self.state,
        });
        if let (Some(id), Some(fields)) = (config_id, body.as_object_mut()) {
            fields.insert("config_id".to_owned(), json!(id));
        }
        Ok(body)
    }
}

impl From<Read> for MadeJoinWay {
    fn from(read: Read) -> Self {
        let full = if read.auto_create_room == 0 {
            WhenFull::Stop
        } else {
            WhenFull::Another { name: read.room_base_name, number: read.room_base_id }
        };
        Self {
            config_id: read.config_id,
            qr_code: read.qr_code,
            way: JoinWay {
                scene: Scene::of(read.scene),
                remark: read.remark,
                full,
                chat_id_list: read.chat_id_list,
                state: read.state,
            },
        }
    }
}
