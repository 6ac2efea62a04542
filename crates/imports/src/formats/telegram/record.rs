//! The shape of one record of `messages`.

use crate::formats::json::{Loose, present};
use domain::Media;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A message or a service row; whatever is not written is `None` or `false`.
#[derive(Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each says that a field of the export is there")]
pub(super) struct Record<'a> {
    pub(super) id: Option<i64>,
    #[serde(rename = "type", borrow)]
    pub(super) kind: Option<Loose<'a>>,
    pub(super) date: Option<Loose<'a>>,
    pub(super) date_unixtime: Option<Loose<'a>>,
    pub(super) edited: Option<Loose<'a>>,
    pub(super) edited_unixtime: Option<Loose<'a>>,
    pub(super) from: Option<Loose<'a>>,
    pub(super) from_id: Option<Loose<'a>>,
    #[serde(default)]
    pub(super) text: Text<'a>,
    pub(super) media_type: Option<Loose<'a>>,
    pub(super) mime_type: Option<Loose<'a>>,
    pub(super) reply_to_message_id: Option<i64>,
    pub(super) reactions: Option<Vec<Reaction<'a>>>,
    #[serde(default, deserialize_with = "present")]
    pub(super) reply_to_peer_id: bool,
    #[serde(default, deserialize_with = "present")]
    pub(super) forwarded_from: bool,
    #[serde(default, deserialize_with = "present")]
    photo: bool,
    #[serde(default, deserialize_with = "present")]
    file: bool,
    #[serde(default, deserialize_with = "present")]
    poll: bool,
    #[serde(default, deserialize_with = "present")]
    contact_information: bool,
    #[serde(default, deserialize_with = "present")]
    location_information: bool,
    #[serde(default, deserialize_with = "present")]
    game_title: bool,
    #[serde(default, deserialize_with = "present")]
    invoice_information: bool,
    #[serde(default, deserialize_with = "present")]
    todo_list: bool,
    #[serde(default, deserialize_with = "present")]
    giveaway_information: bool,
    #[serde(default, deserialize_with = "present")]
    giveaway_results: bool,
    #[serde(default, deserialize_with = "present")]
    paid_stars_amount: bool,
    // Service rows.
    pub(super) action: Option<Loose<'a>>,
    pub(super) actor: Option<Loose<'a>>,
    pub(super) actor_id: Option<Loose<'a>>,
    pub(super) inviter: Option<Loose<'a>>,
    pub(super) members: Option<Vec<Option<Loose<'a>>>>,
}

impl Record<'_> {
    /// What is attached.
    pub(super) fn media(&self) -> Media {
        let mime = || self.mime_type.as_ref().and_then(|kind| kind.as_str().split('/').next());
        match self.media_type.as_ref().map(Loose::as_str) {
            Some("sticker" | "animation") => Media::Sticker,
            Some("voice_message" | "audio_file") => Media::Audio,
            Some("video_message" | "video_file") => Media::Video,
            _ if self.photo => Media::Image,
            _ if self.poll => Media::Poll,
            _ if self.contact_information => Media::Contact,
            _ if self.location_information => Media::Location,
            _ if self.file => match mime() {
                Some("image") => Media::Image,
                Some("video") => Media::Video,
                Some("audio") => Media::Audio,
                _ => Media::File,
            },
            _ if self.is_other() => Media::Other,
            _ => Media::None,
        }
    }

    fn is_other(&self) -> bool {
        self.game_title
            || self.invoice_information
            || self.todo_list
            || self.giveaway_information
            || self.giveaway_results
            || self.paid_stars_amount
    }
}

/// One emoji under a message.
#[derive(Deserialize)]
pub(super) struct Reaction<'a> {
    #[serde(borrow)]
    pub(super) emoji: Option<Loose<'a>>,
    pub(super) document_id: Option<Loose<'a>>,
    #[serde(rename = "type")]
    pub(super) kind: Option<Loose<'a>>,
    #[serde(default)]
    pub(super) count: u64,
    pub(super) recent: Option<Vec<Recent<'a>>>,
}

/// One of the people who reacted.
#[derive(Deserialize)]
pub(super) struct Recent<'a> {
    #[serde(borrow)]
    pub(super) from: Option<Loose<'a>>,
    pub(super) from_id: Option<Loose<'a>>,
    pub(super) date: Option<Loose<'a>>,
}

/// The words: a string, or a list of strings and marked pieces.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Text<'a> {
    /// All pieces together.
    pub(super) words: Cow<'a, str>,
    /// Whom the pieces call.
    pub(super) called: Vec<Called<'a>>,
}

/// Somebody who is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Called<'a> {
    /// By user name, without the `@`.
    Name(Cow<'a, str>),
    /// By id, with the name as shown.
    Account(String, Cow<'a, str>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of its pieces")
    }

    fn visit_borrowed_str<E>(self, words: &'de str) -> Result<Self::Value, E> {
        Ok(Text { words: Cow::Borrowed(words), called: Vec::new() })
    }

    fn visit_str<E>(self, words: &str) -> Result<Self::Value, E> {
        Ok(Text { words: Cow::Owned(words.to_owned()), called: Vec::new() })
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Text::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut pieces: A) -> Result<Self::Value, A::Error> {
        let mut words = String::new();
        let mut called = Vec::new();
        while let Some(piece) = pieces.next_element::<Piece<'de>>()? {
            words.push_str(&piece.0.text);
            called.extend(piece.0.called());
        }
        Ok(Text { words: Cow::Owned(words), called })
    }
}

#[derive(Default)]
struct Marked<'a> {
    kind: Cow<'a, str>,
    text: Cow<'a, str>,
    user: Option<String>,
}

impl<'a> Marked<'a> {
    fn called(self) -> Option<Called<'a>> {
        match (&*self.kind, self.user) {
            ("mention", _) => {
                let name = match self.text {
                    Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches('@')),
                    Cow::Owned(text) => Cow::Owned(text.trim_start_matches('@').to_owned()),
                };
                Some(Called::Name(name))
            }
            ("mention_name", Some(user)) => Some(Called::Account(user, self.text)),
            _ => None,
        }
    }
}

struct Piece<'a>(Marked<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for Piece<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PieceVisitor).map(Self)
    }
}

struct PieceVisitor;

impl<'de> Visitor<'de> for PieceVisitor {
    type Value = Marked<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a marked piece of text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Marked { text: Cow::Borrowed(text), ..Marked::default() })
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Marked { text: Cow::Owned(text.to_owned()), ..Marked::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut piece = Marked::default();
        while let Some(key) = members.next_key::<Loose<'de>>()? {
            match key.as_str() {
                "type" => piece.kind = members.next_value::<Loose<'de>>()?.0,
                "text" => piece.text = members.next_value::<Loose<'de>>()?.0,
                "user_id" => {
                    piece.user = members.next_value::<Option<Loose<'de>>>()?.map(|id| id.0.into());
                }
                _ => {
                    members.next_value::<serde::de::IgnoredAny>()?;
                }
            }
        }
        Ok(piece)
    }
}
