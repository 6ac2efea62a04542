//! Where one group stands while its joins and leaves are walked through: who is inside, and what
//! each happening changes. Knows nothing of other groups and of days.

use crate::page::{Coming, Going, Page};
use crate::scope::GroupPages;
use domain::{ActorClass, Day, Evidence, Extent, IdentityId, JoinManner};
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
struct Standing {
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

/// How the members of this group can be counted; `listed` is the last day of a member list in it.
pub(crate) fn basis(group: &GroupPages<'_>, listed: Option<Day>) -> Basis {
    let flow = flow_told(group.evidence);
    match (group.members_given, group.founded) {
        (Some((day, members)), _) => Basis::Given(day, members),
        (None, Some(day)) if flow => Basis::Founded(day),
        _ if is_roster(group.evidence) => {
            group.pages.last_day().map_or(Basis::Nothing, |day| Basis::Listed(day, flow))
        }
        _ => listed.map_or(Basis::Nothing, |day| Basis::Listed(day, flow)),
    }
}

/// Joins without any message come from a list of members: it names everybody who is in.
fn is_roster(evidence: Evidence) -> bool {
    evidence.messages == Extent::None
        && evidence.joins == Extent::Full
        && !evidence.joins_are_connections
}

fn flow_told(evidence: Evidence) -> bool {
    evidence.joins == Extent::Full
        && evidence.leaves == Extent::Full
        && !evidence.joins_are_connections
}

/// All changes of one group by day; people who must have been in from the beginning come with
/// [`Change::Always`]. On each day joins and leaves go by time (connections are neither), then
/// come those who wrote and did not leave that day.
pub(crate) fn changes(group: &GroupPages<'_>, basis: Basis) -> Vec<(i32, Change)> {
    let mut walk = Changes { standing: Standing::default(), basis, day: 0, found: Vec::new() };
    for page in group.pages.iter() {
        walk.day = page.day;
        if !group.evidence.joins_are_connections {
            walk.flow(&page);
        }
        walk.writers(&page);
    }
    walk.found
}

struct Changes {
    standing: Standing,
    basis: Basis,
    day: i32,
    found: Vec<(i32, Change)>,
}

impl Changes {
    fn flow(&mut self, page: &Page) {
        let mut goings = page.goings.iter().peekable();
        for coming in &page.comings {
            while let Some(going) = goings.next_if(|going| going.at < coming.at) {
                self.went(going);
            }
            let change = self.standing.came(coming, self.basis);
            self.found.extend(change.map(|change| (self.day, change)));
        }
        goings.for_each(|going| self.went(going));
    }

    fn went(&mut self, going: &Going) {
        let change = self.standing.went(going, self.basis);
        self.found.extend(change.map(|change| (self.day, change)));
        if let Some(Change::Always(who)) = change {
            self.found.push((self.day, Change::Out(who)));
        }
    }

    fn writers(&mut self, page: &Page) {
        let shows_up = |class: ActorClass| match self.basis {
            Basis::Given(..) => true,
            // A program can write without being a member.
            Basis::Founded(_) => class != ActorClass::Bot,
            Basis::Listed(..) | Basis::Nothing => false,
        };
        for row in page.people.iter().filter(|row| row.messages > 0 && shows_up(row.class)) {
            if self.standing.inside.contains(&row.who) || row.who == IdentityId::NOBODY {
                continue;
            }
            if page.goings.iter().all(|going| going.who != row.who) {
                let change = self.standing.wrote(row.who, self.basis);
                self.found.extend(change.map(|change| (self.day, change)));
            }
        }
    }
}

impl Standing {
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
