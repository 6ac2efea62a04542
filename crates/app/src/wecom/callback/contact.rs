//! What letters tell of customers and tags, done at once.
//!
//! Invariant: what changed with a customer is read from the customer, because letters do not say
//! what it is; a customer of whom nothing is told any more keeps what is known.

use chat::wecom::calls::contacts::{Follow, Person, TagIds};
use chat::wecom::{ContactChange, Next};
use domain::{IdentityId, Millis};
use rustc_hash::FxHashSet;
use store::{IdentitySaid, WecomContact, WecomPage, WecomParting, WecomTag};

use crate::wecom::WECOM;
use crate::wecom::callback::aside;
use crate::wecom::pull::{Pull, Stop};

impl Pull {
    /// Something changed between a member of staff and a customer; why nothing was done about it,
    /// when nothing was.
    pub(super) async fn contact(
        &self,
        (staff, customer): (String, String),
        change: ContactChange,
        at: Millis,
    ) -> Result<Option<String>, Stop> {
        let how = match change {
            ContactChange::Added { half, state, .. } => {
                let (identity, told) = self.reread(&staff, &customer).await?;
                let bare = WecomContact {
                    staff,
                    customer,
                    identity: Some(identity),
                    tags: "[]".to_owned(),
                    ..WecomContact::default()
                };
                let told = told.unwrap_or(bare);
                let state = state.unwrap_or_else(|| told.state.clone());
                let row = WecomContact {
                    added: Some(at).filter(|at| at.0 > 0),
                    half: Some(half),
                    state,
                    ..told
                };
                self.put_contact(row).await?;
                return Ok(None);
            }
            ContactChange::Edited => {
                let (_, told) = self.reread(&staff, &customer).await?;
                if let Some(row) = told {
                    self.put_contact(row).await?;
                }
                return Ok(None);
            }
            ContactChange::Dropped { handed_over: true } => "handed_over",
            ContactChange::Dropped { .. } => "by_staff",
            ContactChange::Left => "by_customer",
            ContactChange::HandOverFailed(reason) => {
                self.hand_over_failed((&staff, &customer), (&reason, at)).await?;
                return Ok(None);
            }
            ContactChange::Agreed { .. } => return Ok(Some(aside::ARCHIVE.to_owned())),
            ContactChange::Other(word) => return Ok(Some(aside::said(aside::UNKNOWN, &word))),
        };
        let parting = WecomParting { staff, customer, how: how.to_owned() };
        let page = WecomPage { at, rows: vec![parting], moved: None };
        self.store().part_wecom_contacts(self.id, page).await?;
        Ok(None)
    }

    async fn put_contact(&self, row: WecomContact) -> Result<(), Stop> {
        let page = WecomPage { at: self.now(), rows: vec![row], moved: None };
        Ok(self.store().put_wecom_contacts(self.id, page).await?)
    }

    /// Reads a customer anew: our number, with the name where it is told, and what this member of
    /// staff has noted. Others are not touched: that one of them was deleted is not told here.
    async fn reread(
        &self,
        staff: &str,
        customer: &str,
    ) -> Result<(IdentityId, Option<WecomContact>), Stop> {
        let (person, follows) = match self.client().contact(customer, None).await {
            Ok((person, page)) => (person, page.items),
            // Nobody has added them, or not quite yet (84061).
            Err(error) if error.next() == Next::Drop => (Person::default(), Vec::new()),
            Err(error) => return Err(error.into()),
        };
        let identity = self.identity(customer, person.name).await?;
        let own = follows.iter().find(|follow| follow.userid.eq_ignore_ascii_case(staff));
        Ok((identity, own.map(|follow| noted(follow, (customer, identity)))))
    }

    /// Reads the library of tags anew. An app that may not is left alone.
    pub(in crate::wecom) async fn library(&self) -> Result<(), Stop> {
        let groups = match self.client().tags(&TagIds::default()).await {
            Ok(groups) => groups,
            Err(error) if error.lack().is_some() || error.next() == Next::Drop => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let (mut tags, mut named) = (Vec::new(), FxHashSet::default());
        for group in groups {
            for tag in group.tags {
                if named.insert(tag.id.clone()) {
                    let (id, name) = (group.group_id.clone(), group.group_name.clone());
                    let (tag, own) = (tag.id, tag.name);
                    tags.push(WecomTag { tag, name: own, group: id, group_name: name, gone: None });
                }
            }
        }
        Ok(self.store().put_wecom_tags(self.id, &tags, self.now()).await?)
    }

    /// Our number of a customer, with the name where the platform tells it now.
    pub(super) async fn customer(&self, customer: &str) -> Result<IdentityId, Stop> {
        let told = self.client().contact(customer, None).await;
        let name = told.map(|(person, _)| person.name).unwrap_or_default();
        self.identity(customer, name).await
    }

    async fn identity(&self, customer: &str, name: String) -> Result<IdentityId, Stop> {
        let (platform, key) = (WECOM.to_owned(), customer.to_owned());
        let said = IdentitySaid { platform, key, name, class: None };
        Ok(self.store().ensure_identity(self.id.org, said).await?)
    }
}

/// What a member of staff has noted on a customer.
fn noted(follow: &Follow, (customer, identity): (&str, IdentityId)) -> WecomContact {
    let tags: Vec<&str> = follow.tag_ids().collect();
    WecomContact {
        staff: follow.userid.clone(),
        customer: customer.to_owned(),
        identity: Some(identity),
        added: Some(follow.created).filter(|at| at.0 > 0),
        state: follow.state.clone().unwrap_or_default(),
        way: Some(follow.add_way),
        remark: follow.remark.clone(),
        tags: serde_json::to_string(&tags).unwrap_or_default(),
        half: None,
    }
}
