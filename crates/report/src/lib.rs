//! What insights look like: terminal text, one self-contained HTML page, JSON.
//!
//! [`Community`] is all that a report shows; each face is a function from it. No IO, no clock.

mod community;

pub use community::{Community, GroupReport, Lang, Source, WarningCount};
