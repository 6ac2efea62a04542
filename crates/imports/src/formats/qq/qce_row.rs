//! One message of QQ Chat Exporter.

use domain::{Media, Message};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A message as written. Everything can be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Row {
    id: Value,
    pub(super) timestamp: i64,
    sender: Sender,
    r#type: Value,
    content: Content,
    recalled: bool,
    system: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Sender {
    uid: Option<String>,
    uin: Value,
    name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Content {
    text: Option<String>,
    elements: Vec<Element>,
    reply: Option<Map<String, Value>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Element {
    r#type: String,
    data: Map<String, Value>,
}

/// Names under which a reply points at its message; not the same in every version.
const REPLY_IDS: [&str; 4] = ["referencedMessageId", "messageId", "replyMsgId", "id"];

impl Row {
    /// The message id.
    pub(super) fn id(&self) -> Option<i64> {
        number(&self.id)
    }

    /// The client wrote it.
    pub(super) fn is_system(&self) -> bool {
        self.system || self.r#type.as_str().is_some_and(|kind| kind == "system")
    }

    /// QQ number, else uid, else the name.
    pub(super) fn key(&self) -> &str {
        let uin = self.sender.uin.as_str().filter(|uin| !uin.is_empty() && *uin != "0");
        uin.or(self.sender.uid.as_deref()).unwrap_or(self.name())
    }

    /// The name shown.
    pub(super) fn name(&self) -> &str {
        self.sender.name.as_deref().unwrap_or("")
    }

    /// What was typed: the pieces of text and mentions.
    pub(super) fn words(&self) -> String {
        let pieces: Vec<&str> = self
            .content
            .elements
            .iter()
            .filter(|element| matches!(element.r#type.as_str(), "text" | "at"))
            .filter_map(|element| text_of(&element.data))
            .collect();
        if self.content.elements.is_empty() || self.is_system() {
            return self.content.text.clone().unwrap_or_default();
        }
        pieces.concat()
    }

    /// The message with these words.
    pub(super) fn message<'t>(&self, text: &'t str, placeholder: Media) -> Message<'t> {
        let media = self.content.elements.iter().find_map(|element| media(&element.r#type));
        let element = self.content.elements.iter().find(|element| element.r#type == "reply");
        let reply = self.content.reply.as_ref().or(element.map(|element| &element.data));
        let reply_to =
            reply.and_then(|reply| REPLY_IDS.iter().find_map(|name| number(reply.get(*name)?)));
        Message {
            text,
            media: media.unwrap_or(placeholder),
            reply_to,
            forwarded: self.content.elements.iter().any(|element| element.r#type == "forward"),
            deleted: self.recalled,
            ..Message::default()
        }
    }
}

fn text_of(data: &Map<String, Value>) -> Option<&str> {
    ["text", "name"].iter().find_map(|name| data.get(*name)?.as_str())
}

fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

fn media(kind: &str) -> Option<Media> {
    Some(match kind {
        "image" => Media::Image,
        "video" => Media::Video,
        "audio" | "voice" | "ptt" => Media::Audio,
        "face" | "market_face" => Media::Sticker,
        "file" => Media::File,
        "location" => Media::Location,
        "json" | "forward" | "xml" => Media::Link,
        "red_packet" | "wallet" => Media::RedPacket,
        _ => return None,
    })
}
