//! Times in whatever form a table has them.
//!
//! Epoch seconds to nanoseconds and times with an offset are absolute; everything else is the
//! wall clock of the stated zone. Where day and month can be told apart by no row of the file,
//! month first is assumed and said.

use crate::format::DateOrder;
use crate::formats::wall::{Reading, WallClock};
use domain::{Millis, Zone};

/// A time as read from a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stamp {
    Moment(Millis),
    Wall(Reading),
}

/// Reads the times of one file.
pub(crate) struct Clocks<'a> {
    wall: WallClock<'a>,
    order: DateOrder,
}

impl<'a> Clocks<'a> {
    pub(crate) fn new(zone: &'a Zone, order: DateOrder) -> Self {
        Self { wall: WallClock::new(zone), order }
    }

    /// The moment of a text cell.
    pub(crate) fn moment(&mut self, text: &str) -> Option<Millis> {
        self.settle(stamp(text, self.order)?)
    }

    /// The moment of a cell that Excel shows as a date.
    pub(crate) fn serial(&mut self, days: f64) -> Option<Millis> {
        self.settle(Stamp::Wall(excel(days)?))
    }

    fn settle(&mut self, stamp: Stamp) -> Option<Millis> {
        match stamp {
            Stamp::Moment(at) => Some(at),
            Stamp::Wall(reading) => self.wall.moment(reading),
        }
    }
}

/// Reads one text.
fn stamp(text: &str, order: DateOrder) -> Option<Stamp> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        if text.bytes().filter(|byte| *byte == b'.').count() < 2 {
            return number(text);
        }
    } else if let Some(at) = with_offset(text) {
        return Some(Stamp::Moment(at));
    }
    wall(text, order).map(Stamp::Wall)
}

/// Finds out the order of day and month from all dates of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    /// No date of that form so far.
    Unasked,
    /// Dates that can be read both ways.
    Open,
    /// Settled, or said by the person, or not needed.
    Settled(DateOrder),
}

impl Order {
    /// Starts from what the person said.
    pub(crate) fn new(said: Option<DateOrder>) -> Self {
        said.map_or(Self::Unasked, Self::Settled)
    }

    /// Looks at one date.
    pub(crate) fn note(&mut self, text: &str) {
        if matches!(self, Self::Settled(_)) || named_month(&text.to_ascii_uppercase()).is_some() {
            return;
        }
        match Self::of(text) {
            Self::Unasked if *self == Self::Unasked && !digit_runs(text).is_empty() => {
                *self = Self::Settled(DateOrder::MonthFirst);
            }
            Self::Unasked => {}
            found => *self = found,
        }
    }

    /// What one text says: [`Order::Unasked`] for no date of that form.
    fn of(text: &str) -> Self {
        let numbers = digit_runs(text);
        let [(first, 1 | 2), (second, 1 | 2), (_, 2 | 4), ..] = numbers.as_slice() else {
            return Self::Unasked;
        };
        match (first, second) {
            (13.., _) => Self::Settled(DateOrder::DayFirst),
            (_, 13..) => Self::Settled(DateOrder::MonthFirst),
            _ => Self::Open,
        }
    }

