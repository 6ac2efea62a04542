//! Any window over any groups: what was summed, with who is in now.
//!
//! Invariants: the total is the sum of the days and of the groups (P14); over groups that tell of
//! joins and leaves, start + in − out = end (P04); a person counts once, also when several of its
//! identities did something.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Actor, Day, Extent, GroupId, May, OrgId};
use insights::{Span, Sums};
use roaring::MultiOps;
use store::GroupRow;

use crate::console::figures::Heads;
use crate::console::tiers::held::{Held, persons, seen};
use crate::console::tiers::summed::{Summed, one, parts};
use crate::console::{Console, Denied, allowed};
use crate::error::Fault;
use crate::rebuild::zone_of;

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
    /// Distinct people of each, in the same order.
    pub heads: Vec<Heads>,
    /// Members, of the groups where they can be counted.
    pub flow: Flow,
    /// What the sources can show.
    pub coverage: Coverage,
    /// The first day of which anything is told; nothing is known of what was before.
    pub first: Option<Day>,
}

/// One day, all groups in the scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySums {
    /// Which.
    pub day: Day,
    /// Counts.
    pub sums: Sums,
    /// Something is told of it; otherwise it lies before the data, and its counts are no zeros.
    pub told: bool,
}

impl DaySums {
    /// Marks what lies before the first day of which anything is told.
    pub(super) fn mark(days: &mut [Self], first: Option<Day>) {
        for day in days {
            day.told = first.is_some_and(|first| first <= day.day);
        }
    }
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
        let (held, actor) = (self.tiers_of(actor.org).await?, actor.clone());
        // Tens of milliseconds where a window was never asked for.
        let window = tokio::task::spawn_blocking(move || window(&held, &actor, span)).await;
        Ok(window.map_err(|error| Fault::Unreadable(error.to_string()))?)
    }

    /// What every group in the scope did in a window, by number.
    pub(in crate::console) async fn sums(
        &self,
        actor: &Actor,
        span: Span,
    ) -> Result<Vec<(GroupId, Sums)>, Denied> {
        let (held, actor) = (self.tiers_of(actor.org).await?, actor.clone());
        let sums = tokio::task::spawn_blocking(move || held.summed(&actor, span).per_group.clone());
        Ok(sums.await.map_err(|error| Fault::Unreadable(error.to_string()))?)
    }

    /// All groups of an organisation, as they were seen last.
    pub(in crate::console) async fn rows_held(
        &self,
        org: OrgId,
    ) -> Result<Arc<BTreeMap<GroupId, GroupRow>>, Denied> {
        Ok(Arc::clone(&self.tiers_of(org).await?.groups))
    }

    /// The first day of which a group tells anything.
    pub(in crate::console) async fn first_of(
        &self,
        org: OrgId,
        group: GroupId,
    ) -> Result<Option<Day>, Denied> {
        let held = self.tiers_of(org).await?;
        Ok(first(&held, held.groups.get(&group).into_iter()))
    }

    /// One group in a window: sums, distinct people, and every day.
    pub(in crate::console) async fn window_of(
        &self,
        org: OrgId,
        group: GroupId,
        span: Span,
    ) -> Result<(Sums, Heads, Vec<DaySums>), Denied> {
        let held = self.tiers_of(org).await?;
        let (sums, heads, mut days) = one(&held, group, span);
        DaySums::mark(&mut days, first(&held, held.groups.get(&group).into_iter()));
        Ok((sums, heads, days))
    }
}

fn window(held: &Held, actor: &Actor, span: Span) -> Window {
    let mut summed = Summed::clone(&held.summed(actor, span));
    let first = first(held, seen(held, actor));
    DaySums::mark(&mut summed.days, first);
    Window {
        span,
        once: PeopleOnce {
            spoke: summed.once.spoke,
            effective: summed.once.effective,
            came: summed.once.came,
            left: summed.once.left,
            members: members(held, actor),
        },
        flow: flow(held, actor, (span, &summed.per_group)),
        coverage: coverage(held, actor),
        first,
        days: summed.days,
        total: summed.total,
        per_group: summed.per_group,
        heads: summed.heads,
    }
}

/// The first day of which these groups tell anything: not before the first of them began.
fn first<'a>(held: &Held, rows: impl Iterator<Item = &'a GroupRow>) -> Option<Day> {
    let day = Day(*held.days.first_key_value()?.0);
    let earliest = rows.min_by_key(|row| row.said.founded)?;
    let began = earliest.said.founded.map(|at| zone_of(earliest).local(at).day);
    Some(began.map_or(day, |began| began.max(day)))
}

/// Who is in any of the groups now.
fn members(held: &Held, actor: &Actor) -> u64 {
    if actor.sees_all() {
        return held.everybody;
    }
    let judged = seen(held, actor).filter_map(|row| held.judged.get(&row.id));
    persons(&judged.filter_map(|one| one.members()).union(), &held.merged)
}

fn flow(held: &Held, actor: &Actor, (span, within): (Span, &[(GroupId, Sums)])) -> Flow {
    let mut flow = Flow::default();
    let known = |group: &GroupId| {
        let judged = held.judged.get(group).filter(|one| one.tells_flow)?;
        Some(judged.members()?.len() as i64)
    };
    let now = seen(held, actor).filter_map(|row| Some((row.id, known(&row.id)?)));
    let (groups, mut ends): (Vec<GroupId>, Vec<i64>) = now.unzip();
    for tier in parts(held, Span { from: span.to.plus(1), to: Day(i32::MAX - 40) }) {
        for (at, net) in tier.nets_among(&groups) {
            ends.get_mut(at).into_iter().for_each(|end| *end -= net);
        }
    }
    for (group, end) in groups.iter().zip(ends) {
        let place = within.binary_search_by_key(group, |(one, _)| *one).ok();
        let sums = place.and_then(|at| within.get(at)).map(|(_, sums)| *sums).unwrap_or_default();
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
