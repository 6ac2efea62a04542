//! Customer groups: who is in, who was, and what changed.
//!
//! Invariants: each change of members makes a new version, and the event of the change carries the
//! version before and after, so that versions of one group form a chain; who went stays in `gone`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, Event, GroupNews, Happened, Hindrance, Moved};

/// Most people in a group that a WeCom user made.
pub const GROUP_PEOPLE_MAX: usize = 500;

/// Versions that are remembered.
const PAST_KEPT: usize = 50;

/// A customer group.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// May be empty.
    pub name: String,
    /// The userid.
    pub owner: String,
    /// Userids, the owner not among them.
    pub admins: BTreeSet<String>,
    /// The announcement; may be empty.
    pub notice: String,
    /// When it was made.
    pub created: Millis,
    /// When it was dismissed.
    pub dismissed: Option<Millis>,
    /// In the order in which they came.
    pub members: Vec<Member>,
    /// Stays that ended, in the order in which they did.
    pub gone: Vec<Stay>,
    /// Of the member list: 32 hex digits.
    pub version: String,
    /// The latest versions that ended, and when.
    pub past: VecDeque<(Millis, String)>,
    /// 0 the owner is there, 1 left, 2 being inherited, 3 inherited.
    pub status: u8,
    /// Takes no more than so many.
    pub room: usize,
    /// Handed over by owners who were there, then.
    pub handed: Vec<Millis>,
    /// What was said, by day since 1970 at UTC+8.
    pub talk: BTreeMap<i64, Talk>,
}

/// What was said on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Talk {
    /// Messages.
    pub messages: u32,
    /// Members who wrote at least one.
    pub speakers: u32,
}

/// Somebody in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Userid or external userid.
    pub id: String,
    /// When.
    pub joined: Millis,
    /// How.
    pub by: Joining,
    /// The name in this group; may be empty.
    pub nickname: String,
}

/// How somebody came into a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Joining {
    /// Invited by a member; the userid when it is one of the company.
    Invited(Option<String>),
    /// By a link of invitation, in the same way.
    Link(Option<String>),
    /// Scanned a code; the channel of the join way.
    Scanned(Option<String>),
}

/// A stay that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stay {
    /// Who.
    pub member: Member,
    /// When it ended.
    pub left: Millis,
    /// By owner or admin, not by oneself.
    pub removed: bool,
}

impl Joining {
    /// `join_scene` of a group's details: 1 invited, 2 by link, 3 scanned.
    pub fn scene(&self) -> u8 {
        match self {
            Self::Invited(_) => 1,
            Self::Link(_) => 2,
            Self::Scanned(_) => 3,
        }
    }

    /// `JoinScene` of events, another scale: 0 invited in either way, 3 scanned.
    pub fn event_scene(&self) -> u8 {
        if matches!(self, Self::Scanned(_)) { 3 } else { 0 }
    }
}

impl Group {
    /// Has room for so many more, and is there.
    pub fn takes(&self, more: usize) -> bool {
        self.dismissed.is_none() && self.members.len() + more <= self.room
    }

    /// Takes the next version; the one before.
    fn renew(&mut self, version: String, now: Millis) -> String {
        let before = std::mem::replace(&mut self.version, version);
        self.past.push_back((now, before.clone()));
        if self.past.len() > PAST_KEPT {
            self.past.pop_front();
        }
        before
    }

    /// Members and version as they were at a moment not long ago.
    pub fn at(&self, then: Millis) -> (Vec<&Member>, &str) {
        let gone = self.gone.iter().filter(|stay| stay.left > then).map(|stay| &stay.member);
        let mut members: Vec<&Member> =
            self.members.iter().chain(gone).filter(|one| one.joined <= then).collect();
        members.sort_by_key(|one| one.joined);
        let past = self.past.iter().find(|(end, _)| *end > then).map(|(_, version)| version);
        (members, past.unwrap_or(&self.version))
    }

    /// Is a member.
    pub fn has(&self, who: &str) -> bool {
        self.members.iter().any(|member| member.id == who)
    }
}

impl Books {
    /// A member of staff makes a group: the chat id, and what is told.
    pub fn make_group(
        &mut self,
        owner: &str,
        name: &str,
        now: Millis,
    ) -> Result<(String, Vec<Event>), Hindrance> {
        self.present(owner)?;
        let chat = self.mint.id("wr");
        let first = Member {
            id: owner.to_owned(),
            joined: now,
            by: Joining::Invited(None),
            nickname: String::new(),
        };
        let group = Group {
            name: name.to_owned(),
            owner: owner.to_owned(),
            created: now,
            members: vec![first],
            version: self.mint.hex(),
            room: GROUP_PEOPLE_MAX,
            ..Group::default()
        };
        self.groups.insert(chat.clone(), group);
        let told = vec![Event::group(now, &chat, GroupNews::Created)];
        Ok((chat, told))
    }

