//! Groups and people as a reading meets them, and the names by which an `@` calls them.

use domain::{ActorClass, Evidence, GroupCard, Millis, PersonCard, PersonRef};
use rustc_hash::FxHashMap;

/// A group met in a reading.
#[derive(Clone, Debug)]
pub(crate) struct GroupMet {
    /// Platform word.
    pub(crate) platform: &'static str,
    /// Key on the platform.
    pub(crate) key: String,
    /// Name to show.
    pub(crate) name: String,
    /// What its sources show.
    pub(crate) evidence: Evidence,
    /// Founding, when it was read.
    pub(crate) founded: Option<Millis>,
    /// It was picked (`--group`), or nothing was picked.
    pub(crate) wanted: bool,
    /// Its rows carry the platform's ids.
    pub(crate) has_ids: bool,
}

impl GroupMet {
    /// Whether this name or key means the group: whatever the case, with or without `#`, the
    /// whole name or what stands after the last " / " of it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        is_called(name, &self.name, &self.key)
    }
}

/// [`GroupMet::is_called`] for a name and key.
pub(crate) fn is_called(asked: &str, name: &str, key: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().trim_start_matches('#').to_owned();
    let (asked, name) = (plain(asked), plain(name));
    name == asked
        || key.to_lowercase() == asked
        || name.rsplit(" / ").next().is_some_and(|last| plain(last) == asked)
}

/// A person met in a reading.
#[derive(Clone, Debug)]
pub(crate) struct PersonMet {
    /// Platform word.
    pub(crate) platform: &'static str,
    /// Key on the platform.
    pub(crate) key: String,
    /// Name to show.
    pub(crate) name: String,
    /// Role.
    pub(crate) class: ActorClass,
    /// The role was given by a list: marks in the export do not change it.
    listed: bool,
}

/// Who is named as staff, host or bot by the person who reads (`--staff` …): names or keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    /// Staff.
    pub staff: Vec<String>,
    /// Declared hosts.
    pub hosts: Vec<String>,
    /// Programs.
    pub bots: Vec<String>,
}

impl Roles {
    /// The role that the lists give to a person, by name or key, whatever the case.
    pub fn class_of(&self, card: &PersonCard<'_>) -> Option<ActorClass> {
        let listed = |list: &[String]| {
            list.iter().any(|entry| {
                let entry = entry.to_lowercase();
                entry == card.name.to_lowercase()
                    || entry == card.key.to_lowercase()
                    || card.called.iter().any(|name| name.to_lowercase() == entry)
            })
        };
        if listed(&self.bots) {
            Some(ActorClass::Bot)
        } else if listed(&self.hosts) {
            Some(ActorClass::Host)
        } else {
            listed(&self.staff).then_some(ActorClass::Staff)
        }
    }
}

/// All groups of a reading.
#[derive(Default)]
pub(crate) struct Groups {
    pub(crate) list: Vec<GroupMet>,
    by_key: FxHashMap<(&'static str, String), u32>,
}

impl Groups {
    /// The number of the group with this card; its evidence and founding are joined.
    pub(crate) fn meet(&mut self, card: &GroupCard, picked: &[String]) -> u32 {
        let key = (card.platform, card.key.clone());
        let number = *self.by_key.entry(key).or_insert_with(|| {
            self.list.push(GroupMet {
                platform: card.platform,
                key: card.key.clone(),
                name: card.name.clone(),
                evidence: card.evidence,
                founded: card.founded,
                wanted: picked.is_empty()
                    || picked.iter().any(|asked| is_called(asked, &card.name, &card.key)),
                has_ids: false,
            });
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        });
        if let Some(group) = self.list.get_mut(number as usize) {
            group.evidence = group.evidence.and(card.evidence);
            group.founded = group.founded.or(card.founded);
            group.name.clone_from(&card.name);
        }
        number
    }
}

/// All people of a reading. Person number n is identity n + 1 of the reading.
#[derive(Default)]
pub(crate) struct People {
    pub(crate) list: Vec<PersonMet>,
    by_key: FxHashMap<&'static str, FxHashMap<String, u32>>,
    by_name: FxHashMap<&'static str, FxHashMap<String, Called>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Called {
    One(u32),
    Several,
}

impl People {
    /// The number of the person with this card; name and role are the latest told.
    pub(crate) fn meet(&mut self, card: &PersonCard<'_>, roles: &Roles) -> PersonRef {
        let keys = self.by_key.entry(card.platform).or_default();
        let known = keys.get(card.key).copied();
        let number = known.unwrap_or_else(|| u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        if known.is_none() {
            keys.insert(card.key.to_owned(), number);
            self.list.push(PersonMet {
                platform: card.platform,
                key: card.key.to_owned(),
                name: String::new(),
                class: ActorClass::Member,
                listed: false,
            });
        }
        let Some(person) = self.list.get_mut(number as usize) else { return PersonRef(number) };
        if known.is_none() || person.name != card.name {
            card.name.clone_into(&mut person.name);
            if let Some(class) = roles.class_of(card) {
                (person.class, person.listed) = (class, true);
            }
            Self::learn_names(self.by_name.entry(card.platform).or_default(), card, number);
        }
        if let Some(class) = card.class.filter(|_| !person.listed) {
            person.class = class;
        }
        PersonRef(number)
    }

    /// The only person of a platform whom this name calls.
    pub(crate) fn called(&self, platform: &str, name: &str) -> Option<u32> {
        match self.by_name.get(platform)?.get(&spoken(name))? {
            Called::One(number) => Some(*number),
            Called::Several => None,
        }
    }

    fn learn_names(names: &mut FxHashMap<String, Called>, card: &PersonCard<'_>, number: u32) {
        for name in card.called.iter().chain([&card.name]) {
            let called = names.entry(spoken(name)).or_insert(Called::One(number));
            if *called != Called::One(number) {
                *called = Called::Several;
            }
        }
    }
}

/// How a name is compared when it is called: trimmed, lower case.
fn spoken(name: &str) -> String {
    name.trim().to_lowercase()
}
