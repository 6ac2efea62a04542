//! The one writer of the groups that this node holds: takes a batch, decides it, commits it.
//!
//! Reading order: an [`Entry`] is what it is handed; the [`Desk`] holds groups in memory and
//! decides without any IO; [`Writer::turn`] is the life of one batch: load, look up, decide,
//! commit, tell. `queue` is the loop around it.
//!
//! Invariants: nothing is acknowledged or told before its commit; when a commit fails, nothing of
//! its batch is kept and its groups are read again; an entry that cannot be processed is found by
//! bisecting the batch and set aside, and the others go on.

mod answers;
#[cfg(test)]
mod cascades;
mod deciding;
mod desk;
mod draft;
mod due;
mod entry;
mod errands;
mod held;
mod loading;
mod queue;
mod telling;

pub use desk::{Desk, KnownKeys, Poison, Prepared};
pub(crate) use entry::own_number;
pub use entry::{Entry, Matter};
pub(crate) use errands::errand_task;
pub use errands::{BY_STAFF, Errands};
pub use held::Held;
pub(crate) use held::member;
pub(crate) use queue::{Ask, Look, Queue};
pub use telling::Telling;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{GroupId, OrgId};
use rustc_hash::FxHashSet;
use store::{Fault, IntakeRow};

use crate::live::book::Book;
use crate::live::receipt::{Receipt, Refused};
use crate::live::settings::{Clock, LiveSettings};
use crate::live::stored::Stored;
use crate::live::writer::answers::Answers;

/// How often a batch is decided again because groups had changed in the store.
const ROUNDS: u32 = 8;

/// How often a batch is tried again because the database was busy.
const BUSY_ROUNDS: u32 = 2;

/// What an entry is answered.
pub type Answered = Result<Receipt, Refused>;

/// Entries with their places in the batch as it was handed in.
type Part = Vec<(usize, Entry)>;

/// The writer.
pub struct Writer {
    desk: Arc<Mutex<Desk>>,
    book: Arc<dyn Book>,
    clock: Arc<dyn Clock>,
    telling: Telling,
    settings: LiveSettings,
    /// Groups whose last commit failed: what became of it is not known.
    suspect: FxHashSet<(OrgId, GroupId)>,
}

/// How an attempt to commit a part ended.
enum Attempt {
    /// Everything left of it is answered.
    Done,
    /// Decide it again: groups had changed in the store.
    Again,
    /// Decide what is left of it: what was in the way is taken out.
    Less,
    /// Something in it cannot be committed.
    Split(Fault),
}

impl Writer {
    /// A writer with an empty memory.
    pub fn new(
        book: Arc<dyn Book>,
        clock: Arc<dyn Clock>,
        (errands, telling): (Errands, Telling),
        settings: LiveSettings,
    ) -> Self {
        let desk = Desk::new(errands, engine::Settings::default(), settings.depth_max);
        let desk = Arc::new(Mutex::new(desk));
        Self { desk, book, clock, telling, settings, suspect: FxHashSet::default() }
    }

    /// The groups in memory, for whoever looks at what is committed while the writer writes.
    pub(crate) fn shared_desk(&self) -> Arc<Mutex<Desk>> {
        Arc::clone(&self.desk)
    }

    /// Never held while something is waited for.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits a batch, in order, in as few commits as it has organisations; the answers stand in
    /// the order of the entries.
    pub async fn turn(&mut self, entries: Vec<Entry>) -> Vec<Answered> {
        let mut answers = Answers::to(entries.len());
        let mut parts: Vec<(OrgId, Part)> = Vec::new();
        for (place, entry) in entries.into_iter().enumerate() {
            match parts.iter_mut().find(|(org, _)| *org == entry.org) {
                Some((_, part)) => part.push((place, entry)),
                None => parts.push((entry.org, vec![(place, entry)])),
            }
        }
        parts.reverse();
        while let Some((org, mut part)) = parts.pop() {
            let mut round = 0;
            loop {
                match self.attempt(org, &mut part, round, &mut answers).await {
                    Attempt::Done => break,
                    Attempt::Less => {}
                    Attempt::Again if round < ROUNDS => round += 1,
                    Attempt::Again => {
                        answers.all(&part, &Refused::Busy);
                        break;
                    }
                    Attempt::Split(fault) if part.len() == 1 => {
                        let entry = part.remove(0);
                        let passes = self.set_aside(entry, &words(&fault), &mut answers).await;
                        parts.extend(passes.map(|entry| (org, vec![(usize::MAX, entry)])));
                        break;
                    }
                    Attempt::Split(_) => {
                        let second = part.split_off(part.len() / 2);
                        parts.push((org, second));
                        round = 0;
                    }
                }
            }
        }
        self.desk().shrink(self.settings.groups_max);
        self.heal().await;
        answers.given()
    }

