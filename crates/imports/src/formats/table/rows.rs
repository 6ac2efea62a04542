//! Reads the rows of one table of messages.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ReadOptions;
use crate::formats::chinese::{Book, Names, notice, without_placeholders};
use crate::formats::sheet::{Row, each_row, header};
use crate::formats::table::kinds::{Kind, kind};
use crate::formats::table::{Clocks, Columns, Ids, Order, columns};
use crate::formats::telling::{Moment, Telling};
use domain::{
    ActorClass, Evidence, Extent, GroupCard, GroupRef, Media, Message, Millis, Sink, WarningCode,
    What, Zone,
};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

const PLATFORM: &str = "table";

pub(super) fn file(
    entry: &Entry,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    ids: Ids,
) -> Result<(), ImportError> {
    let first = first_pass(entry, options)?;
    let mut telling = Telling { sink, entry, options };
    if first.order == Order::Open {
        telling.warn(WarningCode::AmbiguousDate, 0, "");
    }
    let zone = first.columns.zone.as_deref().and_then(|name| Zone::named(name).ok());
    let clocks = Clocks::new(zone.as_ref().unwrap_or(&options.zone), first.order.order());
    let book = Book::new(PLATFORM, &first.names, "self");
    let columns = first.columns.clone();
    let mut reading = Reading { telling, columns, clocks, book, ids, groups: FxHashMap::default() };
    let result = each_row(entry, &mut |_, row| reading.row(row));
    reading.telling.end(result)
}

/// What must be known before the first row is told.
struct First {
    columns: Columns,
    names: Names,
    order: Order,
}

/// Looks through the file for names and for the order of day and month, as far as needed: not at
/// all where a table has neither system rows nor dates that leave it open.
fn first_pass(entry: &Entry, options: &ReadOptions) -> Result<First, ImportError> {
    let mut first: Option<First> = None;
    let result = each_row(entry, &mut |header, row| {
        let first = match &mut first {
            Some(first) => first,
            None => first.insert(First::new(columns(entry, header, options)?, options)),
        };
        let word = if first.columns.has("date") { "date" } else { "time" };
        first.order.note(&first.columns.text(row, word));
        if first.columns.has("type") {
            let name = first.columns.text(row, "sender");
            first.names.see(&name, &key(&first.columns, row), Millis::default());
            return Ok(());
        }
        // Any error ends the pass; this one means that enough is known.
        match first.order {
            Order::Settled(_) => Err(ImportError::Stopped),
            Order::Unasked | Order::Open => Ok(()),
        }
    });
    match result {
        Ok(()) | Err(ImportError::Stopped | ImportError::Truncated { .. }) => {}
        Err(error) => return Err(error),
    }
    match first {
        Some(first) => Ok(first),
        None => Ok(First::new(columns(entry, &header(entry), options)?, options)),
    }
}

impl First {
    fn new(columns: Columns, options: &ReadOptions) -> Self {
        Self { columns, names: Names::default(), order: Order::new(options.date_order) }
    }
}

/// Key of the sender: the id where there is one, else the name.
fn key<'r>(columns: &Columns, row: &Row<'r>) -> std::borrow::Cow<'r, str> {
    let id = columns.text(row, "sender_id");
    if id.is_empty() { columns.text(row, "sender") } else { id }
}

struct Reading<'a> {
    telling: Telling<'a>,
    columns: Columns,
    clocks: Clocks<'a>,
    book: Book<'a>,
    ids: Ids,
    groups: FxHashMap<String, GroupRef>,
}

