//! What goes with the words of a welcome (D01).

use serde::{Deserialize, Serialize};

/// One thing beside the words. Pictures, films and files are media that we keep, by number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Beside {
    /// A picture.
    Image {
        /// Which.
        medium: i64,
    },
    /// A link as a card.
    Link {
        /// What stands on it.
        title: String,
        /// A line below; may be empty.
        desc: String,
        /// Where it leads.
        url: String,
        /// Address of its picture; may be empty.
        picture: String,
    },
    /// A mini-program as a card.
    App {
        /// What stands on it.
        title: String,
        /// Its id; it has to be linked to the company.
        appid: String,
        /// Which page of it opens.
        page: String,
        /// Its picture.
        medium: i64,
    },
    /// A film.
    Video {
        /// Which.
        medium: i64,
    },
    /// A file.
    File {
        /// Which.
        medium: i64,
    },
}

impl Beside {
    /// The stable word of its kind.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Image { .. } => "image",
            Self::Link { .. } => "link",
            Self::App { .. } => "app",
            Self::Video { .. } => "video",
            Self::File { .. } => "file",
        }
    }

    /// The medium that it needs.
    pub fn medium(&self) -> Option<i64> {
        match self {
            Self::Image { medium }
            | Self::App { medium, .. }
            | Self::Video { medium }
            | Self::File { medium } => Some(*medium),
            Self::Link { .. } => None,
        }
    }
}
