//! Rows of one day file, told in the order of their `ts`.
//!
//! A row's number within its channel is its `ts` in microseconds; everything that the row tells
//! besides (reactions, an edit) carries the same number.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::json::{Loose, Records, cut, parse, seconds};
use crate::formats::slack::people::{People, Profile};
use crate::formats::slack::row::{Comment, Kind, Reaction, Row, Stamp, Upload};
use crate::formats::slack::text::{Called, plain};
use domain::{
    GroupRef, JoinManner, LeaveManner, Media, Mention, Message, Millis, PersonRef, Place,
    ServiceKind, Sink, Told, Warning, WarningCode, What,
};

/// Rows held back for sorting, in bytes; a longer day is told in stretches of this size.
const HELD_BYTES_MAX: usize = 32 << 20;

/// Anonymous reactions that are believed of one emoji; more is a broken count.
const NAMELESS_MAX: u64 = 10_000;

/// One day file of a channel.
pub(super) struct Day<'e> {
    entry: &'e Entry,
    group: GroupRef,
    held: Vec<(i64, u64, Vec<u8>)>,
    held_bytes: usize,
}

impl<'e> Day<'e> {
    /// Before its first row.
    pub(super) fn of(entry: &'e Entry, group: GroupRef) -> Self {
        Self { entry, group, held: Vec::new(), held_bytes: 0 }
    }

    /// Takes a cut row.
    pub(super) fn take(
        &mut self,
        number: u64,
        bytes: &[u8],
        people: &mut People,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let (mut spare, mut again) = (String::new(), String::new());
        let Ok((stamp, _)) = parse::<Stamp<'_>>(bytes, &mut spare) else {
            Records::read::<Stamp<'_>>(self.entry, number, bytes, &mut again, sink);
            return Ok(());
        };
        let ts = stamp.ts.as_ref().map_or("", Loose::as_str);
        let Some(key) = microseconds(ts) else {
            let place = self.entry.place(number);
            sink.warn(Warning { code: WarningCode::UnreadableTime, place, what: cut(ts) });
            return Ok(());
        };
        self.held_bytes += bytes.len();
        self.held.push((key, number, bytes.to_vec()));
        if self.held_bytes > HELD_BYTES_MAX { self.tell_all(people, sink) } else { Ok(()) }
    }

    /// Tells what is held.
    pub(super) fn tell_all(
        &mut self,
        people: &mut People,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        self.held.sort_by_key(|(key, number, _)| (*key, *number));
        self.held_bytes = 0;
        for (key, number, bytes) in std::mem::take(&mut self.held) {
            let mut spare = String::new();
            let row = Records::read::<Row<'_>>(self.entry, number, &bytes, &mut spare, sink);
            if let Some(row) = row {
                let place = self.entry.place(number);
                Telling { group: self.group, key, place, people: &mut *people, sink: &mut *sink }
                    .row(&row)?;
            }
        }
        Ok(())
    }
}

/// One row on its way to the sink.
struct Telling<'s> {
    group: GroupRef,
    key: i64,
    place: Place,
    people: &'s mut People,
    sink: &'s mut dyn Sink,
}

