//! The second reading: the messages of each group, told.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ReadOptions;
use crate::formats::json::{Cursor, Loose, Records, Shape, cut, seconds};
use crate::formats::telegram::PLATFORM;
use crate::formats::telegram::outline::{ChatHead, Heads, Outline};
use crate::formats::telegram::people::People;
use crate::formats::telegram::record::{Called, Reaction, Record};
use crate::formats::telegram::service;
use crate::formats::telegram::walk::{Stopped, Visit};
use domain::{
    ActorClass, GroupCard, GroupRef, Mention, Message, Millis, PersonRef, ServiceKind, Sink, Told,
    Warning, WarningCode, What,
};
use std::io::Read;

/// Anonymous reactions that are believed of one emoji; more is a broken count.
const NAMELESS_MAX: u64 = 100_000;

/// Characters of `2024-01-05T17:07:03`.
const DATE_LENGTH: usize = 19;

/// All that the second reading needs.
pub(super) struct Telling<'r> {
    pub(super) entry: &'r Entry,
    pub(super) options: &'r ReadOptions,
    pub(super) outline: &'r Outline,
    pub(super) heads: Heads,
    pub(super) people: People<'r>,
    pub(super) records: Records<'r>,
    pub(super) sink: &'r mut dyn Sink,
}

impl<R: Read> Visit<R> for Telling<'_> {
    fn head(&mut self, chat: usize, key: &str, value: &str) {
        self.heads.note(chat, key, value);
    }

    fn messages(&mut self, chat: usize, cursor: &mut Cursor<R>) -> Result<(), Stopped> {
        let head = self.heads.chat(chat);
        if head.kind.is_empty() || head.id.is_empty() {
            // Telegram writes the head first; who sorted the file otherwise gets it looked up.
            *head = Heads::of(self.entry)?.0.remove(&chat).unwrap_or_default();
        }
        let head = &head.clone();
        if !head.is_group() {
            return Ok(cursor.skip()?);
        }
        let card = card(head, self.outline, self.entry, self.options);
        let group = self.sink.group(&card);
        let mut chat = Chat {
            head,
            card,
            group,
            entry: self.entry,
            options: self.options,
            people: &mut self.people,
            last: None,
        };
        Ok(self.records.each_read::<Messages, R>(cursor, self.sink, |sink, number, record| {
            chat.record(&record, number, sink)
        })?)
    }
}

struct Messages;

impl Shape for Messages {
    type Record<'a> = Record<'a>;
}

fn card(head: &ChatHead, outline: &Outline, entry: &Entry, options: &ReadOptions) -> GroupCard {
    let given = || options.group.clone().unwrap_or_else(|| entry.path().to_owned());
    let name = if head.name.is_empty() { given() } else { head.name.clone() };
    let key = if head.id.is_empty() { name.clone() } else { head.id.clone() };
    GroupCard { platform: PLATFORM, key, name, evidence: outline.evidence(head), founded: None }
}

/// One group on its way to the sink.
pub(super) struct Chat<'c, 'r> {
    pub(super) head: &'c ChatHead,
    pub(super) card: GroupCard,
    group: GroupRef,
    entry: &'r Entry,
    options: &'r ReadOptions,
    people: &'c mut People<'r>,
    last: Option<Millis>,
}

/// Where and when a row stands.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) key: i64,
    pub(super) at: Millis,
    pub(super) line: u64,
}

impl Chat<'_, '_> {
    fn record(
        &mut self,
        record: &Record<'_>,
        line: u64,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let kind = record.kind.as_ref().map_or("", Loose::as_str);
        if kind == "unsupported" {
            self.warn(WarningCode::UnknownKind, line, kind, sink);
            return Ok(());
        }
        let date = record.date.as_ref().map_or("", Loose::as_str);
        let Some(at) = self.moment(record.date_unixtime.as_ref(), date) else {
            self.warn(WarningCode::UnreadableTime, line, date, sink);
            return Ok(());
        };
        self.last = Some(at);
        let Some(key) = record.id else {
            self.warn(WarningCode::UnreadableRow, line, "a record without id", sink);
            return Ok(());
        };
        let spot = Spot { key, at, line };
        match kind {
            "message" => self.message(record, spot, sink),
            "service" => service::tell(self, record, spot, sink),
            other => {
                self.warn(WarningCode::UnknownKind, line, other, sink);
                self.tell(spot, None, What::Service { what: ServiceKind::Other }, sink)
            }
        }
    }

