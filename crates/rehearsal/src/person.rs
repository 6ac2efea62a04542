//! The people: who they are, how much they write, what they are called.

use crate::dice::Dice;

/// What somebody is like in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Persona {
    /// Runs the group.
    Owner,
    /// Helps to run it.
    Admin,
    /// There every day, answers.
    Core,
    /// Talks on many days.
    Talkative,
    /// Now and then.
    Occasional,
    /// Reads.
    Silent,
    /// Comes to sell and is removed.
    Advertiser,
}

impl Persona {
    /// Runs the group.
    pub fn is_staff(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }

    /// How much such a person writes, against the others: lowest and highest.
    pub(crate) fn weight(self) -> (u32, u32) {
        match self {
            Self::Owner => (380, 420),
            Self::Admin => (250, 400),
            Self::Core => (260, 1250),
            Self::Talkative => (50, 220),
            Self::Occasional => (8, 40),
            Self::Silent => (0, 3),
            Self::Advertiser => (0, 0),
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
    /// How much the person writes, against the others.
    pub(crate) weight: u32,
    /// First day on which the person takes part in talk.
    pub(crate) talks_from: u32,
    /// From this day on the person writes nothing.
    pub(crate) silent_from: Option<u32>,
}

impl Person {
    /// The name that is shown in the end.
    pub fn last_name(&self) -> &str {
        self.renamed.as_ref().map_or(&self.name, |(_, name)| name)
    }

    /// Takes part in talk on this day.
    pub(crate) fn talks(&self, day: u32) -> bool {
        self.talks_from <= day && self.silent_from.is_none_or(|from| day < from)
    }
}

const ADDITIONS: &[&str] =
    &["·首马备战", "_破三", "（备赛中）", "|每天5K", "-城北", "🏃", "·半马130"];

/// Makes people with names that nobody else has.
#[derive(Debug)]
pub(crate) struct Registry {
    names: Vec<&'static str>,
}

impl Registry {
    pub(crate) fn new(names: Vec<&'static str>) -> Self {
        Self { names }
    }

    /// The person with this number. Names of the list come first, then they get figures.
    pub(crate) fn person(&self, number: u32, persona: Persona, dice: &mut Dice) -> Person {
        let count = u32::try_from(self.names.len()).unwrap_or(1).max(1);
        let at = usize::try_from(number % count).unwrap_or(0);
        let base = self.names.get(at).copied().unwrap_or("跑友");
        let name = match number / count {
            0 => base.to_owned(),
            round => format!("{base}{}", round + 1),
        };
        let (low, high) = persona.weight();
        let weight = dice.between(low, high);
        Person { number, name, renamed: None, persona, weight, talks_from: 0, silent_from: None }
    }

    /// A later name for somebody.
    pub(crate) fn later_name(name: &str, dice: &mut Dice) -> String {
        format!("{name}{}", dice.pick(ADDITIONS).unwrap_or("2"))
    }
}
