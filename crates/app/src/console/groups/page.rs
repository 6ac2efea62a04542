//! One group: where it stands, what is said of it, its room; and changing what is said of it.

use std::collections::BTreeMap;

use domain::{Actor, GroupId, May, StaffId};
use serde_json::json;
use store::{CardChange, LinkRow, StaffState};

use crate::console::groups::checklist::{Readiness, RoomSet, readiness};
use crate::console::groups::kinds::{AboutGroup, GroupCard, GroupKind, Purpose};
use crate::console::{About, Console, Denied, Standing, allowed, within};
use crate::live::{RoomView, code};

/// Letters of a welcome or a threshold, at most.
pub(crate) const WELCOME_CHARS_MAX: usize = 500;

/// Tags on one group, at most.
pub(crate) const TAGS_MAX: usize = 20;

/// One group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupPage {
    /// Where it stands.
    pub standing: Standing,
    /// What is said of it.
    pub card: GroupCard,
    /// Its room; `None` for an imported group, whose chat is elsewhere.
    pub room: Option<RoomView>,
    /// What its set-up lacks.
    pub readiness: Readiness,
}

/// What the form about a group's card says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardAsked {
    /// Kind, or none.
    pub kind: Option<GroupKind>,
    /// Owner.
    pub owner: StaffId,
    /// Back-up.
    pub backup: StaffId,
    /// Purposes with weights; weight 0 is none.
    pub purposes: Vec<(Purpose, u8)>,
    /// Who may come in.
    pub threshold: String,
    /// What newcomers are greeted with.
    pub welcome: String,
    /// All tags.
    pub tags: Vec<String>,
}

impl Console {
    /// One group of the scope.
    pub async fn group(&self, actor: &Actor, group: GroupId) -> Result<GroupPage, Denied> {
        allowed(actor, May::Look)?;
        within(actor, group)?;
        let standings = self.standings(actor).await?;
        let standing = standings.iter().find(|one| one.group == group);
        let (row, card, mut room) = tokio::try_join!(
            async { Ok::<_, Denied>(self.store().group_numbered(actor.org, group).await?) },
            async { Ok(self.store().card(actor.org, group).await?) },
            self.room_of(actor, group, standing.is_some_and(|one| one.live)),
        )?;
        let row = row.ok_or(Denied::Missing)?;
        let standing = if let Some(standing) = standing {
            standing.clone()
        } else {
            let fresh = self.fresh(actor, row).await?;
            room = self.room_of(actor, group, fresh.live).await?;
            fresh
        };
        let card = GroupCard::from(card);
        let set = room.as_ref().map(|room| RoomSet {
            rules: room.rules.as_ref().is_some_and(|(_, words)| !words.is_empty()),
            announcement: room.announcement.as_ref().is_some_and(|(_, words, _)| !words.is_empty()),
            pin: !room.pins.is_empty(),
        });
        let name = room.as_ref().map_or(&standing.name, |room| &room.name);
        let readiness = readiness(name, &card, set);
        Ok(GroupPage { standing, card, room, readiness })
    }

    async fn room_of(
        &self,
        actor: &Actor,
        group: GroupId,
        is_live: bool,
    ) -> Result<Option<RoomView>, Denied> {
        Ok(if is_live { self.live().room(actor.org, group).await? } else { None })
    }

    /// Changes what is said of a group; whether it is another now.
    pub async fn set_card(
        &self,
        actor: &Actor,
        group: GroupId,
        asked: CardAsked,
    ) -> Result<bool, Denied> {
        allowed(actor, May::Keep)?;
        within(actor, group)?;
        self.known_group(actor, group).await?;
        for (field, text) in [("threshold", &asked.threshold), ("welcome", &asked.welcome)] {
            if text.chars().count() > WELCOME_CHARS_MAX {
                return Err(Denied::field(field, "too_long"));
            }
        }
        if asked.tags.len() > TAGS_MAX {
            return Err(Denied::field("tags", "too_many"));
        }
        let card = self.store().card(actor.org, group).await?;
        let purposes = asked.purposes.into_iter().filter(|(_, weight)| *weight > 0);
        let about = AboutGroup {
            purposes: purposes.map(|(purpose, weight)| (purpose, weight.min(9))).collect(),
            threshold: asked.threshold,
            welcome: asked.welcome,
        };
        let change = CardChange {
            kind: Some(asked.kind.map_or("", GroupKind::word).to_owned()),
            owner: Some(asked.owner),
            backup: Some(asked.backup),
            about: Some(json!(about).to_string()),
            remove: card.tags.iter().filter(|tag| !asked.tags.contains(tag)).cloned().collect(),
            add: asked.tags.into_iter().filter(|tag| !card.tags.contains(tag)).collect(),
        };
        self.check(actor, &change).await?;
        let told = json!({
            "kind": change.kind, "owner": change.owner, "backup": change.backup,
            "purposes": about.purposes, "add": change.add, "remove": change.remove,
        });
        let about = About { group: Some(group), told, ..About::default() };
        let acting = self.acting(actor, May::Keep, "group.changed", about)?;
        Ok(self.store().change_card(acting, group, change).await?)
    }

    /// Refuses a group that the organisation does not have.
    pub(super) async fn known_group(&self, actor: &Actor, group: GroupId) -> Result<(), Denied> {
        let row = self.store().group_numbered(actor.org, group).await?;
        row.map(drop).ok_or(Denied::Missing)
    }

    /// The links of a live group, the oldest first: code and placement.
    pub async fn group_links(&self, actor: &Actor, group: GroupId) -> Result<Vec<LinkRow>, Denied> {
        allowed(actor, May::Look)?;
        within(actor, group)?;
        Ok(self.live().links(actor.org, group).await?)
    }

    /// Adds a link to a live group; stays by it keep `via`.
    pub async fn add_group_link(
        &self,
        actor: &Actor,
        group: GroupId,
        via: &str,
    ) -> Result<String, Denied> {
        allowed(actor, May::Keep)?;
        within(actor, group)?;
        if self.live().name(actor.org, group).await?.is_none() {
            return Err(Denied::Missing);
        }
        let about = About { group: Some(group), told: json!({ "via": via }), ..About::default() };
        let acting = self.acting(actor, May::Keep, "link.added", about)?;
        let (code, made) = (code()?, acting.at);
        let link = LinkRow { code: code.clone(), org: actor.org, group, via: via.to_owned(), made };
        self.store().add_link_by(acting, link).await?;
        Ok(code)
    }

    /// Names of staff who may keep groups: those who are not locked out.
    pub async fn keeper_names(&self, actor: &Actor) -> Result<BTreeMap<StaffId, String>, Denied> {
        let staff = self.staff(actor).await?;
        let active = staff.into_iter().filter(|one| one.state == StaffState::Active);
        Ok(active.map(|one| (one.id, one.name)).collect())
    }
}
