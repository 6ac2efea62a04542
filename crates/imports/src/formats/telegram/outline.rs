//! The first reading: which chats there are, and who bears which name.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::json::{Cursor, Value, open_json};
use crate::formats::telegram::names::Names;
use crate::formats::telegram::walk::{Stopped, Visit, walk};
use domain::{Evidence, Extent};
use memchr::memmem::Finder;
use std::io::Read;

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

/// Everything known before the second reading.
#[derive(Default)]
pub(super) struct Outline {
    pub(super) chats: Vec<ChatHead>,
    pub(super) names: Names,
    has_reactions: bool,
}

impl Outline {
    /// Reads it. A file that breaks off gives what stands before; the second reading says so.
    pub(super) fn of(entry: &Entry) -> Result<Self, ImportError> {
        let mut outlining =
            Outlining { outline: Self::default(), reactions: Finder::new("\"reactions\"") };
        let mut cursor = open_json(entry)?;
        match walk(&mut cursor, &mut outlining) {
            Ok(()) | Err(Stopped::Broken(_)) => Ok(outlining.outline),
            Err(Stopped::Error(error)) => Err(error),
        }
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

struct Outlining {
    outline: Outline,
    reactions: Finder<'static>,
}

impl Outlining {
    fn chat(&mut self, number: usize) -> Option<&mut ChatHead> {
        if self.outline.chats.len() <= number {
            self.outline.chats.resize(number + 1, ChatHead::default());
        }
        self.outline.chats.get_mut(number)
    }
}

impl<R: Read> Visit<R> for Outlining {
    fn head(&mut self, chat: usize, key: &str, value: &str) {
        if let Some(chat) = self.chat(chat) {
            let field = match key {
                "name" => &mut chat.name,
                "type" => &mut chat.kind,
                _ => &mut chat.id,
            };
            value.clone_into(field);
        }
    }

    fn messages(&mut self, chat: usize, cursor: &mut Cursor<R>) -> Result<(), Stopped> {
        if self.chat(chat).is_some_and(|chat| !chat.is_group()) {
            return Ok(cursor.skip()?);
        }
        cursor.open(b'[')?;
        while cursor.another(b']')? {
            if let Value::Whole(bytes) = cursor.value()? {
                self.outline.names.note(bytes);
                if !self.outline.has_reactions {
                    self.outline.has_reactions = self.reactions.find(bytes).is_some();
                }
            }
        }
        Ok(())
    }
}
