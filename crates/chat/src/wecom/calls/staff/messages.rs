//! Messages to staff (应用消息), never to customers.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::wecom::calls::attachments::URL_BYTES_MAX;
use crate::wecom::calls::staff::cards::Card;
use crate::wecom::calls::within::{self, Beyond};
use crate::wecom::client::{Call, CallError, Client};

const PATH: &str = "/cgi-bin/message/send";
const SEND: Call = Call::once(PATH);
/// The platform itself drops what it has had already.
const SEND_CHECKED: Call = Call::repeatable(PATH);
const UPDATE: Call = Call::repeatable("/cgi-bin/message/update_template_card");

/// Receivers of one message (发送应用消息).
pub const RECEIVERS_MAX: usize = 1_000;
/// Bytes of a text; what is longer is cut by the platform, so it is refused here. Same source.
pub const TEXT_BYTES_MAX: usize = 2_048;
/// Bytes of the title of a text card. Same source; characters in the newest text, bytes are safe.
pub const CARD_TITLE_BYTES_MAX: usize = 128;
/// Bytes of the words of a text card. The same.
pub const CARD_WORDS_BYTES_MAX: usize = 512;
/// Characters on the button of a text card. Same source.
pub const CARD_BUTTON_CHARS_MAX: usize = 4;
/// Seconds in which the platform can recognise a message that it had: 4 h. Same source.
pub const SAME_WITHIN_S_MAX: u32 = 14_400;

/// A message of the app to staff in its visible range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Which app, by its number.
    pub agent: i64,
    /// To whom.
    pub to: Receivers,
    /// What.
    pub content: Content,
    /// The very same message sent again within so many seconds is not delivered twice, at most
    /// [`SAME_WITHIN_S_MAX`]; then the call is repeated when nobody knows what came of it. 0: no
    /// such check, and no such repeat.
    pub same_within_s: u32,
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Receivers {
    /// Everybody in the visible range.
    All,
    /// These, 1 to [`RECEIVERS_MAX`].
    Staff(Vec<String>),
}

/// What.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words of at most [`TEXT_BYTES_MAX`] bytes, with `\n` and `<a href="…">`.
    Text(String),
    /// Words that lead somewhere.
    TextCard(TextCard),
    /// A card with buttons or a notice.
    Card(Box<Card>),
}

/// Words that lead somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TextCard {
    /// At most [`CARD_TITLE_BYTES_MAX`] bytes.
    pub title: String,
    /// At most [`CARD_WORDS_BYTES_MAX`] bytes; `div`s of class gray, highlight and normal.
    pub description: String,
    /// Where, with http or https; at most 2,048 bytes.
    pub url: String,
    /// At most [`CARD_BUTTON_CHARS_MAX`] characters; 详情 where there are none.
    #[serde(rename = "btntxt", skip_serializing_if = "String::is_empty")]
    pub button: String,
}

/// A message that was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Its id.
    pub msgid: String,
    /// Who did not get it: not known, or outside the visible range; in lower case.
    pub invalid: Vec<String>,
    /// Who did not get it for want of a licence.
    pub unlicensed: Vec<String>,
    /// For one change of the card, within 72 h (24 h by an older page).
    pub response_code: Option<String>,
}

/// A card sent earlier, to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardUpdate {
    /// Which app, by its number.
    pub agent: i64,
    /// From the sending, or from the event of a button; good once.
    pub response_code: String,
    /// For whom, 1 to [`RECEIVERS_MAX`].
    pub staff: Vec<String>,
    /// To what.
    pub change: CardChange,
}

/// What a card is changed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CardChange {
    /// Its buttons become this word and do nothing any more.
    Button(String),
    /// Another card.
    Card(Box<Card>),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Answer {
    invaliduser: String,
    unlicenseduser: String,
    msgid: String,
    response_code: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Updated {
    invaliduser: Vec<String>,
}

impl Client {
    /// Sends a message. Some of the receivers may be invalid, all of them are refused (81013).
    pub async fn send(&self, message: &Message) -> Result<Sent, CallError> {
        let body = message.body()?;
        let call = if message.same_within_s > 0 { SEND_CHECKED } else { SEND };
        let answer: Answer = self.post(call, &body).await?;
        let names = |list: &str| -> Vec<String> {
            list.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect()
        };
        Ok(Sent {
            msgid: answer.msgid,
            invalid: names(&answer.invaliduser),
            unlicensed: names(&answer.unlicenseduser),
            response_code: Some(answer.response_code).filter(|code| !code.is_empty()),
        })
    }

    /// Changes a card and gives those for whom it was not changed.
    pub async fn update_card(&self, update: &CardUpdate) -> Result<Vec<String>, CallError> {
        let body = update.body()?;
        let updated: Updated = self.post(UPDATE, &body).await?;
        Ok(updated.invaliduser)
    }
}

impl Message {
    fn body(&self) -> Result<Value, Beyond> {
        let to = match &self.to {
            Receivers::All => "@all".to_owned(),
            Receivers::Staff(staff) => {
                within::some_entries("touser", staff, RECEIVERS_MAX)?;
                staff.join("|")
            }
        };
        let seconds = usize::try_from(self.same_within_s).unwrap_or(usize::MAX);
        let most = usize::try_from(SAME_WITHIN_S_MAX).unwrap_or(usize::MAX);
        within::below("duplicate_check_interval", seconds, most, within::Unit::Seconds)?;
        let (word, content) = self.content.body()?;
        Ok(json!({
            "touser": to, "agentid": self.agent, "msgtype": word, word: content,
            "enable_duplicate_check": u8::from(self.same_within_s > 0),
            "duplicate_check_interval": self.same_within_s,
        }))
    }
}

impl Content {
    fn body(&self) -> Result<(&'static str, Value), Beyond> {
        match self {
            Self::Text(text) => {
                within::some_bytes("text.content", text, TEXT_BYTES_MAX)?;
                Ok(("text", json!({ "content": text })))
            }
            Self::TextCard(card) => {
                card.check()?;
                Ok(("textcard", json!(card)))
            }
            Self::Card(card) => {
                card.check()?;
                Ok(("template_card", json!(card)))
            }
        }
    }
}

impl TextCard {
    fn check(&self) -> Result<(), Beyond> {
        within::some_bytes("title", &self.title, CARD_TITLE_BYTES_MAX)?;
        within::some_bytes("description", &self.description, CARD_WORDS_BYTES_MAX)?;
        within::address("url", &self.url, URL_BYTES_MAX)?;
        within::chars("btntxt", &self.button, CARD_BUTTON_CHARS_MAX)
    }
}

impl CardUpdate {
    fn body(&self) -> Result<Value, Beyond> {
        within::some_entries("userids", &self.staff, RECEIVERS_MAX)?;
        within::given("response_code", &self.response_code)?;
        let (word, change) = match &self.change {
            CardChange::Button(name) => {
                within::given("replace_name", name)?;
                ("button", json!({ "replace_name": name }))
            }
            CardChange::Card(card) => {
                card.check()?;
                ("template_card", json!(card))
            }
        };
        Ok(json!({
            "userids": self.staff, "agentid": self.agent,
            "response_code": self.response_code, word: change,
        }))
    }
}
