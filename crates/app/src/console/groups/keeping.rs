//! What staff do in the chat of a group, as its keepers.
//!
//! Invariants: staff speak under an account of their own that carries the badge of a keeper
//! (T01) and never counts as a member; the log holds what was done and by whom, and the audit log
//! says in the same transaction which member of staff that was. The same key does an act once.

use domain::{
    Actor, ActorClass, Entrance, Event, EventWhat, GroupId, IdentityId, JoinManner, May, Millis,
    Origin, SourceKey,
};
use engine::Refusal;
use serde_json::json;
use store::Acting;

use crate::console::{About, Console, Denied, allowed, within};
use crate::live::{Receipt, Refused};

/// Names tried when somebody in the group has the name already.
const NAMES_TRIED: u32 = 9;

/// Something that a keeper does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeeperAct {
    /// Minted by the page.
    pub key: i64,
    /// What; a message, or an act of keepers.
    pub what: EventWhat,
    /// As the official account (官方号) instead of a keeper.
    pub as_host: bool,
}

impl Console {
    /// The account under which staff are in a group, made and let in where it is not.
    pub async fn keeper(
        &self,
        actor: &Actor,
        group: GroupId,
        key: i64,
    ) -> Result<IdentityId, Denied> {
        allowed(actor, May::Tend)?;
        within(actor, group)?;
        let (org, live) = (actor.org, self.live());
        let room = live.room(org, group).await?.ok_or(Denied::Missing)?;
        let name = chat::web::keeper_name(&actor.name).unwrap_or_else(|_| "群管理".to_owned());
        let account = format!("staff-{}", actor.staff.0);
        let who = live.guest(org, &account, &name).await?;
        let member = live.member(org, group, who).await?;
        if member.is_some_and(|member| member.is_in() && member.class.is_keeper()) {
            return Ok(who);
        }
        let about = About { group: Some(group), person: Some(who), ..About::default() };
        let entering = self.acting(actor, May::Tend, "group.entered", about)?;
        for n in 1..=NAMES_TRIED {
            let name = if n == 1 { name.clone() } else { format!("{name} {n}") };
            let entrance = Entrance {
                name: name.into(),
                how: JoinManner::Link,
                by: IdentityId::NOBODY,
                via: "".into(),
                rules: room.rules.as_ref().map_or(0, |(version, _)| *version),
            };
            let what = EventWhat::Join(entrance);
            let acting = entering.clone();
            match self.ask(acting, group, (key, who, ActorClass::Staff), what).await {
                Ok(_) | Err(Refused::Domain(Refusal::AlreadyIn)) => return Ok(who),
                Err(Refused::Domain(Refusal::NameTaken)) => {}
                Err(no) => return Err(no.into()),
            }
        }
        Err(Refused::Domain(Refusal::NameTaken).into())
    }

    /// Does something in a group as a keeper. To answer takes [`May::Tend`], the rest
    /// [`May::Keep`].
    pub async fn keep(
        &self,
        actor: &Actor,
        group: GroupId,
        act: KeeperAct,
    ) -> Result<Receipt, Denied> {
        let (may, word) = meaning(&act.what).ok_or(Denied::Missing)?;
        let about = About { group: Some(group), person: about(&act.what), told: json!({}) };
        let acting = self.acting(actor, may, word, about)?;
        let who = self.keeper(actor, group, act.key).await?;
        let class = if act.as_host { ActorClass::Host } else { ActorClass::Staff };
        Ok(self.ask(acting, group, (act.key, who, class), act.what).await?)
    }

    pub(super) async fn ask(
        &self,
        acting: Acting,
        group: GroupId,
        (key, who, class): (i64, IdentityId, ActorClass),
        what: EventWhat,
    ) -> Result<Receipt, Refused> {
        let event = Event {
            group,
            key: SourceKey { key, part: chat::web::part(&what) },
            // The writer's clock counts for what is asked of us.
            at: Millis(0),
            actor: who,
            class,
            origin: Origin::Asked,
            what,
        };
        self.live().submit_by(acting, event).await
    }
}

/// What an act takes, and its word in the audit log; `None` for what is not done here.
fn meaning(what: &EventWhat) -> Option<(May, &'static str)> {
    Some(match what {
        EventWhat::Message(_) => (May::Tend, "group.answered"),
        EventWhat::Recall { .. } => (May::Keep, "message.recalled"),
        EventWhat::Pin { .. } => (May::Keep, "message.pinned"),
        EventWhat::Mute { .. } => (May::Keep, "member.muted"),
        EventWhat::Remove { .. } => (May::Keep, "member.removed"),
        EventWhat::Announce { .. } => (May::Keep, "group.announced"),
        EventWhat::Retitle { .. } => (May::Keep, "group.renamed"),
        EventWhat::Rules { .. } => (May::Keep, "group.rules_set"),
        EventWhat::Close { .. } => (May::Keep, "group.closed"),
        EventWhat::Reopen => (May::Keep, "group.reopened"),
        _ => return None,
    })
}

fn about(what: &EventWhat) -> Option<IdentityId> {
    match what {
        EventWhat::Mute { who, .. } | EventWhat::Remove { who } => Some(*who),
        _ => None,
    }
}
