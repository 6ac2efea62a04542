//! What a new group begins with: kind, who keeps it, tags, how newcomers are greeted.
//!
//! Invariant: who was locked out since keeps no new group, and who does not see all groups keeps
//! those that they open: a default never takes a group away from its maker's sight.

use domain::{Actor, May, OrgId, StaffId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::CardChange;

use crate::console::groups::{AboutGroup, GroupKind, TAGS_MAX, WELCOME_CHARS_MAX};
use crate::console::settings::dated;
use crate::console::{Console, Denied, allowed};

/// Name of the setting.
pub(super) const NEW_GROUPS: &str = "new_groups";

/// What new groups begin with. Stored as JSON; unknown fields of newer programs are dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewGroups {
    /// Word of the kind ([`GroupKind`]), or empty.
    pub kind: String,
    /// Number of the owner; 0: who opens the group.
    pub owner: i64,
    /// Number of the back-up; 0: nobody.
    pub backup: i64,
    /// Tags.
    pub tags: Vec<String>,
    /// What newcomers are greeted with.
    pub welcome: String,
}

impl NewGroups {
    /// The kind, where one was said.
    pub fn kind(&self) -> Option<GroupKind> {
        GroupKind::from_word(&self.kind)
    }

    fn card(&self) -> CardChange {
        let staff = |id: i64| (id != 0).then_some(StaffId(id));
        let about = AboutGroup { welcome: self.welcome.clone(), ..AboutGroup::default() };
        CardChange {
            kind: Some(self.kind.clone()),
            owner: staff(self.owner),
            backup: staff(self.backup),
            about: (!self.welcome.is_empty()).then(|| json!(about).to_string()),
            add: self.tags.clone(),
            remove: Vec::new(),
        }
    }
}

impl Console {
    /// What new groups begin with, as it was saved last.
    pub async fn new_groups(&self, org: OrgId) -> Result<NewGroups, Denied> {
        let rows = self.store().settings(org).await?;
        let mut all = dated(&rows, NEW_GROUPS, |row| {
            serde_json::from_str::<NewGroups>(&row.value).unwrap_or_default()
        });
        Ok(all.pop().map(|one| one.value).unwrap_or_default())
    }

    /// Other defaults from now on; groups that are there stay as they are.
    pub async fn set_new_groups(
        &self,
        actor: &Actor,
        new: NewGroups,
        seen: i64,
    ) -> Result<(), Denied> {
        allowed(actor, May::Own)?;
        if new.welcome.chars().count() > WELCOME_CHARS_MAX {
            return Err(Denied::field("welcome", "too_long"));
        }
        if new.tags.len() > TAGS_MAX {
            return Err(Denied::field("tags", "too_many"));
        }
        self.check(actor, &new.card()).await?;
        self.save(actor, NEW_GROUPS, (json!(new), seen)).await
    }

    /// The card with which a group begins that this one opens, its kind aside.
    pub(crate) async fn first_card(&self, actor: &Actor) -> Result<CardChange, Denied> {
        let card = self.new_groups(actor.org).await?.card();
        let active = self.keeper_names(actor).await?;
        let owner = card.owner.filter(|who| active.contains_key(who) && actor.sees_all());
        let owner = owner.unwrap_or(actor.staff);
        let backup = card.backup.filter(|who| active.contains_key(who) && *who != owner);
        Ok(CardChange { owner: Some(owner), backup, ..card })
    }

    /// Who will keep a group that this one opens.
    pub async fn first_owner(&self, actor: &Actor) -> Result<String, Denied> {
        let card = self.first_card(actor).await?;
        let names = self.keeper_names(actor).await?;
        let name = card.owner.and_then(|who| names.get(&who).cloned());
        Ok(name.unwrap_or_else(|| actor.name.clone()))
    }
}
