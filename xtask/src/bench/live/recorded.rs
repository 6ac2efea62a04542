//! The store with a memory: what the pipeline commits is kept, to be written again by others.

use app::live::{Answer, Book, Holding, Known};
use domain::{GroupId, OrgId, SourceKey};
use std::sync::{Mutex, PoisonError};
use store::{IntakeRow, Lease, LiveWrite, Store};

/// Passes everything on to the store.
pub(super) struct Recorded {
    store: Store,
    writes: Mutex<Vec<LiveWrite>>,
}

impl Recorded {
    pub(super) fn new(store: Store) -> Self {
        Self { store, writes: Mutex::default() }
    }

    /// The commits since the last call.
    pub(super) fn take(&self) -> Vec<LiveWrite> {
        std::mem::take(&mut self.writes.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Book for Recorded {
    fn hold(&self, org: OrgId, groups: Vec<GroupId>, lease: Lease) -> Answer<'_, Vec<Holding>> {
        Book::hold(&self.store, org, groups, lease)
    }

    fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>> {
        Book::known(&self.store, org, keys)
    }

    fn commit(&self, write: LiveWrite) -> Answer<'_, ()> {
        Box::pin(async move {
            let kept = write.clone();
            self.store.commit_live(write).await?;
            self.writes.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
            Ok(())
        })
    }

    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()> {
        Book::set_aside(&self.store, row)
    }
}

/// Rows that commits write: facts, words, heads, cursors, spans, and those that few messages
/// cause.
pub(super) fn rows(writes: &[LiveWrite]) -> u64 {
    let groups = writes.iter().flat_map(|write| &write.groups);
    let of = |group: &store::GroupWrite| {
        let words = group.facts.iter().filter(|new| new.words.is_some()).count();
        group.facts.len() + words + 2 + usize::from(!group.facts.is_empty()) + rare(group)
    };
    groups.map(of).sum::<usize>() as u64
}

/// Rows of timers, tasks, members and actions.
pub(super) fn rare(group: &store::GroupWrite) -> usize {
    group.members.len()
        + group.timers.len()
        + group.timers_gone.len()
        + group.fired.len()
        + group.tasks.len()
        + group.withdrawn.len()
        + group.outbox.len()
}
