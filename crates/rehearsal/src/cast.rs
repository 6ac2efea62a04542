//! Who may speak today, and how likely each.

use crate::dice::Dice;
use crate::person::{Person, Persona};

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

    pub(crate) fn draw(&self, dice: &mut Dice) -> Option<u32> {
        let hit = dice.below(self.ends.last()?.0);
        let at = self.ends.partition_point(|(end, _)| *end <= hit);
        self.ends.get(at).map(|(_, who)| *who)
    }
}

/// Everybody who takes part in the talk of a day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cast {
    /// All, by how much they write.
    pub(crate) all: Wheel,
    /// Staff and regulars, who answer.
    pub(crate) helpers: Wheel,
    /// Members who ask rather than answer.
    pub(crate) askers: Wheel,
    /// Staff.
    pub(crate) staff: Vec<u32>,
}

impl Cast {
    /// The cast of a day, of those who are in the group.
    pub(crate) fn of<'a>(day: u32, present: impl Iterator<Item = &'a Person>) -> Self {
        let mut cast = Self::default();
        for person in present.filter(|person| person.talks(day)) {
            cast.all.push(person.number, person.weight);
            match person.persona {
                Persona::Owner | Persona::Admin => {
                    cast.staff.push(person.number);
                    cast.helpers.push(person.number, person.weight * 2);
                }
                Persona::Core => cast.helpers.push(person.number, person.weight),
                Persona::Talkative => {
                    cast.helpers.push(person.number, person.weight / 2);
                    cast.askers.push(person.number, person.weight);
                }
                Persona::Occasional => cast.askers.push(person.number, person.weight * 4),
                Persona::Silent => cast.askers.push(person.number, person.weight),
                Persona::Advertiser => {}
            }
        }
        cast
    }

    /// Somebody of the wheel who is not among these, if a few throws find one.
    pub(crate) fn other(wheel: &Wheel, than: &[u32], dice: &mut Dice) -> Option<u32> {
        (0..16).filter_map(|_| wheel.draw(dice)).find(|who| !than.contains(who))
    }
}
