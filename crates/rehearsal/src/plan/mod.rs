//! How large a crowd is, how long it lives, and how things go.

mod community;
mod course;
mod kind;

pub use community::{Community, GroupPlan, Soul};
pub use course::Course;
pub use kind::Kind;
pub(crate) use kind::{BANDS, Habits, TalkKind, band};

use domain::{Day, Millis};

/// The frame of a crowd.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What the group is there for.
    pub kind: Kind,
    /// Name of the group at first.
    pub name: String,
    /// Name of the group from the second month on; the first one when it stays.
    pub later_name: String,
    /// First civil day.
    pub first_day: Day,
    /// Number of days.
    pub days: u32,
    /// Offset of the group's clock from UTC, in seconds. It never changes.
    pub utc_offset_s: i32,
    /// How many people are in the group at some time, about.
    pub members: u32,
    /// Messages of an ordinary weekday, about.
    pub messages_a_day: u32,
    /// How things go.
    pub course: Course,
    /// How happenings are numbered.
    pub keys: Keys,
    /// Who of the crowd is known in other groups too.
    pub soul: Soul,
}

/// How happenings are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// One after another, as in an export of an older group.
    Counted,
    /// With the clock in front, as our own web chat mints them ([`domain::minted_key`]).
    Minted,
}

impl Plan {
    /// The group of the shipped samples: a running group by a river, 90 days from a Monday in
    /// August, on the clock of Shanghai.
    pub fn sample() -> Self {
        Self {
            kind: Kind::Running,
            name: "滨江夜跑团".to_owned(),
            later_name: "滨江夜跑团（秋季训练营）".to_owned(),
            first_day: Day(20_318), // 2025-08-18, a Monday
            days: 90,
            utc_offset_s: 8 * 3600,
            members: 180,
            messages_a_day: 71,
            course: Course::Troubled,
            keys: Keys::Counted,
            soul: Soul::default(),
        }
    }

    /// A steady group that writes about so many messages within a year.
    pub fn of_messages(messages: u32) -> Self {
        let a_day = (messages / 365).max(20);
        Self {
            days: 365,
            messages_a_day: a_day,
            members: (a_day / 2).clamp(60, 5_000),
            course: Course::Steady,
            ..Self::sample()
        }
    }

    /// The civil day with this number from 0.
    pub fn day(&self, number: u32) -> Day {
        self.first_day.plus(i32::try_from(number).unwrap_or(i32::MAX))
    }

    /// The moment of a second of a civil day.
    pub fn moment(&self, day: Day, second: u32) -> Millis {
        let local = i64::from(day.0) * 86_400 + i64::from(second);
        Millis((local - i64::from(self.utc_offset_s)) * 1000)
    }

    /// The civil day and the second of that day, of a moment.
    pub fn civil(&self, at: Millis) -> (Day, u32) {
        let local = at.0.div_euclid(1000) + i64::from(self.utc_offset_s);
        let day = i32::try_from(local.div_euclid(86_400)).unwrap_or(i32::MAX);
        (Day(day), u32::try_from(local.rem_euclid(86_400)).unwrap_or(0))
    }

    /// Whether the group is founded on the first day: nobody was there before.
    pub fn is_new(&self) -> bool {
        self.course == Course::JustOpened
    }

    pub(crate) fn habits(&self) -> &'static Habits {
        self.kind.habits()
    }
}
