//! Staff in the chat of a group: each has one identity, which comes in as keeper when needed.
//!
//! Invariant: the identity is named after the member of staff and cannot be taken by a guest, whose
//! keys are random.

use domain::{
    Actor, ActorClass, Entrance, Event, EventWhat, GroupId, IdentityId, JoinManner, Millis, Origin,
    SourceKey,
};
use engine::Refusal;

use crate::console::{Console, Denied, within};
use crate::live::Refused;

/// Names tried when others have them, at most.
const NAMES_MAX: u32 = 5;

impl Console {
    /// The identity of somebody of staff, and that it is a keeper in this group: comes in if it is
    /// not. `key`: minted by the page; a join under it is done once.
    pub(crate) async fn keeper_in(
        &self,
        actor: &Actor,
        group: GroupId,
        key: i64,
    ) -> Result<IdentityId, Denied> {
        within(actor, group)?;
        let (live, org) = (self.live(), actor.org);
        let room = live.room(org, group).await?.ok_or(Denied::Missing)?;
        let name = chat::web::keeper_name(&actor.name).unwrap_or_else(|_| "管理".to_owned());
        let account = format!("staff:{}:{}", org.0, actor.staff.0);
        let who = live.guest(org, &account, &name).await?;
        let stay = live.member(org, group, who).await?;
        if stay.is_some_and(|stay| stay.is_in() && stay.class.is_keeper()) {
            return Ok(who);
        }
        let rules = room.rules.map_or(0, |(version, _)| version);
        for n in 1..=NAMES_MAX {
            let name = if n == 1 { name.clone() } else { format!("{name} {n}") };
            let what = EventWhat::Join(Entrance {
                name: name.into(),
                how: JoinManner::Approved,
                by: IdentityId::NOBODY,
                via: "".into(),
                rules,
            });
            match live.submit(org, asked(group, (key, who), what)).await {
                Ok(_) | Err(Refused::Domain(Refusal::AlreadyIn)) => return Ok(who),
                Err(Refused::Domain(Refusal::NameTaken)) => {}
                Err(refused) => return Err(refused.into()),
            }
        }
        Err(Refused::Domain(Refusal::NameTaken).into())
    }
}

/// An act of a keeper who is staff.
pub(super) fn asked(group: GroupId, (key, who): (i64, IdentityId), what: EventWhat) -> Event {
    Event {
        group,
        key: SourceKey { key, part: chat::web::part(&what) },
        // The writer's clock counts for what is asked of us.
        at: Millis(0),
        actor: who,
        class: ActorClass::Staff,
        origin: Origin::Asked,
        what,
    }
}
