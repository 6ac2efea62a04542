//! What the writer needs of the store, as an interface: a test puts faults and crashes between.

use std::future::Future;
use std::pin::Pin;

use domain::{GroupId, IdentityId, OrgId, Seq, SourceKey};
use store::{Fault, Head, IntakeRow, Lease, LiveWrite, MemberRow, Store};

/// An answer of the store on its way.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, Fault>> + Send + 'a>>;

/// Where a source key stands in the log, and whose it is.
pub type Known = Option<(Seq, IdentityId)>;

/// A group as it is stored.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Its head, held by us now.
    pub head: Head,
    /// Platform word.
    pub platform: String,
    /// Its key on the platform.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// IANA name of its zone.
    pub zone: String,
    /// The last stay of each person.
    pub members: Vec<MemberRow>,
}

/// What loading a group came to.
#[derive(Clone, Debug)]
pub enum Holding {
    /// It is ours.
    Ours(Box<Loaded>),
    /// Another node holds it.
    Elsewhere,
    /// There is no such live group.
    Missing,
}

/// Everything the writer reads and writes.
pub trait Book: Send + Sync {
    /// Takes groups, or takes them again, and reads them; the answers stand in their order.
    fn hold(&self, org: OrgId, groups: Vec<GroupId>, lease: Lease) -> Answer<'_, Vec<Holding>>;
    /// Which keys the log has already, in order.
    fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>>;
    /// Commits a batch whole or not at all.
    fn commit(&self, write: LiveWrite) -> Answer<'_, ()>;
    /// Keeps an event that cannot be processed, with its failure.
    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()>;
}

impl Book for Store {
    fn hold(&self, org: OrgId, groups: Vec<GroupId>, lease: Lease) -> Answer<'_, Vec<Holding>> {
        Box::pin(async move {
            let heads = match self.hold_groups(org, &groups, &lease).await {
                Ok(heads) => heads.into_iter().map(Some).collect(),
                // One of them is no live group: ask for each.
                Err(Fault::Missing { .. }) => one_by_one(self, org, &groups, &lease).await?,
                Err(fault) => return Err(fault),
            };
            let mut holdings = Vec::with_capacity(groups.len());
            for (group, head) in groups.into_iter().zip(heads) {
                holdings.push(match head {
                    Some(Some(head)) => load(self, org, group, head).await?,
                    Some(None) => Holding::Elsewhere,
                    None => Holding::Missing,
                });
            }
            Ok(holdings)
        })
    }

    fn known(&self, org: OrgId, keys: Vec<(GroupId, SourceKey)>) -> Answer<'_, Vec<Known>> {
        Box::pin(async move { Store::known(self, org, keys).await })
    }

    fn commit(&self, write: LiveWrite) -> Answer<'_, ()> {
        Box::pin(self.commit_live(write))
    }

    fn set_aside(&self, row: IntakeRow) -> Answer<'_, ()> {
        Box::pin(async move { Store::set_aside(self, row).await.map(drop) })
    }
}

/// The heads of groups, of which some may be missing.
async fn one_by_one(
    store: &Store,
    org: OrgId,
    groups: &[GroupId],
    lease: &Lease,
) -> Result<Vec<Option<Option<Head>>>, Fault> {
    let mut heads = Vec::with_capacity(groups.len());
    for group in groups {
        heads.push(match store.hold_group(org, *group, lease).await {
            Ok(head) => Some(head),
            Err(Fault::Missing { .. }) => None,
            Err(fault) => return Err(fault),
        });
    }
    Ok(heads)
}

async fn load(store: &Store, org: OrgId, group: GroupId, head: Head) -> Result<Holding, Fault> {
    let Some(live) = store.live_group(org, group).await? else { return Ok(Holding::Missing) };
    Ok(Holding::Ours(Box::new(Loaded {
        head,
        platform: live.platform,
        key: live.key,
        name: live.name,
        zone: live.zone,
        members: store.members(org, group).await?,
    })))
}
