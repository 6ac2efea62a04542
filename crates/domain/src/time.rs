//! Time: milliseconds UTC inside, local days and hours for people.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, TimeZone};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Millis(pub i64);

impl Millis {
    /// One minute, in milliseconds.
    pub const MINUTE: i64 = 60_000;
    /// One hour, in milliseconds.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// Twenty-four hours, in milliseconds (a civil day can be longer or shorter).
    pub const DAY: i64 = 24 * Self::HOUR;

    /// Milliseconds from `earlier` to `self`; negative when `self` is earlier.
    pub fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

/// A civil day in the group's zone: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(pub i32);

impl Day {
    /// The day of a civil date.
    pub fn from_date(date: Date) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1);
        Self(epoch.until(date).map_or(0, |span| span.get_days()))
    }

    /// The civil date; days beyond the calendar of jiff are clamped to its ends.
    pub fn date(self) -> Date {
        let epoch = jiff::civil::date(1970, 1, 1);
        epoch.saturating_add(jiff::Span::new().days(self.0.clamp(-4_371_587, 2_932_896)))
    }

    /// The day written as `2026-11-22`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let date: Date = text.parse().ok()?;
        (text.len() == 10).then(|| Self::from_date(date))
    }

    /// Weekday, Monday = 0 … Sunday = 6.
    pub fn weekday(self) -> u8 {
        // 1970-01-01 was a Thursday.
        u8::try_from((self.0 + 3).rem_euclid(7)).unwrap_or(0)
    }

    /// The day `days` later (or earlier, when negative).
    #[must_use]
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Days from `earlier` to `self`.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.date())
    }
}

/// Where a moment falls on the group's wall calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// The civil day.
    pub day: Day,
    /// Hour of the day, 0–23.
    pub hour: u8,
}

/// An unknown time-zone name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError(pub String);

impl std::fmt::Display for ZoneError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "unknown time zone {:?}; give an IANA name such as Asia/Shanghai or UTC", self.0)
    }
}

impl std::error::Error for ZoneError {}

/// A time zone, by its IANA name. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self { name: "UTC".to_owned(), zone: TimeZone::UTC }
    }

    /// The zone of an IANA name such as `Asia/Shanghai`, from the data bundled with the program.
    pub fn named(name: &str) -> Result<Self, ZoneError> {
        if ["utc", "etc/utc", "z"].contains(&name.to_ascii_lowercase().as_str()) {
            return Ok(Self::utc());
        }
        let zone = TimeZone::get(name).map_err(|_| ZoneError(name.to_owned()))?;
        Ok(Self { name: zone.iana_name().unwrap_or(name).to_owned(), zone })
    }

    /// The IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The civil day and hour of a moment.
    pub fn local(&self, at: Millis) -> LocalTime {
        let shifted = at.0 + self.offset_ms(at);
        let day = i32::try_from(shifted.div_euclid(Millis::DAY)).unwrap_or(i32::MAX);
        let hour = u8::try_from(shifted.rem_euclid(Millis::DAY) / Millis::HOUR).unwrap_or(0);
        LocalTime { day: Day(day), hour }
    }

    /// The wall clock of a moment.
    pub fn civil(&self, at: Millis) -> DateTime {
        self.zone.to_datetime(timestamp(at))
    }

    /// The moment at which the wall clock showed `clock`. In the repeated hour of autumn
    /// `not_before` picks the later reading when the earlier one would run backwards; a clock
    /// reading that spring skipped is moved forward by the gap.
    pub fn moment(&self, clock: DateTime, not_before: Option<Millis>) -> Millis {
        let early = |offset: jiff::tz::Offset| {
            offset.to_timestamp(clock).map_or(0, Timestamp::as_millisecond)
        };
        let at = match self.zone.to_ambiguous_timestamp(clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => early(offset),
            AmbiguousOffset::Gap { before, .. } => early(before),
            AmbiguousOffset::Fold { before, after } => {
                let first = early(before);
                if not_before.is_some_and(|last| first < last.0) { early(after) } else { first }
            }
        };
        Millis(at)
    }

    /// The first moment of a civil day.
    pub fn day_start(&self, day: Day) -> Millis {
        self.moment(day.date().to_datetime(jiff::civil::Time::midnight()), None)
    }

    fn offset_ms(&self, at: Millis) -> i64 {
        i64::from(self.zone.to_offset(timestamp(at)).seconds()) * 1000
    }
}

fn timestamp(at: Millis) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(if at.0 < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_counted_in_the_zone() {
        let shanghai = Zone::named("Asia/Shanghai").unwrap();
        let at = Millis(1_704_445_623_000); // 2024-01-05T09:07:03Z
        let local = shanghai.local(at);
        assert_eq!((local.day.to_string().as_str(), local.hour), ("2024-01-05", 17));
        assert_eq!(Zone::utc().local(at).hour, 9);
        assert_eq!(local.day.weekday(), 4); // a Friday
    }

    #[test]
    fn the_repeated_hour_does_not_run_backwards() {
        let london = Zone::named("Europe/London").unwrap();
        let clock = jiff::civil::date(2025, 10, 26).at(1, 30, 0, 0);
        let first = london.moment(clock, None);
        let again = london.moment(clock, Some(Millis(first.0 + 10 * Millis::MINUTE)));
        assert_eq!(again.since(first), Millis::HOUR);
    }

    #[test]
    fn a_skipped_hour_moves_forward() {
        let london = Zone::named("Europe/London").unwrap();
        let clock = jiff::civil::date(2025, 3, 30).at(1, 30, 0, 0);
        assert_eq!(london.civil(london.moment(clock, None)).hour(), 2);
    }

    #[test]
    fn an_unknown_zone_says_what_to_give() {
        let error = Zone::named("Mars/Base").unwrap_err().to_string();
        assert!(error.contains("Mars/Base") && error.contains("Asia/Shanghai"), "{error}");
    }

    #[test]
    fn days_and_dates_agree() {
        for day in [-719_162, -1, 0, 1, 19_727, 40_000] {
            assert_eq!(Day::from_date(Day(day).date()), Day(day));
        }
    }
}
