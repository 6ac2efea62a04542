//! The shape of one row of a day file.

use crate::formats::json::Loose;
use crate::formats::slack::people::Profile;
use domain::{Media, ServiceKind};
use serde::Deserialize;

/// The time of a row, for sorting.
#[derive(Deserialize)]
pub(super) struct Stamp<'a> {
    #[serde(borrow)]
    pub(super) ts: Option<Loose<'a>>,
}

/// A row; whatever Slack leaves out is `None`.
#[derive(Deserialize)]
pub(super) struct Row<'a> {
    #[serde(borrow)]
    pub(super) user: Option<Loose<'a>>,
    pub(super) bot_id: Option<Loose<'a>>,
    pub(super) username: Option<Loose<'a>>,
    pub(super) subtype: Option<Loose<'a>>,
    pub(super) text: Option<Loose<'a>>,
    pub(super) thread_ts: Option<Loose<'a>>,
    pub(super) inviter: Option<Loose<'a>>,
    pub(super) edited: Option<Edited<'a>>,
    pub(super) reactions: Option<Vec<Reaction<'a>>>,
    pub(super) files: Option<Vec<Option<Upload<'a>>>>,
    pub(super) file: Option<Upload<'a>>,
    pub(super) comment: Option<Comment<'a>>,
    pub(super) bot_profile: Option<Profile<'a>>,
    pub(super) user_profile: Option<Profile<'a>>,
}

/// Who changed the text last, and when.
#[derive(Deserialize)]
pub(super) struct Edited<'a> {
    #[serde(borrow)]
    pub(super) user: Option<Loose<'a>>,
    pub(super) ts: Option<Loose<'a>>,
}

/// One emoji under a message.
#[derive(Deserialize)]
pub(super) struct Reaction<'a> {
    #[serde(borrow)]
    pub(super) name: Loose<'a>,
    pub(super) users: Option<Vec<Loose<'a>>>,
    pub(super) count: Option<u64>,
}

/// An uploaded file.
#[derive(Deserialize)]
pub(super) struct Upload<'a> {
    #[serde(borrow)]
    pub(super) mimetype: Option<Loose<'a>>,
    pub(super) initial_comment: Option<Comment<'a>>,
}

impl Upload<'_> {
    /// What it is.
    pub(super) fn media(&self) -> Media {
        let kind = self.mimetype.as_ref().map_or("", Loose::as_str);
        match kind.split('/').next() {
            Some("image") => Media::Image,
            Some("video") => Media::Video,
            Some("audio") => Media::Audio,
            _ => Media::File,
        }
    }
}

/// Words about a file (old exports).
#[derive(Deserialize)]
pub(super) struct Comment<'a> {
    #[serde(borrow)]
    pub(super) user: Option<Loose<'a>>,
    pub(super) comment: Option<Loose<'a>>,
}

/// What a row is, by its subtype.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody's words.
    Words,
    /// An upload of the old kind, whose text Slack wrote.
    OldUpload,
    /// Words about a file (old).
    FileComment,
    /// A program's words.
    Program,
    /// Somebody came in.
    Join,
    /// Somebody went out.
    Leave,
    /// The place of a deleted message.
    Tombstone,
    /// Written by Slack.
    Service(ServiceKind),
    /// Not described.
    Unknown,
}

impl Kind {
    /// The kind with this subtype (empty for none).
    pub(super) fn of(subtype: &str) -> Self {
        // `group_…` is the same in a private channel.
        let plain = subtype.strip_prefix("group_").or_else(|| subtype.strip_prefix("channel_"));
        match (subtype, plain) {
            ("" | "me_message" | "thread_broadcast" | "reply_broadcast", _) => Self::Words,
            ("file_share", _) => Self::OldUpload,
            ("file_comment", _) => Self::FileComment,
            ("bot_message" | "slackbot_response", _) => Self::Program,
            ("mpim_join", _) | (_, Some("join")) => Self::Join,
            ("mpim_leave", _) | (_, Some("leave")) => Self::Leave,
            ("tombstone", _) => Self::Tombstone,
            ("pinned_item" | "unpinned_item", _) => Self::Service(ServiceKind::Pin),
            ("bot_add" | "bot_remove" | "bot_enable" | "bot_disable", _) => {
                Self::Service(ServiceKind::Bot)
            }
            ("huddle_thread" | "sh_room_created" | "sh_room_shared", _) => {
                Self::Service(ServiceKind::Call)
            }
            (
                "reminder_add"
                | "reminder_delete"
                | "file_mention"
                | "joiner_notification"
                | "joiner_notification_for_inviter"
                | "app_conversation_join"
                | "welcome_party",
                _,
            ) => Self::Service(ServiceKind::Other),
            (_, Some(rest)) => Self::of_channel(rest),
            _ => Self::Unknown,
        }
    }

    fn of_channel(rest: &str) -> Self {
        match rest {
            "topic" | "purpose" => Self::Service(ServiceKind::Topic),
            "name" => Self::Service(ServiceKind::GroupName),
            "archive" | "unarchive" => Self::Service(ServiceKind::Moved),
            "posting_permissions" | "convert_to_private" | "convert_to_public" => {
                Self::Service(ServiceKind::Setting)
            }
            "canvas_updated" | "tab_added" | "tab_removed" | "tab_updated" => {
                Self::Service(ServiceKind::Other)
            }
            _ => Self::Unknown,
        }
    }
}
