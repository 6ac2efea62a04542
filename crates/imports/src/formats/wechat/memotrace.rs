//! WeChatMsg / MemoTrace (留痕) CSV: `localId,TalkerId,Type,SubType,IsSender,CreateTime,…`.
//!
//! Absolute clock; no ids (`localId` counts within one database). One file is one chat, unless
//! several `TalkerId` stand in it. System rows call people by name: a first pass over the file
//! learns the names.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::chinese::{Book, Names, notice};
use crate::formats::sheet::{Row, each_row, header};
use crate::formats::telling::{Moment, Telling};
use crate::formats::wechat::content::{Content, content};
use crate::formats::wechat::{EVIDENCE, PLATFORM, chat_name, plain};
use domain::{Clock, GroupCard, GroupRef, Millis, Sink, WarningCode, What};
use std::borrow::Cow;

/// `--format wechatmsg`.
pub(crate) const FORMAT: Format = Format {
    word: "wechatmsg",
    title: ["微信（留痕 MemoTrace / WeChatMsg CSV）", "WeChat (MemoTrace / WeChatMsg CSV)"],
    clock: Clock::Absolute,
    has_ids: false,
    claim,
    read,
};

/// Key of the exporter where no own message names the account.
const OWN: &str = "self";

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let is_ours = |number: &&usize| {
        bundle.entries().get(**number).is_some_and(|entry| {
            let text = entry.head().get(..200).unwrap_or(entry.head());
            memchr::memmem::find(text, b"StrContent").is_some()
                && Columns::of(&header(entry)).is_some()
        })
    };
    open.iter()
        .filter(is_ours)
        .map(|number| Claim { entries: vec![*number], beside: Vec::new() })
        .collect()
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let first = learn(entry)?;
        let own = first.own.as_deref().unwrap_or(OWN);
        let mut reading = Reading {
            telling: Telling { sink, entry, options },
            book: Book::new(PLATFORM, &first.names, own),
            own,
            groups: Vec::new(),
        };
        let mut columns = None;
        let result = each_row(entry, &mut |header, row| {
            let columns = found(entry, header, &mut columns)?;
            reading.row(&columns, row)
        });
        reading.telling.end(result)?;
    }
    Ok(())
}

/// Looks the columns up once.
fn found(
    entry: &Entry,
    header: &[String],
    known: &mut Option<Columns>,
) -> Result<Columns, ImportError> {
    if let Some(columns) = known {
        return Ok(*columns);
    }
    let columns = Columns::of(header).ok_or_else(|| ImportError::MissingColumn {
        place: entry.place(1),
        wanted: "Type, CreateTime, StrContent".to_owned(),
        found: header.join(", "),
    })?;
    Ok(*known.insert(columns))
}

/// What the first pass learns.
#[derive(Default)]
struct First {
    names: Names,
    own: Option<String>,
}

fn learn(entry: &Entry) -> Result<First, ImportError> {
    let mut first = First::default();
    let mut columns = None;
    each_row(entry, &mut |header, row| {
        let columns = found(entry, header, &mut columns)?;
        let sender = row.text(columns.sender);
        if sender.is_empty() || columns.kind(row).is_none_or(|kind| kind >= 10_000) {
            return Ok(());
        }
        let at = columns.time(row).unwrap_or_default();
        first.names.see(&row.text(columns.nick), &sender, at);
        first.names.see(&row.text(columns.remark), &sender, at);
        if first.own.is_none() && columns.is_own(row) {
            first.own = Some(sender.into_owned());
        }
        Ok(())
    })
    // The end in the middle is told by the second pass, after everything before it.
    .or_else(|error| match error {
        ImportError::Truncated { .. } => Ok(()),
        other => Err(other),
    })?;
    Ok(first)
}

/// Where the columns stand. Missing optional ones point behind the row.
#[derive(Clone, Copy)]
struct Columns {
    kind: usize,
    sub: usize,
    talker: usize,
    is_sender: usize,
    time: usize,
    content: usize,
    remark: usize,
    nick: usize,
    sender: usize,
}

