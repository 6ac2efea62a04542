//! One row: a message of somebody, or a sentence of WhatsApp about people and the group.

use crate::error::ImportError;
use crate::formats::lines::piece;
use crate::formats::whatsapp::body::{Body, MARK, body};
use crate::formats::whatsapp::header::is_mark;
use crate::formats::whatsapp::mentions::{Called, called};
use crate::formats::whatsapp::people::People;
use crate::formats::whatsapp::wording::{self, Row, Sentence, plain, sentence};
use domain::{
    GroupCard, GroupRef, JoinManner, LeaveManner, Mention, Message, Millis, PersonRef, Place,
    ServiceKind, Sink, Told, Warning, WarningCode, What,
};
use memchr::{memchr3, memmem::Finder};
use std::sync::LazyLock;

/// Sentences of WhatsApp are shorter than this many bytes, lists of people included.
const SENTENCE_BYTES_MAX: usize = 4_000;

static COLON: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(": "));

/// Label and text of a row; no label when WhatsApp wrote it without one.
pub(super) fn split(rest: &str) -> (Option<&str>, &str) {
    match COLON.find(rest.as_bytes()) {
        Some(at) => (rest.get(..at), rest.get(at + 2..).unwrap_or_default()),
        None => match rest.trim_end().strip_suffix(':') {
            Some(label) if !label.is_empty() => (Some(label), ""),
            _ => (None, rest),
        },
    }
}

/// Where and when a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct At {
    pub(super) at: Millis,
    pub(super) line: u64,
}

/// Tells rows of one export.
pub(super) struct Rows<'s> {
    pub(super) sink: &'s mut dyn Sink,
    pub(super) file: String,
    pub(super) ios: bool,
    pub(super) unlabelled: bool,
    pub(super) card: GroupCard,
    pub(super) group: GroupRef,
    pub(super) founded: bool,
    pub(super) people: People,
}

