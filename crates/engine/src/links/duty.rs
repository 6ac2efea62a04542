//! Days and hours on the wall clock.

use domain::{Millis, Zone};
use serde::{Deserialize, Serialize};

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// When somebody is on duty, or a rule counts: days, and hours of each. Hours that end before they
/// begin end on the next day; those that end as they begin are the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Duty {
    /// Bit 0 is Monday, bit 6 Sunday; the day on which the hours begin.
    pub days: u8,
    /// Minute of the day, 0 to 1439.
    pub from: u16,
    /// The first minute after it.
    pub to: u16,
}

/// A moment on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Monday = 0 … Sunday = 6.
    pub weekday: u8,
    /// Minute of the day, 0 to 1439.
    pub minute: u16,
}

impl Clock {
    /// What the wall clock of a zone shows.
    pub fn of(at: Millis, zone: &Zone) -> Self {
        let civil = zone.civil(at);
        let minute = i16::from(civil.hour()) * 60 + i16::from(civil.minute());
        Self {
            weekday: zone.local(at).day.weekday(),
            minute: u16::try_from(minute).unwrap_or(0).min(DAY - 1),
        }
    }
}

impl Duty {
    /// Every day, the whole day.
    pub const ALWAYS: Self = Self { days: 0x7f, from: 0, to: 0 };

    /// Whether it counts now.
    pub fn covers(self, now: Clock) -> bool {
        let begins_on = |weekday: u8| self.days & (1 << (weekday % 7)) != 0;
        let (today, yesterday) = (begins_on(now.weekday), begins_on(now.weekday + 6));
        if self.from == self.to {
            return today;
        }
        if self.from < self.to {
            return today && (self.from..self.to).contains(&now.minute);
        }
        today && now.minute >= self.from || yesterday && now.minute < self.to
    }
}

impl Default for Duty {
    fn default() -> Self {
        Self::ALWAYS
    }
}
