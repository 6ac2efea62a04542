//! Reads the QQ TXT, message by message.

use crate::bundle::{Bundle, Entry, LINE_BYTES_MAX};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::chinese::{Book, Names, notice, without_placeholders};
use crate::formats::lines::{Lines, note};
use crate::formats::qq::header::{Header, Mark, Sender, header, mark};
use crate::formats::qq::survey::Survey;
use crate::formats::telling::{Moment, Telling};
use crate::formats::wall::WallClock;
use domain::{
    ActorClass, Clock, Evidence, Extent, GroupCard, GroupRef, Message, Millis, Sink, WarningCode,
    What,
};

/// `--format qq`.
pub(crate) const FORMAT: Format = Format {
    word: "qq",
    title: ["QQ 电脑版消息管理器导出的 TXT", "QQ (TXT from the PC client)"],
    clock: Clock::Wall,
    has_ids: false,
    claim,
    read,
};

const PLATFORM: &str = "qq";

/// Leaves are shown to keepers only.
const EVIDENCE: Evidence = Evidence {
    messages: Extent::Full,
    joins: Extent::Full,
    leaves: Extent::Partial,
    replies: Extent::None,
    reactions: Extent::None,
    joins_are_connections: false,
};

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let ours = |number: &&usize| bundle.entries().get(**number).is_some_and(is_ours);
    open.iter()
        .filter(ours)
        .map(|number| Claim { entries: vec![*number], beside: Vec::new() })
        .collect()
}

/// The block head, or at least two headers with an account in the first lines.
fn is_ours(entry: &Entry) -> bool {
    let head = entry.head_text();
    let (mut headers, mut after_rule) = (0, false);
    for line in head.lines().take(200) {
        let mark = mark(line.trim_end(), after_rule);
        if matches!(mark, Some(Mark::Chat(_))) {
            return true;
        }
        after_rule = mark == Some(Mark::Rule);
        headers += u8::from(header(line).is_some_and(|h| h.sender != Sender::Unnumbered));
        if headers > 1 {
            return true;
        }
    }
    false
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let survey = Survey::of(entry, options)?;
        let nobody = Names::default();
        let mut reading = Reading {
            telling: Telling { sink, entry, options },
            survey: &survey,
            nobody: &nobody,
            wall: WallClock::new(&options.zone),
            chat: None,
            chats: 0,
            groups: 0,
            list: String::new(),
            open: None,
        };
        reading.file()?;
    }
    Ok(())
}

/// A message whose body is still being read.
struct Open {
    at: Millis,
    class: Option<ActorClass>,
    card: String,
    /// `None` for the system.
    key: Option<String>,
    body: String,
    cut: bool,
    line: u64,
}

/// The group whose block is being read.
struct Chat<'a> {
    group: GroupRef,
    book: Book<'a>,
}

struct Reading<'a> {
    telling: Telling<'a>,
    survey: &'a Survey,
    nobody: &'a Names,
    wall: WallClock<'a>,
    /// `None` in the block of a friend.
    chat: Option<Chat<'a>>,
    /// Block heads met, and groups among them.
    chats: usize,
    groups: usize,
    list: String,
    open: Option<Open>,
}

