//! How things go with a group, day by day.
//!
//! Everything here is a function of the course, the length of the plan and the number of the day.
//! Days after the last one of the plan go on as the last days went.

use crate::plan::Plan;

/// How things go with the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Course {
    /// Every week like the one before.
    Steady,
    /// Trouble that an operator should see: adverts in the last third, leaves after them, a month
    /// of less talk with a silent weekend, two regulars who stop writing, people left alone.
    Troubled,
    /// Less and less is said, few come, people leave: in the end almost silence (O07).
    Dying,
    /// Adverts come in waves during the last ten days and nobody cleans up at once (E06).
    SpamWave,
    /// The one around whom the group formed has not written for a month, and it shows (R).
    FounderSilent,
    /// Nobody looks after those who come: first words and questions meet silence (H10, I05).
    Unanswered,
    /// Grows fast and is nearly full (快满员).
    Growing,
    /// Opened a few days ago.
    JustOpened,
    /// Wakes for an occasion and sleeps between.
    Seasonal,
}

impl Course {
    /// All courses.
    pub const ALL: [Self; 9] = [
        Self::Steady,
        Self::Troubled,
        Self::Dying,
        Self::SpamWave,
        Self::FounderSilent,
        Self::Unanswered,
        Self::Growing,
        Self::JustOpened,
        Self::Seasonal,
    ];

    /// Share of the people who are there on the first day, in per cent.
    pub(crate) fn founders_percent(self) -> u32 {
        match self {
            Self::Dying => 88,
            Self::Growing => 34,
            Self::JustOpened => 45,
            Self::Unanswered => 52,
            _ => 60,
        }
    }
}

impl Plan {
    /// Talk of a day in per cent of an ordinary one.
    pub(crate) fn liveliness(&self, number: u32) -> u32 {
        let weekday = usize::from(self.day(number).weekday());
        let usual = self.kind.habits().week.get(weekday).copied().unwrap_or(100);
        usual * self.strength(number) / 100
    }

    fn strength(&self, number: u32) -> u32 {
        let done = number.min(self.days) * 100 / self.days.max(1);
        match self.course {
            Course::Steady | Course::SpamWave => 100,
            Course::Troubled => match number {
                _ if self.is_silent(number) => 0,
                _ if self.in_dip(number) => 48,
                _ if number >= self.dip_end() => 78,
                _ => 100,
            },
            Course::Dying => match done {
                0..=30 => 100,
                31..=90 => 100 - (done - 30) * 3 / 2,
                // Now and then a word; most days none at all.
                _ if number.is_multiple_of(3) => 6,
                _ => 0,
            },
            Course::FounderSilent => 100 - done.saturating_sub(66) * 3 / 2,
            Course::Unanswered => 100 - done.saturating_sub(60) / 2,
            Course::Growing => 45 + done * 9 / 10,
            Course::JustOpened => 130,
            // An occasion of nine days in every five weeks.
            Course::Seasonal => match (number + 5) % 35 {
                0..=2 => 90,
                3..=8 => 210,
                9..=12 => 110,
                _ => 34,
            },
        }
    }

    /// Sellers who come on a day.
    pub(crate) fn sellers(&self, number: u32) -> u32 {
        let left = self.days.saturating_sub(number);
        let now_and_then = u32::from(number % 45 == 23);
        match self.course {
            Course::Troubled if Some(number) == self.advert_day() => 3,
            Course::SpamWave if [9, 6, 3, 2].contains(&left) => 3,
            Course::Dying if left < self.days / 4 && number % 5 == 1 => 1,
            Course::JustOpened => 0,
            _ => now_and_then,
        }
    }

    /// Whether adverts of that day are taken away within minutes.
    pub(crate) fn cleans_up(&self, number: u32) -> bool {
        match self.course {
            Course::Dying => false,
            Course::SpamWave => !matches!(self.days.saturating_sub(number), 3),
            _ => true,
        }
    }

    /// The day on which adverts come in a wave.
    pub(crate) fn advert_day(&self) -> Option<u32> {
        match self.course {
            Course::Troubled => Some(self.dip_start().saturating_sub(2)),
            Course::SpamWave => Some(self.days.saturating_sub(9)),
            _ => None,
        }
    }

    /// Newcomers of a hundred whose first words nobody takes up.
    pub(crate) fn ignored_percent(&self, number: u32) -> u32 {
        match self.course {
            Course::Unanswered if number * 2 > self.days => 85,
            Course::Dying => 70,
            Course::FounderSilent if self.founder_is_silent(number) => 55,
            Course::Growing | Course::JustOpened => 10,
            Course::Troubled => 32,
            _ => 12,
        }
    }

    /// Days of a hundred with a question into the quiet.
    pub(crate) fn quiet_percent(&self, number: u32) -> u32 {
        match self.course {
            Course::Troubled if self.in_dip(number) => 55,
            Course::Unanswered if number * 2 > self.days => 80,
            Course::Dying if number * 2 > self.days => 30,
            Course::FounderSilent if self.founder_is_silent(number) => 45,
            Course::Troubled => 16,
            _ => 9,
        }
    }

    /// From this day on two regulars are silent.
    pub(crate) fn silence_of_regulars(&self) -> Option<u32> {
        match self.course {
            Course::Troubled => Some(self.dip_start()),
            Course::Dying => Some(self.days / 3),
            _ => None,
        }
    }

    /// From this day on the founder writes nothing.
    pub(crate) fn silence_of_founder(&self) -> Option<u32> {
        match self.course {
            Course::FounderSilent => Some(self.days * 2 / 3),
            Course::Dying => Some(self.days / 2),
            _ => None,
        }
    }

    fn founder_is_silent(&self, number: u32) -> bool {
        self.silence_of_founder().is_some_and(|from| number >= from)
    }

    /// Staff's own posts of a day, in per cent of what is usual.
    pub(crate) fn staff_percent(&self, number: u32) -> u32 {
        match self.course {
            Course::Dying if number * 3 > self.days => 25,
            Course::Unanswered => 60,
            Course::FounderSilent if self.founder_is_silent(number) => 30,
            _ => 100,
        }
    }

    /// How many joins a day is worth against others.
    pub(crate) fn pull(&self, number: u32) -> u32 {
        let event = number == self.event_day(5) || number == self.event_day(2);
        match self.course {
            _ if self.liveliness(number) == 0 => 0,
            Course::Growing => 2 + number * 10 / self.days.max(1),
            Course::JustOpened => 10 + self.days.saturating_sub(number),
            Course::Seasonal if self.strength(number) > 100 => 16,
            Course::Dying => 1,
            _ if event => 40,
            _ if self.in_dip(number) => 2,
            _ => 4,
        }
    }

    /// Leaves of a day beyond the ordinary, of a thousand people in the group.
    pub(crate) fn drain(&self, number: u32) -> u32 {
        let wave = self.advert_day().is_some_and(|wave| (wave..wave + 5).contains(&number));
        match self.course {
            Course::SpamWave if wave => 9,
            Course::Dying if number * 3 > self.days => 4,
            Course::Unanswered if number * 2 > self.days => 3,
            Course::FounderSilent if self.founder_is_silent(number) => 3,
            Course::Growing | Course::JustOpened => 1,
            _ => 0,
        }
    }

    /// The first Saturday after a fraction of the days: an event that brings people.
    fn event_day(&self, fraction: u32) -> u32 {
        let after = self.days / fraction;
        let weekday = u32::from(self.day(after).weekday());
        after + (12 - weekday) % 7
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
