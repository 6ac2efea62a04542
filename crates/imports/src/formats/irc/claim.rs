//! Which files are logs of which client, and which of them are days of one channel.

use crate::bundle::{Bundle, Entry};
use crate::format::Claim;
use crate::formats::irc::codes::without_codes;
use crate::formats::irc::row::{Row, bracketed_clock, clock};
use crate::formats::irc::{Dialect, mirc, ubuntu};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Lines of a head that are looked at.
const LINES_LOOKED_AT: usize = 200;

/// One claim a channel, its files in the order of their days.
pub(super) fn claim(bundle: &Bundle, open: &[usize], dialect: Dialect) -> Vec<Claim> {
    let mut channels: BTreeMap<String, Vec<(Option<Date>, usize)>> = BTreeMap::new();
    for &number in open {
        let Some(entry) = bundle.entries().get(number) else { continue };
        if is_log(entry, dialect) {
            let channel = channel(entry).unwrap_or_default().to_lowercase();
            channels.entry(channel).or_default().push((date(entry.path()), number));
        }
    }
    let claims = channels.into_values().map(|mut files| {
        files.sort_by_key(|(date, number)| (*date, *number));
        let entries = files.into_iter().map(|(_, number)| number).collect();
        Claim { entries, beside: Vec::new() }
    });
    claims.collect()
}

fn is_log(entry: &Entry, dialect: Dialect) -> bool {
    let head = entry.head_text();
    let lines = head.lines().filter(|line| !line.trim().is_empty()).take(LINES_LOOKED_AT);
    if head.trim().is_empty() {
        return dialect == Dialect::Mirc && is_day_file(entry.file_name());
    }
    let sure = |line: &str| is_mark_of(&without_codes(line), dialect);
    let said = |line: &str| {
        let line = without_codes(line);
        bracketed_clock(&line).is_some() && matches!(ubuntu::line(&line).row, Row::Say(..))
    };
    if lines.clone().any(sure) {
        let fits = |line: &str| sure(line) || said(line) || (dialect.line())(line).clock.is_some();
        return lines.clone().filter(|line| fits(line)).count() * 2 > lines.count();
    }
    // Only talk: the name of the file tells.
    let dated = entry.file_name().starts_with(|letter: char| letter.is_ascii_digit());
    let by_name = match dialect {
        Dialect::Ubuntu => dated,
        Dialect::Mirc => !dated,
        _ => false,
    };
    by_name
        && date(entry.path()).is_some()
        && lines.clone().filter(|line| said(line)).count() * 2 > lines.count()
}

/// `#chan.20090105.log`, also when nothing was said that day.
fn is_day_file(name: &str) -> bool {
    name.starts_with('#') && date(name).is_some()
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
    }
}

/// The channel: as the head says, or in the name of the file or of its folder.
pub(super) fn channel(entry: &Entry) -> Option<String> {
    let head = entry.head_text();
    let ident = head.lines().take(LINES_LOOKED_AT).find_map(|line| {
        let name = line.strip_prefix("Session Ident: ")?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    });
    ident.or_else(|| {
        entry.path().rsplit('/').find_map(|part| {
            let from = part.get(part.find('#')?..)?;
            let end = from.find(['.', '_']).unwrap_or(from.len());
            let name = from.get(..end).filter(|name| name.len() > 1)?;
            Some(name.to_owned())
        })
    })
}

/// The day in a path: `20090105`, `2009-01-05`, `2009/01/05`.
pub(super) fn date(path: &str) -> Option<Date> {
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
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    })
}

fn number(text: &str, digits: usize) -> Option<(i16, &str)> {
    let (number, rest) = text.split_at_checked(digits)?;
    let all = number.bytes().all(|byte| byte.is_ascii_digit());
    if all { Some((number.parse().ok()?, rest)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::date;
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
        assert_eq!(date("#chan.20091305.log"), None);
        assert_eq!(date("#chan.log"), None);
    }
}
