//! A receiver that keeps everything it is told, in words that are easy to compare.

use domain::{
    ActorClass, GroupCard, GroupRef, JoinManner, LeaveManner, Mention, Millis, PersonCard,
    PersonRef, Place, Sink, Stop, Told, Warning, What, Zone,
};
use imports::{Bundle, ColumnMap, ImportError, ReadOptions, detect};
use std::collections::HashMap;

/// Everything that an importer told.
#[derive(Default)]
pub(crate) struct Recorder {
    pub(crate) groups: Vec<GroupCard>,
    pub(crate) people: Vec<Person>,
    pub(crate) rows: Vec<Row>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) files: Vec<String>,
    pub(crate) consumed: u64,
    numbers: HashMap<String, usize>,
}

/// A person as last announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) class: Option<ActorClass>,
}

/// One happening with names instead of handles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) group: String,
    pub(crate) at: i64,
    pub(crate) key: Option<i64>,
    /// Key of the person.
    pub(crate) who: Option<String>,
    pub(crate) what: Event,
    pub(crate) line: u64,
}

/// What happened, owned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    /// Text, media, flags and mentions in one readable line: `text`, then ` [Image]`, ` re=7`,
    /// ` forwarded`, ` deleted`, ` @key` as they apply.
    Message(String),
    Edit(i64),
    Recall(Option<i64>),
    Reaction(i64, String),
    Join(JoinManner, Option<String>),
    Leave(LeaveManner, Option<String>),
    Rename(String),
    Service(domain::ServiceKind),
}

impl Recorder {
    fn key(&self, person: PersonRef) -> String {
        self.people[person.0 as usize].key.clone()
    }

    /// Messages with the keys of their senders.
    pub(crate) fn messages(&self) -> Vec<(&str, &str)> {
        self.rows
            .iter()
            .filter_map(|row| match &row.what {
                Event::Message(text) => Some((row.who.as_deref().unwrap_or(""), text.as_str())),
                _ => None,
            })
            .collect()
    }

    pub(crate) fn count(&self, wanted: impl Fn(&Event) -> bool) -> usize {
        self.rows.iter().filter(|row| wanted(&row.what)).count()
    }

    pub(crate) fn joins(&self) -> usize {
        self.count(|what| matches!(what, Event::Join(..)))
    }

    pub(crate) fn senders(&self) -> usize {
        let mut keys: Vec<&str> = self.messages().into_iter().map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.len()
    }

    /// Codes and lines of the warnings.
    pub(crate) fn warned(&self) -> Vec<(&'static str, u64)> {
        self.warnings.iter().map(|warning| (warning.code.code(), warning.place.line)).collect()
    }

    pub(crate) fn name_of(&self, key: &str) -> Option<&str> {
        self.people.iter().find(|person| person.key == key).map(|person| person.name.as_str())
    }
}

impl Sink for Recorder {
    fn group(&mut self, card: &GroupCard) -> GroupRef {
        let at = self.groups.iter().position(|known| known.key == card.key).unwrap_or_else(|| {
            self.groups.push(card.clone());
            self.groups.len() - 1
        });
        self.groups[at] = card.clone();
        GroupRef(u32::try_from(at).unwrap())
    }

    fn person(&mut self, card: &PersonCard<'_>) -> PersonRef {
        let person = Person { key: card.key.into(), name: card.name.into(), class: card.class };
        let next = self.people.len();
        let at = *self.numbers.entry(card.key.to_owned()).or_insert(next);
        if at == next {
            self.people.push(person);
        } else {
            self.people[at] = person;
        }
        PersonRef(u32::try_from(at).unwrap())
    }

    fn tell(&mut self, told: &Told<'_>) -> Result<(), Stop> {
        let by = |person: &Option<PersonRef>| person.map(|person| self.key(person));
        let what = match &told.what {
            What::Message(message) => {
                let mut line = message.text.to_owned();
                if message.media != domain::Media::None {
                    line += &format!(" [{:?}]", message.media);
                }
                if let Some(key) = message.reply_to {
                    line += &format!(" re={key}");
                }
                if message.forwarded {
                    line += " forwarded";
                }
                if message.deleted {
                    line += " deleted";
                }
                for mention in message.mentions {
                    line += &match mention {
                        Mention::Person(person) => format!(" @{}", self.key(*person)),
                        Mention::Name(name) => format!(" @name:{name}"),
                        Mention::Everybody => " @everybody".to_owned(),
                    };
                }
                Event::Message(line)
            }
            What::Edit { of } => Event::Edit(*of),
            What::Recall { of } => Event::Recall(*of),
            What::Reaction { of, emoji } => Event::Reaction(*of, (*emoji).to_owned()),
            What::Join { how, by: person } => Event::Join(*how, by(person)),
            What::Leave { how, by: person } => Event::Leave(*how, by(person)),
            What::Rename { name } => Event::Rename((*name).to_owned()),
            What::Service { what } => Event::Service(*what),
        };
        let group = self.groups[told.group.0 as usize].key.clone();
        let who = told.who.map(|person| self.key(person));
        let row = Row { group, at: told.at.0, key: told.key, who, what, line: told.line };
        self.rows.push(row);
        Ok(())
    }

    fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    fn file(&mut self, place: &Place) {
        self.files.push(place.file.clone());
    }

    fn consumed(&mut self, bytes: u64) {
        self.consumed += bytes;
    }
}

/// Reads with Asia/Shanghai as the exporter's zone, in 2030.
pub(crate) fn options() -> ReadOptions {
    ReadOptions {
        zone: Zone::named("Asia/Shanghai").unwrap(),
        now: Millis(1_893_456_000_000),
        partial: false,
        date_order: None,
        columns: ColumnMap::default(),
        group: None,
    }
}

/// Detects, checks that everything went to the format with this word, and reads.
pub(crate) fn read(
    word: &str,
    bundle: &Bundle,
    options: &ReadOptions,
) -> Result<Recorder, ImportError> {
    let detected = detect(bundle, None)?;
    let mut recorder = Recorder::default();
    for (format, claim) in &detected.claims {
        assert_eq!(format.word, word, "recognised as another format");
        (format.read)(bundle, claim, options, &mut recorder)?;
    }
    Ok(recorder)
}

/// Like [`read`], with what was told before an error, and with the format forced.
pub(crate) fn attempt(
    word: &str,
    bundle: &Bundle,
    options: &ReadOptions,
) -> (Recorder, Result<(), ImportError>) {
    let mut recorder = Recorder::default();
    let result = detect(bundle, Some(word)).and_then(|detected| {
        detected
            .claims
            .iter()
            .try_for_each(|(format, claim)| (format.read)(bundle, claim, options, &mut recorder))
    });
    (recorder, result)
}

/// Reads a single file of this name and content.
pub(crate) fn read_file(word: &str, name: &str, bytes: &[u8]) -> Result<Recorder, ImportError> {
    read(word, &Bundle::of(&[(name, bytes)]), &options())
}

/// A sample of `shared/data/chat`, opened; says so when there is none.
pub(crate) fn sample(path: &str) -> Option<Bundle> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/chat");
    let path = std::path::Path::new(root).join(path);
    if !path.exists() {
        eprintln!("SKIPPED: the real sample {} is not there", path.display());
        return None;
    }
    Some(Bundle::open(&[path], imports::Limits::default()).unwrap())
}
