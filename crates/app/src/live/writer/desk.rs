//! The desk of the writer: groups held in memory, and batches decided on scratch copies of them.
//!
//! Synchronous and without any IO: [`Desk::prepare`] turns a batch into one write, and after its
//! commit [`Desk::settle`] makes the scratch copies the state; [`Desk::undo`] drops them.
//!
//! Invariants: what is known already is dropped before deciding; a refused entry changes nothing;
//! an entry that cannot be decided is named, and nothing of its batch is kept.

use std::collections::BTreeMap;

use domain::{GroupId, IdentityId, Millis, OrgId, Seq, SourceKey};
use rustc_hash::FxHashMap;
use store::LiveWrite;

use crate::error::Fault;
use crate::live::book::Loaded;
use crate::live::receipt::{Receipt, Refused};
use crate::live::writer::deciding::{Batch, Decide};
use crate::live::writer::draft::{Draft, Kept};
use crate::live::writer::entry::Entry;
use crate::live::writer::errands::Errands;
use crate::live::writer::held::Held;

/// How far the clock of a page that mints a key may be ahead of ours, in milliseconds. A key
/// beyond would make all later ones look old.
const AHEAD_MS: i64 = Millis::DAY;

/// Keys that the log was asked for.
pub type KnownKeys = FxHashMap<(GroupId, SourceKey), (Seq, IdentityId)>;

/// Groups in memory, and how they are decided upon.
#[derive(Debug)]
pub struct Desk {
    held: FxHashMap<(OrgId, GroupId), Held>,
    errands: Errands,
    settings: engine::Settings,
    depth_max: u32,
    /// Replaced by tests.
    pub(super) decide: Decide,
    turn: u64,
}

/// A decided batch on its way to the store.
#[derive(Debug)]
pub struct Prepared {
    /// What is to be committed, in one transaction.
    pub write: LiveWrite,
    /// What each entry is answered once that is done.
    pub answers: Vec<Result<Receipt, Refused>>,
    pub(super) kept: Vec<(GroupId, Kept)>,
}

/// An entry that cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poison {
    /// Its place in the batch.
    pub at: usize,
    /// What happened.
    pub why: String,
}

impl Desk {
    /// An empty desk.
    pub fn new(errands: Errands, settings: engine::Settings, depth_max: u32) -> Self {
        let (held, decide) = (FxHashMap::default(), engine::decide as Decide);
        Self { held, errands, settings, depth_max, decide, turn: 0 }
    }

    /// The group, when it is in memory.
    pub fn held(&self, place: (OrgId, GroupId)) -> Option<&Held> {
        self.held.get(&place)
    }

    /// Takes a loaded group in.
    pub fn take_in(&mut self, org: OrgId, loaded: Loaded) -> Result<(), Fault> {
        let mut held = Held::of(org, loaded)?;
        held.used = self.turn;
        self.held.insert((org, held.group), held);
        Ok(())
    }

    /// Puts a group out of memory: it is loaded again when it is needed.
    pub fn forget(&mut self, place: (OrgId, GroupId)) {
        self.held.remove(&place);
    }

    /// Puts all groups out of memory.
    pub(super) fn clear(&mut self) {
        self.held.clear();
    }

    /// Puts the groups that were not used for longest out of memory.
    pub(super) fn shrink(&mut self, most: usize) {
        if self.held.len() <= most {
            return;
        }
        let mut used: Vec<u64> = self.held.values().map(|held| held.used).collect();
        let spare = (used.len() - most + most / 10).min(used.len() - 1);
        let (_, limit, _) = used.select_nth_unstable(spare);
        let limit = *limit;
        self.held.retain(|_, held| held.used >= limit);
    }

