//! QQ Chat Exporter (a `NapCat` plugin): one JSON file, or a folder with `manifest.json` and chunks
//! of JSON lines.
//!
//! Absolute clock, real message ids; people keyed by QQ number, by `uid` where that is missing.
//! Only groups are read. The words are the text pieces of a message; the flat text is used where
//! there are no pieces. Field names: chat-formats §5.2.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::chinese::{Book, Names, notice, without_placeholders};
use crate::formats::json::{Broken, Records, Value, ended, finish, open_json};
use crate::formats::lines::{Lines, note};
use crate::formats::qq::qce_row::Row;
use crate::formats::telling::{Moment, Telling};
use domain::{
    Clock, Evidence, Extent, GroupCard, GroupRef, Millis, PersonCard, PersonRef, Place, Sink, Stop,
    Told, Warning, WarningCode, What,
};
use memchr::memmem::find;
use serde::Deserialize;

/// `--format qce`.
pub(crate) const FORMAT: Format = Format {
    word: "qce",
    title: ["QQ（QQ Chat Exporter JSON）", "QQ (QQ Chat Exporter JSON)"],
    clock: Clock::Absolute,
    has_ids: true,
    claim,
    read,
};

const PLATFORM: &str = "qq";

const EVIDENCE: Evidence = Evidence {
    messages: Extent::Full,
    joins: Extent::Partial,
    leaves: Extent::Partial,
    replies: Extent::Full,
    reactions: Extent::None,
    joins_are_connections: false,
};

/// `chatInfo` of the head.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Chat {
    name: String,
    r#type: String,
}

/// A file with its messages, or a manifest with the chunks beside it.
fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let entry = |number: usize| bundle.entries().get(number);
    let mut claims = Vec::new();
    for &number in open {
        let Some(head) = entry(number).filter(|entry| has_head(entry)) else { continue };
        let Some(folder) = head.path().strip_suffix("manifest.json") else {
            claims.push(Claim { entries: vec![number], beside: Vec::new() });
            continue;
        };
        let chunk = |at: &&usize| {
            entry(**at).is_some_and(|entry| entry.path().starts_with(folder) && is_chunk(entry))
        };
        let chunks: Vec<usize> = open.iter().filter(chunk).copied().collect();
        claims.push(Claim { entries: [vec![number], chunks].concat(), beside: Vec::new() });
    }
    claims
}

fn is_chunk(entry: &Entry) -> bool {
    entry.path().to_ascii_lowercase().ends_with(".jsonl")
}

fn has_head(entry: &Entry) -> bool {
    let head = entry.head();
    head.iter().find(|byte| byte.is_ascii_graphic()).is_none_or(|byte| *byte != b'[')
        && find(head, b"\"chatInfo\"").is_some()
        && find(head, b"\"metadata\"").is_some()
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let names = learn(bundle, claim, options)?;
    let Some(first) = claim.entries(bundle).next() else { return Ok(()) };
    let mut reading = Reading { book: Book::new(PLATFORM, &names, "self"), options, group: None };
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let result =
            if is_chunk(entry) { reading.chunk(entry, sink) } else { reading.json(entry, sink) };
        ended(result, options, sink)?;
    }
    match reading.group {
        Some(_) => Ok(()),
        None => Err(ImportError::Malformed {
            place: first.place(0),
            what: "there is no chatInfo in it".to_owned(),
        }),
    }
}

/// Who bears which name, for the rows in which the client calls people by name.
fn learn(bundle: &Bundle, claim: &Claim, options: &ReadOptions) -> Result<Names, ImportError> {
    let keep_going = ReadOptions { partial: true, ..options.clone() };
    let mut names = Names::default();
    for entry in claim.entries(bundle) {
        let mut see = |row: &Row| {
            if !row.is_system() {
                names.see(row.name(), row.key(), Millis(row.timestamp));
            }
        };
        if is_chunk(entry) {
            let mut lines = Lines::open(entry, &keep_going)?;
            while let Some(line) = lines.next()? {
                if let Ok(row) = serde_json::from_str(line.text) {
                    see(&row);
                }
            }
        } else {
            // What is broken in it is told by the second pass.
            let _ = each_message(entry, &mut Silent, |_, _, bytes| {
                if let Ok(row) = serde_json::from_slice(bytes) {
                    see(&row);
                }
                Ok(())
            });
        }
    }
    Ok(names)
}

