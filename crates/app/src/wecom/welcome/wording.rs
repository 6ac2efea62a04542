//! What newcomers read, as it is kept.

use chat::wecom::calls::attachments::{Attachment, Link, Medium, MiniProgram, Picture};
use engine::welcome::{Beside, When};
use serde::{Deserialize, Serialize};
use store::MediumRow;

/// What a newcomer reads. Kept as JSON; unknown fields of newer programs are dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    /// For whom.
    pub when: When,
    /// What `{渠道}` says; empty: what the channel is called.
    pub channel: String,
    /// The group whose rules and announcement are told.
    pub group: Option<i64>,
    /// The words, with slots.
    pub text: String,
    /// What goes with them.
    pub beside: Vec<Beside>,
}

/// What newcomers of a group read. Kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroupWording {
    /// The words; `{昵称}` becomes the platform's `%NICKNAME%`.
    pub text: String,
    /// The one thing beside them.
    pub beside: Option<Beside>,
    /// Whether owners of groups are told when it is new.
    pub tells: bool,
}

/// For good or for 3 days: how pictures are named to the platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// By a `media_id`.
    Id,
    /// Pictures by their address, which does not end; all else by a `media_id`.
    Address,
}

/// What goes with the words, for the platform; `None` when its file was not uploaded.
pub(super) fn attachment(beside: &Beside, media: &[MediumRow], by: By) -> Option<Attachment> {
    let uploaded = |nth: i64| media.iter().find(|medium| medium.id == nth);
    let id = |nth: i64| {
        let medium = uploaded(nth)?;
        (!medium.media_id.is_empty() && medium.media_at.is_some()).then(|| medium.media_id.clone())
    };
    Some(match beside {
        Beside::Image { medium } if by == By::Address => {
            let pic_url = uploaded(*medium)?.url.clone();
            let picture = Picture { pic_url, ..Picture::default() };
            return (!picture.pic_url.is_empty()).then_some(Attachment::Image(picture));
        }
        Beside::Image { medium } => {
            Attachment::Image(Picture { media_id: id(*medium)?, ..Picture::default() })
        }
        Beside::Link { title, desc, url, picture } => Attachment::Link(Link {
            title: title.clone(),
            picurl: picture.clone(),
            desc: desc.clone(),
            url: url.clone(),
        }),
        Beside::App { title, appid, page, medium } => Attachment::Miniprogram(MiniProgram {
            title: title.clone(),
            pic_media_id: id(*medium)?,
            appid: appid.clone(),
            page: page.clone(),
        }),
        Beside::Video { medium } => Attachment::Video(Medium { media_id: id(*medium)? }),
        Beside::File { medium } => Attachment::File(Medium { media_id: id(*medium)? }),
    })
}
