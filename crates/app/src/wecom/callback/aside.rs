//! Why nothing is done about a letter: stable words, with what was said after a bar.

/// An event that the program does not know.
pub(super) const UNKNOWN: &str = "unknown";
/// An event of a function that is not used here (获客助手, 会话内容存档).
pub(super) const UNUSED: &str = "unused";
/// A customer agreed to the archive, which is not read.
pub(super) const ARCHIVE: &str = "archive";
/// The app is about to lose rights, or has: a person has to see it.
pub(super) const APP: &str = "app";
/// A button of a card was pressed that was not sent from here.
pub(super) const CARD: &str = "card";
/// It could not be kept, and would fail again.
pub(super) const FAILED: &str = "failed";

/// Letters of what was said.
const SAID_MAX: usize = 200;

/// A word with what was said.
pub(super) fn said(word: &str, said: &str) -> String {
    let said: String = said.chars().take(SAID_MAX).collect();
    format!("{word}|{said}")
}
