//! Reads the files of one channel and tells what happened.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, ReadOptions};
use crate::formats::irc::codes::without_codes;
use crate::formats::irc::days::Days;
use crate::formats::irc::row::Row;
use crate::formats::irc::{Dialect, claim};
use crate::formats::lines::{Lines, note, piece};
use crate::formats::wall::WallClock;
use domain::{
    Evidence, Extent, GroupCard, GroupRef, JoinManner, LeaveManner, Mention, Message, Millis,
    PersonCard, PersonRef, ServiceKind, Sink, Told, Warning, WarningCode, What,
};
use rustc_hash::{FxHashMap, FxHashSet};

/// Scope of nicks and channels: one network is assumed.
const PLATFORM: &str = "irc";

/// So many people at most are called at the beginning of a message.
const CALLED_MAX: usize = 5;

/// The longest nick that is looked for before a `:`, in bytes.
const NICK_BYTES_MAX: usize = 40;

/// Reads one claim.
pub(super) struct Reader<'a> {
    bundle: &'a Bundle,
    claim: &'a Claim,
    options: &'a ReadOptions,
    sink: &'a mut dyn Sink,
    dialect: Dialect,
    wall: WallClock<'a>,
    people: FxHashMap<String, PersonRef>,
    /// All nicks of the whole claim, once an unknown one made it necessary to look.
    elsewhere: Option<FxHashSet<String>>,
}

/// Where and when a row stands.
#[derive(Clone, Copy)]
struct Spot {
    group: GroupRef,
    at: Millis,
    line: u64,
}

impl<'a> Reader<'a> {
    /// Before the first file.
    pub(super) fn new(
        bundle: &'a Bundle,
        claim: &'a Claim,
        options: &'a ReadOptions,
        sink: &'a mut dyn Sink,
        dialect: Dialect,
    ) -> Self {
        Self {
            bundle,
            claim,
            options,
            sink,
            dialect,
            wall: WallClock::new(&options.zone),
            people: FxHashMap::default(),
            elsewhere: None,
        }
    }