impl Columns {
    fn of(header: &[String]) -> Option<Self> {
        let at = |name: &str| header.iter().position(|column| column == name);
        let or_none = |name: &str| at(name).unwrap_or(usize::MAX);
        Some(Self {
            kind: at("Type")?,
            sub: or_none("SubType"),
            talker: or_none("TalkerId"),
            is_sender: or_none("IsSender"),
            time: at("CreateTime")?,
            content: at("StrContent")?,
            remark: or_none("Remark"),
            nick: or_none("NickName"),
            sender: or_none("Sender"),
        })
    }

    fn kind(&self, row: &Row<'_>) -> Option<u32> {
        row.text(self.kind).parse().ok()
    }

    fn is_own(&self, row: &Row<'_>) -> bool {
        row.text(self.is_sender) == "1"
    }

    /// Seconds since 1970; thirteen digits are milliseconds.
    fn time(&self, row: &Row<'_>) -> Option<Millis> {
        let clock: i64 = row.text(self.time).parse().ok()?;
        match clock {
            100_000_000..100_000_000_000 => Some(Millis(clock * 1000)),
            100_000_000_000..100_000_000_000_000 => Some(Millis(clock)),
            _ => None,
        }
    }
}

struct Reading<'a> {
    telling: Telling<'a>,
    book: Book<'a>,
    own: &'a str,
    /// `TalkerId` and its group.
    groups: Vec<(String, GroupRef)>,
}

impl Reading<'_> {
    fn row(&mut self, columns: &Columns, row: &Row<'_>) -> Result<(), ImportError> {
        self.telling.sink.consumed(row.consumed);
        let Some(kind) = columns.kind(row) else {
            self.telling.warn(WarningCode::UnreadableRow, row.line, &row.text(columns.kind));
            return Ok(());
        };
        let Some(at) = columns.time(row) else {
            self.telling.warn(WarningCode::UnreadableTime, row.line, &row.text(columns.time));
            return Ok(());
        };
        let group = self.group(&row.text(columns.talker));
        let moment = Moment { group, at, key: None, line: row.line };
        let sub = row.text(columns.sub).parse().unwrap_or(0);
        let text = row.text(columns.content);
        let text = self.telling.kept(&text, row.line, row.repaired);
        let content = content(kind, sub, text);
        if content == Content::System {
            return self.book.tell(&mut self.telling, moment, notice(&plain(text)));
        }
        let who = self.sender(columns, row);
        let what = match &content {
            Content::Message { .. } => What::Message(content.message().unwrap_or_default()),
            Content::Service(what) => What::Service { what: *what },
            Content::System | Content::Unknown => {
                let kind = format!("Type {kind}");
                self.telling.warn(WarningCode::UnknownKind, row.line, &kind);
                What::Service { what: domain::ServiceKind::Other }
            }
        };
        self.telling.tell(moment, who, what)
    }

    fn sender(&mut self, columns: &Columns, row: &Row<'_>) -> Option<domain::PersonRef> {
        let (nick, remark) = (row.text(columns.nick), row.text(columns.remark));
        let name = if nick.is_empty() { remark } else { nick };
        let sender = match row.text(columns.sender) {
            sender if sender.is_empty() && columns.is_own(row) => Cow::Borrowed(self.own),
            sender if sender.is_empty() => Cow::Owned(format!("name:{name}")),
            sender => sender,
        };
        if sender == self.own && name.is_empty() {
            return Some(self.book.own(&mut self.telling));
        }
        if sender == "name:" {
            return None;
        }
        Some(self.book.person(&mut self.telling, &sender, &name, None))
    }

    /// The chat: its name is that of the file; further ones in the same file get a number.
    fn group(&mut self, talker: &str) -> GroupRef {
        if let Some((_, group)) = self.groups.iter().find(|(known, _)| known == talker) {
            return *group;
        }
        let mut name = match &self.telling.options.group {
            Some(name) => name.clone(),
            None => chat_name(self.telling.entry.file_name()).to_owned(),
        };
        if !self.groups.is_empty() {
            name = format!("{name} #{talker}");
        }
        let card = GroupCard {
            platform: PLATFORM,
            key: name.clone(),
            name,
            evidence: EVIDENCE,
            founded: None,
        };
        let group = self.telling.sink.group(&card);
        self.groups.push((talker.to_owned(), group));
        group
    }
}
