//! A new group: a name is enough, and it works at once.

use domain::{Actor, Evidence, GroupId, May, Zone};
use serde_json::json;
use store::{CardChange, NewCard, NewLiveGroup};

use crate::console::groups::kinds::GroupKind;
use crate::console::{About, Console, Denied};
use crate::live::{WEB, code};

/// A group that somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupAsked {
    /// Minted by the page: a double submit makes one group.
    pub key: i64,
    /// Its name, cleaned.
    pub name: String,
    /// IANA name of its zone.
    pub zone: String,
    /// Kind, where one was picked.
    pub kind: Option<GroupKind>,
}

impl Console {
    /// Opens a group on our own chat with a first link; who opens it keeps it (R01),
    /// unless the settings say who keeps new groups.
    pub async fn open_group(&self, actor: &Actor, asked: GroupAsked) -> Result<GroupId, Denied> {
        let about =
            About { told: json!({ "kind": asked.kind.map(GroupKind::word) }), ..About::default() };
        let acting = self.acting(actor, May::Keep, "group.opened", about)?;
        let zone = Zone::named(&asked.zone).map_err(|_| Denied::field("zone", "unknown"))?;
        let new = NewLiveGroup {
            platform: WEB.to_owned(),
            key: format!("console-{}-{}", actor.staff.0, asked.key),
            name: asked.name,
            zone: zone.name().to_owned(),
            evidence: Evidence::full(),
            founded: acting.at,
        };
        let kind = Some(asked.kind.map_or("", GroupKind::word).to_owned());
        let said = CardChange { kind, ..self.first_card(actor).await? };
        let card = NewCard { code: code()?, said };
        Ok(self.store().open_kept_group(acting, new, card).await?)
    }
}
