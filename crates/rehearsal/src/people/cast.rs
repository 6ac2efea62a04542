//! Who may speak today, at which part of the day, and how likely each.

use crate::dice::Dice;
use crate::people::{Person, Persona};
use crate::plan::{BANDS, band};

/// Draws people by weight.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wheel {
    /// Sum of the weights up to and with the person.
    ends: Vec<(u32, u32)>,
}

impl Wheel {
    fn push(&mut self, who: u32, weight: u32) {
        if weight > 0 {
            let before = self.ends.last().map_or(0, |(end, _)| *end);
            self.ends.push((before + weight, who));
        }
    }

    /// How many are on it.
    pub(crate) fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    pub(crate) fn draw(&self, dice: &mut Dice) -> Option<u32> {
        let hit = dice.below(self.ends.last()?.0);
        let at = self.ends.partition_point(|(end, _)| *end <= hit);
        self.ends.get(at).map(|(_, who)| *who)
    }

    /// Somebody who is not among these, if a few throws find one.
    pub(crate) fn other(&self, than: &[u32], dice: &mut Dice) -> Option<u32> {
        (0..16).filter_map(|_| self.draw(dice)).find(|who| !than.contains(who))
    }
}

/// Everybody who takes part in the talk of a part of the day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stage {
    /// All, by how much they write.
    pub(crate) all: Wheel,
    /// Staff and regulars, who answer.
    pub(crate) helpers: Wheel,
    /// Those who welcome: staff and regulars.
    pub(crate) greeters: Wheel,
    /// Members who ask rather than answer.
    pub(crate) askers: Wheel,
    /// Those who come when there is something to get.
    pub(crate) hunters: Wheel,
    /// Those who write notices: keepers and declared hosts.
    pub(crate) staff: Wheel,
}

/// The stages of a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast {
    stages: [Stage; BANDS],
}

impl Cast {
    /// The cast of a day, of those who are in the group.
    pub(crate) fn of<'a>(
        day: u32,
        keepers_chat: bool,
        present: impl Iterator<Item = &'a Person>,
        dice: &mut Dice,
    ) -> Self {
        let mut cast = Self::default();
        for person in present {
            if person.talks(day, dice) {
                for (band, stage) in cast.stages.iter_mut().enumerate() {
                    stage.take(person, person.weight_in(band), day, keepers_chat);
                }
            }
        }
        cast
    }

    /// The stage of a second of the day.
    pub(crate) fn at(&self, second: u32) -> &Stage {
        let [first, ..] = &self.stages;
        self.stages.get(band(second / 3600)).unwrap_or(first)
    }
}

impl Stage {
    /// `keepers_chat`: those who run the group talk like members; elsewhere they write notices, say
    /// that a question is seen, welcome, and play the part of staff.
    fn take(&mut self, person: &Person, weight: u32, day: u32, keepers_chat: bool) {
        let who = person.number;
        // Who came lately asks more.
        let new = person.came.is_some_and(|came| came + 6 > day);
        let asks = if new { weight * 3 } else { weight };
        let (all, helps) = match person.persona {
            Persona::Owner | Persona::Founder if !keepers_chat => (0, 0),
            Persona::Host | Persona::Advertiser => (0, 0),
            Persona::Owner | Persona::Admin => (weight, weight * 2),
            Persona::Founder => (weight, weight * 3),
            Persona::Core => (weight, weight),
            Persona::Talkative => (weight, weight / 2),
            Persona::Occasional | Persona::FreebieHunter | Persona::Silent => (weight, 0),
        };
        self.all.push(who, all);
        self.helpers.push(who, helps);
        match person.persona {
            Persona::Owner | Persona::Founder | Persona::Host => {
                self.staff.push(who, person.weight);
                self.greeters.push(who, weight);
            }
            Persona::Admin => {
                self.staff.push(who, person.weight / 2);
                self.greeters.push(who, weight);
            }
            Persona::Core => self.greeters.push(who, weight),
            Persona::Talkative => {
                self.greeters.push(who, weight / 2);
                self.askers.push(who, asks);
            }
            Persona::Occasional => self.askers.push(who, asks * 4),
            Persona::FreebieHunter => {
                self.askers.push(who, asks);
                self.hunters.push(who, weight * 4);
            }
            Persona::Silent => self.askers.push(who, asks),
            Persona::Advertiser => {}
        }
    }
}
