//! Who is in the group, with what the deciders need of each.
//!
//! Changes lie on top until they are kept ([`Roster::keep`]) or dropped ([`Roster::drop_changes`]):
//! a decision works on a scratch copy that costs only what it changes.

use domain::{ActorClass, IdentityId, Millis};
use rustc_hash::FxHashMap;

/// Somebody's current or last stay in the group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub who: IdentityId,
    /// Name shown in the group (群名片).
    pub name: Box<str>,
    /// Role in the group.
    pub class: ActorClass,
    /// The how-manieth stay this is, from 1.
    pub stay: u32,
    /// Since when.
    pub joined: Millis,
    /// Until when; `None` while it lasts.
    pub left: Option<Millis>,
    /// State of the link or code used; empty without one.
    pub via: Box<str>,
    /// Version of the rules accepted on coming in, 0 for none (D17).
    pub rules: u32,
    /// Silent until then.
    pub muted_until: Option<Millis>,
    /// Has ever written in this group, in this or an earlier stay.
    pub has_spoken: bool,
}

impl Member {
    /// Whether the person is in the group.
    pub fn is_in(&self) -> bool {
        self.left.is_none()
    }
}

/// Everybody who is or was in the group.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    kept: FxHashMap<IdentityId, Member>,
    on_top: OnTop,
}

impl Roster {
    /// The roster as it was stored: the last stay of each person.
    pub fn of(members: impl IntoIterator<Item = Member>) -> Self {
        let kept = members.into_iter().map(|member| (member.who, member)).collect();
        Self { kept, on_top: OnTop::default() }
    }

    /// The last stay of a person.
    pub fn get(&self, who: IdentityId) -> Option<&Member> {
        self.on_top.changed.get(&who).or_else(|| self.kept.get(&who))
    }

    /// The last stay of a person without what lies on top.
    pub fn kept(&self, who: IdentityId) -> Option<&Member> {
        self.kept.get(&who)
    }

    /// Everybody who is or was in without what lies on top, in no order.
    pub fn all_kept(&self) -> impl Iterator<Item = &Member> {
        self.kept.values()
    }

    /// The person, when in the group now.
    pub fn present(&self, who: IdentityId) -> Option<&Member> {
        self.get(who).filter(|member| member.is_in())
    }

    /// Notes a new or changed member, on top of what is kept.
    pub fn put(&mut self, member: Member) {
        let stay = member.stay;
        let before = self.on_top.changed.insert(member.who, member);
        self.on_top.ended.extend(before.filter(|before| before.stay != stay));
    }

    /// The person has written here.
    pub(crate) fn mark_spoken(&mut self, who: IdentityId) {
        if let Some(member) = self.get(who).filter(|member| !member.has_spoken) {
            let mut member = member.clone();
            member.has_spoken = true;
            self.put(member);
        }
    }

    /// What lies on top, by number and stay: what the commit has to write.
    pub fn changes(&self) -> Vec<&Member> {
        let OnTop { changed, ended } = &self.on_top;
        let mut changes: Vec<_> = changed.values().chain(ended).collect();
        changes.sort_by_key(|member| (member.who, member.stay));
        changes
    }

    /// The commit went through: what lay on top is kept.
    pub fn keep(&mut self) {
        self.kept.extend(std::mem::take(&mut self.on_top).changed);
    }

    /// The commit failed: what lay on top is forgotten.
    pub fn drop_changes(&mut self) {
        self.on_top = OnTop::default();
    }

    /// Puts back changes as they lay on top at an earlier moment ([`Roster::on_top`]).
    pub fn restore(&mut self, on_top: OnTop) {
        self.on_top = on_top;
    }

    /// What lies on top now, to come back to when one event of a batch is refused.
    pub fn on_top(&self) -> OnTop {
        self.on_top.clone()
    }

    /// Everybody who is or was in, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Member> {
        let fresh = &self.on_top.changed;
        let kept = self.kept.values().filter(|member| !fresh.contains_key(&member.who));
        fresh.values().chain(kept)
    }
}

/// Changes that lay on top at some moment.
#[derive(Clone, Debug, Default)]
pub struct OnTop {
    changed: FxHashMap<IdentityId, Member>,
    /// Stays that ended before another of the same person began, within these changes.
    ended: Vec<Member>,
}
