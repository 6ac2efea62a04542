//! Two people turn out to be one, or one to be two.

use domain::{Actor, IdentityId, May};
use serde_json::json;

use crate::console::people::{REASON_MAX, worded};
use crate::console::{About, Console, Denied, PersonView, allowed};

/// A merge that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The leading identity.
    pub into: IdentityId,
    /// The identities that moved, the one that led them first: what undoing needs.
    pub moved: Vec<IdentityId>,
}

impl Console {
    /// Two different people side by side.
    pub async fn merge_preview(
        &self,
        actor: &Actor,
        into: IdentityId,
        from: IdentityId,
    ) -> Result<(PersonView, PersonView), Denied> {
        allowed(actor, May::Keep)?;
        let both = (self.person(actor, into).await?, self.person(actor, from).await?);
        if both.0.record.lead == both.1.record.lead {
            return Err(Denied::field("with", "same"));
        }
        Ok(both)
    }

    /// Lets `from` be the same person as `into` from now on. Nothing is rewritten.
    pub async fn merge_people(
        &self,
        actor: &Actor,
        (into, from): (IdentityId, IdentityId),
        why: &str,
    ) -> Result<Merged, Denied> {
        let (into, from) = self.merge_preview(actor, into, from).await?;
        let why = worded("why", why, REASON_MAX)?;
        let [into, from] = [into, from].map(|one| one.record.lead);
        let told = json!({ "with": from.0, "why": why });
        let acting = self.acting(actor, May::Keep, "people.merged", about(into, told))?;
        let moved = self.store().merge(into, from, why, acting).await?;
        if moved.is_empty() { Err(Denied::Changed) } else { Ok(Merged { into, moved }) }
    }

    /// Takes a merge back, as long as nothing else was done to these people.
    pub async fn unmerge_people(&self, actor: &Actor, merged: Merged) -> Result<(), Denied> {
        allowed(actor, May::Keep)?;
        let into = self.seen(actor, merged.into).await?;
        let numbers: Vec<u32> = merged.moved.iter().map(|one| one.0).collect();
        let about = about(into, json!({ "moved": numbers }));
        let acting = self.acting(actor, May::Keep, "people.unmerged", about)?;
        let done = self.store().unmerge(into, merged.moved, acting).await?;
        if done { Ok(()) } else { Err(Denied::Changed) }
    }

    /// Takes an account out of a person: it is a person of its own again.
    pub async fn split_person(
        &self,
        actor: &Actor,
        person: IdentityId,
        account: IdentityId,
    ) -> Result<(), Denied> {
        allowed(actor, May::Keep)?;
        let view = self.person(actor, person).await?;
        let accounts = &view.record.accounts;
        if !accounts.iter().any(|one| one.id == account) {
            return Err(Denied::Missing);
        }
        let told = json!({ "account": account.0 });
        let acting =
            self.acting(actor, May::Keep, "people.split", about(view.record.lead, told))?;
        let done = self.store().split(account, acting).await?;
        if done { Ok(()) } else { Err(Denied::Changed) }
    }
}

fn about(person: IdentityId, told: serde_json::Value) -> About {
    About { person: Some(person), told, ..About::default() }
}
