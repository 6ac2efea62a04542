//! WeChat, which exports nothing itself: files of the tools that read its database.
//!
//! Shared by all of them: every member sees who comes in (rows of joins are complete), but who left
//! is normally not announced, so leaves are a lower bound; people
//! are keyed by wxid where the tool writes it. Not here: databases themselves, training sets.

mod content;
mod memotrace;
mod system_text;

use domain::{Evidence, Extent};

pub(crate) use memotrace::FORMAT as MEMOTRACE;
use system_text::plain;

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
