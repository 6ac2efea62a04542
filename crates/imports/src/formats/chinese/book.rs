//! The people of one file, announced once each, and who is meant in its system rows.

use crate::error::ImportError;
use crate::formats::chinese::{Names, Notice, People};
use crate::formats::telling::{Moment, Telling};
use domain::{ActorClass, Millis, PersonCard, PersonRef, WarningCode, What};
use rustc_hash::FxHashMap;

/// Everybody met so far in one file.
pub(crate) struct Book<'n> {
    platform: &'static str,
    names: &'n Names,
    /// Key of the exporter.
    own: String,
    known: FxHashMap<String, Known>,
}

struct Known {
    person: PersonRef,
    name: String,
    class: Option<ActorClass>,
}

impl<'n> Book<'n> {
    /// Nobody met yet. `names` come from a first pass; `own` is the exporter's key.
    pub(crate) fn new(platform: &'static str, names: &'n Names, own: &str) -> Self {
        Self { platform, names, own: own.to_owned(), known: FxHashMap::default() }
    }

    /// The name under which this person was last announced.
    pub(crate) fn name(&self, key: &str) -> Option<&str> {
        self.known.get(key).map(|known| known.name.as_str())
    }

    /// A person with a key; announced when new, or shown in a new way. An empty name changes
    /// nothing.
    pub(crate) fn person(
        &mut self,
        telling: &mut Telling<'_>,
        key: &str,
        name: &str,
        class: Option<ActorClass>,
    ) -> PersonRef {
        if let Some(known) = self.known.get(key)
            && (name.is_empty() || known.name == name)
            && (class.is_none() || known.class == class)
        {
            return known.person;
        }
        let earlier = self.known.get(key);
        let class = class.or(earlier.and_then(|known| known.class));
        let name = match (name, earlier) {
            ("", Some(known)) => known.name.clone(),
            ("", None) => key.to_owned(),
            (name, _) => name.to_owned(),
        };
        let card = PersonCard { platform: self.platform, key, name: &name, called: &[], class };
        let person = telling.sink.person(&card);
        self.known.insert(key.to_owned(), Known { person, name, class });
        person
    }

    /// The exporter.
    pub(crate) fn own(&mut self, telling: &mut Telling<'_>) -> PersonRef {
        let own = std::mem::take(&mut self.own);
        let name = if self.known.contains_key(&own) { "" } else { "我" };
        let person = self.person(telling, &own, name, None);
        self.own = own;
        person
    }

    /// Somebody that a row calls by name at that moment.
    fn named(&mut self, telling: &mut Telling<'_>, name: &str, moment: Moment) -> PersonRef {
        match self.names.who(name, moment.at) {
            Some(key) => {
                let shown = if self.known.contains_key(key) { "" } else { name };
                self.person(telling, key, shown, None)
            }
            None => self.person(telling, &format!("name:{name}"), name, None),
        }
    }

    /// Somebody called by name or key in a table: among the known where possible, else by that
    /// name.
    pub(crate) fn someone(&mut self, telling: &mut Telling<'_>, name: &str) -> PersonRef {
        let key = self.names.who(name, Millis::default()).unwrap_or(name);
        let shown = if self.known.contains_key(key) { "" } else { name };
        self.person(telling, key, shown, None)
    }

    fn all(
        &mut self,
        telling: &mut Telling<'_>,
        who: People<'_>,
        moment: Moment,
    ) -> Vec<PersonRef> {
        let (list, own) = match who {
            People::Nobody => ("", false),
            People::Own => ("", true),
            People::OwnAnd(list) => (list, true),
            People::Named(list) => (list, false),
        };
        let mut people: Vec<PersonRef> = own.then(|| self.own(telling)).into_iter().collect();
        let names = self.names.split(list);
        people.extend(names.into_iter().map(|name| self.named(telling, name, moment)));
        people
    }

    fn one(
        &mut self,
        telling: &mut Telling<'_>,
        who: People<'_>,
        moment: Moment,
    ) -> Option<PersonRef> {
        match who {
            People::Named(name) => Some(self.named(telling, name, moment)),
            who => self.all(telling, who, moment).first().copied(),
        }
    }

    /// Tells what a system row says.
    pub(crate) fn tell(
        &mut self,
        telling: &mut Telling<'_>,
        moment: Moment,
        notice: Notice<'_>,
    ) -> Result<(), ImportError> {
        match notice {
            Notice::Join { who, how, by } => {
                let by = self.one(telling, by, moment);
                let who = self.all(telling, who, moment);
                each(telling, moment, who, &What::Join { how, by })
            }
            Notice::Leave { who, how, by } => {
                let by = self.one(telling, by, moment);
                let who = self.all(telling, who, moment);
                each(telling, moment, who, &What::Leave { how, by })
            }
            Notice::Recall { by } => {
                let by = self.one(telling, by, moment);
                telling.tell(moment, by, What::Recall { of: None })
            }
            Notice::Rename { who, name } => {
                let who = self.one(telling, who, moment);
                telling.tell(moment, who, What::Rename { name })
            }
            Notice::Other { by, what } => {
                let by = self.one(telling, by, moment);
                telling.tell(moment, by, What::Service { what })
            }
        }
    }
}

fn each(
    telling: &mut Telling<'_>,
    moment: Moment,
    who: Vec<PersonRef>,
    what: &What<'_>,
) -> Result<(), ImportError> {
    if who.is_empty() {
        telling.warn(WarningCode::NamelessPeople, moment.line, "");
        return telling.tell(moment, None, what.clone());
    }
    for person in who {
        telling.tell(moment, Some(person), what.clone())?;
    }
    Ok(())
}
