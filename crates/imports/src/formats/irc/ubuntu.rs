//! irclogs.ubuntu.com: `[HH:MM]` on what is said; `===` lines have no clock.
//!
//! The rules are those of the counts in the sample's description: a nick holds no space, and a
//! `===` line that is no join, leave, nick, mode or topic line is an action. These archives wrote
//! a space behind every `]` of a nick until 2007; such rows follow the same letter: `<a[b] c>` is
//! not readable, and an event of such a nick is told as an action of its first word.

use crate::formats::irc::row::{Line, Row, bracketed_clock, said, word};

/// Takes a line apart.
pub(super) fn line(text: &str) -> Line<'_> {
    if let Some((clock, rest)) = bracketed_clock(text) {
        let row = said(rest).or_else(|| {
            let (nick, words) = word(rest.trim_start().strip_prefix("* ")?);
            (!nick.is_empty()).then_some(Row::Act(nick, words))
        });
        return Line { date: None, clock: Some(clock), row: row.unwrap_or(Row::Unreadable) };
    }
    if text.trim().is_empty() {
        return Line::bare(Row::Nothing);
    }
    Line::bare(text.strip_prefix("=== ").map_or(Row::Unreadable, event))
}

fn event(text: &str) -> Row<'_> {
    let (nick, rest) = word(text);
    if nick.is_empty() {
        return Row::Unreadable;
    }
    if let Some((_, after)) = rest.strip_prefix('[').and_then(|host| host.split_once(']')) {
        let words = after.trim_start();
        if words.len() < after.len() && words.starts_with("has joined") {
            return Row::Join(nick);
        }
        if words.len() < after.len() && words.starts_with("has left") {
            return Row::Leave(nick);
        }
    }
    if let Some(new) = rest.strip_prefix("is now known as ") {
        return Row::Nick(nick, word(new).0);
    }
    if text.starts_with("mode/") {
        return Row::Mode;
    }
    if text.contains("changed the topic") {
        return Row::Topic;
    }
    Row::Act(nick, rest)
}
