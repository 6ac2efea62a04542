//! What goes with a text to customers: a picture, a link, a mini-program, a film, a file.

use serde::{Deserialize, Serialize};

use crate::wecom::calls::within::{self, Beyond};

/// Bytes of the title of a link (发送新客户欢迎语; the same for 入群欢迎语).
pub const LINK_TITLE_BYTES_MAX: usize = 128;
/// Bytes of the words of a link. Same source.
pub const LINK_DESC_BYTES_MAX: usize = 512;
/// Bytes of an address. Same source.
pub const URL_BYTES_MAX: usize = 2_048;
/// Bytes of the title of a mini-program. Same source.
pub const APP_TITLE_BYTES_MAX: usize = 64;

/// One thing beside a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Attachment {
    /// A picture.
    Image(Picture),
    /// A link as a card.
    Link(Link),
    /// A mini-program as a card.
    Miniprogram(MiniProgram),
    /// A file.
    File(Medium),
    /// A film.
    Video(Medium),
}

/// A picture: by `media_id`, which counts if both are there, or by an address from
/// [`upload_image`](crate::wecom::Client::upload_image).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picture {
    /// From an upload, for 3 days.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub media_id: String,
    /// An address of the platform's own.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub pic_url: String,
}

/// A link as a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// At most [`LINK_TITLE_BYTES_MAX`] bytes, not empty.
    pub title: String,
    /// Address of a picture, at most [`URL_BYTES_MAX`] bytes.
    pub picurl: String,
    /// At most [`LINK_DESC_BYTES_MAX`] bytes.
    pub desc: String,
    /// At most [`URL_BYTES_MAX`] bytes, not empty.
    pub url: String,
}

/// A mini-program as a card; all fields are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MiniProgram {
    /// At most [`APP_TITLE_BYTES_MAX`] bytes.
    pub title: String,
    /// Its picture, best 520×416.
    pub pic_media_id: String,
    /// It has to be linked to the company.
    pub appid: String,
    /// Which page.
    pub page: String,
}

/// Something uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Medium {
    /// From an upload, for 3 days.
    pub media_id: String,
}

impl Attachment {
    /// The platform's word.
    pub(in crate::wecom::calls) fn word(&self) -> &'static str {
        match self {
            Self::Image(_) => "image",
            Self::Link(_) => "link",
            Self::Miniprogram(_) => "miniprogram",
            Self::File(_) => "file",
            Self::Video(_) => "video",
        }
    }

    pub(in crate::wecom::calls) fn check(&self) -> Result<(), Beyond> {
        match self {
            Self::Image(image) if image.media_id.is_empty() => {
                within::given("image.media_id", &image.pic_url)
            }
            Self::Image(_) => Ok(()),
            Self::Link(link) => {
                within::some_bytes("link.title", &link.title, LINK_TITLE_BYTES_MAX)?;
                within::bytes("link.picurl", &link.picurl, URL_BYTES_MAX)?;
                within::bytes("link.desc", &link.desc, LINK_DESC_BYTES_MAX)?;
                within::some_bytes("link.url", &link.url, URL_BYTES_MAX)
            }
            Self::Miniprogram(app) => {
                within::some_bytes("miniprogram.title", &app.title, APP_TITLE_BYTES_MAX)?;
                within::given("miniprogram.pic_media_id", &app.pic_media_id)?;
                within::given("miniprogram.appid", &app.appid)?;
                within::given("miniprogram.page", &app.page)
            }
            Self::File(file) => within::given("file.media_id", &file.media_id),
            Self::Video(video) => within::given("video.media_id", &video.media_id),
        }
    }
}
