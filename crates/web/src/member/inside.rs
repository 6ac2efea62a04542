//! A request within a group: which group, by which link, and who asks.

use app::live::RoomView;
use axum::http::StatusCode;
use domain::{ActorClass, GroupId, IdentityId, Millis, OrgId, Zone};
use engine::Member;

use crate::door::Visit;
use crate::house::House;
use crate::line::Viewer;
use crate::trouble::Trouble;

/// Letters that a code may have, at most.
const CODE_LETTERS_MAX: usize = 64;

/// Name of the cookie that tells who the guest is in a group; its path is that of the group.
pub(crate) const ME: &str = "hq_me";

/// A group seen through one of its links.
pub(crate) struct Inside {
    pub(crate) code: String,
    pub(crate) org: OrgId,
    pub(crate) group: GroupId,
    /// Placement of the link.
    pub(crate) via: String,
    pub(crate) room: RoomView,
    pub(crate) zone: Zone,
    /// The guest as a member, when in the group.
    pub(crate) me: Option<Member>,
    pub(crate) now: Millis,
}

impl Inside {
    /// Finds the group and the guest in it.
    pub(crate) async fn of(house: &House, visit: &Visit, code: &str) -> Result<Self, Trouble> {
        let is_code = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_');
        if code.len() > CODE_LETTERS_MAX || !code.chars().all(is_code) {
            return Err(Trouble::missing());
        }
        let live = house.live();
        let link = live.link(code).await?.ok_or_else(Trouble::missing)?;
        let room = live.room(link.org, link.group).await?.ok_or_else(Trouble::missing)?;
        let me = match known(house, visit, code) {
            Some(who) => live.member(link.org, link.group, who).await?.filter(Member::is_in),
            None => None,
        };
        let zone = Zone::named(&room.zone).unwrap_or_else(|_| Zone::utc());
        let (org, group, via) = (link.org, link.group, link.via);
        Ok(Self { code: code.to_owned(), org, group, via, room, zone, me, now: house.now() })
    }

    /// The same, for members only.
    pub(crate) async fn member(
        house: &House,
        visit: &Visit,
        code: &str,
    ) -> Result<(Self, Member), Trouble> {
        let inside = Self::of(house, visit, code).await?;
        let me = inside.me.clone().ok_or_else(Trouble::not_member)?;
        Ok((inside, me))
    }

    /// The same, for keepers only.
    pub(crate) async fn keeper(
        house: &House,
        visit: &Visit,
        code: &str,
    ) -> Result<(Self, Member), Trouble> {
        let (inside, me) = Self::member(house, visit, code).await?;
        if me.class.is_keeper() {
            return Ok((inside, me));
        }
        Err(Trouble::new(
            StatusCode::FORBIDDEN,
            "keepers_only",
            ["只有群管理能这样做。", "Only keepers of the group may do this."],
        ))
    }

    /// Address of the chat page.
    pub(crate) fn base(&self) -> String {
        format!("/g/{}", self.code)
    }

    /// Who looks; nobody when not a member.
    pub(crate) fn who(&self) -> IdentityId {
        self.me.as_ref().map_or(IdentityId::NOBODY, |me| me.who)
    }

    /// Whether a keeper looks.
    pub(crate) fn is_keeper(&self) -> bool {
        self.me.as_ref().is_some_and(|me| me.class.is_keeper())
    }

    /// How lines are shown to whoever looks.
    pub(crate) fn viewer(&self, visit: &Visit) -> Viewer {
        let place = (self.org, self.group);
        Viewer { place, zone: self.zone.clone(), lang: visit.lang, me: self.who() }
    }
}

/// In which role a member acts; a keeper may speak as a declared host (T01).
pub(crate) fn class_of(me: &Member, as_host: bool) -> ActorClass {
    match (me.class.is_keeper(), as_host) {
        (true, true) => ActorClass::Host,
        (true, false) => ActorClass::Staff,
        (false, _) => me.class,
    }
}

/// Until when a member is silent, if so now.
pub(crate) fn muted(me: &Member, now: Millis) -> Option<Millis> {
    me.muted_until.filter(|until| *until > now && !me.class.is_keeper())
}

/// What the cookie of a group says of the guest: bound to the guest and to the code.
fn known(house: &House, visit: &Visit, code: &str) -> Option<IdentityId> {
    let guest = visit.guest.as_ref()?;
    let signed = visit.cookies.get(ME)?;
    let who = house.seal().open(ME, &bound(guest.key(), code), signed)?;
    who.parse().ok().map(IdentityId)
}

/// What the cookie of a group is bound to.
pub(crate) fn bound(guest: &str, code: &str) -> String {
    format!("{guest} {code}")
}
