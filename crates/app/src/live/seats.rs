//! Groups and accounts whose keys the caller knows: what the rehearsal and other programs bring.
//!
//! Invariant: the same key finds the same group and the same account again.

use domain::{ActorClass, Evidence, GroupId, IdentityId, Millis, OrgId};
use store::{IdentitySaid, NewLiveGroup};

use crate::error::Fault;
use crate::live::groups::{NewGroup, WEB};
use crate::live::handle::Live;

/// Accounts made at once, at most.
const ACCOUNTS_AT_ONCE: usize = 2_000;

/// Somebody's account on our own chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its key, unique in the organisation.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// Role, where it is not for the group to say.
    pub class: Option<ActorClass>,
}

impl Live {
    /// Finds the group of our own chat with this key, or opens it with a first link to it.
    pub async fn open_group_as(
        &self,
        org: OrgId,
        key: &str,
        new: NewGroup,
        founded: Millis,
    ) -> Result<GroupId, Fault> {
        let key = key.to_owned();
        let group = NewLiveGroup {
            platform: WEB.to_owned(),
            key,
            name: new.name,
            zone: new.zone,
            evidence: Evidence::full(),
            founded,
        };
        let group = self.store().open_live_group(org, group).await?;
        if self.links(org, group).await?.is_empty() {
            self.add_link(org, group, "").await?;
        }
        Ok(group)
    }

    /// What accounts on any platform are called, and their roles where a source told them.
    pub async fn called(
        &self,
        org: OrgId,
        people: &[IdentityId],
    ) -> Result<Vec<(IdentityId, String, Option<ActorClass>)>, Fault> {
        if people.is_empty() {
            return Ok(Vec::new());
        }
        let rows = self.store().identities(org, people).await?;
        Ok(rows.into_iter().map(|row| (row.id, row.said.name, row.said.class)).collect())
    }

    /// The numbers of many accounts of our own chat, in their order; made where there are none.
    pub async fn accounts(
        &self,
        org: OrgId,
        accounts: Vec<Account>,
    ) -> Result<Vec<IdentityId>, Fault> {
        let mut numbers = Vec::with_capacity(accounts.len());
        let said = |one: &Account| IdentitySaid {
            platform: WEB.to_owned(),
            key: one.key.clone(),
            name: one.name.clone(),
            class: one.class,
        };
        for some in accounts.chunks(ACCOUNTS_AT_ONCE) {
            let said = some.iter().map(said).collect();
            numbers.extend(self.store().ensure_identities(org, said).await?);
        }
        Ok(numbers)
    }
}
