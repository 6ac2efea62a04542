//! Texts of messages and notices, cleaned and bounded.

use crate::web::letters::{is_visible, sift};

/// Most characters of a message (WeChat takes about as many).
pub const TEXT_CHARS_MAX: u32 = 4_000;

/// Most characters of an announcement, of rules, of last words.
pub const NOTICE_CHARS_MAX: u32 = 4_000;

/// Lines of a text; what follows goes on in the last one (接龙 lists of a big group fit).
const LINES_MAX: usize = 500;

/// Why a text cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing that a reader would see.
    #[error("the text is empty")]
    Empty,
    /// More than the limit.
    #[error("the text has {chars} characters, {limit} are allowed")]
    TooLong {
        /// Characters there are.
        chars: u32,
        /// Characters allowed.
        limit: u32,
    },
}

/// The text as it is kept: nothing invisible, at most one empty line between two paragraphs, no
/// blanks around it.
pub fn text(raw: &str, chars_max: u32) -> Result<String, TextError> {
    let sifted = sift(raw);
    let mut out = String::with_capacity(sifted.len());
    let (mut lines, mut was_empty) = (0, false);
    for line in sifted.split('\n').map(str::trim_end) {
        let is_empty = !line.chars().any(is_visible);
        if is_empty && (was_empty || out.is_empty()) {
            continue;
        }
        if !out.is_empty() {
            out.push(if lines < LINES_MAX { '\n' } else { ' ' });
        }
        out.push_str(if is_empty { "" } else { line });
        lines += 1;
        was_empty = is_empty;
    }
    let trimmed = out.trim();
    if trimmed.is_empty() {
        return Err(TextError::Empty);
    }
    let chars = u32::try_from(trimmed.chars().count()).unwrap_or(u32::MAX);
    if chars > chars_max {
        return Err(TextError::TooLong { chars, limit: chars_max });
    }
    Ok(trimmed.to_owned())
}