/// Walks `messages` of a single file.
fn each_message(
    entry: &Entry,
    sink: &mut dyn Sink,
    take: impl FnMut(&mut dyn Sink, u64, &[u8]) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut records = Records::of(entry);
    let mut cursor = open_json(entry)?;
    let mut take = Some(take);
    cursor.open(b'{').map_err(|broken| broken.at(entry.place(0)))?;
    while let Some(key) = cursor.key().map_err(|broken| broken.at(records.place()))? {
        match take.take_if(|_| key == "messages") {
            Some(take) => records.each(&mut cursor, sink, take)?,
            None => cursor.skip().map_err(|broken| broken.at(records.place()))?,
        }
    }
    finish(&mut cursor, entry, sink)
}

/// Hears nothing: the first pass only learns.
struct Silent;

impl Sink for Silent {
    fn group(&mut self, _: &GroupCard) -> GroupRef {
        GroupRef(0)
    }

    fn person(&mut self, _: &PersonCard<'_>) -> PersonRef {
        PersonRef(0)
    }

    fn tell(&mut self, _: &Told<'_>) -> Result<(), Stop> {
        Ok(())
    }

    fn warn(&mut self, _: Warning) {}

    fn file(&mut self, _: &Place) {}

    fn consumed(&mut self, _: u64) {}
}

struct Reading<'a> {
    book: Book<'a>,
    options: &'a ReadOptions,
    group: Option<GroupRef>,
}

impl Reading<'_> {
    fn json(&mut self, entry: &Entry, sink: &mut dyn Sink) -> Result<(), ImportError> {
        self.open(entry, &chat(entry)?, sink)?;
        each_message(entry, sink, |sink, number, bytes| {
            let row = serde_json::from_slice(bytes);
            self.row(row, &mut Telling { sink, entry, options: self.options }, number)
        })
    }

    fn chunk(&mut self, entry: &Entry, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut lines = Lines::open(entry, self.options)?;
        while let Some(line) = lines.next()? {
            note(&line, entry, sink);
            if !line.text.trim().is_empty() {
                let row = serde_json::from_str(line.text);
                let mut telling = Telling { sink, entry, options: self.options };
                self.row(row, &mut telling, line.number)?;
            }
        }
        lines.finish(sink);
        Ok(())
    }

    fn open(&mut self, entry: &Entry, chat: &Chat, sink: &mut dyn Sink) -> Result<(), ImportError> {
        if chat.r#type == "private" {
            let what = "a chat with a friend; export a group".to_owned();
            return Err(ImportError::Unsupported { place: entry.place(0), what });
        }
        self.group = Some(sink.group(&GroupCard {
            platform: PLATFORM,
            key: chat.name.clone(),
            name: chat.name.clone(),
            evidence: EVIDENCE,
            founded: None,
        }));
        Ok(())
    }

    fn row(
        &mut self,
        row: Result<Row, serde_json::Error>,
        telling: &mut Telling<'_>,
        line: u64,
    ) -> Result<(), ImportError> {
        let (row, group) = match (row, self.group) {
            (Ok(row), Some(group)) => (row, group),
            (Err(error), _) => {
                telling.warn(WarningCode::UnreadableRow, line, &error.to_string());
                return Ok(());
            }
            (Ok(_), None) => return Ok(()),
        };
        let at = match row.timestamp {
            // Early versions wrote seconds.
            seconds @ 1..100_000_000_000 => Millis(seconds * 1000),
            ms if ms > 0 => Millis(ms),
            other => {
                telling.warn(WarningCode::UnreadableTime, line, &other.to_string());
                return Ok(());
            }
        };
        let moment = Moment { group, at, key: row.id(), line };
        let words = row.words();
        let text = telling.kept(&words, line, false);
        if row.is_system() {
            return self.book.tell(telling, moment, notice(text));
        }
        let person = self.book.person(telling, row.key(), row.name(), None);
        let (text, placeholder) = without_placeholders(text);
        let message = row.message(&text, placeholder);
        telling.tell(moment, Some(person), What::Message(message))
    }
}

/// `chatInfo` of a single file or manifest.
fn chat(entry: &Entry) -> Result<Chat, ImportError> {
    let mut cursor = open_json(entry)?;
    let at = |broken: Broken| broken.at(entry.place(0));
    cursor.open(b'{').map_err(at)?;
    while let Some(key) = cursor.key().map_err(at)? {
        if key != "chatInfo" {
            cursor.skip().map_err(at)?;
            continue;
        }
        if let Value::Whole(bytes) = cursor.value().map_err(at)? {
            return Ok(serde_json::from_slice(bytes).unwrap_or_default());
        }
    }
    Ok(Chat::default())
}