impl Rows<'_> {
    /// Tells one row: what followed the header, continuation lines included.
    pub(super) fn row(&mut self, at: At, rest: &str) -> Result<(), ImportError> {
        let (first, _) = rest.split_once('\n').unwrap_or((rest, ""));
        let (label, _) = split(first);
        let Some(label) = label else {
            return self.system(at, rest, None);
        };
        let text = rest.get(label.len() + 1..).unwrap_or_default();
        let text = text.strip_prefix(' ').unwrap_or(text);
        if self.ios && text.starts_with(MARK) {
            let said = body(text, true);
            let typed = self.unlabelled && sentence(&plain(text)).is_none();
            if !said.placeholder && !typed {
                return self.system(at, text, Some(label));
            }
            return self.message(at, label, &said);
        }
        if !self.ios && self.is_sentence(first, text) {
            return self.system(at, rest, None);
        }
        self.message(at, label, &body(text, self.ios))
    }

    /// Android: a row with a colon that is a sentence all the same, because the colon stands in a
    /// quoted name, or that says who deleted a message.
    fn is_sentence(&self, first: &str, text: &str) -> bool {
        debug_assert!(!self.ios);
        if text.starts_with("This message was deleted by admin ")
            || text == "You deleted this message as admin"
        {
            return true;
        }
        if !first.ends_with(['"', '”', '“', '»', '」']) || first.len() > SENTENCE_BYTES_MAX {
            return false;
        }
        let whole = plain(first);
        let colon = whole.find(": ").unwrap_or(0);
        let quote = whole.find('"').unwrap_or(usize::MAX);
        quote < colon
            && sentence(&whole)
                .is_some_and(|found| matches!(found.row, Row::GroupName | Row::Founded))
    }

    fn message(&mut self, at: At, label: &str, said: &Body<'_>) -> Result<(), ImportError> {
        let who = self.people.of_label(label, self.sink);
        let calls = called(said.text, &self.people);
        let mentions: Vec<Mention<'_>> = calls
            .iter()
            .map(|call| match call {
                Called::Person(person) => Mention::Person(*person),
                Called::Name(name) => Mention::Name(name),
            })
            .collect();
        let cleaned;
        // No mark begins with another byte.
        let marked = memchr3(0xd8, 0xe2, 0xef, said.text.as_bytes()).is_some();
        let text = if marked && said.text.contains(is_mark) {
            cleaned = said.text.replace(is_mark, "");
            cleaned.trim()
        } else {
            said.text
        };
        let message = Message {
            text,
            media: said.media,
            mentions: &mentions,
            deleted: said.deleted,
            ..Message::default()
        };
        self.tell(at, Some(who), What::Message(message))
    }

    fn tell(&mut self, at: At, who: Option<PersonRef>, what: What<'_>) -> Result<(), ImportError> {
        let told = Told { group: self.group, at: at.at, key: None, who, what, line: at.line };
        Ok(self.sink.tell(&told)?)
    }

    fn system(&mut self, at: At, text: &str, label: Option<&str>) -> Result<(), ImportError> {
        let whole = if text.len() > SENTENCE_BYTES_MAX { String::new() } else { plain(text) };
        if let Some(found) = sentence(&whole) {
            return self.sentence(at, &found, label, text);
        }
        let who = label.map(|label| self.people.of_label(label, self.sink));
        self.warn(WarningCode::UnknownKind, at.line, piece(text));
        self.tell(at, who, What::Service { what: ServiceKind::Other })
    }

    fn warn(&mut self, code: WarningCode, line: u64, what: String) {
        self.sink.warn(Warning { code, place: Place { file: self.file.clone(), line }, what });
    }

    fn sentence(
        &mut self,
        at: At,
        found: &Sentence<'_>,
        label: Option<&str>,
        text: &str,
    ) -> Result<(), ImportError> {
        match found.row {
            Row::JoinedByLink => self.join(at, found.actor, JoinManner::Link, found),
            Row::JoinedFromCommunity => self.join(at, found.actor, JoinManner::Community, found),
            Row::Approved => self.join(at, found.actor, JoinManner::Approved, found),
            Row::Joined => self.join(at, found.actor, JoinManner::Unknown, found),
            Row::Added | Row::WasAdded => self.join(at, found.target, JoinManner::Invited, found),
            Row::Left => self.leave(at, found.actor, LeaveManner::Left, found),
            Row::Removed | Row::WasRemoved => {
                self.leave(at, found.target, LeaveManner::Removed, found)
            }
            Row::Founded => {
                if self.founded && self.card.founded.is_none() {
                    self.card.founded = Some(at.at);
                    self.group = self.sink.group(&self.card);
                }
                self.service(at, ServiceKind::Founded, found, label)
            }
            Row::GroupName => self.service(at, ServiceKind::GroupName, found, label),
            Row::Note(kind) => self.service(at, kind, found, label),
            Row::Shared(media) => {
                let Some(label) = label else {
                    return self.service(at, ServiceKind::Other, found, label);
                };
                let said = Body { text, media, ..Body::default() };
                self.message(at, label, &said)
            }
        }
    }

    fn service(
        &mut self,
        at: At,
        what: ServiceKind,
        found: &Sentence<'_>,
        label: Option<&str>,
    ) -> Result<(), ImportError> {
        let named = found.actor.filter(|_| matches!(found.row, Row::Founded | Row::GroupName));
        let who = match (named, label) {
            (Some(actor), _) => Some(self.people.named(actor, found.language, self.sink)),
            (None, Some(label)) if !self.is_group(label) => {
                Some(self.people.of_label(label, self.sink))
            }
            _ => None,
        };
        self.tell(at, who, What::Service { what })
    }

    fn is_group(&self, label: &str) -> bool {
        crate::formats::whatsapp::label::name(label) == self.card.name
    }

    fn join(
        &mut self,
        at: At,
        whom: Option<&str>,
        how: JoinManner,
        found: &Sentence<'_>,
    ) -> Result<(), ImportError> {
        let by = match found.row {
            Row::Added => Some(self.actor(found)),
            _ => None,
        };
        self.each(at, whom, found, &What::Join { how, by })
    }

    fn leave(
        &mut self,
        at: At,
        whom: Option<&str>,
        how: LeaveManner,
        found: &Sentence<'_>,
    ) -> Result<(), ImportError> {
        let by = match found.row {
            Row::Removed => Some(self.actor(found)),
            _ => None,
        };
        self.each(at, whom, found, &What::Leave { how, by })
    }

    fn actor(&mut self, found: &Sentence<'_>) -> PersonRef {
        match found.actor {
            Some(name) => self.people.named(name, found.language, self.sink),
            None => self.people.exporter(found.language, self.sink),
        }
    }

    /// Tells the same of everybody in a list; the exporter when there is no list.
    fn each(
        &mut self,
        at: At,
        list: Option<&str>,
        found: &Sentence<'_>,
        what: &What<'_>,
    ) -> Result<(), ImportError> {
        let Some(list) = list else {
            let who = self.people.exporter(found.language, self.sink);
            return self.tell(at, Some(who), what.clone());
        };
        let (names, nameless) = if self.people.knows(list) {
            (vec![list], 0)
        } else {
            wording::people(list, found.language)
        };
        for name in names {
            let who = self.people.named(name, found.language, self.sink);
            self.tell(at, Some(who), what.clone())?;
        }
        if nameless > 0 {
            self.warn(WarningCode::NamelessPeople, at.line, nameless.to_string());
        }
        for _ in 0..nameless {
            self.tell(at, None, what.clone())?;
        }
        Ok(())
    }
}
