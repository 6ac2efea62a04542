//! WeChat, which exports nothing itself: files of the tools that read its database.
//!
//! Shared by all of them: every member sees who comes in (rows of joins are complete), but who left
//! is normally not announced, so leaves are a lower bound; people
//! are keyed by wxid where the tool writes it. Not here: databases themselves, training sets.

mod content;
mod memotrace;
mod pywxdump;
mod system_text;
mod training;
mod txt;

use domain::{Evidence, Extent};

pub(crate) use memotrace::FORMAT as MEMOTRACE;
pub(crate) use pywxdump::FORMAT as PYWXDUMP;
use system_text::plain;
pub(crate) use training::FORMAT as TRAINING;
pub(crate) use txt::FORMAT as TXT;

/// The platform word, and the scope of people's keys.
const PLATFORM: &str = "wechat";

/// What the tools' files show.
const EVIDENCE: Evidence = Evidence {
    messages: Extent::Full,
    joins: Extent::Full,
    leaves: Extent::Partial,
    replies: Extent::None,
    reactions: Extent::None,
    joins_are_connections: false,
};

/// `花友会_utf8.csv` and a second download `花友会_utf8 (1).csv` are the chat 花友会.
fn chat_name(file: &str) -> &str {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = match stem.rsplit_once(" (") {
        Some((before, number))
            if number.strip_suffix(')').is_some_and(|n| n.parse::<u8>().is_ok()) =>
        {
            before
        }
        _ => stem,
    };
    stem.strip_suffix("_utf8").unwrap_or(stem)
}
