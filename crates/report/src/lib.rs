//! What insights look like: terminal text, one self-contained HTML page, JSON.
//!
//! [`Community`] is all that a report shows; each face is a function from it. No IO, no clock.

mod charts;
mod community;
mod definitions;
mod html;
mod json;
mod speech;
mod words;

pub use community::{Community, GroupReport, Lang, Source, WarningCount};
pub use html::html;
pub use json::json;

/// The summary for a terminal, no line wider than `width` columns.
pub fn terminal(community: &Community, _lang: Lang, _width: usize, _colour: bool) -> String {
    format!("{}\n", community.title)
}
