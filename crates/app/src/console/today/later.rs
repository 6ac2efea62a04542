//! Until when a row is put off: by the clock on the wall of the organisation.

use domain::{Day, Millis, Zone};

/// Hours of the evening and of the morning at which rows come back.
const EVENING_MS: i64 = 20 * Millis::HOUR;
const MORNING_MS: i64 = 9 * Millis::HOUR;

/// Until when a row is put off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// For an hour.
    Hour,
    /// Until 20:00 today.
    Tonight,
    /// Until 9:00 tomorrow.
    Tomorrow,
    /// Until 9:00 on the next Monday.
    Monday,
}

impl Later {
    /// All of them, the nearest first.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Tonight, Self::Tomorrow, Self::Monday];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Tonight => "tonight",
            Self::Tomorrow => "tomorrow",
            Self::Monday => "monday",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|later| later.word() == word)
    }

    /// The moment; an evening that has begun is that of tomorrow.
    pub fn moment(self, now: Millis, zone: &Zone) -> Millis {
        let today = zone.local(now).day;
        let at = |day: Day, ms: i64| Millis(zone.day_start(day).0 + ms);
        match self {
            Self::Hour => Millis(now.0 + Millis::HOUR),
            Self::Tonight => {
                let evening = at(today, EVENING_MS);
                if evening > now { evening } else { at(today.plus(1), EVENING_MS) }
            }
            Self::Tomorrow => at(today.plus(1), MORNING_MS),
            Self::Monday => at(today.plus(7 - i32::from(today.weekday())), MORNING_MS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_in_the_evening_the_morning_and_on_monday() {
        let zone = Zone::named("Asia/Shanghai").unwrap();
        // Sunday, 22 November 2026, 20:05 in Shanghai.
        let now = Millis(1_795_349_100_000);
        let told = |later: Later, now| {
            let civil = zone.civil(later.moment(now, &zone));
            (civil.day(), civil.hour(), civil.minute())
        };
        assert_eq!(told(Later::Hour, now), (22, 21, 5));
        assert_eq!(told(Later::Tonight, now), (23, 20, 0));
        assert_eq!(told(Later::Tonight, Millis(now.0 - Millis::HOUR)), (22, 20, 0));
        assert_eq!(told(Later::Tomorrow, now), (23, 9, 0));
        assert_eq!(told(Later::Monday, now), (23, 9, 0));
        assert_eq!(told(Later::Monday, Millis(now.0 + Millis::DAY)), (30, 9, 0));
    }
}
