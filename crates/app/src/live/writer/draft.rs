//! What one group is about to commit: the scratch copy, and the rows that go with it.
//!
//! Invariant: an entry's share is added whole ([`Draft::add`]) after all of its chain was decided.

use std::collections::BTreeMap;

use domain::{Effect, Fact, FactKind, IdentityId, Millis, Seq, SourceKey, When};
use engine::{State, schedule};
use rustc_hash::FxHashMap;
use store::{Acting, Fired, GroupWrite, NewFact, OutboxRow, TaskRow, TaskState, TimerRow};

use crate::live::writer::errands::Errands;
use crate::live::writer::held::{Held, member_row};

/// One decided entry with everything that followed from it.
#[derive(Debug, Default)]
pub(super) struct Share {
    pub(super) facts: Vec<NewFact>,
    /// The decision that asked (place of its fact, or a number of its own), and for what.
    pub(super) effects: Vec<(Cause, Effect)>,
    pub(super) name: Option<String>,
}

/// Which decision asked for an action: (place, number from which its actions are counted).
pub(super) type Cause = (Seq, u32);

/// The scratch copy of a group, with what it will commit.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) state: State,
    pub(super) facts: Vec<NewFact>,
    pub(super) keys: FxHashMap<SourceKey, (Seq, IdentityId)>,
    name: Option<String>,
    fired: Vec<Fired>,
    timers: BTreeMap<String, Option<TimerRow>>,
    tasks: BTreeMap<String, Option<TaskRow>>,
    outbox: Vec<OutboxRow>,
    recalled: Vec<i64>,
    /// Lines of the audit log.
    pub(super) acts: Vec<Acting>,
    is_changed: bool,
}

impl Draft {
    pub(super) fn of(held: &Held) -> Self {
        Self {
            state: held.state.clone(),
            facts: Vec::new(),
            keys: FxHashMap::default(),
            name: None,
            fired: Vec::new(),
            timers: BTreeMap::new(),
            tasks: BTreeMap::new(),
            outbox: Vec::new(),
            recalled: Vec::new(),
            acts: Vec::new(),
            is_changed: false,
        }
    }

    /// Whether there is anything to commit.
    pub(super) fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// Adds what an entry led to.
    pub(super) fn add(&mut self, held: &Held, share: Share, now: Millis, errands: &Errands) {
        for (place, new) in (self.next(held).0..).zip(&share.facts) {
            self.keys.insert(new.fact.source, (Seq(place), new.fact.actor));
            if new.fact.kind == FactKind::Recall {
                self.recalled.extend(new.fact.reply_to);
            }
        }
        self.is_changed = true;
        self.facts.extend(share.facts);
        self.name = share.name.or(self.name.take());
        let mut counted: FxHashMap<Cause, u32> = FxHashMap::default();
        for (cause, effect) in share.effects {
            match effect {
                Effect::Act(action) => {
                    let n = counted.entry(cause).or_insert(cause.1);
                    let (row, task) = errands.of(held, (cause.0, *n), &action, now);
                    *n += 1;
                    self.plan(row, task);
                }
                other => self.note(held, other, now),
            }
        }
    }

    fn note(&mut self, held: &Held, effect: Effect, now: Millis) {
        match effect {
            Effect::Ask(task) => self.ask(TaskRow {
                org: held.org,
                group: held.group,
                name: task.name.into(),
                kind: task.kind.word().to_owned(),
                about: task.about,
                who: task.who,
                since: task.since,
                state: TaskState::Open,
                changed: now,
            }),
            Effect::Withdraw { name } => drop(self.tasks.insert(name.into(), None)),
            Effect::Schedule(timer) => {
                let due = match timer.when {
                    When::At(at) => Some(at),
                    When::Civil(_) => schedule::next(&timer.when, &held.zone, now),
                };
                let rule = match &timer.when {
                    When::At(_) => None,
                    When::Civil(rule) => Some(schedule::to_text(rule)),
                };
                let name = String::from(timer.name);
                let row = due.map(|due| TimerRow {
                    org: held.org,
                    group: held.group,
                    name: name.clone(),
                    due,
                    rule,
                    missed: timer.missed.word().to_owned(),
                });
                self.timers.insert(name, row);
            }
            Effect::Cancel { name } => drop(self.timers.insert(name.into(), None)),
            // Followed up by the desk before it comes here.
            Effect::Emit(_) | Effect::Act(_) => {}
        }
    }

    /// An action, with a task where staff have to do something about it.
    pub(super) fn plan(&mut self, row: OutboxRow, task: Option<TaskRow>) {
        self.is_changed = true;
        self.outbox.push(row);
        if let Some(task) = task {
            self.tasks.insert(task.name.clone(), Some(task));
        }
    }

    /// A task for staff.
    pub(super) fn ask(&mut self, task: TaskRow) {
        self.is_changed = true;
        self.tasks.insert(task.name.clone(), Some(task));
    }

    /// A timer was decided upon, or passed over.
    pub(super) fn fired(&mut self, fired: Fired) {
        self.is_changed = true;
        self.fired.push(fired);
    }

    /// The place of the next fact.
    pub(super) fn next(&self, held: &Held) -> Seq {
        Seq(held.next.0 + self.facts.len() as i64)
    }

    /// What the store is to write, and what is kept of it for afterwards.
    pub(super) fn into_write(self, held: &Held, now: Millis) -> (GroupWrite, Kept) {
        let (state_version, state) = self.state.to_bytes();
        let withdrawn = self.tasks.iter().filter(|(_, task)| task.is_none());
        let gone = self.timers.iter().filter(|(_, timer)| timer.is_none());
        let kept = Kept {
            first: held.next,
            facts: self.facts.iter().map(|new| new.fact).collect(),
            name: self.name.clone(),
            keys: self.keys,
            has_errands: !self.outbox.is_empty(),
            state: self.state,
        };
        let write = GroupWrite {
            group: held.group,
            fence: held.fence,
            expected: held.next,
            state_version,
            state,
            name: self.name,
            members: held.roster.changes().into_iter().map(member_row).collect(),
            fired: self.fired,
            timers_gone: gone.map(|(name, _)| name.clone()).collect(),
            withdrawn: withdrawn.map(|(name, _)| (name.clone(), now)).collect(),
            timers: self.timers.into_values().flatten().collect(),
            tasks: self.tasks.into_values().flatten().collect(),
            outbox: self.outbox,
            recalled: self.recalled,
            acts: self.acts,
            facts: self.facts,
        };
        (write, kept)
    }
}

/// What becomes of a draft when its commit went through.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) first: Seq,
    pub(super) facts: Vec<Fact>,
    pub(super) name: Option<String>,
    pub(super) keys: FxHashMap<SourceKey, (Seq, IdentityId)>,
    pub(super) has_errands: bool,
    pub(super) state: State,
}
