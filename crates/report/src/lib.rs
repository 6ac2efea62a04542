//! What insights look like: terminal text, one self-contained HTML page, JSON.
//!
//! [`Community`] is all that a report shows; each face is a function from it. No IO, no clock.

mod charts;
mod community;
mod definitions;
mod facts;
mod html;
mod json;
mod said;
pub mod speech;
mod spoken;
mod terminal;
mod words;

pub use charts::{line_path, sparkline};
pub use community::{Community, GroupReport, Lang, Source, WarningCount};
pub use html::{Section, fragment, html, style};
pub use json::json;
pub use said::{Moved, Said, definition, manner, needs, role, said, unit_value};
pub use spoken::{Spoken, cause, figures, mood};
pub use terminal::terminal;

/// What a warning of the import means, by its stable code.
pub fn warning_word(code: &'static str, lang: Lang) -> &'static str {
    words::warning(code, lang)
}

/// How alive a group is, in a word.
pub fn mood_word(mood: insights::Mood, lang: Lang) -> &'static str {
    words::mood(mood, lang)
}

/// Why a group is judged as it is: one sentence with its numbers.
pub fn cause_words(cause: &insights::Cause, lang: Lang) -> String {
    words::cause(cause, lang)
}
