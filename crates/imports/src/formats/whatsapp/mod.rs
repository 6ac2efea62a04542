//! `whatsapp`: the text file of "Export chat", from iOS (`_chat.txt`) and Android
//! (`WhatsApp Chat with NAME.txt`), in any language of the header variants.
//!
//! Which rows are what:
//! - a **message** is a row `NAME: text`, also with an empty text. On iOS a text that begins with
//!   U+200E is a message only if it is a placeholder (media omitted, attached file, poll, deleted
//!   message) or a shared invitation; a message deleted *by an admin* is a service row.
//! - a **join** or **leave** is told once per person of the sentence; "and 15 others" are people
//!   without a name (`who: None`) and one warning.
//!   Exports of iOS until 2018 put no label on WhatsApp's rows; there a mark before words that are
//!   no known sentence is somebody's typing.
//! - a **service row** is any other row that WhatsApp wrote: on iOS by the mark U+200E, on
//!   Android by the missing `NAME: `. Unknown sentences are service rows with a warning.
//!
//! Invariants: the header variant is decided once, from the whole file, in a first pass; a
//! continuation line belongs to the row before it. Replies, reactions and edits are not in these
//! exports; an edit's mark is stripped. Two people with one label cannot be told apart.

mod body;
mod claim;
mod header;
mod label;
mod mentions;
mod people;
mod rows;
mod survey;
mod wording;

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::lines::{Lines, note, piece};
use crate::formats::wall::WallClock;
use crate::formats::whatsapp::claim::claim;
use crate::formats::whatsapp::header::{Order, header};
use crate::formats::whatsapp::people::People;
use crate::formats::whatsapp::rows::{At, Rows};
use crate::formats::whatsapp::survey::{Survey, survey};
use domain::{Clock, Evidence, Extent, GroupCard, Sink, Warning, WarningCode};

/// WhatsApp, both platforms.
pub(crate) const FORMAT: Format = Format {
    word: "whatsapp",
    title: ["WhatsApp 导出", "WhatsApp export"],
    clock: Clock::Wall,
    has_ids: false,
    claim,
    read,
};

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let survey = survey(entry, options)?;
        read_entry(bundle, entry, &survey, options, sink)?;
    }
    Ok(())
}

fn group(bundle: &Bundle, entry: &Entry, survey: &Survey, options: &ReadOptions) -> GroupCard {
    let name = options
        .group
        .clone()
        .or_else(|| survey.group.clone())
        .or_else(|| claim::group_name(bundle, entry))
        .unwrap_or_else(|| "WhatsApp".to_owned());
    GroupCard {
        platform: FORMAT.word,
        key: name.clone(),
        name,
        evidence: Evidence {
            messages: Extent::Full,
            joins: Extent::Full,
            leaves: Extent::Full,
            replies: Extent::None,
            reactions: Extent::None,
            joins_are_connections: false,
        },
        founded: None,
    }
}

fn read_entry(
    bundle: &Bundle,
    entry: &Entry,
    survey: &Survey,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let card = group(bundle, entry, survey, options);
    if survey.assumed {
        sink.warn(Warning {
            code: WarningCode::AmbiguousDate,
            place: entry.place(survey.first_line),
            what: if survey.order == Order::Mdy { "month/day" } else { "day/month" }.to_owned(),
        });
    }
    let group = sink.group(&card);
    let mut rows = Rows {
        sink,
        file: entry.path().to_owned(),
        ios: survey.shape.bracket,
        unlabelled: survey.unlabelled,
        card,
        group,
        founded: survey.founded,
        people: People::new(survey.exporter.clone()),
    };
    let mut wall = WallClock::new(&options.zone);
    let mut lines = Lines::open(entry, options)?;
    let mut open: Option<At> = None;
    let mut skipping = true;
    let mut text = String::new();
    while let Some(line) = lines.next()? {
        note(&line, entry, rows.sink);
        let Some(header) = header(line.text).filter(|header| header.shape == survey.shape) else {
            if open.is_some() {
                text.push('\n');
                text.push_str(line.text);
            } else if skipping && !line.text.trim().is_empty() {
                rows.lost(WarningCode::UnreadableRow, line.number, line.text);
            }
            continue;
        };
        if let Some(at) = open.take() {
            rows.row(at, &text)?;
        }
        skipping = false;
        text.clear();
        let reading = header.reading(survey.order);
        let Some(at) = reading.and_then(|reading| wall.moment(reading)) else {
            rows.lost(WarningCode::UnreadableTime, line.number, line.text);
            continue;
        };
        if at > options.now {
            rows.lost(WarningCode::FutureTime, line.number, line.text);
        }
        open = Some(At { at, line: line.number });
        text.push_str(header.rest);
    }
    if let Some(at) = open {
        rows.row(at, &text)?;
    }
    lines.finish(rows.sink);
    Ok(())
}

impl Rows<'_> {
    fn lost(&mut self, code: WarningCode, line: u64, text: &str) {
        let place = domain::Place { file: self.file.clone(), line };
        self.sink.warn(Warning { code, place, what: piece(text) });
    }
}
