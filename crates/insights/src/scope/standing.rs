//! Where one group stands while its joins and leaves are walked through: who is inside, and what
//! each happening changes. Knows nothing of other groups and of days.

use crate::page::{Coming, Going, Page};
use crate::scope::GroupPages;
use domain::{Day, Evidence, Extent, IdentityId, JoinManner};
use rustc_hash::FxHashSet;

/// How the members of one group can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// From the founding on, by joins and leaves.
    Founded(Day),
    /// So many at the end of that day.
    Given(Day, u32),
    /// A member list of that day; other days only if joins and leaves are told completely.
    Listed(Day, bool),
    /// Not at all.
    Nothing,
}

/// Where one group stands in the walk.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    inside: FxHashSet<IdentityId>,
    seen: FxHashSet<IdentityId>,
    nameless: i64,
}

/// What one happening changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    In(IdentityId),
    Out(IdentityId),
    /// In, and one of the nameless got a name.
    Named(IdentityId),
    Nameless(i64),
    /// Out, though never seen coming: must have been in from the beginning.
    Always(IdentityId),
}

/// Something that touches who is in.
#[derive(Debug)]
pub(crate) enum Step<'p> {
    Came(&'p Coming),
    Went(&'p Going),
    Wrote(IdentityId),
}

/// How the members of this group can be counted.
pub(crate) fn basis(group: &GroupPages<'_>) -> Basis {
    let flow = flow_told(group.evidence);
    match (group.members_given, group.founded) {
        (Some((day, members)), _) => Basis::Given(day, members),
        (None, Some(day)) if flow => Basis::Founded(day),
        _ => {
            let lists = |page: &&Page| page.comings.iter().any(|c| c.how == JoinManner::Listed);
            let listed = group.pages.iter().rev().find(lists);
            listed.map_or(Basis::Nothing, |page| Basis::Listed(page.day(), flow))
        }
    }
}

fn flow_told(evidence: Evidence) -> bool {
    evidence.joins == Extent::Full
        && evidence.leaves == Extent::Full
        && !evidence.joins_are_connections
}

/// What happened on the day of this page, in order: joins and leaves by time (connections are
/// neither), then those who wrote and did not leave that day.
pub(crate) fn steps<'p>(group: &GroupPages<'_>, basis: Basis, page: &'p Page) -> Vec<Step<'p>> {
    let mut steps = Vec::new();
    if !group.evidence.joins_are_connections {
        let mut goings = page.goings.iter().peekable();
        for coming in &page.comings {
            while let Some(going) = goings.next_if(|going| going.at < coming.at) {
                steps.push(Step::Went(going));
            }
            steps.push(Step::Came(coming));
        }
        steps.extend(goings.map(Step::Went));
    }
    let shows_up = |class: domain::ActorClass| match basis {
        Basis::Given(..) => true,
        // A program can write without being a member.
        Basis::Founded(_) => class != domain::ActorClass::Bot,
        Basis::Listed(..) | Basis::Nothing => false,
    };
    let wrote = page.people.iter().filter(|row| row.messages > 0 && shows_up(row.class));
    let wrote = wrote.filter_map(|row| row.who.named());
    steps.extend(
        wrote.filter(|who| page.goings.iter().all(|going| going.who != *who)).map(Step::Wrote),
    );
    steps
}

impl Standing {
    /// Somebody who has been in from the beginning.
    pub(crate) fn has_always(&mut self, who: IdentityId) -> bool {
        self.seen.insert(who);
        self.inside.insert(who)
    }

    /// Takes the next happening; `None` when it changes nothing.
    pub(crate) fn take(&mut self, step: &Step<'_>, basis: Basis) -> Option<Change> {
        match step {
            Step::Came(coming) => self.came(coming, basis),
            Step::Went(going) => self.went(going, basis),
            Step::Wrote(who) => self.wrote(*who, basis),
        }
    }

    fn came(&mut self, coming: &Coming, basis: Basis) -> Option<Change> {
        let listed = coming.how == JoinManner::Listed && !matches!(basis, Basis::Founded(_));
        let Some(who) = coming.who.named() else {
            self.nameless += i64::from(!listed);
            return (!listed).then_some(Change::Nameless(1));
        };
        let new = self.seen.insert(who);
        let enters = self.inside.insert(who);
        match (listed, new, enters) {
            (_, _, false) => None,
            (true, true, true) => Some(Change::Always(who)),
            _ => Some(Change::In(who)),
        }
    }

    fn went(&mut self, going: &Going, basis: Basis) -> Option<Change> {
        let Some(who) = going.who.named() else {
            self.nameless -= 1;
            return Some(Change::Nameless(-1));
        };
        if self.inside.remove(&who) {
            return Some(Change::Out(who));
        }
        if !self.seen.insert(who) {
            return None;
        }
        if self.lends_a_name(basis) {
            return Some(Change::Nameless(-1));
        }
        Some(Change::Always(who))
    }

    /// Whoever shows up without a join was there before, or is one of the nameless, or came back
    /// unseen.
    fn wrote(&mut self, who: IdentityId, basis: Basis) -> Option<Change> {
        if !self.inside.insert(who) {
            return None;
        }
        if !self.seen.insert(who) {
            return Some(Change::In(who));
        }
        Some(if self.lends_a_name(basis) { Change::Named(who) } else { Change::Always(who) })
    }

    /// From the founding on, a stranger is one of those who were counted without a name.
    fn lends_a_name(&mut self, basis: Basis) -> bool {
        let lends = matches!(basis, Basis::Founded(_)) && self.nameless > 0;
        self.nameless -= i64::from(lends);
        lends
    }
}
