//! A group decided again from nothing, by what reached its log: the same state, roster, timers
//! and tasks must come out after every commit.

use super::ledger::Ledger;
use domain::{
    ActorClass, Effect, Event, EventWhat, Fact, FactKind, GroupId, IdentityId, Millis, Origin,
    Said, Seq, SourceKey, When,
};
use engine::{Deciding, Roster, Settings, State, decide};
use std::collections::{BTreeMap, BTreeSet};
use store::{Fired, GroupWrite};

/// A group as it should be.
#[derive(Clone, Default)]
pub(crate) struct Replay {
    pub(crate) state: State,
    pub(crate) roster: Roster,
    pub(crate) facts: Vec<Fact>,
    pub(crate) words: Vec<Option<Box<str>>>,
    /// Due moments by name.
    pub(crate) timers: BTreeMap<String, Millis>,
    /// Names of open tasks.
    pub(crate) tasks: BTreeSet<String>,
    /// How often timers fired.
    pub(crate) fired: usize,
}

impl Replay {
    /// # Panics
    /// When something reached the log that its own past does not lead to.
    pub(crate) fn of(group: GroupId, writes: &[(Millis, GroupWrite)], ledger: &Ledger) -> Self {
        let mut replay = Self::default();
        for (now, write) in writes {
            let next = 1 + replay.facts.len() as i64;
            assert_eq!(write.expected, Seq(next), "the log of group {} has a hole", group.0);
            replay.take_timers(&write.fired);
            // Timers of one round stand together somewhere in the batch.
            let last = if write.fired.is_empty() { 0 } else { write.facts.len() };
            let tries = (0..=last).map(|place| replay.clone().commit((*now, place), write, ledger));
            let mut tries: Vec<Result<Self, String>> = tries.collect();
            let Some(place) = tries.iter().position(Result::is_ok) else {
                let whys: Vec<_> = tries.into_iter().filter_map(Result::err).collect();
                let all: Vec<_> = writes.iter().map(|(now, write)| short(*now, write)).collect();
                let it = short(*now, write);
                panic!("group {}: {whys:#?} at {it} of {all:#?}", group.0)
            };
            replay = tries.swap_remove(place).ok().unwrap();
        }
        replay
    }

    /// A timer fires on the condition that it is set for that moment.
    fn take_timers(&mut self, fired: &[Fired]) {
        for one in fired {
            let set = self.timers.remove(&one.name);
            assert_eq!(set, Some(one.due), "{one:?} fired, but was not set so");
            assert_eq!(one.next, None, "nothing recurs here");
        }
        self.fired += fired.len();
    }

    /// One commit, with its timers fired at this place among its facts.
    fn commit(
        mut self,
        (now, place): (Millis, usize),
        write: &GroupWrite,
        ledger: &Ledger,
    ) -> Result<Self, String> {
        let end = self.facts.len() + write.facts.len();
        let begin = self.facts.len();
        let mut has_fired = false;
        loop {
            let at = self.facts.len() - begin;
            if at >= place && !has_fired {
                has_fired = true;
                for one in &write.fired {
                    let next = write.facts.get(self.facts.len() - begin);
                    self.decide(now, &due(write.group, one, next.map(|new| new.fact)))?;
                }
                continue;
            }
            let Some(new) = write.facts.get(at).filter(|_| self.facts.len() < end) else { break };
            let event = self.event(write.group, &new.fact, ledger)?;
            self.decide(now, &event)?;
        }
        for (new, fact) in write.facts.iter().zip(&self.facts[begin..]) {
            if new.fact != *fact {
                return Err(format!("{:?} is in the log, {fact:?} follows from it", new.fact));
            }
        }
        let own = ["check_outcome", "carry_out"];
        for task in write.tasks.iter().filter(|task| own.contains(&task.kind.as_str())) {
            self.tasks.insert(task.name.clone());
        }
        if self.facts.len() != end {
            return Err(format!("{} facts instead of {end}", self.facts.len()));
        }
        let state = State::from_bytes(write.state_version, &write.state).unwrap();
        if state != self.state {
            return Err(difference(&format!("{state:#?}"), &format!("{:#?}", self.state)));
        }
        let kept: BTreeSet<&str> = write.timers_gone.iter().map(String::as_str).collect();
        if let Some(name) = kept.iter().find(|name| self.timers.contains_key(**name)) {
            return Err(format!("the timer {name} was taken away"));
        }
        self.roster.keep();
        Ok(self)
    }

