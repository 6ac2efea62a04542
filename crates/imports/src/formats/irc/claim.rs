//! Which files are logs of which client, and which of them are days of one channel.

use crate::bundle::{Bundle, Entry};
use crate::format::Claim;
use crate::formats::irc::codes::without_codes;
use crate::formats::irc::row::{Row, bracketed_clock, clock};
use crate::formats::irc::{Dialect, mirc, others, ubuntu};
use jiff::civil::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Lines of a head that are looked at.
const LINES_LOOKED_AT: usize = 200;

/// One claim a channel, its files in the order of their days.
pub(super) fn claim(bundle: &Bundle, open: &[usize], dialect: Dialect) -> Vec<Claim> {
    let mut channels: BTreeMap<String, Vec<File>> = BTreeMap::new();
    for &number in open {
        let Some(entry) = bundle.entries().get(number) else { continue };
        if let Some(kind) = kind(entry) {
            // Days on which nothing happened tell the channel by their name only, without `#`.
            let channel = channel(entry).unwrap_or_default().to_lowercase();
            let channel = channel.trim_start_matches('#').to_owned();
            let file = File { day: date(entry.path()), number, kind };
            channels.entry(channel).or_default().push(file);
        }
    }
    let claims = channels.into_values().filter_map(|files| {
        let mut ours = of_dialect(&files, dialect);
        ours.sort_unstable();
        let entries: Vec<usize> = ours.into_iter().map(|(_, number)| number).collect();
        (!entries.is_empty()).then_some(Claim { entries, beside: Vec::new() })
    });
    claims.collect()
}

/// A file that may be a day of a channel.
struct File {
    day: Option<Date>,
    number: usize,
    kind: Kind,
}

/// What the beginning of a file tells about the client that wrote it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Lines that no other client writes.
    Sure(Dialect),
    /// Only talk, as several clients write it; this one unless other days of the channel tell.
    Talk(Dialect),
    /// Nothing happened that day; a log by itself only when named like one of mIRC.
    Silent { mirc: bool },
}

/// The files of a channel that this client wrote. Days that do not tell go with those that do.
fn of_dialect(files: &[File], dialect: Dialect) -> Vec<(Option<Date>, usize)> {
    let commonest = |kinds: &dyn Fn(Kind) -> Option<Dialect>| {
        let found =
            |of: &Dialect| files.iter().filter(|file| kinds(file.kind) == Some(*of)).count();
        // Of equals the first.
        DIALECTS.into_iter().rev().max_by_key(found).filter(|of| found(of) > 0)
    };
    let sure = |kind| if let Kind::Sure(of) = kind { Some(of) } else { None };
    let bracketed = |kind| sure(kind).filter(|of| of.is_bracketed());
    let telling = commonest(&bracketed);
    let talk = |kind| match kind {
        Kind::Talk(of) if of.is_bracketed() => Some(telling.unwrap_or(of)),
        Kind::Talk(of) => Some(of),
        _ => sure(kind),
    };
    let silent = commonest(&talk);
    let resolved = |kind| match kind {
        Kind::Silent { mirc } => silent.or(mirc.then_some(Dialect::Mirc)),
        _ => talk(kind),
    };
    let ours = files.iter().filter(|file| resolved(file.kind) == Some(dialect));
    ours.map(|file| (file.day, file.number)).collect()
}

const DIALECTS: [Dialect; 6] = [
    Dialect::Mirc,
    Dialect::Ubuntu,
    Dialect::Znc,
    Dialect::Irssi,
    Dialect::Weechat,
    Dialect::Limnoria,
];

fn kind(entry: &Entry) -> Option<Kind> {
    let head = entry.head_text();
    if head.trim().is_empty() {
        let ending = entry.file_name().rsplit_once('.').map(|(_, ending)| ending);
        let named = date(entry.path()).is_some() && matches!(ending, Some("log" | "txt"));
        return named.then(|| Kind::Silent { mirc: entry.file_name().starts_with('#') });
    }
    let lines: Vec<Cow<'_, str>> = head
        .lines()
        .filter(|line| !line.trim().is_empty())
        .take(LINES_LOOKED_AT)
        .map(without_codes)
        .collect();
    let most = |fits: &dyn Fn(&str) -> bool| {
        lines.iter().filter(|line| fits(line)).count() * 2 > lines.len()
    };
    let marks = DIALECTS.map(|of| lines.iter().filter(|line| is_mark_of(line, of)).count());
    if let Some((_, of)) = marks.into_iter().zip(DIALECTS).rev().max_by_key(|(marks, _)| *marks)
        && marks.iter().any(|marks| *marks > 0)
    {
        let fits = |line: &str| {
            is_mark_of(line, of) || is_bracketed_talk(line) || of.line()(line).clock.is_some()
        };
        let said_so =
            of == Dialect::Mirc && lines.iter().any(|line| line.starts_with("Session Ident: "));
        return (said_so || most(&fits)).then_some(Kind::Sure(of));
    }
    // Only talk: the name of the file tells.
    date(entry.path())?;
    if most(&is_bracketed_talk) {
        let dated = entry.file_name().starts_with(|letter: char| letter.is_ascii_digit());
        return Some(Kind::Talk(if dated { Dialect::Ubuntu } else { Dialect::Mirc }));
    }
    most(&is_plain_talk).then_some(Kind::Talk(Dialect::Irssi))
}

