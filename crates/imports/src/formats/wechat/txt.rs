//! WeChatMsg TXT: `2024-01-05 09:07:03 名字`, the body below, an empty line.
//!
//! The PC's wall clock, names only: two people with one name are one. A row whose words stand on
//! the header line, with nothing below, was written by the client. The chat is named by the file.

use crate::bundle::{Bundle, Entry, LINE_BYTES_MAX};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::chinese::{Book, Names, clock, notice, without_placeholders};
use crate::formats::lines::{Lines, note};
use crate::formats::telling::{Moment, Telling};
use crate::formats::wall::WallClock;
use crate::formats::wechat::{EVIDENCE, PLATFORM, chat_name};
use domain::{Clock, GroupCard, GroupRef, Media, Message, Millis, Sink, WarningCode, What};
use std::borrow::Cow;

/// `--format wechatmsg-txt`.
pub(crate) const FORMAT: Format = Format {
    word: "wechatmsg-txt",
    title: ["微信（留痕 WeChatMsg TXT）", "WeChat (WeChatMsg TXT)"],
    clock: Clock::Wall,
    has_ids: false,
    claim,
    read,
};

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let ours = |number: &&usize| bundle.entries().get(**number).is_some_and(is_ours);
    open.iter()
        .filter(ours)
        .map(|number| Claim { entries: vec![*number], beside: Vec::new() })
        .collect()
}

/// A header on the first line, and another one after an empty line.
fn is_ours(entry: &Entry) -> bool {
    let head = entry.head_text();
    let mut lines = head.lines().take(200).peekable();
    if lines.peek().is_none_or(|first| clock(first).is_none()) {
        return false;
    }
    let mut after_blank = false;
    lines.any(|line| {
        let header = after_blank && clock(line).is_some_and(|(_, name)| !name.trim().is_empty());
        after_blank = line.trim().is_empty();
        header
    })
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for entry in claim.entries(bundle) {
        sink.file(&entry.place(0));
        let names = learn(entry, options)?;
        let name = match &options.group {
            Some(name) => name.clone(),
            None => chat_name(entry.file_name()).to_owned(),
        };
        let group = sink.group(&GroupCard {
            platform: PLATFORM,
            key: name.clone(),
            name,
            evidence: EVIDENCE,
            founded: None,
        });
        let mut reading = Reading {
            telling: Telling { sink, entry, options },
            book: Book::new(PLATFORM, &names, "self"),
            group,
            open: None,
        };
        reading.file()?;
    }
    Ok(())
}

/// Names of everybody with a message: the key of a person is the name itself.
fn learn(entry: &Entry, options: &ReadOptions) -> Result<Names, ImportError> {
    let keep_going = ReadOptions { partial: true, ..options.clone() };
    let mut lines = Lines::open(entry, &keep_going)?;
    let mut names = Names::default();
    let mut header: Option<String> = None;
    while let Some(line) = lines.next()? {
        if let (Some(name), false) = (header.take(), line.text.is_empty()) {
            names.see(&name, &name, Millis::default());
        }
        header = clock(line.text).map(|(_, name)| name.trim().to_owned());
    }
    Ok(names)
}

/// A message whose body is still being read.
struct Open {
    at: Millis,
    name: String,
    body: String,
    cut: bool,
    line: u64,
}

struct Reading<'a> {
    telling: Telling<'a>,
    book: Book<'a>,
    group: GroupRef,
    open: Option<Open>,
}

impl Reading<'_> {
    fn file(&mut self) -> Result<(), ImportError> {
        let mut lines = Lines::open(self.telling.entry, self.telling.options)?;
        let mut wall = WallClock::new(&self.telling.options.zone);
        let mut after_blank = true;
        while let Some(line) = lines.next()? {
            note(&line, self.telling.entry, self.telling.sink);
            let header = if after_blank { clock(line.text) } else { None };
            after_blank = line.text.is_empty();
            match header.and_then(|(clock, name)| Some((wall.moment(clock)?, name.trim()))) {
                Some((at, name)) => {
                    self.end()?;
                    let (name, body) = (name.to_owned(), String::new());
                    self.open = Some(Open { at, name, body, cut: false, line: line.number });
                }
                None => self.body(line.text),
            }
        }
        self.end()?;
        lines.finish(self.telling.sink);
        Ok(())
    }

    fn body(&mut self, line: &str) {
        let Some(open) = &mut self.open else { return };
        // What a reply quotes is not the author's.
        if line.starts_with("引用:") {
            return;
        }
        if open.body.len() + line.len() > LINE_BYTES_MAX {
            open.cut = true;
            return;
        }
        if !open.body.is_empty() {
            open.body.push('\n');
        }
        open.body.push_str(line);
    }

    fn end(&mut self) -> Result<(), ImportError> {
        let Some(open) = self.open.take() else { return Ok(()) };
        let telling = &mut self.telling;
        let moment = Moment { group: self.group, at: open.at, key: None, line: open.line };
        let body = open.body.trim();
        if open.cut {
            telling.warn(WarningCode::LineTooLong, open.line, body);
        }
        if body.is_empty() {
            return self.book.tell(telling, moment, notice(&open.name));
        }
        let person = self.book.person(telling, &open.name, &open.name, None);
        let (text, media) = shared(body);
        let message = Message { text: &text, media, ..Message::default() };
        telling.tell(moment, Some(person), What::Message(message))
    }
}

/// Cards of links, files and music are described over several lines; none of it was typed.
fn shared(body: &str) -> (Cow<'_, str>, Media) {
    const CARDS: [(&str, Media); 4] = [
        ("[链接]:", Media::Link),
        ("[音乐分享]", Media::Link),
        ("[文件]:", Media::File),
        ("[文件]：", Media::File),
    ];
    match CARDS.iter().find(|(mark, _)| body.starts_with(mark)) {
        Some((_, media)) => (Cow::Borrowed(""), *media),
        None => without_placeholders(body),
    }
}
