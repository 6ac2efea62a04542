//! Whom the groups of a scope know, and who is in how many of them now.

use std::collections::HashMap;

use domain::Actor;
use roaring::{MultiOps, RoaringBitmap};

use crate::console::tiers::held::{Held, seen};
use crate::console::{Console, Denied, allowed};

impl Console {
    /// People, by their leading identities, who are or were in one of the groups that the actor
    /// sees; `None` for somebody who sees all: then it is everybody.
    pub(in crate::console) async fn known_to(
        &self,
        actor: &Actor,
    ) -> Result<Option<RoaringBitmap>, Denied> {
        let Some(mut known) = self.accounts_known_to(actor).await? else { return Ok(None) };
        for (who, person) in self.tiers_of(actor.org).await?.merged.iter() {
            if who != person && known.remove(who.0) {
                known.insert(person.0);
            }
        }
        Ok(Some(known))
    }

    /// The same, by each of their identities.
    pub(in crate::console) async fn accounts_known_to(
        &self,
        actor: &Actor,
    ) -> Result<Option<RoaringBitmap>, Denied> {
        allowed(actor, domain::May::Look)?;
        if actor.sees_all() {
            return Ok(None);
        }
        let held = self.tiers_of(actor.org).await?;
        let judged = seen(&held, actor).filter_map(|row| held.judged.get(&row.id));
        Ok(Some(judged.flat_map(|one| [&one.present, &one.gone]).union()))
    }

    /// People, by their leading identities, who are now in at least `least` of the groups that the
    /// actor sees. Somebody who is in a group with two accounts is there once.
    pub(in crate::console) async fn in_groups(
        &self,
        actor: &Actor,
        least: u32,
    ) -> Result<RoaringBitmap, Denied> {
        allowed(actor, domain::May::Look)?;
        Ok(in_groups(&*self.tiers_of(actor.org).await?, actor, least))
    }
}

/// How many groups somebody was seen in, and in which one last (from 1).
#[derive(Clone, Copy, Default)]
struct Mark {
    groups: u32,
    last: u32,
}

fn in_groups(held: &Held, actor: &Actor, least: u32) -> RoaringBitmap {
    let leads: HashMap<u32, u32> =
        held.merged.iter().map(|(who, person)| (who.0, person.0)).collect();
    let mut marks: Vec<Mark> = Vec::new();
    let groups = seen(held, actor).filter_map(|row| held.judged.get(&row.id));
    for (number, judged) in (1_u32..).zip(groups) {
        for who in &judged.present {
            let lead = *leads.get(&who).unwrap_or(&who) as usize;
            if marks.len() <= lead {
                marks.resize(lead + 1, Mark::default());
            }
            let mark = marks.get_mut(lead).filter(|mark| mark.last != number);
            if let Some(mark) = mark {
                *mark = Mark { groups: mark.groups + 1, last: number };
            }
        }
    }
    let many = (0_u32..).zip(marks).filter(|(_, mark)| mark.groups >= least);
    many.map(|(who, _)| who).collect()
}
