//! How large a crowd is, how long it lives, and how things go.

use domain::{Day, Millis};

/// How things go with the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Every week like the one before.
    Steady,
    /// Trouble that an operator should see: adverts in the last third, leaves after them, a month
    /// of less talk with a silent weekend, two regulars who stop writing, people left alone.
    Troubled,
}

/// The frame of a crowd.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Name of the group at first.
    pub name: String,
    /// Name of the group from the second month on.
    pub later_name: String,
    /// First civil day.
    pub first_day: Day,
    /// Number of days.
    pub days: u32,
    /// Offset of the group's clock from UTC, in seconds. It never changes.
    pub utc_offset_s: i32,
    /// How many people are in the group at some time, about. Three fifths are there at the start.
    pub members: u32,
    /// Messages of an ordinary weekday, about.
    pub messages_a_day: u32,
    /// How things go.
    pub course: Course,
}

impl Plan {
    /// The group of the shipped samples: a running group by a river, 90 days from a Monday in
    /// August, on the clock of Shanghai.
    pub fn sample() -> Self {
        Self {
            name: "滨江夜跑团".to_owned(),
            later_name: "滨江夜跑团（秋季训练营）".to_owned(),
            first_day: Day(20_318), // 2025-08-18, a Monday
            days: 90,
            utc_offset_s: 8 * 3600,
            members: 180,
            messages_a_day: 71,
            course: Course::Troubled,
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

    /// Talk of a day in per cent of an ordinary weekday.
    pub(crate) fn liveliness(&self, number: u32) -> u32 {
        let weekday = self.day(number).weekday();
        let usual = match weekday {
            4 => 108,
            5 => 130,
            6 => 118,
            _ => 100,
        };
        if self.course == Course::Steady {
            return usual;
        }
        match number {
            _ if self.is_silent(number) => 0,
            _ if self.in_dip(number) => usual * 48 / 100,
            _ if number >= self.dip_end() => usual * 78 / 100,
            _ => usual,
        }
    }

    /// The day on which adverts come in a wave.
    pub(crate) fn advert_day(&self) -> Option<u32> {
        (self.course == Course::Troubled).then_some(self.dip_start() - 2)
    }

    /// From this day on two regulars are silent.
    pub(crate) fn silence_of_regulars(&self) -> Option<u32> {
        (self.course == Course::Troubled).then_some(self.dip_start())
    }

    pub(crate) fn in_dip(&self, number: u32) -> bool {
        self.course == Course::Troubled && (self.dip_start()..self.dip_end()).contains(&number)
    }

    /// The first weekend of the dip.
    pub(crate) fn is_silent(&self, number: u32) -> bool {
        let weekend = self.day(number).weekday() >= 5;
        weekend && self.in_dip(number) && number < self.dip_start() + 7
    }

    fn dip_start(&self) -> u32 {
        (self.days * 2 / 3).max(2)
    }

    fn dip_end(&self) -> u32 {
        self.days * 5 / 6
    }
}
