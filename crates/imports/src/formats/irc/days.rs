//! Dates for lines that show only a clock, or nothing.

use crate::formats::irc::row::Clock;
use crate::formats::wall::Reading;
use jiff::civil::Date;

/// A clock that falls by more than this begins the next day.
const FALL_MINUTES: i32 = 12 * 60;

/// The day and clock of the line that is being read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days {
    day: Option<Date>,
    clock: Clock,
}

impl Days {
    /// Starts a file, with the day of its name.
    pub(super) fn starting(day: Option<Date>) -> Self {
        Self { day, clock: [0; 3] }
    }

    /// The reading for a line with these marks; `None` while no day is known.
    pub(super) fn reading(&mut self, date: Option<Date>, clock: Option<Clock>) -> Option<Reading> {
        match (date, clock) {
            (Some(date), clock) => {
                self.day = Some(date);
                self.clock = clock.unwrap_or([0; 3]);
            }
            (None, Some(clock)) => {
                if minutes(self.clock) - minutes(clock) > FALL_MINUTES {
                    self.day = self.day.map(|day| day.tomorrow().unwrap_or(day));
                }
                self.clock = clock;
            }
            (None, None) => {}
        }
        let [hour, minute, second] = self.clock;
        let day = self.day?;
        let (year, month, day) = (day.year(), day.month(), day.day());
        Some(Reading { year, month, day, hour, minute, second })
    }
}

fn minutes([hour, minute, _]: Clock) -> i32 {
    i32::from(hour) * 60 + i32::from(minute)
}