impl Reading<'_> {
    fn row(&mut self, row: &Row<'_>) -> Result<(), ImportError> {
        self.telling.sink.consumed(row.consumed);
        let Some(at) = self.time(row) else { return Ok(()) };
        let text = self.columns.text(row, "text");
        let text = self.telling.kept(&text, row.line, row.repaired);
        let group = self.group(row);
        let key = self.source_key(row, "id");
        let moment = Moment { group, at, key, line: row.line };
        let sender = key_of(&self.columns, row);
        let kind = kind(&self.columns.text(row, "type"));
        if kind == Kind::System || sender.is_empty() || SYSTEM.contains(&sender.as_str()) {
            return self.book.tell(&mut self.telling, moment, notice(text));
        }
        let name = self.columns.text(row, "sender");
        let class = class(&self.columns.text(row, "role"));
        let person = self.book.person(&mut self.telling, &sender, &name, class);
        let what = match kind {
            Kind::Recalled => What::Recall { of: None },
            Kind::Media(media) => What::Message(self.message(row, "", media)),
            _ => {
                let (text, media) = without_placeholders(text);
                let message = self.message(row, &text, media);
                return self.telling.tell(moment, Some(person), What::Message(message));
            }
        };
        self.telling.tell(moment, Some(person), what)
    }

    fn message<'t>(&self, row: &Row<'_>, text: &'t str, media: Media) -> Message<'t> {
        let reply_to = self.source_key(row, "reply_to");
        Message { text, media, reply_to, ..Message::default() }
    }

    /// The number of an id, or a hash of one that is no number; the same in every export.
    fn source_key(&self, row: &Row<'_>, word: &str) -> Option<i64> {
        let id = self.columns.text(row, word);
        if self.ids == Ids::None || id.is_empty() {
            return None;
        }
        let hash = || i64::from_ne_bytes(xxh3_64(id.as_bytes()).to_ne_bytes()) & i64::MAX;
        Some(id.parse().unwrap_or_else(|_| hash()))
    }

    fn time(&mut self, row: &Row<'_>) -> Option<Millis> {
        let serial = |word| self.columns.at(word).and_then(|at| row.serial(at));
        let at = match (serial("date"), serial("time")) {
            // A time of day alone is a fraction of a day.
            (Some(date), Some(time)) if time < 1.0 => self.clocks.serial(date.trunc() + time),
            (_, Some(time)) => self.clocks.serial(time),
            (Some(date), None) if !self.columns.has("time") => self.clocks.serial(date),
            _ => self.text_time(row),
        };
        if at.is_none() {
            let (date, time) = (self.columns.text(row, "date"), self.columns.text(row, "time"));
            let shown = format!("{date} {time}");
            self.telling.warn(WarningCode::UnreadableTime, row.line, shown.trim());
        }
        at
    }

    fn text_time(&mut self, row: &Row<'_>) -> Option<Millis> {
        let (date, time) = (self.columns.text(row, "date"), self.columns.text(row, "time"));
        let whole = if time.is_empty() { &date } else { &time };
        let at = self.clocks.moment(whole);
        if at.is_some() || date.is_empty() {
            return at;
        }
        self.clocks.moment(&format!("{date} {time}"))
    }

    fn group(&mut self, row: &Row<'_>) -> GroupRef {
        let (id, name) = (self.columns.text(row, "group_id"), self.columns.text(row, "group"));
        let key = if id.is_empty() { name.clone() } else { id };
        if let Some(group) = self.groups.get(&*key) {
            return *group;
        }
        let shown = match (&*name, &*key) {
            ("", "") => self.group_of_file(),
            ("", key) => key.to_owned(),
            (name, _) => name.to_owned(),
        };
        let card = GroupCard {
            platform: PLATFORM,
            key: if key.is_empty() { shown.clone() } else { key.to_string() },
            name: shown,
            evidence: self.evidence(),
            founded: None,
        };
        let group = self.telling.sink.group(&card);
        self.groups.insert(key.into_owned(), group);
        group
    }

    fn group_of_file(&self) -> String {
        let file = self.telling.entry.file_name();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        self.telling.options.group.clone().unwrap_or_else(|| stem.to_owned())
    }

    /// Joins and leaves are seen only where the recorder wrote system rows down.
    fn evidence(&self) -> Evidence {
        let notices = if self.columns.has("type") { Extent::Partial } else { Extent::None };
        let linked = self.ids == Ids::Column && self.columns.has("reply_to");
        Evidence {
            messages: Extent::Full,
            joins: notices,
            leaves: notices,
            replies: if linked { Extent::Full } else { Extent::None },
            ..Evidence::default()
        }
    }
}

const SYSTEM: [&str; 4] = ["系统", "系统消息", "system", "System"];

fn key_of(columns: &Columns, row: &Row<'_>) -> String {
    key(columns, row).into_owned()
}

/// The class that a word for a role stands for.
pub(crate) fn class(role: &str) -> Option<ActorClass> {
    const STAFF: [&str; 10] =
        ["群主", "管理", "员工", "客服", "owner", "admin", "staff", "keeper", "企业成员", "同事"];
    const MEMBER: [&str; 5] = ["成员", "客户", "外部联系人", "member", "普通"];
    let role = role.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| role.contains(word));
    match () {
        () if role.is_empty() => None,
        () if has(&["机器人", "bot", "robot"]) => Some(ActorClass::Bot),
        () if has(&STAFF) => Some(ActorClass::Staff),
        () if has(&MEMBER) => Some(ActorClass::Member),
        () => None,
    }
}
