//! Files for messages (素材): for 3 days, or pictures for good.

use domain::Millis;
use serde::Deserialize;

use crate::wecom::budget::Limit;
use crate::wecom::calls::within::{self, Beyond, Unit};
use crate::wecom::calls::{Done, lenient};
use crate::wecom::client::{Call, CallError, Client};

const UPLOAD: Call = Call::repeatable("/cgi-bin/media/upload");
/// A second try makes a second picture, of 3,000 a month.
const UPLOAD_IMAGE: Call = Call::once("/cgi-bin/media/uploadimg").within(&IMAGE_LIMITS);
/// 1,000 a day and 3,000 a month (上传图片).
const IMAGE_LIMITS: [Limit; 2] = [
    Limit { most: 1_000, within_ms: Millis::DAY },
    Limit { most: 3_000, within_ms: 30 * Millis::DAY },
];

const FETCH: Call = Call::repeatable("/cgi-bin/media/get");
/// A file that is not known, or no longer (获取临时素材).
const NO_SUCH_MEDIA: i64 = 40_007;

/// Files of 5 bytes and less are refused (上传临时素材).
pub const MEDIA_BYTES_MIN: usize = 6;
/// Bytes of a picture for good. Source: 上传图片.
pub const IMAGE_BYTES_MAX: usize = 2 * MB;
/// So long a file can be used, in milliseconds (上传临时素材).
pub const MEDIA_LIFE_MS: i64 = 3 * Millis::DAY;
/// Bytes of a file's name that is shown to receivers; what file systems take.
const NAME_BYTES_MAX: usize = 255;
const MB: usize = 1_024 * 1_024;

/// What kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// JPG or PNG, at most 10 MB.
    Image,
    /// AMR, at most 2 MB and 60 s.
    Voice,
    /// MP4, at most 10 MB.
    Video,
    /// Anything, at most 20 MB.
    File,
}

/// An uploaded file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Media {
    /// For all apps of the company, for [`MEDIA_LIFE_MS`].
    pub media_id: String,
    /// When it was uploaded.
    #[serde(rename = "created_at", deserialize_with = "lenient::moment")]
    pub created: Millis,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    url: String,
}

impl MediaKind {
    /// Bytes, at most (上传临时素材).
    pub const fn bytes_max(self) -> usize {
        match self {
            Self::Image | Self::Video => 10 * MB,
            Self::Voice => 2 * MB,
            Self::File => 20 * MB,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Voice => "voice",
            Self::Video => "video",
            Self::File => "file",
        }
    }
}

impl Client {
    /// Uploads a file under a name that receivers see.
    pub async fn upload_media(
        &self,
        kind: MediaKind,
        name: &str,
        bytes: &[u8],
    ) -> Result<Media, CallError> {
        check(name, bytes, kind.bytes_max())?;
        self.upload(UPLOAD, &[("type", kind.word())], (name, bytes)).await
    }

    /// Uploads a JPG or PNG for good and gives its address, which only the platform's own clients
    /// show.
    pub async fn upload_image(&self, name: &str, bytes: &[u8]) -> Result<String, CallError> {
        check(name, bytes, IMAGE_BYTES_MAX)?;
        let shown: Shown = self.upload(UPLOAD_IMAGE, &[], (name, bytes)).await?;
        Ok(shown.url)
    }
}

impl Client {
    /// Whether the app may use files: asks for one that is not there, so that nothing is fetched
    /// and nothing changed.
    pub async fn may_use_media(&self) -> Result<(), CallError> {
        match self.get::<Done>(FETCH, &[("media_id", "0")]).await {
            Err(error) if error.code() == Some(NO_SUCH_MEDIA) => Ok(()),
            other => other.map(drop),
        }
    }
}

fn check(name: &str, bytes: &[u8], most: usize) -> Result<(), Beyond> {
    within::some_bytes("filename", name, NAME_BYTES_MAX)?;
    if name.contains(|letter: char| letter.is_control() || matches!(letter, '"' | '/' | '\\')) {
        return Err(Beyond::Form { what: "filename", form: "a name without quotes and slashes" });
    }
    within::above("media", bytes.len(), MEDIA_BYTES_MIN, Unit::Bytes)?;
    within::below("media", bytes.len(), most, Unit::Bytes)
}
