//! mIRC: `Session Start:` lines carry the date, `[HH:MM]` the clock.
//!
//! Actions and status lines share `* `. Status lines are known by their words; an action is
//! accepted only from a nick that is seen elsewhere in the logs.

use crate::formats::irc::row::{Line, Row, bracketed_clock, c_date, said, without_rank, word};

/// Status lines that begin with no nick.
const STATUS: &[&str] = &[
    "Disconnected",
    "Attempting to rejoin ",
    "Rejoined channel ",
    "Now talking in ",
    "Now talking on ",
    "Topic is '",
    "Set by ",
    "Logging ",
    "Retrieving #",
    "Channel created on ",
    "You were kicked ",
    "You are now known as ",
    "Unable to ",
    "Disconnecting",
];

/// Takes a line apart (already without colour codes).
pub(super) fn line(text: &str) -> Line<'_> {
    let Some((clock, rest)) = bracketed_clock(text) else {
        return unclocked(text);
    };
    Line { date: None, clock: Some(clock), row: row(rest) }
}

fn unclocked(text: &str) -> Line<'_> {
    if text.trim().is_empty() {
        return Line::bare(Row::Nothing);
    }
    if let Some(start) = text.strip_prefix("Session Start: ") {
        return match c_date(start) {
            Some((date, clock)) => Line { date: Some(date), clock, row: Row::Nothing },
            None => Line::bare(Row::Unreadable),
        };
    }
    if let Some(channel) = text.strip_prefix("Session Ident: ") {
        return Line::bare(Row::Channel(channel.trim()));
    }
    let close = text.starts_with("Session Close: ") || text.starts_with("Session Time: ");
    Line::bare(if close { Row::Nothing } else { Row::Unreadable })
}

fn row(rest: &str) -> Row<'_> {
    match rest.as_bytes().first() {
        Some(b'<') => said(rest).unwrap_or(Row::Unreadable),
        Some(b'*') => rest.strip_prefix("* ").map_or(Row::Recorder, starred),
        Some(b'-') => Row::Notice,
        _ => Row::Recorder,
    }
}

fn starred(text: &str) -> Row<'_> {
    let (first, rest) = word(text);
    let nick = without_rank(first);
    match first {
        "Joins:" => return Row::Join(without_rank(word(rest).0)),
        "Parts:" | "Quits:" => return Row::Leave(without_rank(word(rest).0)),
        _ => {}
    }
    if STATUS.iter().any(|status| text.starts_with(status)) {
        return Row::Recorder;
    }
    if let Some(row) = changed(nick, rest) {
        return row;
    }
    if let Some((_, after)) = rest.strip_prefix('(').and_then(|host| host.split_once(") ")) {
        if after.starts_with("has joined #") {
            return Row::Join(nick);
        }
        if after.starts_with("has left #") || after.starts_with("Quit ") || after == "Quit" {
            return Row::Leave(nick);
        }
    }
    Row::ActOrStatus(nick, rest)
}

/// The events that read the same in several clients.
pub(super) fn changed<'a>(nick: &'a str, rest: &'a str) -> Option<Row<'a>> {
    if let Some(new) = rest.strip_prefix("is now known as ") {
        return Some(Row::Nick(nick, without_rank(new.trim())));
    }
    if let Some(by) = rest.strip_prefix("was kicked by ") {
        return Some(Row::Kick(nick, without_rank(word(by).0)));
    }
    if rest.starts_with("sets mode: ") {
        return Some(Row::Mode);
    }
    rest.starts_with("changes topic to ").then_some(Row::Topic)
}