impl Telling<'_> {
    fn row(&mut self, row: &Row<'_>) -> Result<(), ImportError> {
        let subtype = row.subtype.as_ref().map_or("", Loose::as_str);
        let kind = Kind::of(subtype);
        match kind {
            Kind::Words | Kind::OldUpload | Kind::FileComment | Kind::Program => {
                self.message(row, kind)
            }
            Kind::Join => {
                let by = row.inviter.as_ref().map(|id| self.person(id.as_str(), None));
                let how = if by.is_some() { JoinManner::Invited } else { JoinManner::Unknown };
                self.by_user(row, What::Join { how, by })
            }
            Kind::Leave => self.by_user(row, What::Leave { how: LeaveManner::Left, by: None }),
            Kind::Tombstone => self.tell(None, What::Recall { of: Some(self.key) }),
            Kind::Service(what) => self.by_user(row, What::Service { what }),
            Kind::Unknown => {
                let (place, what) = (self.place.clone(), cut(subtype));
                self.sink.warn(Warning { code: WarningCode::UnknownKind, place, what });
                self.by_user(row, What::Service { what: ServiceKind::Other })
            }
        }
    }

    fn message(&mut self, row: &Row<'_>, kind: Kind) -> Result<(), ImportError> {
        let who = self.author(row, kind);
        let mut called = Vec::new();
        let people = &*self.people;
        let handle = |id: &str| people.handle(id).map(str::to_owned);
        let text = plain(typed(row, kind), handle, &mut called);
        let mentions: Vec<Mention<'_>> = called
            .into_iter()
            .map(|one| match one {
                Called::Id(id) => Mention::Person(self.person(id, None)),
                Called::Everybody => Mention::Everybody,
            })
            .collect();
        let thread = row.thread_ts.as_ref().and_then(|ts| microseconds(ts.as_str()));
        let message = Message {
            text: text.trim(),
            media: media(row, kind),
            reply_to: thread.filter(|&parent| parent != self.key),
            mentions: &mentions,
            ..Message::default()
        };
        self.tell(who, What::Message(message))?;
        self.edit(row, who)?;
        for reaction in row.reactions.iter().flatten() {
            self.reaction(reaction)?;
        }
        Ok(())
    }

    fn author(&mut self, row: &Row<'_>, kind: Kind) -> Option<PersonRef> {
        let comment = row.comment.as_ref().and_then(|comment| comment.user.as_ref());
        let user = row.user.as_ref().or(comment).map(Loose::as_str).filter(|id| !id.is_empty());
        let bot = row.bot_id.as_ref().map(Loose::as_str).filter(|id| !id.is_empty());
        let username = row.username.as_ref().map(Loose::as_str);
        if bot.is_some() || kind == Kind::Program {
            let named = row.bot_profile.as_ref().and_then(Profile::shown).or(username);
            let key = bot.or(user).or(named)?;
            return Some(self.people.bot(user, key, named, self.sink));
        }
        let named = row.user_profile.as_ref().and_then(Profile::shown).or(username);
        user.map(|id| self.person(id, named))
    }

    fn edit(&mut self, row: &Row<'_>, author: Option<PersonRef>) -> Result<(), ImportError> {
        let Some(edited) = &row.edited else { return Ok(()) };
        let at = edited.ts.as_ref().and_then(|ts| seconds(ts.as_str()));
        let who = edited.user.as_ref().map(|id| self.person(id.as_str(), None)).or(author);
        let what = What::Edit { of: self.key };
        self.tell_at(Millis(at.unwrap_or(self.key / 1000)), who, what)
    }

    fn reaction(&mut self, reaction: &Reaction<'_>) -> Result<(), ImportError> {
        let what = What::Reaction { of: self.key, emoji: reaction.name.as_str() };
        let users = reaction.users.as_deref().unwrap_or_default();
        for user in users {
            let who = self.person(user.as_str(), None);
            self.tell(Some(who), what.clone())?;
        }
        let nameless = reaction.count.unwrap_or(0).saturating_sub(users.len() as u64);
        for _ in 0..nameless.min(NAMELESS_MAX) {
            self.tell(None, what.clone())?;
        }
        Ok(())
    }

    fn by_user(&mut self, row: &Row<'_>, what: What<'_>) -> Result<(), ImportError> {
        let named = row.user_profile.as_ref().and_then(Profile::shown);
        let who = row.user.as_ref().map(|id| self.person(id.as_str(), named));
        self.tell(who, what)
    }

    fn person(&mut self, id: &str, named: Option<&str>) -> PersonRef {
        self.people.person(id, named, || self.place.clone(), self.sink)
    }

    fn tell(&mut self, who: Option<PersonRef>, what: What<'_>) -> Result<(), ImportError> {
        self.tell_at(Millis(self.key / 1000), who, what)
    }

    fn tell_at(
        &mut self,
        at: Millis,
        who: Option<PersonRef>,
        what: What<'_>,
    ) -> Result<(), ImportError> {
        let (group, key, line) = (self.group, Some(self.key), self.place.line);
        Ok(self.sink.tell(&Told { group, at, key, who, what, line })?)
    }
}

/// The words that the author typed, still with markup.
fn typed<'r>(row: &'r Row<'_>, kind: Kind) -> &'r str {
    let text = row.text.as_ref().map_or("", Loose::as_str);
    let said = |comment: &'r Option<Comment<'_>>| {
        comment.as_ref().and_then(|comment| comment.comment.as_ref()).map(Loose::as_str)
    };
    match kind {
        // "<@U1|ann> uploaded a file: <…> and commented: nice" — only the last part is hers.
        Kind::OldUpload => match row.file.as_ref().and_then(|file| said(&file.initial_comment)) {
            Some(comment) => comment,
            None if text.contains("> uploaded a file: <")
                || text.contains("> shared a file: <") =>
            {
                text.split_once("> and commented: ").map_or("", |(_, comment)| comment)
            }
            None if row.file.is_some() => "",
            None => text,
        },
        Kind::FileComment => said(&row.comment).unwrap_or(text),
        _ => text,
    }
}

fn media(row: &Row<'_>, kind: Kind) -> Media {
    let newer = row.files.iter().flatten().next();
    match (newer, kind) {
        (Some(file), _) => file.as_ref().map_or(Media::File, Upload::media),
        (None, Kind::OldUpload) => row.file.as_ref().map_or(Media::File, Upload::media),
        _ => Media::None,
    }
}

/// The number of a row: its `ts` in microseconds.
fn microseconds(ts: &str) -> Option<i64> {
    let (whole, part) = ts.split_once('.').unwrap_or((ts, ""));
    if part.len() > 6 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let millis = seconds(whole)?;
    let micros: i64 = format!("{part:0<6}").parse().ok()?;
    Some(millis * 1000 + micros)
}

#[cfg(test)]
mod tests {
    use super::microseconds;

    #[test]
    fn a_ts_is_read_to_the_microsecond_or_refused() {
        assert_eq!(microseconds("1451606400.000002"), Some(1_451_606_400_000_002));
        assert_eq!(microseconds("1451606400.5"), Some(1_451_606_400_500_000));
        assert_eq!(microseconds("1451606400"), Some(1_451_606_400_000_000));
        for wrong in ["", "x", "1.x", "-5.000001", "1451606400.0000021", "99999999999999"] {
            assert_eq!(microseconds(wrong), None, "{wrong}");
        }
    }
}