impl Reading<'_> {
    fn file(&mut self) -> Result<(), ImportError> {
        let mut lines = Lines::open(self.telling.entry, self.telling.options)?;
        if self.survey.chats.first().is_some_and(super::survey::Chat::has_messages) {
            let name = match &self.telling.options.group {
                Some(name) => name.clone(),
                None => self.telling.entry.file_name().trim_end_matches(".txt").to_owned(),
            };
            self.chat(&name, 0);
        }
        let (mut may_begin, mut after_rule) = (true, false);
        while let Some(line) = lines.next()? {
            note(&line, self.telling.entry, self.telling.sink);
            let begins = may_begin || !self.survey.is_spaced();
            // Something like a header without an account is what a friend's chat looks like, or
            // part of a body.
            let found = if begins { header(line.text) } else { None }
                .filter(|header| header.sender != Sender::Unnumbered);
            let mark = mark(line.text, after_rule);
            after_rule = mark == Some(Mark::Rule);
            may_begin = line.text.is_empty() || mark.is_some();
            match (found, mark) {
                (Some(header), _) => self.begin(&header, line.number)?,
                (None, Some(Mark::List(list))) => {
                    self.end()?;
                    list.clone_into(&mut self.list);
                }
                (None, Some(Mark::Chat(name))) => {
                    self.end()?;
                    self.chats += 1;
                    self.block(name, line.number);
                }
                (None, _) => self.body(line.text),
            }
        }
        self.end()?;
        lines.finish(self.telling.sink);
        if self.groups == 0 {
            let what = "holds no group, only chats with friends; export a group".to_owned();
            return Err(ImportError::Unsupported { place: self.telling.entry.place(0), what });
        }
        Ok(())
    }

    fn block(&mut self, name: &str, line: u64) {
        self.chat = None;
        if self.survey.chats.get(self.chats).is_some_and(super::survey::Chat::is_group) {
            self.chat(name, self.chats);
        } else {
            let what = format!("{} · {name}", self.list);
            self.telling.warn(WarningCode::SkippedFile, line, &what);
        }
    }

    fn chat(&mut self, name: &str, number: usize) {
        let card = GroupCard {
            platform: PLATFORM,
            key: name.to_owned(),
            name: name.to_owned(),
            evidence: EVIDENCE,
            founded: None,
        };
        let group = self.telling.sink.group(&card);
        self.groups += 1;
        self.wall = WallClock::new(&self.telling.options.zone);
        let names = self.survey.chats.get(number).map_or(self.nobody, |chat| &chat.names);
        self.chat = Some(Chat { group, book: Book::new(PLATFORM, names, "self") });
    }

    fn begin(&mut self, header: &Header<'_>, line: u64) -> Result<(), ImportError> {
        let key = match header.sender {
            Sender::Unnumbered | Sender::System => None,
            Sender::Account(key) => Some(key.to_ascii_lowercase()),
        };
        self.end()?;
        if let Some(at) = self.wall.moment(header.clock) {
            let (class, card) = (header.class, header.card.to_owned());
            self.open = Some(Open { at, class, card, key, body: String::new(), cut: false, line });
        }
        Ok(())
    }

    fn body(&mut self, line: &str) {
        let Some(open) = &mut self.open else { return };
        if open.body.len() + line.len() > LINE_BYTES_MAX {
            open.cut = true;
            return;
        }
        if !open.body.is_empty() {
            open.body.push('\n');
        }
        open.body.push_str(line);
    }

    /// Tells the message whose body has ended.
    fn end(&mut self) -> Result<(), ImportError> {
        let (Some(open), Some(chat)) = (self.open.take(), &mut self.chat) else { return Ok(()) };
        let telling = &mut self.telling;
        let moment = Moment { group: chat.group, at: open.at, key: None, line: open.line };
        // The rule of the next block head is not part of the body.
        let body = open.body.trim();
        let body = body.strip_suffix(RULE).unwrap_or(body).trim_end();
        if open.cut {
            telling.warn(WarningCode::LineTooLong, open.line, body);
        }
        let Some(key) = &open.key else {
            return chat.book.tell(telling, moment, notice(body));
        };
        let card = open.card.trim();
        let earlier = chat.book.name(key).is_some_and(|name| name != card && name != key);
        if earlier && !card.is_empty() {
            let person = chat.book.person(telling, key, "", None);
            telling.tell(moment, Some(person), What::Rename { name: card })?;
        }
        let person = chat.book.person(telling, key, card, open.class);
        let (text, media) = without_placeholders(body);
        let message = Message { text: &text, media, ..Message::default() };
        telling.tell(moment, Some(person), What::Message(message))
    }
}

const RULE: &str = "================================================================";
