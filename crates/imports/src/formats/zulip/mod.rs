//! Zulip as zulip-archive keeps it: a folder a stream, a file a topic, HTML in each message.
//!
//! Invariants: a stream is a group, its key the stream's id; a row's number is Zulip's message
//! id. There are names and no accounts: homonyms are one person, and so are all removed accounts
//! ("(deleted)"). Comings, goings and reactions are not shown. Format: chat-formats §7.

mod html;
mod quote;

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::json::{Loose, Records, cut, ended, finish, open_json, seconds};
use crate::formats::zulip::quote::{Body, Called};
use domain::{
    ActorClass, Clock, Evidence, Extent, GroupCard, GroupRef, Mention, Message, Millis, PersonCard,
    PersonRef, ServiceKind, Sink, Told, Warning, WarningCode, What,
};
use memchr::memmem;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// The word for people's and groups' scope.
const PLATFORM: &str = "zulip";

/// The programs by which Zulip itself writes.
const OWN_VOICES: [&str; 2] = ["Notification Bot", "Welcome Bot"];

/// zulip-archive JSON.
pub(super) const FORMAT: Format = Format {
    word: PLATFORM,
    title: ["Zulip 存档（zulip-archive JSON）", "Zulip archive (zulip-archive JSON)"],
    clock: Clock::Absolute,
    has_ids: true,
    claim,
    read,
};

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let entry = |number: usize| bundle.entries().get(number);
    let is = |number: &usize, what: fn(&Entry) -> bool| entry(*number).is_some_and(what);
    let entries: Vec<usize> = open.iter().copied().filter(|number| is(number, is_topic)).collect();
    if entries.is_empty() {
        return Vec::new();
    }
    let beside = open.iter().copied().filter(|number| is(number, is_index)).collect();
    vec![Claim { entries, beside }]
}

fn is_topic(entry: &Entry) -> bool {
    // The field of the author is the last but one of the first message, whose content can be long.
    let head = entry.head();
    let has = |word: &str| memmem::find(head, word.as_bytes()).is_some();
    let placed = stream(entry.path(), "").0.is_some() && entry.path().contains("zulip_json/");
    entry.file_name().rsplit_once('.').is_some_and(|(_, kind)| kind == "json")
        && head.trim_ascii_start().first() == Some(&b'[')
        && (has("\"sender_full_name\"") || placed)
}

fn is_index(entry: &Entry) -> bool {
    entry.file_name() == "stream_index.json"
}

/// Id and name of a topic's stream, from its folder `219941-Machine.20Learning`; `outside` is the
/// folder that was given.
fn stream<'p>(path: &'p str, outside: &'p str) -> (Option<&'p str>, String) {
    let parent = path.rsplit_once('/').map_or(outside, |(parent, _)| parent);
    let folder = parent.rsplit('/').next().unwrap_or(parent);
    match folder.split_once('-') {
        Some((id, name)) if !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()) => {
            (Some(id), decoded(name))
        }
        _ => (None, decoded(folder)),
    }
}

/// `.20` is a space, as `%20` is in an address.
fn decoded(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'.');
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[derive(Deserialize)]
struct Row<'a> {
    id: i64,
    #[serde(borrow)]
    content: Option<Loose<'a>>,
    sender_full_name: Option<Loose<'a>>,
    timestamp: Option<Loose<'a>>,
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let mut people = FxHashMap::default();
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let group = sink.group(&card((entry, bundle.folder()), options));
        let mut topic = Topic { entry, group, people: &mut people };
        let result = topic.read(sink);
        ended(result, options, sink)?;
    }
    Ok(())
}

fn card((entry, outside): (&Entry, &str), options: &ReadOptions) -> GroupCard {
    let (id, mut name) = stream(entry.path(), outside);
    if name.is_empty() {
        name = options.group.clone().unwrap_or_else(|| PLATFORM.to_owned());
    }
    let evidence = Evidence {
        messages: Extent::Full,
        joins: Extent::None,
        leaves: Extent::None,
        // Only quotations link to what they answer.
        replies: Extent::Partial,
        reactions: Extent::None,
        joins_are_connections: false,
    };
    let key = id.map_or_else(|| name.clone(), str::to_owned);
    GroupCard { platform: PLATFORM, key, name, evidence, founded: None }
}

/// One topic on its way to the sink.
struct Topic<'t> {
    entry: &'t Entry,
    group: GroupRef,
    people: &'t mut FxHashMap<String, PersonRef>,
}

impl Topic<'_> {
    fn read(&mut self, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let entry = self.entry;
        let mut cursor = open_json(entry)?;
        Records::of(entry).each(&mut cursor, sink, |sink, line, bytes| {
            let mut spare = String::new();
            let row = Records::read::<Row<'_>>(entry, line, bytes, &mut spare, sink);
            row.map_or(Ok(()), |row| self.row(&row, line, sink))
        })?;
        finish(&mut cursor, entry, sink)
    }

    fn row(&mut self, row: &Row<'_>, line: u64, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let clock = row.timestamp.as_ref().map_or("", Loose::as_str);
        let Some(at) = seconds(clock).map(Millis) else {
            let (code, place) = (WarningCode::UnreadableTime, self.entry.place(line));
            sink.warn(Warning { code, place, what: cut(clock) });
            return Ok(());
        };
        let name = row.sender_full_name.as_ref().map(Loose::as_str).filter(|name| !name.is_empty());
        let who = name.map(|name| self.person(name, sink));
        let (group, key) = (self.group, Some(row.id));
        let body;
        let mentions: Vec<Mention<'_>>;
        let what = if name.is_some_and(|name| OWN_VOICES.contains(&name)) {
            What::Service { what: ServiceKind::Thread }
        } else {
            body = Body::of(row.content.as_ref().map_or("", Loose::as_str));
            mentions = body.called.iter().map(Called::mention).collect();
            What::Message(Message {
                text: &body.text,
                media: body.media,
                reply_to: body.answers,
                mentions: &mentions,
                ..Message::default()
            })
        };
        Ok(sink.tell(&Told { group, at, key, who, what, line })?)
    }

    fn person(&mut self, name: &str, sink: &mut dyn Sink) -> PersonRef {
        if let Some(&known) = self.people.get(name) {
            return known;
        }
        let class = OWN_VOICES.contains(&name).then_some(ActorClass::Bot);
        let card = PersonCard { platform: PLATFORM, key: name, name, called: &[], class };
        let person = sink.person(&card);
        self.people.insert(name.to_owned(), person);
        person
    }
}

#[cfg(test)]
mod tests {
    use super::{decoded, stream};

    #[test]
    fn names_are_decoded_and_a_lone_dot_stays() {
        assert_eq!(decoded(".E2.9C.94.20v1.x."), "✔ v1.x.");
        let path = "zulip_json/7-new.20members/.22a.22.json";
        assert_eq!(stream(path, ""), (Some("7"), "new members".to_owned()));
        assert_eq!(stream("x/a.json", "7-y"), (None, "x".to_owned()));
        assert_eq!(stream("a.json", "7-y"), (Some("7"), "y".to_owned()));
    }
}
