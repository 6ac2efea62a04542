//! What the world does to commits: faults before and after they happened, crashes, a node that
//! stands still; and the journal of what really reached the database.

use super::dice::{Dice, mixed};
use super::halt::Halt;
use crate::live::{ORG, SetClock};
use app::live::{Answer, Book, Clock, Holding, Known, Stored};
use domain::{Action, ActorClass, FactKind, GroupId, Millis, OrgId, Seq, SourceKey};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use store::{Fault, GroupWrite, IntakeRow, Lease, LiveWrite, OutboxRow, OutboxState, Store};

/// Words with this sign are refused by the database for as long as it dislikes them.
pub(crate) const POISON: char = '毒';

/// Messages that begin with this sign lead to an action.
pub(crate) const ACTS: char = '发';

/// What happens to one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Blow {
    None,
    Busy,
    Full,
    LostBefore,
    LostAfter,
    Constraint,
    CrashBefore,
    CrashAfter,
    Freeze,
}

const BLOWS: &[(u64, Blow)] = &[
    (84, Blow::None),
    (3, Blow::Busy),
    (1, Blow::Full),
    (2, Blow::LostBefore),
    (3, Blow::LostAfter),
    (3, Blow::Constraint),
    (2, Blow::CrashBefore),
    (2, Blow::CrashAfter),
];

/// An action, by its group and the fact that led to it.
pub(crate) type ActionId = (GroupId, Seq, u32);

/// What became of one try to send an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Try {
    pub(crate) has_arrived: bool,
    /// The platform said that it is certainly not done.
    pub(crate) said_not_now: bool,
}

/// One world for all nodes of a run.
pub(crate) struct Fate {
    pub(crate) clock: Arc<SetClock>,
    pub(crate) seed: u64,
    inner: Mutex<Inner>,
}

struct Inner {
    seed: u64,
    /// How often the dice were rolled over something.
    rolls: BTreeMap<String, u64>,
    is_calm: bool,
    dislikes: bool,
    freeze_next: bool,
    last: Blow,
    journal: BTreeMap<GroupId, Vec<(Millis, GroupWrite)>>,
    tries: BTreeMap<ActionId, Vec<Try>>,
}

impl Fate {
    pub(crate) fn new(seed: u64, clock: Arc<SetClock>) -> Arc<Self> {
        let inner = Inner {
            seed,
            rolls: BTreeMap::new(),
            is_calm: true,
            dislikes: true,
            freeze_next: false,
            last: Blow::None,
            journal: BTreeMap::new(),
            tries: BTreeMap::new(),
        };
        Arc::new(Self { clock, seed, inner: Mutex::new(inner) })
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    /// From now on nothing fails, or things do.
    pub(crate) fn calm(&self, is_calm: bool) {
        self.lock().is_calm = is_calm;
    }

    /// Nothing is poison any more.
    pub(crate) fn likes_everything(&self) {
        self.lock().dislikes = false;
    }

    /// The node that commits next stands still before it.
    pub(crate) fn freeze_next(&self, freeze: bool) {
        self.lock().freeze_next = freeze;
    }

    /// What reached the database of each group, in order, and when it was decided.
    pub(crate) fn journal(&self) -> BTreeMap<GroupId, Vec<(Millis, GroupWrite)>> {
        self.lock().journal.clone()
    }

    /// Every try to send every action.
    pub(crate) fn tries(&self) -> BTreeMap<ActionId, Vec<Try>> {
        self.lock().tries.clone()
    }

    pub(crate) fn tried(&self, id: ActionId, one: Try) {
        self.lock().tries.entry(id).or_default().push(one);
    }

    pub(crate) fn has_arrived(&self, id: ActionId) -> bool {
        self.lock().tries.get(&id).is_some_and(|tries| tries.iter().any(|one| one.has_arrived))
    }

    /// A passing fault of something that is not a commit.
    fn stumbles(&self, name: &str, percent: u64) -> bool {
        let mut inner = self.lock();
        !inner.is_calm && inner.dice(name).percent(percent)
    }

    fn blow(&self, write: &LiveWrite) -> Blow {
        let mut inner = self.lock();
        if inner.dislikes && is_poison(write) {
            inner.last = Blow::Constraint;
            return Blow::Constraint;
        }
        let mut blow = match inner.freeze_next {
            true => Blow::Freeze,
            false if inner.is_calm => Blow::None,
            false => inner.dice(&named(write)).weighed(BLOWS),
        };
        inner.freeze_next = false;
        // A row that breaks no rule is refused at most once: the first time may have been a
        // duplicate, the second time would be the database's own fault.
        if blow == Blow::Constraint && inner.last != Blow::None {
            blow = Blow::None;
        }
        inner.last = blow;
        blow
    }

    fn note(&self, now: Millis, write: LiveWrite) {
        let mut inner = self.lock();
        for group in write.groups {
            inner.journal.entry(group.group).or_default().push((now, group));
        }
    }
}

impl Inner {
    /// Dice for the next time that this happens: whatever else happens in between does not change
    /// what they show.
    fn dice(&mut self, name: &str) -> Dice {
        let count = self.rolls.entry(name.to_owned()).or_default();
        *count += 1;
        let stream = name.bytes().fold(*count, |hash, byte| mixed(hash ^ u64::from(byte)));
        Dice::new(self.seed, stream)
    }
}

/// What a commit is called for the dice.
fn named(write: &LiveWrite) -> String {
    let first = write.groups.first();
    first.map_or_else(String::new, |group| {
        let (facts, fired) = (group.facts.len(), group.fired.len());
        format!("commit {} {} {facts} {fired}", group.group.0, group.expected.0)
    })
}

fn is_poison(write: &LiveWrite) -> bool {
    let mut facts = write.groups.iter().flat_map(|group| &group.facts);
    facts.any(|new| new.words.as_deref().is_some_and(|words| words.contains(POISON)))
}

/// The store of one node in this world.
pub(crate) struct Fated {
    pub(crate) store: Store,
    pub(crate) fate: Arc<Fate>,
    pub(crate) halt: Arc<Halt>,
}

fn busy() -> Fault {
    Fault::Busy { source: "another writes".into() }
}

impl Book for Fated {
    fn hold(&self, org: OrgId, groups: Vec<GroupId>, lease: Lease) -> Answer<'_, Vec<Holding>> {
        if self.fate.stumbles("hold", 4) {
            return Box::pin(async { Err(busy()) });
        }
        Book::hold(&self.store, org, groups, lease)
    }

    fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>> {
        if self.fate.stumbles("known", 4) {
            return Box::pin(async { Err(busy()) });
        }
        Book::known(&self.store, org, keys)
    }

    fn commit(&self, write: LiveWrite) -> Answer<'_, ()> {
        Box::pin(async move {
            self.halt.only_alive().await;
            let now = self.fate.clock.now();
            let blow = self.fate.blow(&write);
            match blow {
                Blow::Busy => return Err(busy()),
                Blow::Full => return Err(Fault::Full { source: "no room".into() }),
                Blow::LostBefore => return Err(Fault::Lost { source: "gone".into() }),
                Blow::Constraint => return Err(Fault::Constraint { source: "refused".into() }),
                Blow::CrashBefore => self.halt.crash().await,
                Blow::Freeze => self.halt.freeze().await,
                Blow::None | Blow::LostAfter | Blow::CrashAfter => {}
            }
            let write = with_actions(write, now);
            self.halt.committing(true);
            let done = Book::commit(&self.store, write.clone()).await;
            if done.is_ok() {
                self.fate.note(now, write);
            }
            self.halt.committing(false);
            self.halt.only_alive().await;
            if blow == Blow::Freeze {
                let woke_to = done.as_ref().copied().map_err(|fault| fault.code().to_owned());
                self.halt.wake(woke_to);
            }
            done?;
            match blow {
                Blow::LostAfter => Err(Fault::Lost { source: "gone".into() }),
                Blow::CrashAfter => self.halt.crash().await,
                _ => Ok(()),
            }
        })
    }

    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()> {
        if self.fate.stumbles("set aside", 15) {
            return Box::pin(async { Err(busy()) });
        }
        Book::set_aside(&self.store, row)
    }
}

/// Adds the actions that a decider would ask for: no decider of today asks for any.
fn with_actions(mut write: LiveWrite, now: Millis) -> LiveWrite {
    for group in &mut write.groups {
        for (seq, new) in (group.expected.0..).zip(&group.facts) {
            let acts = new.words.as_deref().is_some_and(|words| words.starts_with(ACTS));
            if !acts || new.fact.kind != FactKind::Message {
                continue;
            }
            let action = match seq % 4 {
                0 => Action::Announce { text: "今晚八点".into() },
                1 => Action::Remove { who: new.fact.actor },
                _ => {
                    Action::Post { text: "欢迎".into(), reply_to: None, class: ActorClass::Host }
                }
            };
            group.outbox.push(OutboxRow {
                org: ORG,
                group: group.group,
                seq: Seq(seq),
                n: 0,
                platform: "web".to_owned(),
                kind: action.kind().word().to_owned(),
                action: action.to_text(),
                state: OutboxState::Planned,
                tries: 0,
                next_at: now,
                changed: now,
                result: String::new(),
            });
        }
    }
    write
}
