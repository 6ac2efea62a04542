//! Wall clocks of exports without a zone, turned into moments.
//!
//! Invariant: in the repeated hour of autumn a later row never comes before an earlier one as
//! long as the clock did not run backwards. Asks the zone once an hour, not once a row.

use domain::{Millis, Zone};
use jiff::civil::{Date, DateTime, Time};

/// A clock reading as written, on the 24-hour clock. Order is the order of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Reading {
    pub(crate) year: i16,
    pub(crate) month: i8,
    pub(crate) day: i8,
    pub(crate) hour: i8,
    pub(crate) minute: i8,
    pub(crate) second: i8,
}

impl Reading {
    /// The calendar's idea of it; `None` for a day or hour that does not exist.
    pub(crate) fn civil(self) -> Option<DateTime> {
        let date = Date::new(self.year, self.month, self.day).ok()?;
        let time = Time::new(self.hour, self.minute, self.second, 0).ok()?;
        Some(date.to_datetime(time))
    }
}

/// Reads the clocks of one file, in its order.
pub(crate) struct WallClock<'a> {
    zone: &'a Zone,
    plain_hour: Option<(Reading, Millis)>,
    last: Option<Millis>,
}

impl<'a> WallClock<'a> {
    /// Starts before the first row.
    pub(crate) fn new(zone: &'a Zone) -> Self {
        Self { zone, plain_hour: None, last: None }
    }

    /// The moment of a reading; `None` when there is no such day or hour.
    pub(crate) fn moment(&mut self, reading: Reading) -> Option<Millis> {
        let hour = Reading { minute: 0, second: 0, ..reading };
        let within = i64::from(reading.minute) * Millis::MINUTE + i64::from(reading.second) * 1000;
        let at = match self.plain_hour {
            Some((known, start)) if known == hour && within < Millis::HOUR => {
                Millis(start.0 + within)
            }
            _ => self.ask(reading, hour)?,
        };
        self.last = Some(at);
        Some(at)
    }

    fn ask(&mut self, reading: Reading, hour: Reading) -> Option<Millis> {
        let clock = reading.civil()?;
        let start = hour.civil()?;
        let end = Reading { minute: 59, second: 59, ..hour }.civil()?;
        let first = self.zone.moment(start, None);
        let last = self.zone.moment(end, None);
        let unbroken = last.since(first) == Millis::HOUR - 1000;
        let once = [(start, first), (end, last)]
            .iter()
            .all(|(clock, at)| self.zone.moment(*clock, Some(Millis(at.0 + 1))) == *at);
        self.plain_hour = (unbroken && once).then_some((hour, first));
        Some(self.zone.moment(clock, self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::{Reading, WallClock};
    use domain::Zone;
    use proptest::prelude::{ProptestConfig, proptest};

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]
        #[test]
        fn the_remembered_hour_changes_no_answer(
            minutes in proptest::collection::vec(0_i64..6_000, 1..40),
        ) {
            let zone = Zone::named("Europe/London").unwrap();
            let mut wall = WallClock::new(&zone);
            let mut last = None;
            let from = jiff::civil::date(2025, 10, 25).at(0, 0, 0, 0);
            for minute in minutes {
                let clock = from + jiff::Span::new().minutes(minute);
                let reading = Reading {
                    year: clock.year(),
                    month: clock.month(),
                    day: clock.day(),
                    hour: clock.hour(),
                    minute: clock.minute(),
                    second: 0,
                };
                let expected = zone.moment(clock, last);
                assert_eq!(wall.moment(reading), Some(expected));
                last = Some(expected);
            }
        }
    }
}
