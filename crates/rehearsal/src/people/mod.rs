//! The people: who they are, how much and when they write, what they are called.

mod cast;
mod names;

pub(crate) use cast::{Cast, Stage, Wheel};
pub(crate) use names::Registry;

use crate::dice::Dice;
use crate::plan::BANDS;
use domain::ActorClass;

/// What somebody is like in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Persona {
    /// Runs the group (群主).
    Owner,
    /// The one around whom it formed: teacher, boss, guild leader; beside the keeper in some kinds.
    Founder,
    /// A declared account of the organisation (官方号, T01).
    Host,
    /// Helps to run it (管理员).
    Admin,
    /// There every day, answers.
    Core,
    /// Talks on many days.
    Talkative,
    /// Now and then.
    Occasional,
    /// Comes when there is something to get.
    FreebieHunter,
    /// Reads.
    Silent,
    /// Comes to sell and is removed.
    Advertiser,
}

impl Persona {
    /// Runs the group.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Owner | Self::Founder | Self::Host | Self::Admin)
    }

    /// The role in which such a person acts.
    pub fn class(self) -> ActorClass {
        match self {
            Self::Owner | Self::Founder | Self::Admin => ActorClass::Staff,
            Self::Host => ActorClass::Host,
            _ => ActorClass::Member,
        }
    }

    /// How much such a person writes on a day of presence, against the others: lowest, highest.
    fn weight(self) -> (u32, u32) {
        match self {
            Self::Owner => (320, 380),
            Self::Founder => (260, 340),
            Self::Host => (90, 140),
            Self::Admin => (250, 400),
            Self::Core => (260, 1150),
            Self::Talkative => (90, 330),
            Self::Occasional => (40, 150),
            Self::FreebieHunter => (10, 40),
            Self::Silent => (0, 30),
            Self::Advertiser => (0, 0),
        }
    }

    /// Days of a hundred on which such a person takes part at all.
    fn presence(self) -> u32 {
        match self {
            Self::Owner => 96,
            Self::Founder => 75,
            Self::Host | Self::Core => 90,
            Self::Admin => 85,
            Self::Talkative => 64,
            Self::Occasional => 24,
            Self::FreebieHunter => 30,
            Self::Silent => 6,
            Self::Advertiser => 0,
        }
    }
}

/// How somebody's day goes: weight in the morning, by day, in the evening, at night.
const RHYTHMS: [[u32; BANDS]; 5] = [
    [240, 90, 80, 8],
    [70, 140, 100, 20],
    [100, 100, 100, 60],
    [20, 60, 180, 90],
    [6, 50, 130, 280],
];

/// How somebody writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// As it comes.
    Plain,
    /// Ends with the same small thing again and again.
    Ends(u8),
    /// Sends half a sentence at a time.
    Pieces,
    /// Rather speaks than types.
    Speaks,
}

impl Habit {
    fn of(dice: &mut Dice) -> Self {
        match dice.below(20) {
            0..=9 => Self::Plain,
            10..=15 => Self::Ends(u8::try_from(dice.below(200)).unwrap_or(0)),
            16..=18 => Self::Pieces,
            _ => Self::Speaks,
        }
    }
}

/// Somebody in the crowd.
#[derive(Clone, Debug)]
pub struct Person {
    /// Number in the crowd, from 0.
    pub number: u32,
    /// Name from the start, unique in the crowd at all times.
    pub name: String,
    /// A later name, and the number of the day from which it is shown.
    pub renamed: Option<(u32, String)>,
    /// What the person is like.
    pub persona: Persona,
    /// Day of coming in; `None` for those who were there before.
    pub came: Option<u32>,
    /// How much the person writes, against the others.
    pub(crate) weight: u32,
    /// How the person's day goes.
    pub(crate) rhythm: u8,
    pub(crate) habit: Habit,
    /// First day on which the person takes part in talk.
    pub(crate) talks_from: u32,
    /// From this day on the person writes nothing.
    pub(crate) silent_from: Option<u32>,
}

impl Person {
    pub(crate) fn new(number: u32, name: String, persona: Persona, dice: &mut Dice) -> Self {
        let (low, high) = persona.weight();
        Self {
            number,
            name,
            renamed: None,
            persona,
            came: None,
            weight: dice.between(low, high),
            rhythm: u8::try_from(dice.weighted(&[14, 30, 30, 18, 8])).unwrap_or(0),
            habit: Habit::of(dice),
            talks_from: 0,
            silent_from: None,
        }
    }

    /// The name that is shown in the end.
    pub fn last_name(&self) -> &str {
        self.renamed.as_ref().map_or(&self.name, |(_, name)| name)
    }

    /// The name that is shown on a day.
    pub fn name_on(&self, day: u32) -> &str {
        match &self.renamed {
            Some((from, name)) if *from <= day => name,
            _ => &self.name,
        }
    }

    /// Takes part in talk on this day, if the dice say so.
    fn talks(&self, day: u32, dice: &mut Dice) -> bool {
        let there = dice.percent(self.persona.presence());
        there && self.talks_from <= day && self.silent_from.is_none_or(|from| day < from)
    }

    fn weight_in(&self, band: usize) -> u32 {
        let rhythm = RHYTHMS.get(usize::from(self.rhythm));
        let part = rhythm.and_then(|rhythm| rhythm.get(band)).copied().unwrap_or(100);
        self.weight * part / 100
    }
}