    /// One try to commit a part.
    async fn attempt(
        &mut self,
        org: OrgId,
        part: &mut Part,
        round: u32,
        answers: &mut Answers,
    ) -> Attempt {
        self.load(org, part, answers).await;
        let (places, entries): (Vec<usize>, Vec<Entry>) = std::mem::take(part).into_iter().unzip();
        let restore = |part: &mut Part, entries: Vec<Entry>| {
            part.extend(places.iter().copied().zip(entries));
        };
        let known = match self.look_up(org, &entries, round > 0).await {
            Ok(known) => known,
            Err(fault) => {
                restore(part, entries);
                answers.all(part, &fault.into());
                return Attempt::Done;
            }
        };
        let now = self.clock.now();
        let prepared = self.desk().prepare(org, &entries, &known, now);
        let prepared = match prepared {
            Ok(prepared) => prepared,
            Err(poison) => {
                restore(part, entries);
                let bad = part.remove(poison.at);
                let passes = self.set_aside(bad, &poison.why, answers).await;
                part.extend(passes.map(|entry| (usize::MAX, entry)));
                return Attempt::Less;
            }
        };
        let Prepared { write, answers: prepared, kept } = prepared;
        let lines = self.telling.lines(&write);
        let groups: Vec<GroupId> = write.groups.iter().map(|group| group.group).collect();
        let is_empty = write.groups.is_empty() && write.intake_done.is_empty();
        let done = if is_empty { Ok(()) } else { self.book.commit(write).await };
        match done {
            Ok(()) => {
                // Who is told of it and looks finds it there.
                let mut desk = self.desk();
                self.telling.committed(org, &kept, lines);
                desk.settle(org, kept);
                drop(desk);
                for (place, answer) in places.into_iter().zip(prepared) {
                    answers.put(place, answer);
                }
                Attempt::Done
            }
            Err(fault) => {
                self.desk().undo(org, groups.iter().copied());
                restore(part, entries);
                self.failed((org, &groups), part, (fault, round), answers)
            }
        }
    }

    /// What to do after a commit that failed.
    fn failed(
        &mut self,
        (org, groups): (OrgId, &[GroupId]),
        part: &mut Part,
        (fault, round): (Fault, u32),
        answers: &mut Answers,
    ) -> Attempt {
        match fault {
            Fault::Stale { group } | Fault::FenceLost { group } => {
                self.suspect(org, [group]);
                Attempt::Again
            }
            Fault::TimerFired { group, name } => {
                // It was fired, moved or taken away in between: nothing is left to do.
                let before = part.len();
                part.retain(|(place, entry)| {
                    let is_it = matches!(
                        &entry.matter,
                        Matter::Due(timer) | Matter::Pass(timer)
                            if timer.group == group && timer.name == name
                    );
                    if is_it {
                        let seq = self.desk().held((org, group)).map_or(0, |held| held.next.0 - 1);
                        answers.put(*place, Ok(Receipt { seq: domain::Seq(seq), again: true }));
                    }
                    !is_it
                });
                if part.len() < before { Attempt::Less } else { Attempt::Again }
            }
            // Rolled back for another's sake: nothing of it is there.
            Fault::Busy { .. } if round < BUSY_ROUNDS => Attempt::Again,
            // A key that the log had although the memory took it for new: look all of them up.
            Fault::Constraint { .. } if round == 0 => Attempt::Again,
            // Nothing of it is there, either; the group can be read as it was. (Were it there, the
            // next commit would be stale.)
            fault @ Fault::Full { .. } => {
                answers.all(part, &fault.into());
                Attempt::Done
            }
            fault if is_passing(&fault) => {
                self.suspect(org, groups.iter().copied());
                answers.all(part, &fault.into());
                Attempt::Done
            }
            fault => {
                self.suspect(org, groups.iter().copied());
                Attempt::Split(fault)
            }
        }
    }

    /// Keeps an entry that cannot be processed for staff. Gives what has to be committed in its
    /// stead: a due timer moves on.
    async fn set_aside(
        &mut self,
        (place, entry): (usize, Entry),
        why: &str,
        answers: &mut Answers,
    ) -> Option<Entry> {
        let Some(event) = entry.as_event() else {
            answers.put(place, Err(Refused::SetAside));
            return None;
        };
        let row = IntakeRow {
            id: entry.intake.unwrap_or(0),
            org: entry.org,
            group: event.group,
            key: event.key,
            event: event.to_text(),
            received: self.clock.now(),
            tries: 0,
            failure: why.to_owned(),
        };
        match self.book.set_aside(row).await {
            Ok(()) => answers.put(place, Err(Refused::SetAside)),
            Err(fault) => {
                answers.put(place, Err(fault.into()));
                return None;
            }
        }
        match entry.matter {
            Matter::Due(timer) => Some(Entry::of(entry.org, Matter::Pass(timer))),
            _ => None,
        }
    }
}

/// Whether the fault lies in the world and not in what was written.
fn is_passing(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Busy { .. }
            | Fault::Lost { .. }
            | Fault::ReadOnly { .. }
            | Fault::Connect { .. }
            | Fault::ImportRunning
    )
}

/// A fault with its causes, for staff.
fn words(fault: &Fault) -> String {
    let mut words = fault.to_string();
    let mut cause = std::error::Error::source(fault);
    while let Some(one) = cause {
        words = format!("{words}: {one}");
        cause = one.source();
    }
    words
}
