//! The shape of one message.

use crate::formats::json::Loose;
use domain::{Media, ServiceKind};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// A message or a service row; what an older exporter leaves out is `None`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Loose<'a>>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Loose<'a>>,
    pub(super) timestamp: Option<Loose<'a>>,
    pub(super) timestamp_edited: Option<Loose<'a>>,
    pub(super) content: Option<Loose<'a>>,
    pub(super) author: Option<Account<'a>>,
    attachments: Option<Vec<Attachment<'a>>>,
    stickers: Option<Vec<IgnoredAny>>,
    embeds: Option<Vec<IgnoredAny>>,
    pub(super) reactions: Option<Vec<Reaction<'a>>>,
    pub(super) mentions: Option<Vec<Account<'a>>>,
    pub(super) reference: Option<Reference<'a>>,
    pub(super) forwarded_message: Option<Forwarded<'a>>,
}

impl Row<'_> {
    /// What is attached; a bare embed (a card of a program or a link) counts as a link.
    pub(super) fn media(&self) -> Media {
        let forwarded = self.forwarded_message.as_ref();
        let any = |list: &Option<Vec<IgnoredAny>>| list.as_ref().is_some_and(|all| !all.is_empty());
        let passed_on = forwarded.and_then(|message| message.attachments.as_ref());
        let mut files = self.attachments.iter().chain(passed_on).flatten();
        match files.next() {
            Some(file) => file.media(),
            None if any(&self.stickers) => Media::Sticker,
            None if forwarded.is_some_and(|message| any(&message.stickers)) => Media::Sticker,
            None if any(&self.embeds) => Media::Link,
            None if forwarded.is_some_and(|message| any(&message.embeds)) => Media::Link,
            None => Media::None,
        }
    }
}

/// Somebody, as author, in a mention or under a reaction.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Account<'a> {
    #[serde(borrow)]
    pub(super) id: Option<Loose<'a>>,
    pub(super) name: Option<Loose<'a>>,
    pub(super) nickname: Option<Loose<'a>>,
    #[serde(default)]
    pub(super) is_bot: Option<bool>,
    pub(super) roles: Option<Vec<Role<'a>>>,
}

/// A role of the server.
#[derive(Deserialize)]
pub(super) struct Role<'a> {
    #[serde(borrow)]
    pub(super) name: Option<Loose<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attachment<'a> {
    #[serde(borrow)]
    file_name: Option<Loose<'a>>,
}

impl Attachment<'_> {
    fn media(&self) -> Media {
        let name = self.file_name.as_ref().map_or("", Loose::as_str);
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        match extension.to_ascii_lowercase().as_str() {
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "bmp" | "heic" | "avif" => Media::Image,
            "mp4" | "mov" | "webm" | "mkv" | "avi" => Media::Video,
            "mp3" | "ogg" | "wav" | "m4a" | "flac" | "opus" => Media::Audio,
            _ => Media::File,
        }
    }
}

/// One emoji under a message.
#[derive(Deserialize)]
pub(super) struct Reaction<'a> {
    #[serde(borrow)]
    pub(super) emoji: Option<Emoji<'a>>,
    pub(super) count: Option<u64>,
    pub(super) users: Option<Vec<Account<'a>>>,
}

/// An emoji: the sign itself, or the name of a server's own.
#[derive(Deserialize)]
pub(super) struct Emoji<'a> {
    #[serde(borrow)]
    pub(super) name: Option<Loose<'a>>,
}

/// The message that this one is about.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reference<'a> {
    #[serde(borrow)]
    pub(super) message_id: Option<Loose<'a>>,
    pub(super) channel_id: Option<Loose<'a>>,
}

/// A message passed on.
#[derive(Deserialize)]
pub(super) struct Forwarded<'a> {
    #[serde(borrow)]
    pub(super) content: Option<Loose<'a>>,
    attachments: Option<Vec<Attachment<'a>>>,
    stickers: Option<Vec<IgnoredAny>>,
    embeds: Option<Vec<IgnoredAny>>,
}

/// What a row is, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody's words.
    Words,
    /// Somebody's words, in answer.
    Reply,
    /// The author came to the server.
    Join,
    /// The mentioned were added to a group conversation.
    Added,
    /// The mentioned were removed from a group conversation, or left.
    Removed,
    /// Written by Discord.
    Service(ServiceKind),
    /// Not described.
    Unknown,
}

impl Kind {
    /// The kind with this word. Kinds that the exporter has no word for are bare numbers, and each
    /// of its versions knows more words: before 2021 a reply was "19".
    pub(super) fn of(word: &str) -> Self {
        match word {
            // 20 and 23 answer slash and context-menu commands: rows that a program wrote.
            "Default" | "0" | "20" | "23" => Self::Words,
            "Reply" | "19" => Self::Reply,
            "GuildMemberJoin" | "7" => Self::Join,
            "RecipientAdd" | "1" => Self::Added,
            "RecipientRemove" | "2" => Self::Removed,
            "Call" | "3" => Self::Service(ServiceKind::Call),
            "ChannelNameChange" | "4" => Self::Service(ServiceKind::GroupName),
            "ChannelIconChange" | "5" => Self::Service(ServiceKind::GroupPicture),
            "ChannelPinnedMessage" | "6" => Self::Service(ServiceKind::Pin),
            "ThreadCreated" | "18" | "21" => Self::Service(ServiceKind::Thread),
            number if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) => {
                Self::Service(ServiceKind::Other)
            }
            _ => Self::Unknown,
        }
    }
}
