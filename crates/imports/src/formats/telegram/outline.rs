//! The first reading: who bears which name, and what the chats say of themselves.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::json::{Cursor, json_bytes, open_json};
use crate::formats::telegram::names::Names;
use crate::formats::telegram::walk::{Stopped, Visit, walk};
use domain::{Evidence, Extent};
use memchr::memmem::Finder;
use std::collections::BTreeMap;
use std::io::{self, Read};

/// What a chat says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ChatHead {
    pub(super) name: String,
    /// Telegram's word, such as `private_supergroup`.
    pub(super) kind: String,
    pub(super) id: String,
}

impl ChatHead {
    /// A group or a channel; also what a newer Telegram calls by a word unknown here.
    pub(super) fn is_group(&self) -> bool {
        !matches!(
            self.kind.as_str(),
            "personal_chat" | "bot_chat" | "saved_messages" | "replies" | "verify_codes"
        )
    }

    /// Small groups write a row for everybody who comes or goes; large ones and channels do not.
    pub(super) fn shows_all_members(&self) -> bool {
        self.kind == "private_group"
    }
}

/// What the first reading found.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) names: Names,
    has_reactions: bool,
}

/// A window over the file, and how much of it is looked at again with the next one, so that
/// nothing is missed that lies across.
const WINDOW_BYTES: usize = 256 * 1024;
const OVERLAP_BYTES: usize = 8 * 1024;

impl Outline {
    /// Reads it. Whatever breaks the reading off will break the second one too, which says so.
    pub(super) fn of(entry: &Entry) -> Result<Self, ImportError> {
        let mut outline = Self::default();
        let reactions = Finder::new("\"reactions\"");
        let mut reader = json_bytes(entry)?;
        let mut window = vec![0; WINDOW_BYTES];
        let mut kept = 0;
        while let Some(filled) = fill(&mut reader, &mut window, kept) {
            let bytes = window.get(..filled).unwrap_or_default();
            outline.names.note(bytes);
            outline.has_reactions = outline.has_reactions || reactions.find(bytes).is_some();
            kept = filled.min(OVERLAP_BYTES);
            window.copy_within(filled - kept..filled, 0);
        }
        Ok(outline)
    }

    /// What the file can show about a chat. Old versions of Telegram Desktop wrote no reactions,
    /// so a file without any says nothing about them.
    pub(super) fn evidence(&self, chat: &ChatHead) -> Evidence {
        let members = if chat.shows_all_members() { Extent::Full } else { Extent::None };
        Evidence {
            messages: Extent::Full,
            joins: members,
            leaves: members,
            replies: Extent::Full,
            reactions: if self.has_reactions { Extent::Full } else { Extent::None },
            joins_are_connections: false,
        }
    }
}

/// Fills the window behind what was kept; `None` when nothing more comes.
fn fill(reader: &mut dyn Read, window: &mut [u8], kept: usize) -> Option<usize> {
    let mut filled = kept;
    while filled < window.len() {
        match reader.read(window.get_mut(filled..)?) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    (filled > kept).then_some(filled)
}

/// The heads of the chats met so far, in the order of the file.
#[derive(Default)]
pub(super) struct Heads(pub(super) BTreeMap<usize, ChatHead>);

impl Heads {
    /// Walks the whole file for them, passing over the messages.
    pub(super) fn of(entry: &Entry) -> Result<Self, ImportError> {
        let mut heads = Self::default();
        match walk(&mut open_json(entry)?, &mut heads) {
            Ok(()) | Err(Stopped::Broken(_)) => Ok(heads),
            Err(Stopped::Error(error)) => Err(error),
        }
    }

    /// Notes what a chat says of itself.
    pub(super) fn note(&mut self, chat: usize, key: &str, value: &str) {
        let chat = self.chat(chat);
        let field = match key {
            "name" => &mut chat.name,
            "type" => &mut chat.kind,
            _ => &mut chat.id,
        };
        value.clone_into(field);
    }

    /// The chat with this number.
    pub(super) fn chat(&mut self, number: usize) -> &mut ChatHead {
        self.0.entry(number).or_default()
    }
}

impl<R: Read> Visit<R> for Heads {
    fn head(&mut self, chat: usize, key: &str, value: &str) {
        self.note(chat, key, value);
    }

    fn messages(&mut self, chat: usize, cursor: &mut Cursor<R>) -> Result<(), Stopped> {
        self.chat(chat);
        Ok(cursor.skip()?)
    }
}
