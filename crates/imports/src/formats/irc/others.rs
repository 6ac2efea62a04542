//! irssi, `WeeChat` and ZNC, from general knowledge of their default forms: no real log of them
//! was at hand, so anything unknown is the logger's own word, never an error.

use crate::formats::irc::mirc::changed;
use crate::formats::irc::row::{
    Line, Row, bracketed_clock, c_date, clock, said, without_rank, word,
};
use jiff::civil::Date;

/// irssi: `09:07 < nick> text`, `09:07 -!- nick [u@h] has joined #c`, `--- Day changed …`.
pub(super) fn irssi(text: &str) -> Line<'_> {
    if let Some(about) = text.strip_prefix("--- ") {
        let date = ["Log opened ", "Day changed ", "Log closed "]
            .iter()
            .find_map(|words| c_date(about.strip_prefix(words)?));
        let (date, clock) = date.map_or((None, None), |(date, clock)| (Some(date), clock));
        return Line { date, clock, row: Row::Nothing };
    }
    if text.trim().is_empty() {
        return Line::bare(Row::Nothing);
    }
    let Some((clock, rest)) = clock(text) else { return Line::bare(Row::Unreadable) };
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    let row = if let Some(row) = said(rest) {
        row
    } else if let Some(event) = rest.strip_prefix("-!- ") {
        irssi_event(event)
    } else if let Some(action) = rest.trim_start().strip_prefix("* ") {
        let (nick, words) = word(action);
        Row::Act(without_rank(nick), words)
    } else if rest.starts_with('-') {
        Row::Notice
    } else {
        Row::Recorder
    };
    Line { date: None, clock: Some(clock), row }
}

fn irssi_event(text: &str) -> Row<'_> {
    let (nick, rest) = word(text);
    if let Some((_, words)) = rest.strip_prefix('[').and_then(|host| host.split_once("] ")) {
        if words.starts_with("has joined ") {
            return Row::Join(nick);
        }
        if words.starts_with("has left ") || words.starts_with("has quit ") {
            return Row::Leave(nick);
        }
    }
    if let Some(by) = rest.strip_prefix("was kicked from ").and_then(|rest| rest.split_once(" by "))
    {
        return Row::Kick(nick, word(by.1).0);
    }
    if let Some(row) = changed(nick, rest) {
        return row;
    }
    if text.starts_with("mode/") || rest.starts_with("mode/") {
        return Row::Mode;
    }
    if rest.starts_with("changed the topic ") { Row::Topic } else { Row::Recorder }
}

/// `WeeChat`: `2024-01-05 09:07:03⇥nick⇥text`; `-->`, `<--`, `--` and ` *` instead of a nick.
pub(super) fn weechat(text: &str) -> Line<'_> {
    if text.trim().is_empty() {
        return Line::bare(Row::Nothing);
    }
    let parts = text.split_once('\t').and_then(|(stamp, rest)| {
        let (date, time) = stamp.split_once(' ')?;
        let (clock, after) = clock(time)?;
        let date: Date = date.parse().ok()?;
        after.is_empty().then_some((date, clock, rest))
    });
    let Some((date, clock, rest)) = parts else { return Line::bare(Row::Unreadable) };
    let (mark, words) = rest.split_once('\t').unwrap_or((rest, ""));
    let (first, after) = word(words);
    let row = match mark.trim() {
        "-->" if has_host(after, "has joined ") => Row::Join(first),
        "<--" => weechat_leave(first, after),
        "--" => weechat_note(first, after),
        "*" => Row::Act(without_rank(first), after),
        "" | "-->" | "=!=" => Row::Recorder,
        nick if nick.contains(' ') => Row::Unreadable,
        nick => Row::Say(without_rank(nick), words),
    };
    Line { date: Some(date), clock: Some(clock), row }
}

fn has_host(text: &str, words: &str) -> bool {
    text.split_once(") ")
        .is_some_and(|(host, rest)| host.starts_with('(') && rest.starts_with(words))
}

fn weechat_leave<'a>(nick: &'a str, rest: &'a str) -> Row<'a> {
    match rest.strip_prefix("has kicked ") {
        Some(whom) => Row::Kick(word(whom).0, nick),
        None if has_host(rest, "has left ") || has_host(rest, "has quit") => Row::Leave(nick),
        None => Row::Recorder,
    }
}

fn weechat_note<'a>(nick: &'a str, rest: &'a str) -> Row<'a> {
    if let Some(row) = changed(nick, rest) {
        return row;
    }
    if rest.starts_with("has changed topic ") {
        Row::Topic
    } else if nick == "Mode" {
        Row::Mode
    } else {
        Row::Recorder
    }
}

/// ZNC: `[09:07:03] *** Joins: nick (u@h)`; the date is in the name of the file.
pub(super) fn znc(text: &str) -> Line<'_> {
    if text.trim().is_empty() {
        return Line::bare(Row::Nothing);
    }
    let Some((clock, rest)) = bracketed_clock(text) else { return Line::bare(Row::Unreadable) };
    let row = if let Some(event) = rest.strip_prefix("*** ") {
        znc_event(event)
    } else if let Some(action) = rest.strip_prefix("* ") {
        let (nick, words) = word(action);
        Row::Act(without_rank(nick), words)
    } else if rest.starts_with('-') {
        Row::Notice
    } else {
        said(rest).unwrap_or(Row::Unreadable)
    };
    Line { date: None, clock: Some(clock), row }
}

fn znc_event(text: &str) -> Row<'_> {
    let (first, rest) = word(text);
    match first {
        "Joins:" => Row::Join(without_rank(word(rest).0)),
        "Parts:" | "Quits:" => Row::Leave(without_rank(word(rest).0)),
        nick => changed(without_rank(nick), rest).unwrap_or(Row::Recorder),
    }
}
