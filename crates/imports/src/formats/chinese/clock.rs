//! `2024-01-05 9:07:03` at the beginning of a line, as the Windows clients write it.

use crate::formats::wall::Reading;

/// The clock at the beginning and what follows it.
pub(crate) fn clock(line: &str) -> Option<(Reading, &str)> {
    let (year, rest) = number(line, 4, '-')?;
    let (month, rest) = number(rest, 2, '-')?;
    let (day, rest) = number(rest, 2, ' ')?;
    let (hour, rest) = number(rest, 2, ':')?;
    let (minute, rest) = number(rest, 2, ':')?;
    let (second, rest) = number(rest, 2, ' ')?;
    if line.as_bytes().get(4) != Some(&b'-') {
        return None;
    }
    // An English Windows writes the twelve-hour clock.
    let (hour, rest) = match rest.split_at_checked(3) {
        Some(("AM ", rest)) => (hour % 12, rest),
        Some(("PM ", rest)) => (hour % 12 + 12, rest),
        _ => (hour, rest),
    };
    let small = |value: i16| i8::try_from(value).ok();
    let clock = Reading {
        year,
        month: small(month)?,
        day: small(day)?,
        hour: small(hour)?,
        minute: small(minute)?,
        second: small(second)?,
    };
    clock.civil().map(|_| (clock, rest))
}

/// One to `digits` digits and the mark behind them.
fn number(text: &str, digits: usize, mark: char) -> Option<(i16, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(length)?;
    let fits = (1..=digits).contains(&length);
    Some((number.parse().ok().filter(|_| fits)?, rest.strip_prefix(mark)?))
}
