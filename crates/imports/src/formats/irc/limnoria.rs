//! Limnoria (once supybot) and other bots of channels: the whole date on every line.
//!
//! `2009-01-05T09:07:03  <nick> text`, `… * nick waves`, `… *** nick <n!u@h> has joined #tea`; also
//! with the date in brackets, and with `* nick joined the channel` as botbot wrote it.

use crate::formats::irc::mirc::changed;
use crate::formats::irc::row::{Clock, Line, Row, clock, said, without_rank, word};
use jiff::civil::Date;

/// Takes a line apart.
pub(super) fn line(text: &str) -> Line<'_> {
    if text.trim().is_empty() {
        return Line::bare(Row::Nothing);
    }
    let Some((date, clock, rest)) = stamp(text) else { return Line::bare(Row::Unreadable) };
    let Some(row) = row(rest.trim_start()) else { return Line::bare(Row::Unreadable) };
    Line { date: Some(date), clock: Some(clock), row }
}

fn stamp(text: &str) -> Option<(Date, Clock, &str)> {
    let open = text.strip_prefix('[');
    let (day, rest) = open.unwrap_or(text).split_at_checked(10)?;
    let (clock, rest) = clock(rest.strip_prefix(['T', ' '])?)?;
    let rest = if open.is_some() { rest.strip_prefix(']')? } else { rest };
    let rest = rest.strip_prefix(' ')?;
    Some((day.parse().ok()?, clock, rest))
}

/// `None` where the line is of another kind of log.
fn row(rest: &str) -> Option<Row<'_>> {
    match rest.as_bytes().first()? {
        b'<' => said(rest),
        b'-' => {
            let (nick, _) = rest.get(1..)?.split_once("- ")?;
            let fits = !nick.is_empty() && !nick.contains(char::is_whitespace);
            fits.then_some(Row::Notice)
        }
        _ => {
            let (stars, text) = rest.split_once(' ')?;
            match stars {
                "***" => Some(event(text).unwrap_or(Row::Recorder)),
                "*" => Some(event(text).unwrap_or_else(|| {
                    let (nick, words) = word(text);
                    if nick == "--" { Row::Recorder } else { Row::Act(without_rank(nick), words) }
                })),
                _ => None,
            }
        }
    }
}

fn event(text: &str) -> Option<Row<'_>> {
    let (nick, rest) = word(text);
    let nick = without_rank(nick);
    let host = rest.strip_prefix('<').and_then(|host| host.split_once("> "));
    let words = host.map_or(rest, |(_, words)| words);
    let known = host.is_some() || words.ends_with(" the channel") || words == "has quit";
    if known && (words.starts_with("has joined ") || words == "joined the channel") {
        return Some(Row::Join(nick));
    }
    if known && (words.starts_with("has left ") || words.starts_with("has quit")) {
        return Some(Row::Leave(nick));
    }
    changed(nick, words)
}
