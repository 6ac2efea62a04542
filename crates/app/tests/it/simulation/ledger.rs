//! What was handed in, and what came back: the model beside the pipeline.
//!
//! Whoever handed something in does so again until the answer is final. So in the end each event
//! is in the log once, or was refused and is not.

use super::dice::Dice;
use app::live::{Answered, Refused};
use domain::{Event, GroupId, IdentityId, Origin, Seq, SourceKey};
use std::collections::BTreeMap;

/// What the log recognises an event by.
pub(crate) type Name = (GroupId, SourceKey, IdentityId);

#[derive(Clone, Debug)]
pub(crate) struct Handed {
    pub(crate) event: Event,
    /// Acknowledged, at this place.
    pub(crate) acked: Option<Seq>,
    /// Acknowledged as something new.
    is_fresh: bool,
    pub(crate) was_refused: bool,
    pub(crate) was_set_aside: bool,
    /// Why it has to be handed in again, for whoever reads a failure.
    last: String,
}

#[derive(Default)]
pub(crate) struct Ledger {
    all: BTreeMap<Name, Handed>,
    /// To be handed in, or handed in again.
    queue: Vec<Event>,
}

pub(crate) fn name(event: &Event) -> Name {
    let (key, actor) = engine::noted_as(event).unwrap();
    (event.group, key, actor)
}

impl Ledger {
    /// Something new is to be handed in; whether nothing of this name was there.
    pub(crate) fn add(&mut self, event: &Event) -> bool {
        let name = name(event);
        if self.all.contains_key(&name) {
            return false;
        }
        let event = event.clone();
        let handed = Handed {
            event,
            acked: None,
            is_fresh: false,
            was_refused: false,
            was_set_aside: false,
            last: String::new(),
        };
        self.all.insert(name, handed);
        true
    }

    /// The list of what was set aside has it: whoever handed it in may not have heard of that.
    pub(crate) fn set_aside(&mut self, event: &Event) {
        if let Some(handed) = self.all.get_mut(&name(event)) {
            handed.was_set_aside = true;
        }
    }

    pub(crate) fn get(&self, name: Name) -> Option<&Handed> {
        self.all.get(&name)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (&Name, &Handed)> {
        self.all.iter()
    }

    /// To be handed in (again) some time.
    pub(crate) fn later(&mut self, events: impl IntoIterator<Item = Event>) {
        self.queue.extend(events);
    }

    /// Some of what waits, in any order.
    pub(crate) fn some_of_queue(&mut self, dice: &mut Dice, most: usize) -> Vec<Event> {
        let count = most.min(self.queue.len());
        (0..count).map(|_| self.queue.swap_remove(dice.place(self.queue.len()))).collect()
    }

    pub(crate) fn whole_queue(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.queue)
    }

    /// Something that was acknowledged, or told, comes once more.
    pub(crate) fn again(&self, dice: &mut Dice) -> Option<Event> {
        let comes = |one: &&Handed| one.acked.is_some() || one.event.origin == Origin::Told;
        let from: Vec<&Handed> = self.all.values().filter(comes).collect();
        (!from.is_empty()).then(|| from[dice.place(from.len())].event.clone())
    }

    /// Notes an answer.
    pub(crate) fn answered(&mut self, event: Event, answer: &Answered) {
        let name = name(&event);
        let handed = self.all.get_mut(&name).unwrap();
        match answer {
            // Kept for the node that has the group; told again it must not come twice.
            Ok(receipt) if receipt.waits() => {
                assert_eq!(event.origin, Origin::Told, "asked, but kept: {event:?}");
                self.queue.push(event);
            }
            Ok(receipt) => {
                let before = handed.acked.replace(receipt.seq);
                assert!(
                    before.is_none_or(|seq| seq == receipt.seq),
                    "acknowledged at {before:?} and then at {receipt:?}: {event:?}"
                );
                assert!(
                    receipt.again || !handed.is_fresh,
                    "acknowledged as new for the second time: {event:?}"
                );
                handed.is_fresh |= !receipt.again;
            }
            Err(Refused::Domain(_) | Refused::KeyTaken) => {
                assert_eq!(event.origin, Origin::Asked, "told, but {answer:?}: {event:?}");
                assert_eq!(handed.acked, None, "acknowledged, and then {answer:?}: {event:?}");
                handed.was_refused = true;
            }
            Err(Refused::SetAside) => handed.was_set_aside = true,
            Err(Refused::Busy | Refused::Stopping | Refused::Fault(_)) => {
                handed.last = format!("{answer:?}");
                self.queue.push(event);
            }
            Err(Refused::NoSuchGroup) => panic!("no such group: {event:?}"),
        }
    }
}