    /// The order to read with.
    pub(crate) fn order(self) -> DateOrder {
        match self {
            Self::Settled(order) => order,
            Self::Unasked | Self::Open => DateOrder::MonthFirst,
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "bounded by the ranges of the match")]
fn number(text: &str) -> Option<Stamp> {
    if let Some(reading) = packed_digits(text) {
        return Some(Stamp::Wall(reading));
    }
    let value: f64 = text.parse().ok()?;
    match value {
        20_000.0..80_000.0 => excel(value).map(Stamp::Wall),
        1e8..1e11 => Some(Stamp::Moment(Millis((value * 1000.0).round() as i64))),
        1e11..1e14 => Some(Stamp::Moment(Millis(value as i64))),
        1e14..1e17 => Some(Stamp::Moment(Millis((value / 1e3) as i64))),
        1e17..1e19 => Some(Stamp::Moment(Millis((value / 1e6) as i64))),
        _ => None,
    }
}

/// `20240105090703`.
fn packed_digits(text: &str) -> Option<Reading> {
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<i8>().ok();
    if text.len() != 14 || !(text.starts_with("19") || text.starts_with("20")) {
        return None;
    }
    let reading = Reading {
        year: text.get(..4)?.parse().ok()?,
        month: part(4, 6)?,
        day: part(6, 8)?,
        hour: part(8, 10)?,
        minute: part(10, 12)?,
        second: part(12, 14)?,
    };
    reading.civil().map(|_| reading)
}

/// Days since 1899-12-30 (the day before Excel's first, because Excel believes in 1900-02-29).
#[expect(clippy::cast_possible_truncation, reason = "bounded by the check")]
fn excel(days: f64) -> Option<Reading> {
    if !(0.0..2_958_466.0).contains(&days) {
        return None;
    }
    let seconds = (days * 86_400.0).round() as i64;
    let clock = jiff::civil::date(1899, 12, 30)
        .to_datetime(jiff::civil::Time::midnight())
        .checked_add(jiff::Span::new().seconds(seconds))
        .ok()?;
    Some(Reading {
        year: clock.year(),
        month: clock.month(),
        day: clock.day(),
        hour: clock.hour(),
        minute: clock.minute(),
        second: clock.second(),
    })
}

/// ISO 8601 with `Z` or an offset; also with a space before it.
fn with_offset(text: &str) -> Option<Millis> {
    let clock = text.get(10..)?;
    if !clock.contains(['Z', 'z', '+', '-']) && !clock.ends_with("UTC") && !clock.ends_with("GMT") {
        return None;
    }
    let text = text.replace("UTC", "Z").replace("GMT", "Z");
    let mut joined = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if !(c == ' ' && at > 10) {
            joined.push(c);
        }
    }
    joined.parse::<jiff::Timestamp>().ok().map(|at| Millis(at.as_millisecond()))
}

const MORNING: [&str; 4] = ["上午", "凌晨", "早上", "AM"];
const AFTERNOON: [&str; 4] = ["下午", "晚上", "中午", "PM"];

const MONTHS: [&str; 12] = [
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
];

/// `05-JAN-24`, `JANUARY 5, 2024`: the month as a number, and where it stands.
fn named_month(upper: &str) -> Option<(String, DateOrder)> {
    let letters =
        |word: &&str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut words = upper.split(|c: char| !c.is_ascii_alphanumeric()).filter(letters);
    let (word, month) = words.find_map(|word| {
        let at = MONTHS.iter().position(|month| month.starts_with(word))?;
        Some((word, at + 1))
    })?;
    let (before, after) = upper.split_once(word)?;
    let first = !before.contains(|c: char| c.is_ascii_digit());
    let order = if first { DateOrder::MonthFirst } else { DateOrder::DayFirst };
    Some((format!("{before}{month}{after}"), order))
}

