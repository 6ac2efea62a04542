//! `PyWxDump` CSV: `id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime`, files of
//! 5,000 rows.
//!
//! The PC's wall clock; `MsgSvrID` is the id that WeChat's server gave. Nicknames are not in these
//! files: people are shown by wxid, and whoever a system row names stays a name. Private chats are
//! skipped with a warning.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, DateOrder, Format, ReadOptions};
use crate::formats::chinese::{Book, Names, notice, without_placeholders};
use crate::formats::sheet::{Row, each_row, header};
use crate::formats::table::{Clocks, Kind, kind};
use crate::formats::telling::{Moment, Telling};
use crate::formats::wechat::{EVIDENCE, PLATFORM, plain};
use domain::{Clock, GroupCard, GroupRef, Media, Message, Sink, WarningCode, What};
use rustc_hash::{FxHashMap, FxHashSet};

/// `--format pywxdump`.
pub(crate) const FORMAT: Format = Format {
    word: "pywxdump",
    title: ["微信（PyWxDump CSV）", "WeChat (PyWxDump CSV)"],
    clock: Clock::Wall,
    has_ids: true,
    claim,
    read,
};

const COLUMNS: [&str; 5] = ["MsgSvrID", "type_name", "talker", "room_name", "CreateTime"];

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let is_ours = |entry: &Entry| {
        memchr::memmem::find(entry.head(), b"MsgSvrID").is_some() && {
            let header = header(entry);
            COLUMNS.iter().all(|wanted| header.iter().any(|column| column == wanted))
        }
    };
    let ours = |number: &&usize| bundle.entries().get(**number).is_some_and(is_ours);
    let entries: Vec<usize> = open.iter().filter(ours).copied().collect();
    if entries.is_empty() { Vec::new() } else { vec![Claim { entries, beside: Vec::new() }] }
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let nobody = Names::default();
    let mut private = FxHashSet::default();
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let mut reading = Reading {
            telling: Telling { sink, entry, options },
            clocks: Clocks::new(&options.zone, DateOrder::DayFirst),
            book: Book::new(PLATFORM, &nobody, "self"),
            groups: FxHashMap::default(),
            private: &mut private,
        };
        let result = each_row(entry, &mut |header, row| reading.row(header, row));
        reading.telling.end(result)?;
    }
    Ok(())
}

struct Reading<'a> {
    telling: Telling<'a>,
    clocks: Clocks<'a>,
    book: Book<'a>,
    groups: FxHashMap<String, GroupRef>,
    private: &'a mut FxHashSet<String>,
}

impl Reading<'_> {
    fn row(&mut self, header: &[String], row: &Row<'_>) -> Result<(), ImportError> {
        self.telling.sink.consumed(row.consumed);
        let cell = |name: &str| {
            header.iter().position(|column| column == name).map_or("".into(), |at| row.text(at))
        };
        let Some(group) = self.group(&cell("room_name"), row.line) else { return Ok(()) };
        let clock = cell("CreateTime");
        let Some(at) = self.clocks.moment(&clock) else {
            self.telling.warn(WarningCode::UnreadableTime, row.line, &clock);
            return Ok(());
        };
        let moment = Moment { group, at, key: cell("MsgSvrID").parse().ok(), line: row.line };
        let written = match cell("msg") {
            msg if msg.is_empty() => inner(&cell("content")).into(),
            msg => msg,
        };
        let text = self.telling.kept(&written, row.line, row.repaired);
        let kind = kind(&cell("type_name"));
        if kind == Kind::System {
            return self.book.tell(&mut self.telling, moment, notice(&plain(text)));
        }
        let talker = cell("talker");
        let who = match &*talker {
            "" => None,
            _ if cell("is_sender") == "1" => Some(self.book.own(&mut self.telling)),
            talker => Some(self.book.person(&mut self.telling, talker, talker, None)),
        };
        let (text, media) = match kind {
            Kind::Media(media) => ("".into(), media),
            _ if text.trim_start().starts_with('<') => ("".into(), Media::Other),
            _ => without_placeholders(text),
        };
        let what = match kind {
            Kind::Recalled => What::Recall { of: None },
            _ => What::Message(Message { text: &text, media, ..Message::default() }),
        };
        self.telling.tell(moment, who, what)
    }

    fn group(&mut self, room: &str, line: u64) -> Option<GroupRef> {
        if let Some(group) = self.groups.get(room) {
            return Some(*group);
        }
        if !room.ends_with("@chatroom") {
            if self.private.insert(room.to_owned()) {
                self.telling.warn(WarningCode::SkippedFile, line, room);
            }
            return None;
        }
        let name = self.telling.options.group.as_deref().unwrap_or(room).to_owned();
        let group = self.telling.sink.group(&GroupCard {
            platform: PLATFORM,
            key: room.to_owned(),
            name,
            evidence: EVIDENCE,
            founded: None,
        });
        self.groups.insert(room.to_owned(), group);
        Some(group)
    }
}

/// Older versions wrote `{"src": …, "msg": …}`.
fn inner(content: &str) -> String {
    let value: Option<serde_json::Value> = serde_json::from_str(content).ok();
    let msg = value.as_ref().and_then(|value| value.get("msg")).and_then(serde_json::Value::as_str);
    msg.unwrap_or(content).to_owned()
}
