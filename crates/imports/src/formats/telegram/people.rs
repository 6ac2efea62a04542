//! The people met in a file: accounts by id, others by name.

use crate::formats::telegram::PLATFORM;
use crate::formats::telegram::names::{Names, account_key};
use domain::{ActorClass, PersonCard, PersonRef, Sink};
use rustc_hash::FxHashMap;

/// Everybody announced so far.
pub(super) struct People<'n> {
    names: &'n Names,
    by_key: FxHashMap<String, Known>,
}

#[derive(Clone, Copy)]
struct Known {
    person: PersonRef,
    /// Met by a mention only: the name is what others wrote.
    by_mention: bool,
}

impl<'n> People<'n> {
    /// Nobody yet; `names` says whose name is whose.
    pub(super) fn new(names: &'n Names) -> Self {
        Self { names, by_key: FxHashMap::default() }
    }

    /// Who is meant by this id, this name, or both. Somebody without either is nobody.
    pub(super) fn of(
        &mut self,
        id: Option<&str>,
        name: Option<&str>,
        class: Option<ActorClass>,
        sink: &mut dyn Sink,
    ) -> Option<PersonRef> {
        if let Some(known) = id.and_then(|id| self.by_key.get(id))
            && !known.by_mention
        {
            return Some(known.person);
        }
        let key = match (id, name) {
            (Some(id), _) => account_key(id),
            (None, Some(name)) => match self.names.account(name) {
                Some(account) => account.to_owned(),
                None => format!("name:{name}"),
            },
            (None, None) => return None,
        };
        if let Some(known) = self.by_key.get(&key)
            && !known.by_mention
        {
            return Some(known.person);
        }
        let name = name.unwrap_or("Deleted Account");
        let card = PersonCard { platform: PLATFORM, key: &key, name, called: &[], class };
        let person = sink.person(&card);
        self.by_key.insert(key, Known { person, by_mention: false });
        Some(person)
    }

    /// Somebody whom a message calls by id, shown there under this name.
    pub(super) fn mentioned(&mut self, id: &str, name: &str, sink: &mut dyn Sink) -> PersonRef {
        let key = account_key(id);
        if let Some(known) = self.by_key.get(&key) {
            return known.person;
        }
        let card = PersonCard { platform: PLATFORM, key: &key, name, called: &[], class: None };
        let person = sink.person(&card);
        self.by_key.insert(key, Known { person, by_mention: true });
        person
    }
}
