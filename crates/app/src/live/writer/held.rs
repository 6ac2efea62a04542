//! A group held in memory: what was committed, as its next decision finds it.

use std::collections::VecDeque;

use domain::{ActorClass, GroupId, IdentityId, OrgId, Seq, SourceKey, Zone};
use engine::{Member, Roster, State};
use rustc_hash::FxHashMap;
use store::MemberRow;

use crate::error::Fault;
use crate::live::book::Loaded;

/// Keys of the latest facts remembered for each group: what a page sends twice, it sends soon.
const RECENT_MAX: usize = 64;

/// A group that this node holds.
#[derive(Clone, Debug)]
pub struct Held {
    /// Whose.
    pub org: OrgId,
    /// Which.
    pub group: GroupId,
    /// Platform word.
    pub platform: String,
    /// Its key on the platform.
    pub key: String,
    /// Name to show.
    pub name: String,
    /// Where its days are counted.
    pub zone: Zone,
    /// What commits must show.
    pub fence: i64,
    /// Place of the next fact.
    pub next: Seq,
    /// State of the deciders as committed.
    pub state: State,
    /// Who is or was in; a batch in hand lies on top.
    pub roster: Roster,
    pub(super) recent: Recent,
    pub(super) used: u64,
}

impl Held {
    /// A group as it was loaded.
    pub(super) fn of(org: OrgId, loaded: Loaded) -> Result<Self, Fault> {
        let head = loaded.head;
        let state = match head.state_version {
            0 => State::default(),
            version => State::from_bytes(version, &head.state)
                .map_err(|error| Fault::Unreadable(error.to_string()))?,
        };
        Ok(Self {
            org,
            group: head.group,
            platform: loaded.platform,
            key: loaded.key,
            name: loaded.name,
            zone: Zone::named(&loaded.zone).unwrap_or_else(|_| Zone::utc()),
            fence: head.fence,
            next: head.next,
            state,
            roster: Roster::of(loaded.members.into_iter().map(member)),
            recent: Recent::default(),
            used: 0,
        })
    }

    /// People who are in the group now, as committed.
    pub fn members(&self) -> u32 {
        let present = self.roster.all_kept().filter(|member| member.is_in()).count();
        u32::try_from(present).unwrap_or(u32::MAX)
    }
}

/// A member as stored.
pub(crate) fn member(row: MemberRow) -> Member {
    Member {
        who: row.identity,
        name: row.name.into_boxed_str(),
        class: ActorClass::from_code(row.class).unwrap_or_default(),
        stay: row.n,
        joined: row.joined,
        left: row.left,
        via: row.via.into_boxed_str(),
        rules: row.rules,
        muted_until: row.muted_until,
        has_spoken: row.has_spoken,
    }
}

/// A member as it is to be stored.
pub(super) fn member_row(member: &Member) -> MemberRow {
    MemberRow {
        identity: member.who,
        n: member.stay,
        name: member.name.to_string(),
        class: member.class as u8,
        joined: member.joined,
        left: member.left,
        via: member.via.to_string(),
        rules: member.rules,
        muted_until: member.muted_until,
        has_spoken: member.has_spoken,
    }
}

/// The latest keys of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Recent {
    order: VecDeque<SourceKey>,
    places: FxHashMap<SourceKey, (Seq, IdentityId)>,
}

impl Recent {
    pub(super) fn get(&self, key: SourceKey) -> Option<(Seq, IdentityId)> {
        self.places.get(&key).copied()
    }

    pub(super) fn add(&mut self, key: SourceKey, place: (Seq, IdentityId)) {
        if self.places.insert(key, place).is_none() {
            self.order.push_back(key);
        }
        while self.order.len() > RECENT_MAX {
            if let Some(oldest) = self.order.pop_front() {
                self.places.remove(&oldest);
            }
        }
    }
}
