//! What was summed over a window for a scope: worked out once, kept while none of its days change.
//!
//! Invariants: a key holds the whole scope, so that nobody gets sums of a group that they do not
//! see; the sums belong to one copy of the tiers, and only those go over to the next copy whose
//! days stayed as they are ([`Kept::without`]). [`KEPT_MAX`] windows are kept, the one used longest
//! ago goes first: at most 0.4 MB each for 1,000 groups and a year.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{Actor, Day, GroupId, Scope};
use insights::{Span, Sums};
use roaring::RoaringBitmap;

use crate::console::figures::Heads;
use crate::console::tiers::DaySums;
use crate::console::tiers::held::{Held, persons, seen};
use crate::console::tiers::round::month;
use crate::console::tiers::seats::Seated;

/// Windows kept for an organisation.
const KEPT_MAX: usize = 32;

/// What the groups of a scope did in a window.
#[derive(Clone, Debug, Default)]
pub(super) struct Summed {
    /// Every day of the span, in order.
    pub(super) days: Vec<DaySums>,
    /// Every group of the scope, by number.
    pub(super) per_group: Vec<(GroupId, Sums)>,
    /// Distinct people of each, in the same order.
    pub(super) heads: Vec<Heads>,
    pub(super) total: Sums,
    /// Distinct people of all together.
    pub(super) once: Heads,
}

/// The last windows that were summed.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<VecDeque<(Key, Arc<Summed>)>>);

#[derive(Clone, Debug, PartialEq)]
struct Key {
    span: Span,
    scope: Scope,
}

impl Kept {
    /// Those that none of these days changes.
    pub(super) fn without(&self, days: &BTreeSet<i32>) -> Self {
        let stays = |key: &Key| days.range(key.span.from.0..=key.span.to.0).next().is_none();
        let kept = self.lock();
        Self(Mutex::new(kept.iter().filter(|(key, _)| stays(key)).cloned().collect()))
    }

    fn get(&self, key: &Key) -> Option<Arc<Summed>> {
        let mut kept = self.lock();
        let place = kept.iter().position(|(one, _)| one == key)?;
        let found = kept.remove(place)?;
        let summed = Arc::clone(&found.1);
        kept.push_back(found);
        Some(summed)
    }

    fn put(&self, key: Key, summed: Arc<Summed>) {
        let mut kept = self.lock();
        kept.retain(|(one, _)| *one != key);
        kept.push_back((key, summed));
        while kept.len() > KEPT_MAX {
            kept.pop_front();
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<(Key, Arc<Summed>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// What an actor's groups did in a window.
    pub(super) fn summed(&self, actor: &Actor, span: Span) -> Arc<Summed> {
        let key = Key { span, scope: actor.scope.clone() };
        self.kept.get(&key).unwrap_or_else(|| {
            let summed = Arc::new(sum(self, actor, span));
            self.kept.put(key, Arc::clone(&summed));
            summed
        })
    }
}

fn sum(held: &Held, actor: &Actor, span: Span) -> Summed {
    let parts = parts(held, span);
    let groups: Vec<GroupId> = seen(held, actor).map(|row| row.id).collect();
    let mut sums = vec![Sums::default(); groups.len()];
    for tier in &parts {
        for (at, more) in tier.sums_among(&groups) {
            sums.get_mut(at).into_iter().for_each(|sum| sum.add(&more));
        }
    }
    let mut total = Sums::default();
    for more in &sums {
        total.add(more);
    }
    let (heads, people) = held.seats.heads(&parts, &groups);
    let count = |set: &RoaringBitmap| persons(set, &held.merged);
    Summed {
        days: days(held, actor, (span, &groups)),
        per_group: groups.into_iter().zip(sums).collect(),
        heads,
        total,
        once: Heads {
            spoke: count(&people.spoke),
            effective: count(&people.effective),
            came: count(&people.came),
            left: count(&people.left),
        },
    }
}

/// Sums, distinct people and days of one group.
pub(super) fn one(held: &Held, group: GroupId, span: Span) -> (Sums, Heads, Vec<DaySums>) {
    let days: Vec<DaySums> = (span.from.0..=span.to.0)
        .map(|day| {
            let sums = held.days.get(&day).and_then(|tier| tier.sums_of(group));
            DaySums { day: Day(day), sums: sums.unwrap_or_default(), told: true }
        })
        .collect();
    let mut sums = Sums::default();
    for day in &days {
        sums.add(&day.sums);
    }
    let (heads, _) = held.seats.heads(&parts(held, span), &[group]);
    (sums, heads.first().copied().unwrap_or_default(), days)
}

/// Whole months where they are put together, days otherwise; nothing where nothing was written.
pub(super) fn parts(held: &Held, span: Span) -> Vec<Arc<Seated>> {
    let mut parts = Vec::new();
    let ends = held.days.first_key_value().zip(held.days.last_key_value());
    let Some(((first, _), (last, _))) = ends else { return parts };
    let last = span.to.0.min(*last);
    let mut at = span.from.max(Day(*first));
    while at.0 <= last {
        let next = month(month(at).plus(31));
        let whole = at == month(at) && next.0 <= last + 1;
        if let Some(tier) = held.months.get(&at.0).filter(|_| whole) {
            parts.push(Arc::clone(tier));
            at = next;
        } else {
            parts.extend(held.days.get(&at.0).cloned());
            at = at.plus(1);
        }
    }
    parts
}

fn days(held: &Held, actor: &Actor, (span, groups): (Span, &[GroupId])) -> Vec<DaySums> {
    let sums = |day: i32| {
        let tier = held.days.get(&day)?;
        if actor.sees_all() {
            return Some(tier.total);
        }
        let mut sums = Sums::default();
        tier.sums_among(groups).for_each(|(_, more)| sums.add(&more));
        Some(sums)
    };
    let days = span.from.0..=span.to.0;
    let day = |day| DaySums { day: Day(day), sums: sums(day).unwrap_or_default(), told: true };
    days.map(day).collect()
}
