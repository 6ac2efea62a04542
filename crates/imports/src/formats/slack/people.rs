//! The list of users, and the people met in the rows.
//!
//! Invariant: a program that posts under a person's account never makes that person a program.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::json::{Loose, Records, finish, open_json};
use crate::formats::slack::PLATFORM;
use domain::{ActorClass, PersonCard, PersonRef, Place, Sink, Warning, WarningCode};
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The id under which Slack itself speaks.
const SLACKBOT: &str = "USLACKBOT";

#[derive(Deserialize)]
struct UserRecord<'a> {
    #[serde(borrow)]
    id: Loose<'a>,
    name: Option<Loose<'a>>,
    real_name: Option<Loose<'a>>,
    #[serde(default)]
    is_bot: Option<bool>,
    is_admin: Option<bool>,
    is_owner: Option<bool>,
    is_primary_owner: Option<bool>,
    profile: Option<Profile<'a>>,
}

/// The names in a profile, as users' records and newer rows carry them.
#[derive(Deserialize, Default)]
pub(super) struct Profile<'a> {
    #[serde(borrow)]
    name: Option<Loose<'a>>,
    display_name: Option<Loose<'a>>,
    real_name: Option<Loose<'a>>,
}

impl Profile<'_> {
    /// The name that Slack shows.
    pub(super) fn shown(&self) -> Option<&str> {
        first_filled([&self.display_name, &self.real_name, &self.name])
    }
}

struct User {
    name: String,
    handle: String,
    real_name: String,
    class: Option<ActorClass>,
    met: Option<PersonRef>,
}

/// Everybody listed, and everybody met.
#[derive(Default)]
pub(super) struct People {
    users: FxHashMap<String, User>,
    bots: FxHashMap<String, PersonRef>,
}

impl People {
    /// Reads `users.json`.
    pub(super) fn read(&mut self, list: &Entry, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut cursor = open_json(list)?;
        Records::of(list).each(&mut cursor, sink, |sink, number, bytes| {
            let mut spare = String::new();
            let record = Records::read(list, number, bytes, &mut spare, sink);
            if let Some(record) = record {
                self.keep(&record);
            }
            Ok(())
        })?;
        finish(&mut cursor, list, sink)
    }

    fn keep(&mut self, record: &UserRecord<'_>) {
        let id = record.id.as_str();
        let profile = record.profile.as_ref();
        let shown = profile.and_then(|profile| first_filled([&profile.display_name]));
        let real = first_filled([&record.real_name])
            .or_else(|| profile.and_then(|profile| first_filled([&profile.real_name])));
        let handle = first_filled([&record.name]).unwrap_or(id);
        let keeper = [record.is_admin, record.is_owner, record.is_primary_owner];
        let class = if record.is_bot == Some(true) || id == SLACKBOT {
            Some(ActorClass::Bot)
        } else if keeper.contains(&Some(true)) {
            Some(ActorClass::Staff)
        } else {
            None
        };
        let user = User {
            name: shown.or(real).unwrap_or(handle).to_owned(),
            handle: handle.to_owned(),
            real_name: real.unwrap_or_default().to_owned(),
            class,
            met: None,
        };
        self.users.insert(id.to_owned(), user);
    }

    /// The name after an `@` for this id, when it is known.
    pub(super) fn handle(&self, id: &str) -> Option<&str> {
        self.users.get(id).map(|user| user.handle.as_str())
    }

    /// The person with this id. One who is missing in the list is kept under the bare id, under
    /// the name that the row gives, and is warned of once.
    pub(super) fn person(
        &mut self,
        id: &str,
        named: Option<&str>,
        place: impl FnOnce() -> Place,
        sink: &mut dyn Sink,
    ) -> PersonRef {
        if !self.users.contains_key(id) {
            // Slack's own voice stands in no list.
            let own_voice = id == SLACKBOT;
            if !own_voice {
                let place = place();
                sink.warn(Warning { code: WarningCode::UnknownPerson, place, what: id.to_owned() });
            }
            let named = named.or(own_voice.then_some("Slackbot"));
            let name = named.unwrap_or(id).to_owned();
            let (handle, real_name) = (name.clone(), String::new());
            let class = own_voice.then_some(ActorClass::Bot);
            self.users.insert(id.to_owned(), User { name, handle, real_name, class, met: None });
        }
        let Some(user) = self.users.get_mut(id) else { return PersonRef(u32::MAX) };
        *user.met.get_or_insert_with(|| {
            let mut called = vec![user.handle.as_str()];
            if !user.real_name.is_empty() && user.real_name != user.name {
                called.push(&user.real_name);
            }
            let (name, class) = (user.name.as_str(), user.class);
            sink.person(&PersonCard { platform: PLATFORM, key: id, name, called: &called, class })
        })
    }

    /// The program that wrote a row: its own user record where the list has one, else its bot id.
    pub(super) fn bot(
        &mut self,
        user: Option<&str>,
        bot_id: &str,
        named: Option<&str>,
        sink: &mut dyn Sink,
    ) -> PersonRef {
        let listed = user.filter(|id| {
            self.users.get(*id).is_some_and(|user| user.class == Some(ActorClass::Bot))
        });
        if let Some(id) = listed {
            return self.person(id, None, Place::default, sink);
        }
        if let Some(&person) = self.bots.get(bot_id) {
            return person;
        }
        let person = sink.person(&PersonCard {
            platform: PLATFORM,
            key: bot_id,
            name: named.unwrap_or(bot_id),
            called: &[],
            class: Some(ActorClass::Bot),
        });
        self.bots.insert(bot_id.to_owned(), person);
        person
    }
}

/// The first of these names that is there and not empty.
fn first_filled<'n, const N: usize>(names: [&'n Option<Loose<'_>>; N]) -> Option<&'n str> {
    names.into_iter().flatten().map(Loose::as_str).find(|name| !name.trim().is_empty())
}
