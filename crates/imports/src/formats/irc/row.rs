//! What a line of a log says, whichever client wrote it.

use jiff::civil::Date;

/// Hour, minute, second.
pub(super) type Clock = [i8; 3];

/// One line, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// A date on the line itself or on a line about the log.
    pub(super) date: Option<Date>,
    /// The clock, where the line has one.
    pub(super) clock: Option<Clock>,
    /// What it says.
    pub(super) row: Row<'a>,
}

/// What happened. Nicks are without the marks of rank (`@`, `+`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row<'a> {
    /// `<nick> text`.
    Say(&'a str, &'a str),
    /// `* nick text`.
    Act(&'a str, &'a str),
    /// Like [`Row::Act`], but status lines have the same form: true only for a nick that is
    /// seen elsewhere.
    ActOrStatus(&'a str, &'a str),
    /// A connection begins.
    Join(&'a str),
    /// A connection ends, whether it left the channel or the network.
    Leave(&'a str),
    /// First was thrown out by the second.
    Kick(&'a str, &'a str),
    /// The first is now called the second.
    Nick(&'a str, &'a str),
    /// Rights or modes changed.
    Mode,
    /// The topic changed.
    Topic,
    /// A notice, or anything else that comes from the network.
    Notice,
    /// The logger's own words.
    Recorder,
    /// The logger says which channel this is.
    Channel(&'a str),
    /// Nothing to tell: blank, or only a date.
    Nothing,
    /// Not a line of this kind of log.
    Unreadable,
}

impl<'a> Row<'a> {
    /// Whose nick it surely is: all but what has the form of a status line.
    pub(super) fn nicks(self) -> [Option<&'a str>; 2] {
        match self {
            Self::Say(nick, _) | Self::Act(nick, _) | Self::Join(nick) | Self::Leave(nick) => {
                [Some(nick), None]
            }
            Self::Nick(old, new) | Self::Kick(old, new) => [Some(old), Some(new)],
            _ => [None, None],
        }
    }
}

impl<'a> Line<'a> {
    /// A line without a date or clock.
    pub(super) fn bare(row: Row<'a>) -> Self {
        Self { date: None, clock: None, row }
    }
}

/// `HH:MM` or `HH:MM:SS` at the start, and what follows.
pub(super) fn clock(text: &str) -> Option<(Clock, &str)> {
    let (hour, rest) = two_digits(text)?;
    let (minute, rest) = two_digits(rest.strip_prefix(':')?)?;
    let (second, rest) = match rest.strip_prefix(':') {
        Some(more) => two_digits(more)?,
        None => (0, rest),
    };
    (hour < 24 && minute < 60 && second < 61).then_some(([hour, minute, second.min(59)], rest))
}

/// `[HH:MM] ` or, with the day of the month, `[DD HH:MM] `, and what follows the space.
pub(super) fn bracketed_clock(line: &str) -> Option<(Clock, &str)> {
    let inside = line.strip_prefix('[')?;
    let day = two_digits(inside).and_then(|(_, rest)| rest.strip_prefix(' '));
    let (clock, rest) = clock(day.unwrap_or(inside))?;
    let rest = rest.strip_prefix(']')?;
    Some((clock, rest.strip_prefix(' ').unwrap_or(rest)))
}

fn two_digits(text: &str) -> Option<(i8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    Some((digits.parse().ok()?, rest))
}

/// `<nick> text` with its marks of rank; a nick holds no space.
pub(super) fn said(text: &str) -> Option<Row<'_>> {
    let (nick, rest) = text.strip_prefix('<')?.split_once('>')?;
    let nick = without_rank(nick.trim_start());
    let fits = !nick.is_empty() && !nick.contains(char::is_whitespace);
    fits.then(|| Row::Say(nick, rest.strip_prefix(' ').unwrap_or(rest)))
}

/// The nick without marks of rank.
pub(super) fn without_rank(nick: &str) -> &str {
    let bare = nick.trim_start_matches(['@', '+', '%', '&', '~', '!']);
    if bare.is_empty() { nick } else { bare }
}

/// The first word and what follows it.
pub(super) fn word(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `Mon Jan 05 00:00:00 2009` or `Mon Jan 05 2009`.
pub(super) fn c_date(text: &str) -> Option<(Date, Option<Clock>)> {
    let mut words = text.split_whitespace();
    let _weekday = words.next()?;
    let name = words.next()?;
    let month = MONTHS.iter().position(|month| *month == name)?;
    let day: i8 = words.next()?.parse().ok()?;
    let next = words.next()?;
    let (time, year) = match clock(next) {
        Some((time, "")) => (Some(time), words.next()?),
        _ => (None, next),
    };
    let date = Date::new(year.parse().ok()?, i8::try_from(month + 1).ok()?, day).ok()?;
    Some((date, time))
}
