//! Who is or was in a group.

use std::cmp::Reverse;

use domain::{Actor, ActorClass, GroupId, May, Millis};
use store::StayRow;

use crate::console::groups::matching::Needle;
use crate::console::{Console, Denied, allowed, within};

/// Somebody is a newcomer for so long after coming in.
const NEW_MS: i64 = 7 * Millis::DAY;

/// Which members are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeopleShown {
    /// Who is in.
    #[default]
    In,
    /// Who came in within 7 days.
    New,
    /// Who is in and never wrote.
    Silent,
    /// Who is silenced now.
    Muted,
    /// Who runs it: staff, hosts, bots (R02).
    Keepers,
    /// Who left.
    Left,
}

impl PeopleShown {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::In, Self::New, Self::Silent, Self::Muted, Self::Keepers, Self::Left];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::New => "new",
            Self::Silent => "silent",
            Self::Muted => "muted",
            Self::Keepers => "keepers",
            Self::Left => "left",
        }
    }

    /// The one with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Which members are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleWanted {
    /// Part of the name, pinyin or initials.
    pub text: String,
    /// Which.
    pub shown: PeopleShown,
}

/// Members of a group that are wanted, and how many there are of each sort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stayed {
    /// The latest to come, or to leave, first.
    pub people: Vec<StayRow>,
    /// In the order of [`PeopleShown::ALL`].
    pub counts: [usize; 6],
}

impl Console {
    /// Members of a group that are wanted.
    pub async fn group_people(
        &self,
        actor: &Actor,
        (group, live): (GroupId, bool),
        wanted: &PeopleWanted,
    ) -> Result<Stayed, Denied> {
        allowed(actor, May::Look)?;
        within(actor, group)?;
        let all = self.store().last_stays(actor.org, group, live).await?;
        Ok(picked(all, wanted, self.now()))
    }
}

fn picked(all: Vec<StayRow>, wanted: &PeopleWanted, now: Millis) -> Stayed {
    let counts =
        PeopleShown::ALL.map(|shown| all.iter().filter(|stay| is_of(stay, shown, now)).count());
    let needle = Needle::new(&wanted.text);
    let mut people = all;
    people.retain(|stay| is_of(stay, wanted.shown, now) && needle.is_in(&stay.name));
    people.sort_by_key(|stay| (Reverse(stay.left), Reverse(stay.joined), stay.identity));
    Stayed { people, counts }
}

fn is_of(stay: &StayRow, shown: PeopleShown, now: Millis) -> bool {
    let inside = stay.left.is_none();
    match shown {
        PeopleShown::In => inside,
        PeopleShown::New => inside && stay.joined.is_some_and(|at| now.since(at) < NEW_MS),
        PeopleShown::Silent => {
            inside && stay.has_spoken == Some(false) && stay.class == ActorClass::Member as u8
        }
        PeopleShown::Muted => inside && stay.muted_until.is_some_and(|until| until > now),
        PeopleShown::Keepers => inside && stay.class != ActorClass::Member as u8,
        PeopleShown::Left => !inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::IdentityId;

    fn stay(identity: u32, name: &str) -> StayRow {
        StayRow {
            identity: IdentityId(identity),
            name: name.to_owned(),
            class: ActorClass::Member as u8,
            stays: 1,
            joined: Some(Millis(0)),
            left: None,
            how: None,
            via: String::new(),
            muted_until: None,
            has_spoken: Some(true),
        }
    }

    #[test]
    fn people_are_sorted_into_those_who_are_new_silent_muted_keepers_and_gone() {
        let now = Millis(30 * Millis::DAY);
        let all = vec![
            stay(1, "小林"),
            StayRow { joined: Some(now), ..stay(2, "Ann") },
            StayRow { has_spoken: Some(false), ..stay(3, "阿杰") },
            StayRow { muted_until: Some(Millis(now.0 + 1)), ..stay(4, "Bob") },
            StayRow {
                class: ActorClass::Staff as u8, has_spoken: Some(false), ..stay(5, "客服")
            },
            StayRow { left: Some(now), has_spoken: None, ..stay(6, "走了") },
        ];
        let of = |shown| {
            let wanted = PeopleWanted { text: String::new(), shown };
            let people = picked(all.clone(), &wanted, now).people;
            people.iter().map(|stay| stay.identity.0).collect::<Vec<_>>()
        };
        assert_eq!(of(PeopleShown::In), [2, 1, 3, 4, 5]);
        assert_eq!(of(PeopleShown::New), [2]);
        assert_eq!(of(PeopleShown::Silent), [3]);
        assert_eq!(of(PeopleShown::Muted), [4]);
        assert_eq!(of(PeopleShown::Keepers), [5]);
        assert_eq!(of(PeopleShown::Left), [6]);
        let wanted = PeopleWanted { text: "xl".into(), ..PeopleWanted::default() };
        let found = picked(all, &wanted, now);
        assert_eq!(found.people.len(), 1);
        assert_eq!(found.counts, [5, 1, 1, 1, 1, 1]);
    }
}
