//! The calls that may be made now.

use std::collections::BTreeMap;

use domain::{HandState, HeldKind, Millis};

use crate::handover::follow::Followed;
use crate::handover::limits::{Limits, day_of, morning};

/// Things of one call: one kind, one taker, as many as a call takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// What.
    pub kind: HeldKind,
    /// To whom.
    pub taker: String,
    /// Their places in what is followed.
    pub items: Vec<usize>,
}

/// What is to be asked for now, and what is put off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batches {
    /// The calls.
    pub calls: Vec<Batch>,
    /// Places of things that are due, but for which this day has no room.
    pub later: Vec<usize>,
    /// When those are due.
    pub then: Millis,
}

/// Makes calls of what is due, within what the day still takes.
pub fn batches(
    items: &[Followed],
    (now, a_day): (Millis, Option<usize>),
    limits: &Limits,
) -> Batches {
    let today = day_of(now);
    let mut used: BTreeMap<(HeldKind, Option<&str>), usize> = BTreeMap::new();
    for one in items.iter().filter(|one| one.asked.is_some_and(|at| day_of(at) == today)) {
        *used.entry(whose(one)).or_default() += 1;
    }
    let mut told = Batches { then: morning(today + 1), ..Batches::default() };
    let mut calls: BTreeMap<(HeldKind, &str), Vec<usize>> = BTreeMap::new();
    let due = |one: &Followed| one.state == HandState::Planned && one.due <= now;
    for (at, one) in items.iter().enumerate().filter(|(_, one)| due(one)) {
        let most = match one.kind {
            HeldKind::Contact => a_day.map_or(usize::MAX, |most| most.max(1)),
            HeldKind::Group => limits.groups_a_day,
        };
        let used = used.entry(whose(one)).or_default();
        if *used >= most {
            told.later.push(at);
            continue;
        }
        *used += 1;
        calls.entry((one.kind, one.taker.as_str())).or_default().push(at);
    }
    for ((kind, taker), all) in calls {
        let most = match kind {
            HeldKind::Contact => limits.contacts_a_call,
            HeldKind::Group => limits.groups_a_call,
        };
        told.calls.extend(all.chunks(most.max(1)).map(|some| Batch {
            kind,
            taker: taker.to_owned(),
            items: some.to_vec(),
        }));
    }
    told
}

/// Whose limit a thing counts for: a taker's, or that of who hands over.
fn whose(one: &Followed) -> (HeldKind, Option<&str>) {
    match one.kind {
        HeldKind::Contact => (one.kind, Some(&one.taker)),
        HeldKind::Group => (one.kind, None),
    }
}