    fn message(
        &mut self,
        record: &Record<'_>,
        spot: Spot,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let who = self.person(record.from_id.as_ref(), record.from.as_ref(), sink);
        let mentions: Vec<Mention<'_>> = record
            .text
            .called
            .iter()
            .map(|called| match called {
                Called::Name(name) => Mention::Name(name),
                Called::Account(id, name) => Mention::Person(self.people.mentioned(id, name, sink)),
            })
            .collect();
        let message = Message {
            text: &record.text.words,
            media: record.media(),
            reply_to: record.reply_to_message_id.filter(|_| !record.reply_to_peer_id),
            mentions: &mentions,
            forwarded: record.forwarded_from,
            deleted: false,
        };
        self.tell(spot, who, What::Message(message), sink)?;
        let edited = record.edited.as_ref().map(Loose::as_str);
        // Very old versions date unedited messages back to 1970.
        let edited = edited.filter(|date| !date.starts_with("1970"));
        if record.edited_unixtime.is_some() || edited.is_some() {
            let at = self.moment(record.edited_unixtime.as_ref(), edited.unwrap_or_default());
            let later = Spot { at: at.unwrap_or(spot.at), ..spot };
            self.tell(later, who, What::Edit { of: spot.key }, sink)?;
        }
        for reaction in record.reactions.iter().flatten() {
            self.reaction(reaction, spot, sink)?;
        }
        Ok(())
    }

    fn reaction(
        &mut self,
        reaction: &Reaction<'_>,
        spot: Spot,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let emoji = reaction.emoji.as_ref().or(reaction.document_id.as_ref());
        let emoji = emoji.or(reaction.kind.as_ref()).map_or("", Loose::as_str);
        let what = What::Reaction { of: spot.key, emoji };
        let recent = reaction.recent.as_deref().unwrap_or_default();
        for one in recent {
            let who = self.person(one.from_id.as_ref(), one.from.as_ref(), sink);
            let date = one.date.as_ref().map_or("", Loose::as_str);
            let at = self.moment(None, date).unwrap_or(spot.at);
            self.tell(Spot { at, ..spot }, who, what.clone(), sink)?;
        }
        let nameless = reaction.count.saturating_sub(recent.len() as u64);
        for _ in 0..nameless.min(NAMELESS_MAX) {
            self.tell(spot, None, what.clone(), sink)?;
        }
        Ok(())
    }

    /// The moment: epoch seconds where they are written, else the wall clock in the given zone.
    fn moment(&self, unixtime: Option<&Loose<'_>>, date: &str) -> Option<Millis> {
        match unixtime.and_then(|text| seconds(text.as_str())) {
            Some(at) => Some(Millis(at)),
            // Other tools that write this format tell the offset from UTC.
            None if date.len() > DATE_LENGTH => {
                let exact: jiff::Timestamp = date.parse().ok()?;
                Some(Millis(exact.as_millisecond()))
            }
            None => Some(self.options.zone.moment(date.parse().ok()?, self.last)),
        }
    }

    /// Somebody by id, name or both. Who speaks as the group itself is one of its keepers.
    pub(super) fn person(
        &mut self,
        id: Option<&Loose<'_>>,
        name: Option<&Loose<'_>>,
        sink: &mut dyn Sink,
    ) -> Option<PersonRef> {
        let id = id.map(Loose::as_str).filter(|id| !id.is_empty());
        let name = name.map(Loose::as_str);
        let channel = id.and_then(|id| id.strip_prefix("channel"));
        let class = (channel == Some(&self.head.id)).then_some(ActorClass::Staff);
        self.people.of(id, name, class, sink)
    }

    /// Says that the group was founded in this row.
    pub(super) fn founded(&mut self, at: Millis, sink: &mut dyn Sink) {
        if self.head.shows_all_members() {
            self.card.founded = Some(at);
            sink.group(&self.card);
        }
    }

    /// Says that comings (and goings) are written here after all, if perhaps not all of them.
    pub(super) fn shows(
        &mut self,
        extent: fn(&mut domain::Evidence) -> &mut domain::Extent,
        sink: &mut dyn Sink,
    ) {
        let extent = extent(&mut self.card.evidence);
        if *extent == domain::Extent::None {
            *extent = domain::Extent::Partial;
            sink.group(&self.card);
        }
    }

    pub(super) fn tell(
        &self,
        spot: Spot,
        who: Option<PersonRef>,
        what: What<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let Spot { key, at, line } = spot;
        Ok(sink.tell(&Told { group: self.group, at, key: Some(key), who, what, line })?)
    }

    pub(super) fn warn(&self, code: WarningCode, line: u64, what: &str, sink: &mut dyn Sink) {
        sink.warn(Warning { code, place: self.entry.place(line), what: cut(what) });
    }
}