fn wall(text: &str, order: DateOrder) -> Option<Reading> {
    let upper = text.to_ascii_uppercase();
    let (upper, order) = named_month(&upper).unwrap_or((upper, order));
    let has = |words: &[&str]| words.iter().any(|word| upper.contains(word));
    let (morning, afternoon) = (has(&MORNING), has(&AFTERNOON));
    if !morning && !afternoon && !upper.chars().all(is_part) {
        return None;
    }
    let runs = digit_runs(&upper);
    let (date, clock) = runs.split_at_checked(3)?;
    let [first, second, third] = date else { return None };
    let (year, month, day) = match (first.1, third.1, order) {
        (4, ..) => (first.0, second.0, third.0),
        (1 | 2, 2 | 4, DateOrder::DayFirst) => (third.0, second.0, first.0),
        (1 | 2, 2 | 4, DateOrder::MonthFirst) => (third.0, first.0, second.0),
        _ => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    let part = |at: usize| clock.get(at).map_or(0, |(value, _)| *value);
    let hour = match part(0) {
        12 if morning => 0,
        hour @ 1..12 if afternoon => hour + 12,
        hour => hour,
    };
    let small = |value: i32| i8::try_from(value).ok();
    let reading = Reading {
        year: i16::try_from(year).ok()?,
        month: small(month)?,
        day: small(day)?,
        hour: small(hour)?,
        minute: small(part(1))?,
        second: small(part(2))?,
    };
    (clock.len() != 1 && reading.civil().is_some()).then_some(reading)
}

fn is_part(c: char) -> bool {
    c.is_ascii_digit() || c.is_whitespace() || "-/.:：,T年月日号时点分秒".contains(c)
}

/// Values and lengths of the runs of digits.
///
/// None for a time of day: what follows its first number is no mark of a date.
fn digit_runs(text: &str) -> Vec<(i32, usize)> {
    let rest = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    if rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with([':', '：', '时', '点'])
    {
        return Vec::new();
    }
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .map(|run| (run.parse().unwrap_or(i32::MAX), run.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Order, Stamp, excel, stamp};
    use crate::format::DateOrder::{self, DayFirst, MonthFirst};
    use domain::Zone;

    /// 2024-01-05T09:07:03Z.
    const AT: i64 = 1_704_445_623_000;

    fn utc(text: &str, order: DateOrder) -> Option<i64> {
        let at = match stamp(text, order)? {
            Stamp::Moment(at) => at,
            Stamp::Wall(reading) => Zone::utc().moment(reading.civil()?, None),
        };
        Some(at.0)
    }

    #[test]
    fn every_usual_form_is_read() {
        for text in [
            "1704445623",
            "1704445623000",
            "1704445623000000",
            "20240105090703",
            "2024-01-05T09:07:03Z",
            "2024-01-05T17:07:03+08:00",
            "2024-01-05 17:07:03 +0800",
            "2024-01-05 09:07:03 UTC",
            "2024-01-05 09:07:03",
            "2024-01-05T09:07:03.123",
            "2024/1/5 9:07:03",
            "2024.1.5 9:07:03",
            "2024年1月5日 9:07:03",
            "2024年1月5日 上午9时07分03秒",
            "1/5/2024 9:07:03 AM",
            "01/05/24, 9:07:03",
            "45296.379895833",
            "05-Jan-24 09:07:03 AM",
            "5 January 2024 09:07:03",
            "Jan 5, 2024 9:07:03 AM",
        ] {
            assert_eq!(utc(text, MonthFirst), Some(AT), "{text}");
        }
        assert_eq!(utc("5/1/2024 9:07:03", DayFirst), Some(AT));
        assert_eq!(utc("2024-01-05 下午9:07:03", DayFirst), Some(AT + 12 * 3_600_000));
        assert_eq!(utc("2024-01-05", DayFirst), Some(1_704_412_800_000));
        assert_eq!(utc("2024-01-05 9:07", DayFirst), Some(AT - 3_000));
    }

    #[test]
    fn what_is_no_time_is_not_made_one() {
        for text in [
            "",
            "yesterday",
            "12",
            "2024-13-05 09:07",
            "2024-01-05 25:07",
            "9:07",
            "5 apples 3 7 2024",
            "5 Janes 2024 9:07",
            "...",
        ] {
            assert_eq!(utc(text, DayFirst), None, "{text}");
        }
        assert_eq!(excel(f64::NAN), None);
    }

    #[test]
    fn a_number_above_twelve_settles_the_order() {
        assert_eq!(Order::of("13/1/2024"), Order::Settled(DayFirst));
        assert_eq!(Order::of("1/13/2024 9:07"), Order::Settled(MonthFirst));
        assert_eq!(Order::of("1/5/2024"), Order::Open);
        assert_eq!(Order::of("2024/1/5"), Order::Unasked);
        assert_eq!(Order::of("9:07:03"), Order::Unasked);
    }
}
