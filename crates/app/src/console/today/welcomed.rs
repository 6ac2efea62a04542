//! Whom somebody has welcomed: called by another, or there when another wrote a welcome (D18).
//!
//! The log is read on from where it was read last, for groups with new members only, and for a
//! bounded number of groups at a time: the others are looked at with the next look at Today, and
//! their new members are told only then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::{Fact, FactKind, GroupId, IdentityId, ListHit, Millis, OrgId, Seq};
use store::PersonIn;

use crate::console::today::ground::Ground;
use crate::console::{Console, Denied};

/// Groups read at a time, and facts of a group that was not read before.
const GROUPS_AT_ONCE: usize = 60;
const FACTS_MAX: i64 = 300;

/// Groups remembered; more are forgotten all at once.
const GROUPS_MAX: usize = 20_000;

/// Who was welcomed in each group.
#[derive(Debug, Default)]
pub(crate) struct Welcomed {
    groups: Mutex<HashMap<(OrgId, GroupId), Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    through: i64,
    /// When somebody was called last by another.
    called: HashMap<IdentityId, Millis>,
    /// Welcomes written, and by whom; the last few.
    welcomes: Vec<(Millis, IdentityId)>,
}

/// Welcomes remembered of a group.
const WELCOMES_MAX: usize = 50;

impl Seen {
    fn take(&mut self, fact: &Fact) {
        if fact.kind != FactKind::Message {
            return;
        }
        if fact.other.named().is_some() && fact.other != fact.actor {
            let at = self.called.entry(fact.other).or_insert(fact.at);
            *at = (*at).max(fact.at);
        }
        if fact.features.hit(ListHit::Welcome) {
            self.welcomes.push((fact.at, fact.actor));
            let surplus = self.welcomes.len().saturating_sub(WELCOMES_MAX);
            self.welcomes.drain(..surplus);
        }
    }

    fn has_welcomed(&self, one: &PersonIn) -> bool {
        let called = self.called.get(&one.identity).is_some_and(|at| *at > one.joined);
        let to_all = |(at, by): &(Millis, IdentityId)| *at > one.joined && *by != one.identity;
        called || self.welcomes.iter().any(to_all)
    }
}

impl Console {
    /// Leaves out the new members who were welcomed, who have spoken, and those of groups that
    /// were not looked at yet.
    pub(super) async fn leave_out_welcomed(
        &self,
        org: OrgId,
        ground: &mut Ground,
    ) -> Result<(), Denied> {
        let late = self.unread(org, ground);
        if !late.is_empty() {
            let facts = self.store().facts_after(org, &late).await?;
            self.read_on(org, ground, &late, &facts);
        }
        let groups = self.welcomed().groups.lock().unwrap_or_else(PoisonError::into_inner);
        ground.newcomers.retain(|one| {
            groups.get(&(org, one.group)).is_some_and(|seen| !seen.has_welcomed(one))
        });
        Ok(())
    }

    /// Groups with new members whose log went on, and from where to read.
    fn unread(&self, org: OrgId, ground: &Ground) -> Vec<(GroupId, Seq)> {
        let mut wanted: Vec<GroupId> = ground.newcomers.iter().map(|one| one.group).collect();
        wanted.dedup();
        let groups = self.welcomed().groups.lock().unwrap_or_else(PoisonError::into_inner);
        let late = wanted.into_iter().filter_map(|group| {
            let last = ground.titles.get(&group)?.next.0 - 1;
            let through = groups.get(&(org, group)).map_or(0, |seen| seen.through);
            (through < last || last == 0).then_some((group, Seq(through.max(last - FACTS_MAX))))
        });
        late.take(GROUPS_AT_ONCE).collect()
    }

    fn read_on(
        &self,
        org: OrgId,
        ground: &Ground,
        late: &[(GroupId, Seq)],
        facts: &[(GroupId, Fact)],
    ) {
        let mut groups = self.welcomed().groups.lock().unwrap_or_else(PoisonError::into_inner);
        if groups.len() > GROUPS_MAX {
            groups.clear();
        }
        for (group, fact) in facts {
            groups.entry((org, *group)).or_default().take(fact);
        }
        for (group, _) in late {
            let seen = groups.entry((org, *group)).or_default();
            // What was written since is read with the next look: a fact read twice counts once.
            seen.through = ground.titles.get(group).map_or(0, |one| one.next.0 - 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newcomer(who: u32, joined: i64) -> PersonIn {
        PersonIn {
            group: GroupId(1),
            identity: IdentityId(who),
            name: "小林".to_owned(),
            joined: Millis(joined),
            is_in: true,
        }
    }

    // catalogue: D18
    #[test]
    fn who_is_called_by_another_after_coming_was_welcomed() {
        let mut seen = Seen::default();
        seen.called.insert(IdentityId(7), Millis(50));
        assert!(seen.has_welcomed(&newcomer(7, 40)));
        assert!(!seen.has_welcomed(&newcomer(7, 60)) && !seen.has_welcomed(&newcomer(8, 40)));
        seen.welcomes.push((Millis(70), IdentityId(9)));
        assert!(seen.has_welcomed(&newcomer(8, 40)));
        assert!(!seen.has_welcomed(&newcomer(9, 40)), "nobody welcomes themselves");
    }
}
