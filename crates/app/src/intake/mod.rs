//! Intake of a reading: what importers tell becomes facts, words and people in the spool.
//!
//! Invariant: everything told about a wanted group is spooled once, in a form that carries no text
//! beside its words. Nothing is decided here.

mod mentions;
mod noticed;
mod people;

pub(crate) use mentions::is_called_to_all;
pub(crate) use noticed::Noticed;
pub use people::Roles;
pub(crate) use people::{GroupMet, Groups, People, is_called};

use crate::settle::ClaimSpans;
use crate::spool::{Row, Spool};
use crate::watch::Watch;
use domain::{
    ActorClass, Fact, FactKind, FeatureWord, GroupCard, GroupRef, IdentityId, Mention, Message,
    Millis, PersonCard, PersonRef, Place, Sink, SourceKey, Stop, Told, Warning, WarningCode, What,
};
use insights::{Spoken, features};
use std::io;
use xxhash_rust::xxh3::xxh3_64;

/// Later than "now" by more than this is worth a warning, in milliseconds.
const FUTURE_TOLERANCE_MS: i64 = Millis::DAY;

/// How much of the words is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keep {
    /// The first characters, for quoting in a report.
    Excerpt,
    /// Everything.
    Everything,
}

/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 120;

/// What a reading keeps of what it was told.
pub(crate) struct Intake<'a> {
    pub(crate) groups: Groups,
    pub(crate) people: People,
    pub(crate) spool: Spool,
    pub(crate) spans: ClaimSpans,
    pub(crate) noticed: Noticed,
    /// Why the spool could not take a row, after `Stop` was answered.
    pub(crate) spool_failed: Option<io::Error>,
    picked: &'a [String],
    roles: &'a Roles,
    keep: Keep,
    now: Millis,
    watch: &'a dyn Watch,
    claim: u32,
    has_ids: bool,
    place: Place,
    ordinal: u64,
    last_part: (u32, i64, u8, u32),
    /// Group, key and emoji of the last reaction by nobody, and how many of it came before.
    nameless: ((u32, i64, u32), u32),
}

impl<'a> Intake<'a> {
    /// An empty intake; `picked` names the wanted groups (all when empty).
    pub(crate) fn new(
        picked: &'a [String],
        roles: &'a Roles,
        keep: Keep,
        now: Millis,
        watch: &'a dyn Watch,
    ) -> Self {
        Self {
            groups: Groups::default(),
            people: People::default(),
            spool: Spool::new(),
            spans: ClaimSpans::default(),
            noticed: Noticed::default(),
            spool_failed: None,
            picked,
            roles,
            keep,
            now,
            watch,
            claim: 0,
            has_ids: false,
            place: Place::default(),
            ordinal: 0,
            last_part: (0, 0, 0, 0),
            nameless: ((0, 0, 0), 0),
        }
    }

    /// What follows comes from this claim of a format with or without ids.
    pub(crate) fn begin_claim(&mut self, claim: u32, has_ids: bool) {
        self.claim = claim;
        self.has_ids = has_ids;
    }

    fn class_of(&self, who: Option<PersonRef>) -> ActorClass {
        who.and_then(|who| self.people.list.get(who.0 as usize))
            .map_or(ActorClass::Member, |person| person.class)
    }

    /// Part of a row that tells several facts of one kind: counted while key and kind stay.
    fn part(&mut self, told: &Told<'_>, kind: FactKind) -> u32 {
        let within = match told.what {
            What::Reaction { emoji, .. } => {
                let person = told.who.and_then(|who| self.people.list.get(who.0 as usize));
                let first =
                    short_hash(&format!("{emoji} {}", person.map_or("", |person| &person.key)));
                if person.is_none() { self.nameless(told, first) } else { first }
            }
            _ => match (told.key, self.last_part) {
                (Some(key), (group, last, last_kind, part))
                    if (group, last, last_kind) == (told.group.0, key, kind as u8) =>
                {
                    part + 1
                }
                _ => 0,
            },
        };
        self.last_part = (told.group.0, told.key.unwrap_or(0), kind as u8, within);
        u32::from(kind as u8) << 24 | (within & 0x00ff_ffff)
    }

    /// Part of a reaction of which only the number is known: each of them stands for itself, and
    /// the same number told again is the same reactions.
    fn nameless(&mut self, told: &Told<'_>, first: u32) -> u32 {
        let of = (told.group.0, told.key.unwrap_or(0), first);
        let before = if self.nameless.0 == of { self.nameless.1 + 1 } else { 0 };
        self.nameless = (of, before);
        first.wrapping_add(before)
    }

