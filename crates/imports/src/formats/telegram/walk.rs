//! The outer structure of `result.json`: one chat, or lists of chats inside an account.

use crate::error::ImportError;
use crate::formats::json::{Broken, Cursor, Value, parse_lenient};
use domain::Place;
use std::io::Read;

/// Why a walk ended early.
pub(super) enum Stopped {
    /// The structure broke.
    Broken(Broken),
    /// The visitor said so.
    Error(ImportError),
}

impl Stopped {
    /// The error for it; `place` is asked only for broken structure.
    pub(super) fn into_error(self, place: impl FnOnce() -> Place) -> ImportError {
        match self {
            Self::Broken(broken) => broken.at(place()),
            Self::Error(error) => error,
        }
    }
}

impl From<Broken> for Stopped {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

impl From<ImportError> for Stopped {
    fn from(error: ImportError) -> Self {
        Self::Error(error)
    }
}

/// What wants to know of chats.
pub(super) trait Visit<R: Read> {
    /// The chat with this number (in the order of the file) says one thing of itself.
    fn head(&mut self, chat: usize, key: &str, value: &str);
    /// The cursor stands before the messages of a chat, and must be left behind them.
    fn messages(&mut self, chat: usize, cursor: &mut Cursor<R>) -> Result<(), Stopped>;
}

/// Walks the whole file. Chats are numbered from 0 in the order of the file.
pub(super) fn walk<R: Read>(
    cursor: &mut Cursor<R>,
    visit: &mut dyn Visit<R>,
) -> Result<(), Stopped> {
    let mut next = 0;
    let mut top = None;
    cursor.open(b'{')?;
    while let Some(key) = cursor.key()? {
        if matches!(key.as_str(), "chats" | "left_chats") && cursor.peek()? == Some(b'{') {
            cursor.open(b'{')?;
            while let Some(key) = cursor.key()? {
                if key == "list" && cursor.peek()? == Some(b'[') {
                    list(cursor, &mut next, visit)?;
                } else {
                    cursor.skip()?;
                }
            }
        } else {
            member(cursor, &key, &mut top, &mut next, visit)?;
        }
    }
    Ok(())
}

fn list<R: Read>(
    cursor: &mut Cursor<R>,
    next: &mut usize,
    visit: &mut dyn Visit<R>,
) -> Result<(), Stopped> {
    cursor.open(b'[')?;
    while cursor.another(b']')? {
        if cursor.peek()? != Some(b'{') {
            cursor.skip()?;
            continue;
        }
        let mut chat = None;
        cursor.open(b'{')?;
        while let Some(key) = cursor.key()? {
            member(cursor, &key, &mut chat, next, visit)?;
        }
    }
    Ok(())
}

/// One member of a chat. A chat gets its number with its first telling member.
fn member<R: Read>(
    cursor: &mut Cursor<R>,
    key: &str,
    chat: &mut Option<usize>,
    next: &mut usize,
    visit: &mut dyn Visit<R>,
) -> Result<(), Stopped> {
    let mut number = || {
        *chat.get_or_insert_with(|| {
            *next += 1;
            *next - 1
        })
    };
    match key {
        "messages" => {
            let chat = number();
            visit.messages(chat, cursor)
        }
        "name" | "type" | "id" => {
            let chat = number();
            if let Value::Whole(bytes) = cursor.value()? {
                let number = || String::from_utf8_lossy(bytes).into_owned();
                let text = parse_lenient::<Option<String>>(bytes);
                let text = text.map_or_else(number, Option::unwrap_or_default);
                visit.head(chat, key, &text);
            }
            Ok(())
        }
        _ => Ok(cursor.skip()?),
    }
}
