//! Pictures and files that were handed in.

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, Refused, refused};

/// A file can be used for so long.
pub const MEDIA_MS: i64 = 3 * Millis::DAY;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Medium {
    /// `image`, `voice`, `video` or `file`; `picture` is a permanent one with an address.
    pub kind: String,
    /// As receivers see it.
    pub name: String,
    /// Such as `image/png`.
    pub form: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// When it came.
    pub at: Millis,
}

impl Books {
    /// A file that can still be used.
    ///
    /// Refused: 40007 unknown or too old.
    pub(crate) fn medium(&self, id: &str, now: Millis) -> Result<&Medium, Refused> {
        let fresh = |one: &&Medium| one.kind == "picture" || now.since(one.at) < MEDIA_MS;
        self.media.get(id).filter(fresh).ok_or_else(|| refused(40_007, "invalid media_id"))
    }
}