    /// Keys of a batch that the log may have and the memory does not know: those not above the
    /// greatest one, or `all`.
    pub fn unsure(&self, org: OrgId, entries: &[Entry], all: bool) -> Vec<(GroupId, SourceKey)> {
        let mut unsure = Vec::new();
        for entry in entries {
            if let Some(held) = self.held.get(&(org, entry.group()))
                && let Some((key, _)) = entry.told_as()
                && (all || key.key <= held.state.top_key)
                && held.recent.get(key).is_none()
            {
                unsure.push((held.group, key));
            }
        }
        unsure
    }

    /// Decides a batch of one organisation, in order, on scratch copies. All its groups must be
    /// held. On poison the copies are dropped.
    pub fn prepare(
        &mut self,
        org: OrgId,
        entries: &[Entry],
        known: &KnownKeys,
        now: Millis,
    ) -> Result<Prepared, Poison> {
        self.turn += 1;
        let mut drafts: BTreeMap<GroupId, Draft> = BTreeMap::new();
        let mut answers = Vec::with_capacity(entries.len());
        let mut intake_done = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            let group = entry.group();
            let Some(held) = self.held.get_mut(&(org, group)) else {
                answers.push(Err(Refused::NoSuchGroup));
                continue;
            };
            held.used = self.turn;
            let draft = drafts.entry(group).or_insert_with(|| Draft::of(held));
            let deciding = Batch {
                decide: self.decide,
                errands: &self.errands,
                settings: &self.settings,
                depth_max: self.depth_max,
                now,
            };
            let answer = match seen_before(held, draft, entry, (known, now)) {
                Some(answer) => answer,
                None => match deciding.entry_or_poison(held, draft, entry) {
                    Ok(answer) => answer,
                    Err(why) => {
                        self.undo(org, drafts.into_keys());
                        return Err(Poison { at, why });
                    }
                },
            };
            answers.push(answer);
            intake_done.extend(entry.intake);
        }
        let mut write = LiveWrite { org, groups: Vec::new(), intake_done };
        let mut kept = Vec::new();
        for (group, draft) in drafts {
            if let Some(held) = self.held.get(&(org, group)).filter(|_| draft.is_changed()) {
                let (part, keep) = draft.into_write(held, now);
                write.groups.push(part);
                kept.push((group, keep));
            }
        }
        Ok(Prepared { write, answers, kept })
    }

    /// The commit went through: the scratch copies are the state now.
    pub(super) fn settle(&mut self, org: OrgId, kept: Vec<(GroupId, Kept)>) {
        for (group, kept) in kept {
            let Some(held) = self.held.get_mut(&(org, group)) else { continue };
            held.next = Seq(kept.first.0 + kept.facts.len() as i64);
            held.state = kept.state;
            held.roster.keep();
            if let Some(name) = kept.name {
                held.name = name;
            }
            for fact in &kept.facts {
                if let Some(place) = kept.keys.get(&fact.source) {
                    held.recent.add(fact.source, *place);
                }
            }
        }
    }

    /// Nothing was committed: the scratch copies are dropped.
    pub fn undo(&mut self, org: OrgId, groups: impl IntoIterator<Item = GroupId>) {
        for group in groups {
            if let Some(held) = self.held.get_mut(&(org, group)) {
                held.roster.drop_changes();
            }
        }
    }
}

/// The answer to an entry whose key was told before; `None` when it is new.
fn seen_before(
    held: &Held,
    draft: &Draft,
    entry: &Entry,
    (known, now): (&KnownKeys, Millis),
) -> Option<Result<Receipt, Refused>> {
    let (key, actor) = entry.told_as()?;
    if entry.is_asked() && key.key > domain::minted_key(Millis(now.0 + AHEAD_MS), 0) {
        return Some(Err(Refused::KeyTaken));
    }
    let place = draft.keys.get(&key).copied().or_else(|| held.recent.get(key));
    let (seq, whose) = place.or_else(|| known.get(&(held.group, key)).copied())?;
    let is_same = whose == actor || !entry.is_asked();
    Some(if is_same { Ok(Receipt { seq, again: true }) } else { Err(Refused::KeyTaken) })
}
