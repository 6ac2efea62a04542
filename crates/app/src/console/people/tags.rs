//! Which tags there are (F07): made, renamed, retired.

use std::collections::BTreeMap;

use domain::{Actor, May, Scope};
use serde_json::json;
use store::{NewTag, TagRow};

use crate::console::people::{NAME_MAX, short, worded};
use crate::console::{About, Console, Denied, allowed};

/// Tags in use, at most: more than that nobody finds.
const TAGS_MAX: usize = 500;

/// Days of validity, at most: ten years.
const DAYS_MAX: u32 = 3_650;

impl Console {
    /// All tags, also the retired ones, by folder.
    pub async fn tags(&self, actor: &Actor) -> Result<Vec<TagRow>, Denied> {
        allowed(actor, May::Look)?;
        Ok(self.store().tags(actor.org).await?)
    }

    /// How many people of the scope have each tag now; tags that nobody has are left out.
    pub async fn tag_holders(&self, actor: &Actor) -> Result<BTreeMap<i64, u32>, Denied> {
        allowed(actor, May::Look)?;
        let scope = match &actor.scope {
            Scope::All => None,
            Scope::Groups(groups) => Some(groups.iter().copied().collect()),
        };
        let holders = self.store().tag_holders(actor.org, (self.now(), scope)).await?;
        Ok(holders.into_iter().collect())
    }

    /// Makes a tag; its number.
    pub async fn add_tag(&self, actor: &Actor, new: NewTag) -> Result<i64, Denied> {
        allowed(actor, May::Keep)?;
        let new = checked(&new)?;
        let used = self.tags(actor).await?.iter().filter(|tag| tag.gone.is_none()).count();
        if used >= TAGS_MAX {
            return Err(Denied::field("name", "too_many"));
        }
        let acting =
            self.acting(actor, May::Keep, "tag.made", told(json!({ "name": new.name })))?;
        let made = self.store().add_tag(new, acting).await?;
        made.ok_or_else(|| Denied::field("name", "taken"))
    }

    /// Changes a tag: whoever has it has it under the new name.
    pub async fn change_tag(&self, actor: &Actor, tag: i64, new: NewTag) -> Result<(), Denied> {
        allowed(actor, May::Keep)?;
        let new = checked(&new)?;
        let about = told(json!({ "tag": tag, "name": new.name }));
        let acting = self.acting(actor, May::Keep, "tag.changed", about)?;
        match self.store().change_tag(tag, new, acting).await? {
            None => Err(Denied::field("name", "taken")),
            Some(false) => Err(Denied::Missing),
            Some(true) => Ok(()),
        }
    }

    /// Retires a tag; who has it stays in every history.
    pub async fn retire_tag(&self, actor: &Actor, tag: i64) -> Result<bool, Denied> {
        let about = told(json!({ "tag": tag }));
        let acting = self.acting(actor, May::Keep, "tag.retired", about)?;
        Ok(self.store().retire_tag(tag, acting).await?)
    }

    /// Takes a retired tag into use again; false when its name is taken meanwhile.
    pub async fn revive_tag(&self, actor: &Actor, tag: i64) -> Result<bool, Denied> {
        let about = told(json!({ "tag": tag }));
        let acting = self.acting(actor, May::Keep, "tag.revived", about)?;
        Ok(self.store().revive_tag(tag, acting).await?)
    }
}

fn told(told: serde_json::Value) -> About {
    About { told, ..About::default() }
}

fn checked(new: &NewTag) -> Result<NewTag, Denied> {
    let name = worded("name", &new.name, NAME_MAX)?;
    let folder = short("folder", &new.folder, NAME_MAX)?;
    if new.days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
        return Err(Denied::field("days", "number"));
    }
    Ok(NewTag { name, folder, quick: new.quick, days: new.days })
}
