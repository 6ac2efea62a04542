//! The crowd: an iterator of everything that happens, a day at a time.

use crate::day;
use crate::dice::Dice;
use crate::happening::Happening;
use crate::person::{Person, Persona, Registry};
use crate::phrases::{Repertoire, nicknames};
use crate::plan::Plan;
use std::collections::VecDeque;

/// Key of the first row: the group is older than the window.
const FIRST_KEY: i64 = 20_001;

/// A make-believe group. Iterate to let it live; look up people by number at any time.
#[derive(Debug)]
pub struct Crowd {
    pub(crate) plan: Plan,
    pub(crate) dice: Dice,
    pub(crate) words: Repertoire,
    pub(crate) registry: Registry,
    pub(crate) people: Vec<Person>,
    /// Who is in the group now.
    pub(crate) present: Vec<u32>,
    /// Newcomers whose first words nobody will take up.
    pub(crate) lonely: VecDeque<u32>,
    /// Somebody who left and will come back on a day.
    pub(crate) returning: Option<(u32, u32)>,
    pub(crate) joined: u32,
    pub(crate) next_key: i64,
    next_day: u32,
    today: VecDeque<Happening>,
}

impl Crowd {
    /// A crowd at the start of its first day. The same seed and plan give the same crowd.
    pub fn new(seed: u64, plan: Plan) -> Self {
        let mut crowd = Self {
            dice: Dice::seeded(seed),
            words: Repertoire::new(),
            registry: Registry::new(nicknames()),
            people: Vec::new(),
            present: Vec::new(),
            lonely: VecDeque::new(),
            returning: None,
            joined: 0,
            next_key: FIRST_KEY,
            next_day: 0,
            today: VecDeque::new(),
            plan,
        };
        crowd.found();
        crowd
    }

    /// The plan it lives by.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Everybody met so far, founders first, by number.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The person with this number.
    pub fn person(&self, number: u32) -> Option<&Person> {
        usize::try_from(number).ok().and_then(|at| self.people.get(at))
    }

    /// People who come while the plan runs.
    pub(crate) fn joiners(&self) -> u32 {
        self.plan.members - self.founders()
    }

    fn founders(&self) -> u32 {
        (self.plan.members * 3 / 5).max(12)
    }

    fn found(&mut self) {
        let founders = self.founders().min(self.plan.members);
        let admins = (founders / 40).clamp(1, 5);
        for number in 0..founders {
            let persona = match number {
                0 => Persona::Owner,
                _ if number <= admins => Persona::Admin,
                _ => match number * 100 / founders {
                    0..=10 => Persona::Core,
                    11..=30 => Persona::Talkative,
                    31..=62 => Persona::Occasional,
                    _ => Persona::Silent,
                },
            };
            let who = self.meet(persona);
            self.present.push(who);
        }
        if let Some(from) = self.plan.silence_of_regulars() {
            let core = self.people.iter_mut().filter(|one| one.persona == Persona::Core);
            for person in core.skip(1).take(2) {
                person.silent_from = Some(from);
            }
        }
        let days = self.plan.days.max(1);
        for person in self.people.iter_mut().skip(9).step_by(11) {
            if person.persona != Persona::Silent {
                let from = self.dice.between(1, days);
                person.renamed = Some((from, Registry::later_name(&person.name, &mut self.dice)));
            }
        }
    }

    /// Somebody new in the crowd (not yet in the group).
    pub(crate) fn meet(&mut self, persona: Persona) -> u32 {
        let number = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let person = self.registry.person(number, persona, &mut self.dice);
        self.people.push(person);
        number
    }
}

impl Iterator for Crowd {
    type Item = Happening;

    fn next(&mut self) -> Option<Happening> {
        while self.today.is_empty() {
            if self.next_day >= self.plan.days {
                return None;
            }
            self.today = day::compose(self, self.next_day).into();
            self.next_day += 1;
        }
        self.today.pop_front()
    }
}
