//! Any window over any groups, put together from months and days.
//!
//! Invariants: the total is the sum of the days and of the groups (P14); over groups that tell of
//! joins and leaves, start + in − out = end (P04); a person counts once, also when several of its
//! identities did something.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Actor, Day, Extent, GroupId, IdentityId, May};
use insights::{People, Span, Sums, Tier};
use roaring::RoaringBitmap;

use crate::console::tiers::held::{Held, seen};
use crate::console::tiers::round::month;
use crate::console::{Console, Denied, allowed};

/// What the groups in the scope did in a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// Which days.
    pub span: Span,
    /// Every day of the span, in order.
    pub days: Vec<DaySums>,
    /// All days together.
    pub total: Sums,
    /// People over the whole window, each once.
    pub once: PeopleOnce,
    /// Every group in the scope, by number, also those without anything.
    pub per_group: Vec<(GroupId, Sums)>,
    /// Members, of the groups where they can be counted.
    pub flow: Flow,
    /// What the sources can show.
    pub coverage: Coverage,
}

/// One day, all groups in the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySums {
    /// Which.
    pub day: Day,
    /// Counts.
    pub sums: Sums,
}

/// People over a window and all groups, each once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeopleOnce {
    /// Members and staff who wrote.
    pub spoke: u64,
    /// Those who count and spoke effectively.
    pub effective: u64,
    /// Named people with a join.
    pub came: u64,
    /// Named people with a leave.
    pub left: u64,
    /// Who is in any of the groups now; groups that cannot tell are left out.
    pub members: u64,
}

/// Members of the groups that tell of joins and leaves (P04): start + joins − leaves = end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flow {
    /// So many groups.
    pub groups: u64,
    /// Accounts in them before the first day; somebody in two groups is two.
    pub start: i64,
    /// Joins in the window.
    pub joins: u64,
    /// Leaves in the window.
    pub leaves: u64,
    /// Accounts in them at the end of the last day.
    pub end: i64,
}

/// How many of the groups in the scope can show what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Groups in the scope.
    pub groups: u64,
    /// Tell of every join, as a membership.
    pub joins: u64,
    /// Tell of every leave.
    pub leaves: u64,
    /// Tell what answers what, at least partly.
    pub replies: u64,
    /// Everything that was written is in these sums; otherwise they are still being worked out
    /// (计算中).
    pub made: bool,
}

impl Console {
    /// What the groups in the scope did in a window.
    pub async fn window(&self, actor: &Actor, span: Span) -> Result<Window, Denied> {
        allowed(actor, May::Look)?;
        let held = self.tiers_of(actor.org).await?;
        Ok(window(&held, actor, span))
    }
}

fn window(held: &Held, actor: &Actor, span: Span) -> Window {
    let parts = parts(held, span);
    let mut per_group: BTreeMap<GroupId, Sums> =
        seen(held, actor).map(|row| (row.id, Sums::default())).collect();
    let mut people = People::default();
    for tier in &parts {
        for (group, more) in tier.sums() {
            if let Some(sums) = per_group.get_mut(&group) {
                sums.add(&more);
            }
        }
        if actor.sees_all() {
            people.add(&tier.people);
        } else {
            for group in per_group.keys() {
                tier.people_of(*group, &mut people);
            }
        }
    }
    let mut total = Sums::default();
    for sums in per_group.values() {
        total.add(sums);
    }
    Window {
        span,
        days: days(held, actor, span),
        total,
        once: once(held, actor, &people),
        flow: flow(held, actor, span, &per_group),
        coverage: coverage(held, actor),
        per_group: per_group.into_iter().collect(),
    }
}

/// Whole months where they are put together, days otherwise.
pub(super) fn parts(held: &Held, span: Span) -> Vec<Arc<Tier>> {
    let mut parts = Vec::new();
    let mut at = span.from;
    let last = held.days.last_key_value().map_or(span.to.0, |(day, _)| *day).min(span.to.0);
    let first = held.days.first_key_value().map_or(at.0, |(day, _)| *day);
    at = at.max(Day(first));
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

fn days(held: &Held, actor: &Actor, span: Span) -> Vec<DaySums> {
    let sums = |day: i32| {
        let tier = held.days.get(&day)?;
        if actor.sees_all() {
            return Some(tier.total);
        }
        let mut sums = Sums::default();
        let own = tier.sums().filter(|(group, _)| actor.sees(*group));
        own.for_each(|(_, more)| sums.add(&more));
        Some(sums)
    };
    let days = span.from.0..=span.to.0;
    days.map(|day| DaySums { day: Day(day), sums: sums(day).unwrap_or_default() }).collect()
}

fn once(held: &Held, actor: &Actor, people: &People) -> PeopleOnce {
    let judged = seen(held, actor).filter_map(|row| held.judged.get(&row.id));
    let members = judged.filter_map(|one| one.members.as_ref()).flatten();
    let members: RoaringBitmap = members.map(|who| who.0).collect();
    let count = |set: &RoaringBitmap| set.len() - doubles(set, &held.merged);
    PeopleOnce {
        spoke: count(&people.spoke),
        effective: count(&people.effective),
        came: count(&people.came),
        left: count(&people.left),
        members: count(&members),
    }
}

/// How many in the set are people that the set holds already; `merged` is by person.
fn doubles(set: &RoaringBitmap, merged: &[(IdentityId, IdentityId)]) -> u64 {
    let of_person = |some: &[(IdentityId, IdentityId)]| {
        let person = some.first().map(|(_, person)| *person);
        let others = some.iter().filter(|(who, person)| who != person && set.contains(who.0));
        let there = others.count() + usize::from(person.is_some_and(|who| set.contains(who.0)));
        there.saturating_sub(1) as u64
    };
    merged.chunk_by(|one, next| one.1 == next.1).map(of_person).sum()
}

fn flow(held: &Held, actor: &Actor, span: Span, within: &BTreeMap<GroupId, Sums>) -> Flow {
    let mut flow = Flow::default();
    let known = |group: &GroupId| {
        let judged = held.judged.get(group).filter(|one| one.tells_flow)?;
        Some(judged.members.as_ref()?.len() as i64)
    };
    let groups = seen(held, actor).filter_map(|row| Some((row.id, known(&row.id)?)));
    let mut now: BTreeMap<GroupId, i64> = groups.collect();
    for tier in parts(held, Span { from: span.to.plus(1), to: Day(i32::MAX - 40) }) {
        for (group, sums) in tier.sums() {
            if let Some(members) = now.get_mut(&group) {
                *members -= sums.joins as i64 - sums.leaves as i64;
            }
        }
    }
    for (group, end) in now {
        let sums = within.get(&group).copied().unwrap_or_default();
        flow.groups += 1;
        flow.end += end;
        flow.joins += sums.joins;
        flow.leaves += sums.leaves;
        flow.start += end - sums.joins as i64 + sums.leaves as i64;
    }
    flow
}

fn coverage(held: &Held, actor: &Actor) -> Coverage {
    let mut coverage = Coverage { made: held.made, ..Coverage::default() };
    for row in seen(held, actor) {
        let evidence = row.said.evidence;
        let memberships = !evidence.joins_are_connections;
        coverage.groups += 1;
        coverage.joins += u64::from(evidence.joins == Extent::Full && memberships);
        coverage.leaves += u64::from(evidence.leaves == Extent::Full && memberships);
        coverage.replies += u64::from(evidence.replies != Extent::None);
    }
    coverage
}