    /// People come into a group, all in the same way and moment.
    pub fn join(&mut self, chat: &str, who: &[&str], by: &Joining, now: Millis) -> Happened {
        for one in who {
            let known = self.customers.contains_key(*one) || self.present(one).is_ok();
            known.then_some(()).ok_or(Hindrance::Customer)?;
        }
        let group = living(&mut self.groups, chat)?;
        if who.iter().any(|one| group.has(one)) {
            return Err(Hindrance::Inside);
        }
        if !group.takes(who.len()) {
            return Err(Hindrance::Full);
        }
        let member = |id: &&str| Member {
            id: (*id).to_owned(),
            joined: now,
            by: by.clone(),
            nickname: String::new(),
        };
        group.members.extend(who.iter().map(member));
        let people = who.iter().map(|one| (*one).to_owned()).collect();
        let moved = self.moved(chat, (by.event_scene(), people), now);
        Ok(vec![Event::group(now, chat, GroupNews::Joined(moved))])
    }

    /// People leave by themselves.
    pub fn leave(&mut self, chat: &str, who: &[&str], now: Millis) -> Happened {
        self.part(chat, who, false, now)
    }

    /// Owner or admin removes people.
    pub fn remove(&mut self, chat: &str, who: &[&str], now: Millis) -> Happened {
        self.part(chat, who, true, now)
    }

    fn part(&mut self, chat: &str, who: &[&str], removed: bool, now: Millis) -> Happened {
        let group = living(&mut self.groups, chat)?;
        if who.contains(&group.owner.as_str()) {
            return Err(Hindrance::Role);
        }
        if !who.iter().all(|one| group.has(one)) {
            return Err(Hindrance::Outside);
        }
        let goes = |member: &mut Member| who.contains(&member.id.as_str());
        let stays = group.members.extract_if(.., goes);
        group.gone.extend(stays.map(|member| Stay { member, left: now, removed }));
        group.admins.retain(|admin| !who.contains(&admin.as_str()));
        let people = who.iter().map(|one| (*one).to_owned()).collect();
        let moved = self.moved(chat, (u8::from(removed), people), now);
        Ok(vec![Event::group(now, chat, GroupNews::Gone(moved))])
    }

    /// Another name, empty for none.
    pub fn rename(&mut self, chat: &str, name: &str, now: Millis) -> Happened {
        name.clone_into(&mut living(&mut self.groups, chat)?.name);
        Ok(vec![Event::group(now, chat, GroupNews::Name)])
    }

    /// Another announcement, empty for none.
    pub fn announce(&mut self, chat: &str, notice: &str, now: Millis) -> Happened {
        notice.clone_into(&mut living(&mut self.groups, chat)?.notice);
        Ok(vec![Event::group(now, chat, GroupNews::Notice)])
    }

    /// The owner gives the group to another member of staff in it.
    pub fn give_group(&mut self, chat: &str, owner: &str, now: Millis) -> Happened {
        self.present(owner)?;
        let group = living(&mut self.groups, chat)?;
        if !group.has(owner) {
            return Err(Hindrance::Outside);
        }
        owner.clone_into(&mut group.owner);
        group.admins.remove(owner);
        Ok(vec![Event::group(now, chat, GroupNews::Owner)])
    }

    /// Who helps the owner; nothing is told of it.
    pub fn set_admins(&mut self, chat: &str, admins: &[&str]) -> Happened {
        let group = living(&mut self.groups, chat)?;
        if !admins.iter().all(|one| group.has(one)) {
            return Err(Hindrance::Outside);
        }
        group.admins = admins.iter().map(|one| (*one).to_owned()).collect();
        Ok(Vec::new())
    }

    /// The owner ends the group.
    pub fn dismiss(&mut self, chat: &str, now: Millis) -> Happened {
        living(&mut self.groups, chat)?.dismissed = Some(now);
        Ok(vec![Event::group(now, chat, GroupNews::Dismissed)])
    }

    /// A member writes so much on this day; nothing is told of it.
    pub fn say(&mut self, chat: &str, talk: Talk, now: Millis) -> Happened {
        let said = living(&mut self.groups, chat)?.talk.entry(day_of(now)).or_default();
        said.messages += talk.messages;
        said.speakers += talk.speakers;
        Ok(Vec::new())
    }

    /// The next version of a group's member list, and what an event says of the change.
    fn moved(&mut self, chat: &str, (scene, people): (u8, Vec<String>), now: Millis) -> Moved {
        let after = self.mint.hex();
        let group = self.groups.get_mut(chat);
        let before = group.map(|group| group.renew(after.clone(), now)).unwrap_or_default();
        Moved { scene, people, before, after }
    }

    /// A member of staff becomes a member without an event, as calls do it.
    pub(crate) fn slip_in(&mut self, chat: &str, staff: &str, now: Millis) {
        let version = self.mint.hex();
        let Some(group) = self.groups.get_mut(chat) else { return };
        if !group.has(staff) {
            let by = Joining::Invited(None);
            let id = staff.to_owned();
            group.members.push(Member { id, joined: now, by, nickname: String::new() });
            group.renew(version, now);
        }
    }
}

/// Days since 1970 at UTC+8, the platform's calendar.
pub fn day_of(at: Millis) -> i64 {
    (at.0 + 8 * Millis::HOUR).div_euclid(Millis::DAY)
}

/// A group that is there.
pub(crate) fn living<'a>(
    groups: &'a mut BTreeMap<String, Group>,
    chat: &str,
) -> Result<&'a mut Group, Hindrance> {
    groups.get_mut(chat).filter(|group| group.dismissed.is_none()).ok_or(Hindrance::Group)
}
