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
    changed: FxHashMap<IdentityId, Member>,
}

impl Roster {
    /// The roster as it was stored: the last stay of each person.
    pub fn of(members: impl IntoIterator<Item = Member>) -> Self {
        let kept = members.into_iter().map(|member| (member.who, member)).collect();
        Self { kept, changed: FxHashMap::default() }
    }

    /// The last stay of a person.
    pub fn get(&self, who: IdentityId) -> Option<&Member> {
        self.changed.get(&who).or_else(|| self.kept.get(&who))
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
        self.changed.insert(member.who, member);
    }

    /// The person has written here.
    pub(crate) fn mark_spoken(&mut self, who: IdentityId) {
        if let Some(member) = self.get(who).filter(|member| !member.has_spoken) {
            let mut member = member.clone();
            member.has_spoken = true;
            self.put(member);
        }
    }

    /// What lies on top, by number: what the commit has to write.
    pub fn changes(&self) -> Vec<&Member> {
        let mut changes: Vec<_> = self.changed.values().collect();
        changes.sort_by_key(|member| member.who);
        changes
    }

    /// The commit went through: what lay on top is kept.
    pub fn keep(&mut self) {
        self.kept.extend(self.changed.drain());
    }

    /// The commit failed: what lay on top is forgotten.
    pub fn drop_changes(&mut self) {
        self.changed.clear();
    }

    /// Puts back changes as they lay on top at an earlier moment ([`Roster::on_top`]).
    pub fn restore(&mut self, on_top: OnTop) {
        self.changed = on_top.0;
    }

    /// What lies on top now, to come back to when one event of a batch is refused.
    pub fn on_top(&self) -> OnTop {
        OnTop(self.changed.clone())
    }

    /// Everybody who is or was in, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Member> {
        let fresh = self.changed.values();
        fresh.chain(self.kept.values().filter(|member| !self.changed.contains_key(&member.who)))
    }
}

/// Changes that lay on top at some moment.
#[derive(Clone, Debug)]
pub struct OnTop(FxHashMap<IdentityId, Member>);