    fn spoken(&self, platform: &str, who: Option<PersonRef>, message: &Message<'_>) -> Said {
        let author = who.map(|who| who.0);
        let mut said = Said::default();
        for mention in message.mentions {
            match mention {
                Mention::Everybody => said.everybody = true,
                Mention::Person(person) if Some(person.0) != author => {
                    said.called = said.called.or(Some(person.0));
                }
                Mention::Name(name) => {
                    let named = self.people.called(platform, name);
                    said.called = said.called.or(named.filter(|one| Some(*one) != author));
                    said.by_name = true;
                }
                Mention::Person(_) => {}
            }
        }
        if message.mentions.is_empty() && message.text.contains(['@', '＠']) {
            (said.called, said.everybody) =
                mentions::find(message.text, platform, author, &self.people);
        }
        (said.features, said.text_hash) = features(&Spoken {
            text: message.text,
            media: message.media,
            forwarded: message.forwarded,
            deleted: message.deleted,
            mentions: said.called.is_some() || said.by_name,
            mentions_all: said.everybody,
        });
        said
    }

    fn fact(&mut self, platform: &str, told: &Told<'_>) -> Fact {
        let mut fact = Fact {
            at: told.at,
            source: SourceKey::default(),
            kind: FactKind::Service,
            class: self.class_of(told.who),
            detail: 0,
            actor: identity(told.who),
            other: IdentityId::NOBODY,
            reply_to: None,
            features: FeatureWord::default(),
            text_hash: 0,
        };
        match &told.what {
            What::Message(message) => {
                let said = self.spoken(platform, told.who, message);
                fact.kind = FactKind::Message;
                fact.other = identity(said.called.map(PersonRef));
                fact.reply_to = message.reply_to;
                fact.features = said.features;
                fact.text_hash = said.text_hash;
            }
            What::Edit { of } => (fact.kind, fact.reply_to) = (FactKind::Edit, Some(*of)),
            What::Recall { of } => (fact.kind, fact.reply_to) = (FactKind::Recall, *of),
            What::Reaction { of, emoji } => {
                (fact.kind, fact.reply_to) = (FactKind::Reaction, Some(*of));
                fact.text_hash = xxh3_64(emoji.as_bytes());
            }
            What::Join { how, by } => {
                (fact.kind, fact.detail) = (FactKind::Join, *how as u8);
                fact.other = identity(*by);
            }
            What::Leave { how, by } => {
                (fact.kind, fact.detail) = (FactKind::Leave, *how as u8);
                fact.other = identity(*by);
            }
            What::Rename { .. } => fact.kind = FactKind::Rename,
            What::Service { what } => fact.detail = *what as u8,
        }
        let part = self.part(told, fact.kind);
        fact.source = SourceKey { key: told.key.unwrap_or(0), part };
        fact
    }
}

#[derive(Default)]
struct Said {
    called: Option<u32>,
    by_name: bool,
    everybody: bool,
    features: FeatureWord,
    text_hash: u64,
}

impl Sink for Intake<'_> {
    fn group(&mut self, card: &GroupCard) -> GroupRef {
        GroupRef(self.groups.meet(card, self.picked))
    }

    fn person(&mut self, card: &PersonCard<'_>) -> PersonRef {
        self.people.meet(card, self.roles)
    }

    fn tell(&mut self, told: &Told<'_>) -> Result<(), Stop> {
        if self.watch.cancelled() {
            return Err(Stop);
        }
        let Some(group) = self.groups.list.get_mut(told.group.0 as usize) else { return Ok(()) };
        if !group.wanted {
            return Ok(());
        }
        group.has_ids |= self.has_ids && told.key.is_some();
        let platform = group.platform;
        if told.at.since(self.now) > FUTURE_TOLERANCE_MS {
            self.warn(Warning {
                code: WarningCode::FutureTime,
                place: Place { file: self.place.file.clone(), line: told.line },
                what: told.at.0.to_string(),
            });
        }
        let fact = self.fact(platform, told);
        let words = match &told.what {
            What::Message(message) => self.kept(message.text),
            What::Rename { name } => name,
            _ => "",
        };
        self.ordinal += 1;
        self.spans.add(told.group.0, self.claim, told.at);
        let row = Row {
            group: told.group.0,
            claim: self.claim,
            ordinal: self.ordinal,
            fact,
            has_id: self.has_ids && told.key.is_some(),
        };
        self.spool.push(row, words).map_err(|error| {
            self.spool_failed = Some(error);
            Stop
        })
    }

    fn warn(&mut self, warning: Warning) {
        self.noticed.add(&warning);
    }

    fn file(&mut self, place: &Place) {
        self.place.clone_from(place);
        self.watch.file(&place.file);
    }

    fn consumed(&mut self, bytes: u64) {
        self.watch.read_bytes(bytes);
    }
}

impl Intake<'_> {
    fn kept<'t>(&self, text: &'t str) -> &'t str {
        match self.keep {
            Keep::Everything => text,
            Keep::Excerpt => {
                let end = text.char_indices().nth(EXCERPT_CHARS).map_or(text.len(), |(at, _)| at);
                text.get(..end).unwrap_or(text)
            }
        }
    }
}

fn identity(who: Option<PersonRef>) -> IdentityId {
    who.map_or(IdentityId::NOBODY, |who| IdentityId(who.0 + 1))
}

/// The lower 24 bits of a stable hash.
fn short_hash(text: &str) -> u32 {
    (xxh3_64(text.as_bytes()) & 0x00ff_ffff) as u32
}