    /// Reads all files.
    pub(super) fn read(&mut self) -> Result<(), ImportError> {
        let bundle = self.bundle;
        for entry in self.claim.entries(bundle) {
            self.sink.file(&entry.place(0));
            self.entry(entry)?;
        }
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> Result<(), ImportError> {
        let mut days = Days::starting(claim::date(entry.path()));
        let mut group = None;
        let mut lines = Lines::open(entry, self.options)?;
        let mut known = 0_u64;
        let mut unknown = 0_u64;
        while let Some(line) = lines.next()? {
            note(&line, entry, self.sink);
            let text = without_codes(line.text);
            let parsed = (self.dialect.line())(&text);
            let reading = days.reading(parsed.date, parsed.clock);
            match parsed.row {
                Row::Nothing => continue,
                Row::Channel(name) => {
                    group = Some(self.group(name));
                    known += 1;
                    continue;
                }
                Row::Unreadable => {
                    unknown += 1;
                    self.warn(WarningCode::UnreadableRow, entry, line.number, &text);
                    continue;
                }
                _ => known += 1,
            }
            let Some(at) = reading.and_then(|reading| self.wall.moment(reading)) else {
                return Err(ImportError::Malformed {
                    place: entry.place(line.number),
                    what: "a clock without a day: neither the log nor the name of its file says \
                           the date; name the file like #channel.20240105.log"
                        .to_owned(),
                });
            };
            if at > self.options.now {
                self.warn(WarningCode::FutureTime, entry, line.number, &text);
            }
            let group = *group.get_or_insert_with(|| self.group_of(entry));
            self.row(Spot { group, at, line: line.number }, parsed.row)?;
        }
        lines.finish(self.sink);
        if known == 0 && unknown > 0 {
            return Err(ImportError::Malformed {
                place: entry.place(1),
                what: "no line of it is a line of such a log".to_owned(),
            });
        }
        Ok(())
    }

    fn group_of(&mut self, entry: &Entry) -> GroupRef {
        let name = claim::channel(entry).unwrap_or_else(|| "IRC".to_owned());
        self.group(&name)
    }

    fn group(&mut self, channel: &str) -> GroupRef {
        let name = self.options.group.clone().unwrap_or_else(|| channel.to_owned());
        self.sink.group(&GroupCard {
            platform: PLATFORM,
            key: name.to_lowercase(),
            name,
            evidence: Evidence {
                messages: Extent::Full,
                joins: Extent::Full,
                leaves: if self.dialect == Dialect::Ubuntu {
                    Extent::Partial
                } else {
                    Extent::Full
                },
                replies: Extent::None,
                reactions: Extent::None,
                joins_are_connections: true,
            },
            founded: None,
        })
    }

    fn warn(&mut self, code: WarningCode, entry: &Entry, line: u64, what: &str) {
        self.sink.warn(Warning { code, place: entry.place(line), what: piece(what) });
    }

    fn row(&mut self, spot: Spot, row: Row<'_>) -> Result<(), ImportError> {
        let service = |what| What::Service { what };
        let (nick, what) = match row {
            Row::Say(nick, text) | Row::Act(nick, text) => return self.message(spot, nick, text),
            Row::ActOrStatus(nick, text) if self.is_nick(nick)? => {
                return self.message(spot, nick, text);
            }
            Row::Join(nick) => (Some(nick), What::Join { how: JoinManner::Connection, by: None }),
            Row::Leave(nick) => {
                (Some(nick), What::Leave { how: LeaveManner::Connection, by: None })
            }
            Row::Kick(nick, by) => {
                let by = Some(self.person(by));
                (Some(nick), What::Leave { how: LeaveManner::Removed, by })
            }
            Row::Nick(old, new) => (Some(old), What::Rename { name: new }),
            Row::Mode => (None, service(ServiceKind::Setting)),
            Row::Topic => (None, service(ServiceKind::Topic)),
            Row::Notice => (None, service(ServiceKind::Other)),
            _ => (None, service(ServiceKind::Recorder)),
        };
        let who = nick.map(|nick| self.person(nick));
        self.tell(spot, who, what)
    }

    fn message(&mut self, spot: Spot, nick: &str, text: &str) -> Result<(), ImportError> {
        let who = self.person(nick);
        let calls = self.called(text);
        self.tell(
            spot,
            Some(who),
            What::Message(Message { text, mentions: &calls, ..Message::default() }),
        )
    }

    fn tell(
        &mut self,
        spot: Spot,
        who: Option<PersonRef>,
        what: What<'_>,
    ) -> Result<(), ImportError> {
        let told = Told { group: spot.group, at: spot.at, key: None, who, what, line: spot.line };
        Ok(self.sink.tell(&told)?)
    }

    fn person(&mut self, nick: &str) -> PersonRef {
        if let Some(known) = self.people.get(nick) {
            return *known;
        }
        let card =
            PersonCard { platform: PLATFORM, key: nick, name: nick, called: &[], class: None };
        let person = self.sink.person(&card);
        self.people.insert(nick.to_owned(), person);
        person
    }

    /// Whom `nick: text` or `nick, other: text` calls. Nobody is called by a word before a comma
    /// that is not a nick seen before.
    fn called<'t>(&self, text: &'t str) -> Vec<Mention<'t>> {
        let mut calls = Vec::new();
        let mut rest = text;
        while calls.len() < CALLED_MAX {
            let window = rest.len().min(NICK_BYTES_MAX);
            let Some(end) =
                rest.bytes().take(window).position(|byte| matches!(byte, b':' | b',' | b' '))
            else {
                break;
            };
            let (nick, after) = rest.split_at_checked(end).unwrap_or(("", ""));
            let spaced = after.len() == 1 || after.as_bytes().get(1) == Some(&b' ');
            let known = self.people.get(nick);
            let colon = after.starts_with(':');
            match known {
                _ if nick.is_empty() || !spaced || after.starts_with(' ') => break,
                Some(person) => calls.push(Mention::Person(*person)),
                None if colon => calls.push(Mention::Name(nick)),
                None => break,
            }
            if colon {
                break;
            }
            rest = after.get(2..).unwrap_or("");
        }
        calls
    }

    /// Whether somebody is seen under this nick: before this row, or anywhere in the claim.
    fn is_nick(&mut self, nick: &str) -> Result<bool, ImportError> {
        if self.people.contains_key(nick) {
            return Ok(true);
        }
        if self.elsewhere.is_none() {
            self.elsewhere = Some(self.all_nicks()?);
        }
        Ok(self.elsewhere.as_ref().is_some_and(|nicks| nicks.contains(nick)))
    }

    fn all_nicks(&self) -> Result<FxHashSet<String>, ImportError> {
        let mut nicks = FxHashSet::default();
        for entry in self.claim.entries(self.bundle) {
            let mut lines = Lines::open(entry, self.options)?;
            while let Some(line) = lines.next()? {
                let text = without_codes(line.text);
                let found = (self.dialect.line())(&text).row.nicks();
                let new = found.into_iter().flatten().filter(|nick| !nicks.contains(*nick));
                let new: Vec<String> = new.map(str::to_owned).collect();
                nicks.extend(new);
            }
        }
        Ok(nicks)
    }
}
