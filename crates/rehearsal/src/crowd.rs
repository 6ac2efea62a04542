//! The crowd: an iterator of everything that happens, a day at a time.

use crate::answer::Onward;
use crate::day::{self, Said};
use crate::dice::Dice;
use crate::happening::Happening;
use crate::people::{Person, Persona, Registry};
use crate::phrases::Repertoire;
use crate::plan::{Keys, Plan};
use std::collections::VecDeque;

/// Key of the first row: the group is older than the window.
const FIRST_KEY: i64 = 20_001;

/// A make-believe group. Iterate to let it live; look up people by number at any time.
#[derive(Debug)]
pub struct Crowd {
    pub(crate) plan: Plan,
    pub(crate) seed: u64,
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
    /// Sellers whom nobody has removed yet.
    pub(crate) overlooked: Vec<u32>,
    pub(crate) joined: u32,
    pub(crate) next_key: i64,
    pub(crate) said: Said,
    pub(crate) onward: Option<Box<Onward>>,
    next_day: u32,
    endless: bool,
    today: VecDeque<Happening>,
}

impl Crowd {
    /// A crowd at the start of its first day. The same seed and plan give the same crowd.
    pub fn new(seed: u64, plan: Plan) -> Self {
        let mut crowd = Self {
            seed,
            dice: Dice::seeded(seed),
            words: Repertoire::new(plan.kind.book()),
            registry: Registry::new(&plan),
            people: Vec::new(),
            present: Vec::new(),
            lonely: VecDeque::new(),
            returning: None,
            overlooked: Vec::new(),
            joined: 0,
            next_key: if plan.keys == Keys::Counted { FIRST_KEY } else { 0 },
            said: Said::default(),
            onward: None,
            next_day: 0,
            endless: false,
            today: VecDeque::new(),
            plan,
        };
        crowd.found();
        crowd
    }

    /// Lets it live on after the last day of its plan: the iterator has no end any more.
    #[must_use]
    pub fn endless(mut self) -> Self {
        self.endless = true;
        self
    }

    /// The plan it lives by.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Everybody met so far, founders first, by number.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Who is in the group after the day that is being told, by number, in no order.
    pub fn present(&self) -> &[u32] {
        &self.present
    }

    /// The person with this number.
    pub fn person(&self, number: u32) -> Option<&Person> {
        usize::try_from(number).ok().and_then(|at| self.people.get(at))
    }

    /// How many were in the group before the first day: the first numbers.
    pub fn founders(&self) -> u32 {
        let share = self.plan.course.founders_percent();
        (self.plan.members * share / 100).max(12).min(self.plan.members)
    }

    /// People who come while the plan runs.
    pub(crate) fn joiners(&self) -> u32 {
        self.plan.members - self.founders()
    }

    fn found(&mut self) {
        let founders = self.founders();
        let leaders = self.leaders(founders);
        for number in 0..founders {
            let leader = usize::try_from(number).ok().and_then(|at| leaders.get(at)).copied();
            let persona = leader.unwrap_or(match number * 100 / founders {
                0..=10 => Persona::Core,
                11..=30 => Persona::Talkative,
                31..=55 => Persona::Occasional,
                56..=62 => Persona::FreebieHunter,
                _ => Persona::Silent,
            });
            let who = self.meet(persona);
            self.present.push(who);
        }
        if let Some(from) = self.plan.silence_of_regulars() {
            let core = self.people.iter_mut().filter(|one| one.persona == Persona::Core);
            for person in core.skip(1).take(2) {
                person.silent_from = Some(from);
            }
        }
        if let Some(from) = self.plan.silence_of_founder() {
            // Where nobody is called the founder, the keeper is the one.
            let called = self.people.iter().position(|one| one.persona == Persona::Founder);
            if let Some(person) = self.people.get_mut(called.unwrap_or(0)) {
                person.silent_from = Some(from);
            }
        }
        let days = self.plan.days.max(2);
        for person in self.people.iter_mut().skip(9).step_by(11) {
            if person.persona != Persona::Silent {
                let from = self.dice.between(1, days - 1);
                let later = self.registry.later(&person.name, &mut self.dice);
                person.renamed = Some((from, later));
            }
        }
    }

    /// Those who run the group, in the order of their numbers.
    fn leaders(&self, founders: u32) -> Vec<Persona> {
        let habits = self.plan.habits();
        let mut leaders = vec![Persona::Owner];
        leaders.extend(habits.founder.map(|_| Persona::Founder));
        leaders.extend(habits.host.map(|_| Persona::Host));
        let admins = usize::try_from((founders / 40).clamp(1, 5)).unwrap_or(1);
        leaders.extend(std::iter::repeat_n(Persona::Admin, admins));
        leaders
    }

    /// Somebody new in the crowd (not yet in the group).
    pub(crate) fn meet(&mut self, persona: Persona) -> u32 {
        let number = u32::try_from(self.people.len()).unwrap_or(u32::MAX);
        let habits = self.plan.habits();
        let called = match persona {
            Persona::Owner => self.dice.pick(&habits.keepers),
            Persona::Founder => habits.founder,
            Persona::Host => habits.host,
            _ => None,
        };
        let name = match called {
            Some(called) => self.registry.called(called, &mut self.dice),
            None => self.registry.name(number, &mut self.dice),
        };
        self.people.push(Person::new(number, name, persona, &mut self.dice));
        number
    }
}

impl Iterator for Crowd {
    type Item = Happening;

    fn next(&mut self) -> Option<Happening> {
        while self.today.is_empty() {
            if self.next_day >= self.plan.days && !self.endless {
                return None;
            }
            self.today = day::compose(self, self.next_day).into();
            self.next_day += 1;
        }
        self.today.pop_front()
    }
}