    fn decide(&mut self, now: Millis, event: &Event) -> Result<(), String> {
        let mut group = Deciding {
            state: &mut self.state,
            roster: &mut self.roster,
            settings: &Settings::default(),
            now,
            next: Seq(1 + self.facts.len() as i64),
        };
        let decided = decide(&mut group, event);
        let decided = decided.map_err(|no| format!("{no}, for what is in the log: {event:?}"))?;
        for noted in decided.facts {
            self.facts.push(noted.fact);
            self.words.push(noted.words);
        }
        for effect in decided.effects {
            match effect {
                Effect::Schedule(timer) => {
                    let When::At(at) = timer.when else { panic!("nothing recurs here") };
                    self.timers.insert(timer.name.into(), at);
                }
                Effect::Cancel { name } => drop(self.timers.remove(&*name)),
                Effect::Ask(task) => drop(self.tasks.insert(task.name.into())),
                Effect::Withdraw { name } => drop(self.tasks.remove(&*name)),
                Effect::Emit(_) | Effect::Act(_) => panic!("no decider asks for this: {effect:?}"),
            }
        }
        Ok(())
    }

    /// The event that this fact was noted of, as it was handed in, with what intake added.
    fn event(&self, group: GroupId, fact: &Fact, ledger: &Ledger) -> Result<Event, String> {
        let handed = ledger.get((group, fact.source, fact.actor));
        let handed = handed.ok_or_else(|| format!("nobody handed in {fact:?}"))?;
        let mut event = handed.event.clone();
        match &mut event.what {
            EventWhat::Message(post) => {
                (post.features, post.text_hash) = (fact.features, fact.text_hash);
            }
            EventWhat::Recall { of, said } | EventWhat::Pin { of, said, .. } => {
                let other = fact.other;
                *said = self.said(*of).filter(|said| {
                    if other == IdentityId::NOBODY {
                        said.by == fact.actor
                    } else {
                        said.by == other
                    }
                });
            }
            EventWhat::Edit { of, said, .. } => *said = self.said(*of),
            _ => {}
        }
        Ok(event)
    }

    fn said(&self, key: i64) -> Option<Said> {
        let mut facts = self.facts.iter();
        let is_it = |fact: &&Fact| fact.kind == FactKind::Message && fact.source.key == key;
        facts.find(is_it).map(|fact| Said { by: fact.actor, at: fact.at })
    }
}

/// The event of a timer that fell due; a fact of it has a key that only the pipeline knows.
fn due(group: GroupId, fired: &Fired, next: Option<Fact>) -> Event {
    Event {
        group,
        key: SourceKey { key: next.map_or(0, |fact| fact.source.key), part: 0 },
        at: fired.due,
        actor: IdentityId::NOBODY,
        class: ActorClass::Bot,
        origin: Origin::Timer,
        what: EventWhat::Due { timer: fired.name.as_str().into(), due: fired.due },
    }
}

/// Lines that only one of two texts has.
fn difference(found: &str, wanted: &str) -> String {
    let only = |one: &str, other: &str| {
        let other: BTreeSet<&str> = other.lines().collect();
        let lines = one.lines().map(str::trim_end).filter(|line| !other.contains(line));
        lines.collect::<Vec<_>>().join(" ")
    };
    format!("the state has {} instead of {}", only(found, wanted), only(wanted, found))
}

/// A commit in one line.
fn short(now: Millis, write: &GroupWrite) -> String {
    let timers = write.timers.iter().map(|timer| (&timer.name, timer.due.0)).collect::<Vec<_>>();
    let fired = write.fired.iter().map(|one| (&one.name, one.due.0)).collect::<Vec<_>>();
    let (count, fence) = (write.facts.len(), write.fence);
    let (gone, tasks) = (&write.timers_gone, write.tasks.len());
    format!(
        "{} {} +{count} ({fence}): fired {fired:?}, set {timers:?}, gone {gone:?}, tasks {tasks}",
        now.0, write.expected.0
    )
}
