//! The first pass over a QQ TXT: which chats stand in it, who bears which card.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ReadOptions;
use crate::formats::chinese::Names;
use crate::formats::lines::Lines;
use crate::formats::qq::header::{Header, Mark, Sender, header, mark};
use crate::formats::wall::WallClock;

/// One chat of the export.
#[derive(Debug, Default)]
pub(super) struct Chat {
    pub(super) names: Names,
    /// Headers with and without an account.
    numbered: u64,
    unnumbered: u64,
    friend_list: bool,
}

impl Chat {
    pub(super) fn has_messages(&self) -> bool {
        self.numbered > 0
    }

    /// Messages in groups carry a number or address; chats with a friend do not.
    pub(super) fn is_group(&self) -> bool {
        !self.friend_list && (self.numbered > 0 || self.unnumbered == 0)
    }
}

/// What the first pass learns.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// In the order of the file. The first one is for messages before any block head.
    pub(super) chats: Vec<Chat>,
    /// Headers after an empty line or block head, and others that look like headers.
    spaced: u64,
    crowded: u64,
}

impl Survey {
    /// An empty line stands before every header (except where somebody removed all of them).
    pub(super) fn is_spaced(&self) -> bool {
        self.spaced > 1 || self.crowded == 0
    }

    pub(super) fn of(entry: &Entry, options: &ReadOptions) -> Result<Self, ImportError> {
        let keep_going = ReadOptions { partial: true, ..options.clone() };
        let mut lines = Lines::open(entry, &keep_going)?;
        let mut survey = Self { chats: vec![Chat::default()], ..Self::default() };
        let mut wall = WallClock::new(&options.zone);
        let mut friends = false;
        let (mut after_blank, mut after_rule) = (true, false);
        while let Some(line) = lines.next()? {
            if let Some(header) = header(line.text) {
                survey.note(&header, after_blank, &mut wall);
            }
            let mark = mark(line.text, after_rule);
            match mark {
                Some(Mark::List(list)) => {
                    friends = ["好友", "联系人", "陌生人"].iter().any(|word| list.contains(word));
                }
                Some(Mark::Chat(_)) => {
                    survey.chats.push(Chat { friend_list: friends, ..Chat::default() });
                }
                _ => {}
            }
            after_rule = mark == Some(Mark::Rule);
            after_blank = line.text.is_empty() || mark.is_some();
        }
        Ok(survey)
    }

    fn note(&mut self, header: &Header<'_>, after_blank: bool, wall: &mut WallClock<'_>) {
        let count = if after_blank { &mut self.spaced } else { &mut self.crowded };
        *count += 1;
        let Some(chat) = self.chats.last_mut() else { return };
        match header.sender {
            Sender::Account(key) if after_blank => {
                chat.numbered += 1;
                if let Some(at) = wall.moment(header.clock) {
                    chat.names.see(header.card.trim(), &key.to_ascii_lowercase(), at);
                }
            }
            Sender::Account(_) | Sender::System => {}
            Sender::Unnumbered => chat.unnumbered += u64::from(after_blank),
        }
    }
}