/// `[09:07] <ann> hi`, `[09:07] * ann waves`.
fn is_bracketed_talk(line: &str) -> bool {
    bracketed_clock(line).is_some() && matches!(ubuntu::line(line).row, Row::Say(..) | Row::Act(..))
}

/// `09:07 < ann> hi`, `09:07  * ann waves`.
fn is_plain_talk(line: &str) -> bool {
    let begins = |rest: &str| rest.starts_with(" <") || rest.starts_with("  * ");
    clock(line).is_some_and(|(_, rest)| begins(rest))
        && matches!(others::irssi(line).row, Row::Say(..) | Row::Act(..))
}

/// Lines that no other client writes.
fn is_mark_of(line: &str, dialect: Dialect) -> bool {
    let after = bracketed_clock(line).map(|(_, rest)| rest);
    match dialect {
        Dialect::Mirc => {
            line.starts_with("Session Start: ")
                || line.starts_with("Session Ident: ")
                || after.is_some_and(|rest| {
                    rest.starts_with("* ")
                        && matches!(
                            mirc::line(line).row,
                            Row::Join(_) | Row::Leave(_) | Row::Nick(..) | Row::Mode
                        )
                })
        }
        Dialect::Ubuntu => line
            .strip_prefix("=== ")
            .is_some_and(|_| !matches!(ubuntu::line(line).row, Row::Act(..) | Row::Unreadable)),
        Dialect::Znc => after.is_some_and(|rest| rest.starts_with("*** ")),
        Dialect::Irssi => {
            line.starts_with("--- Log opened ")
                || line.starts_with("--- Day changed ")
                || clock(line).is_some_and(|(_, rest)| rest.starts_with(" -!- "))
        }
        Dialect::Weechat => (dialect.line())(line).clock.is_some(),
        Dialect::Limnoria => {
            let row = (dialect.line())(line).row;
            !matches!(row, Row::Unreadable | Row::Nothing | Row::Notice | Row::Act(..))
        }
    }
}

/// The channel: as the head says, or in the name of the file or of its folder.
pub(super) fn channel(entry: &Entry) -> Option<String> {
    let head = entry.head_text();
    let ident = head.lines().take(LINES_LOOKED_AT).find_map(|line| {
        let name = line.strip_prefix("Session Ident: ")?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    });
    let hashed = || {
        entry.path().rsplit('/').find_map(|part| {
            let from = part.get(part.find('#')?..)?;
            let end = from.find(['.', '_']).unwrap_or(from.len());
            let name = from.get(..end).filter(|name| name.len() > 1)?;
            Some(name.to_owned())
        })
    };
    ident.or_else(hashed).or_else(|| beside_date(entry.path()).map(str::to_owned))
}

/// What stands before the date in `tea-2009-01-05.log`, else the folder of `2009-01-05.log`.
fn beside_date(path: &str) -> Option<&str> {
    let (at, _) = dated(path)?;
    let before = path.get(..at)?;
    let parts = before.rsplit('/').map(|part| part.trim_end_matches(['-', '_', '.', ' ']));
    parts.into_iter().find(|part| part.contains(char::is_alphabetic))
}

/// The day in a path: `20090105`, `2009-01-05`, `2009/01/05`.
pub(super) fn date(path: &str) -> Option<Date> {
    dated(path).map(|(_, date)| date)
}

/// Where the last date of a path begins, and the date.
fn dated(path: &str) -> Option<(usize, Date)> {
    let bytes = path.as_bytes();
    (0..bytes.len()).rev().find_map(|at| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        if before.is_some_and(u8::is_ascii_digit) {
            return None;
        }
        let (year, rest) = number(path.get(at..)?, 4)?;
        let separated = rest.starts_with(['-', '/', '_', '.']);
        let skip = usize::from(separated);
        let (month, rest) = number(rest.get(skip..)?, 2)?;
        let (day, rest) = number(rest.get(skip..)?, 2)?;
        if rest.starts_with(|letter: char| letter.is_ascii_digit()) || year < 1980 {
            return None;
        }
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some((at, date))
    })
}

fn number(text: &str, digits: usize) -> Option<(i16, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    let all = number.bytes().all(|byte| byte.is_ascii_digit());
    if all { Some((number.parse().ok()?, rest)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::{beside_date, date};
    use jiff::civil;

    #[test]
    fn the_day_is_found_in_the_path() {
        let day = Some(civil::date(2009, 1, 5));
        for path in [
            "#chan.20090105.log",
            "2009-01-05-#chan.txt",
            "logs/2009/01/05/#chan.txt",
            "#chan_20090105.log",
            "old-2001-01-01/#chan.20090105.log",
        ] {
            assert_eq!(date(path), day, "{path}");
        }
        assert_eq!(beside_date("logs/2009/01/05.log"), Some("logs"));
        assert_eq!(beside_date("tea/2009-01-05.log"), Some("tea"));
        assert_eq!(beside_date("irc/green-tea_20090105.log"), Some("green-tea"));
        assert_eq!(beside_date("2009-01-05.log"), None);
        assert_eq!(date("#chan.20091305.log"), None);
        assert_eq!(date("#chan.log"), None);
    }
}
