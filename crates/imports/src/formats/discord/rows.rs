//! Messages of one channel, told.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::formats::discord::people::People;
use crate::formats::discord::row::{Account, Kind, Reaction, Row};
use crate::formats::discord::text::{calls_everybody, plain};
use crate::formats::json::{Loose, Shape, cut};
use domain::{
    Extent, GroupCard, GroupRef, JoinManner, LeaveManner, Mention, Message, Millis, PersonRef,
    ServiceKind, Sink, Told, Warning, WarningCode, What,
};

/// Anonymous reactions that are believed of one emoji; more is a broken count.
const NAMELESS_MAX: u64 = 100_000;

/// The moment from which Discord's ids count, in milliseconds (2015-01-01).
const EPOCH_MS: i64 = 1_420_070_400_000;

/// One channel on its way to the sink.
pub(super) struct Channel<'c> {
    entry: &'c Entry,
    card: GroupCard,
    group: Option<GroupRef>,
    people: &'c mut People,
}

/// The shape of a channel's messages.
pub(super) struct Messages;

impl Shape for Messages {
    type Record<'a> = Row<'a>;
}

/// Where and when a row stands.
#[derive(Clone, Copy)]
struct Spot {
    group: GroupRef,
    key: i64,
    at: Millis,
    line: u64,
}

impl Spot {
    fn tell(
        self,
        who: Option<PersonRef>,
        what: What<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let Self { group, key, at, line } = self;
        Ok(sink.tell(&Told { group, at, key: Some(key), who, what, line })?)
    }
}

impl<'c> Channel<'c> {
    /// Before its first message.
    pub(super) fn of(entry: &'c Entry, card: GroupCard, people: &'c mut People) -> Self {
        Self { entry, card, group: None, people }
    }

    /// Takes a message.
    pub(super) fn take(
        &mut self,
        line: u64,
        row: &Row<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let id = row.id.as_ref().map_or("", Loose::as_str);
        let Some(key) = id.parse::<i64>().ok().filter(|id| *id >= 0) else {
            self.warn(WarningCode::UnreadableRow, line, &format!("id {id:?}"), sink);
            return Ok(());
        };
        let at = moment(row.timestamp.as_ref()).unwrap_or(Millis((key >> 22) + EPOCH_MS));
        let group = *self.group.get_or_insert_with(|| sink.group(&self.card));
        self.row(row, Spot { group, key, at, line }, sink)
    }

    fn row(&mut self, row: &Row<'_>, spot: Spot, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let word = row.kind.as_ref().map_or("", Loose::as_str);
        let kind = Kind::of(word);
        let who = row.author.as_ref().and_then(|author| self.people.of(author, true, sink));
        let names_nobody = row.mentions.as_ref().is_none_or(Vec::is_empty);
        match kind {
            Kind::Added | Kind::Removed if names_nobody => {
                spot.tell(who, What::Service { what: ServiceKind::Other }, sink)
            }
            Kind::Words | Kind::Reply => self.message(row, (kind, who), spot, sink),
            Kind::Join => {
                self.shows(|evidence| &mut evidence.joins, sink);
                spot.tell(who, What::Join { how: JoinManner::Unknown, by: None }, sink)
            }
            Kind::Added => {
                self.shows(|evidence| &mut evidence.joins, sink);
                let how = JoinManner::Invited;
                for member in row.mentions.iter().flatten() {
                    let joined = self.people.of(member, false, sink);
                    spot.tell(joined, What::Join { how, by: who }, sink)?;
                }
                Ok(())
            }
            Kind::Removed => {
                self.shows(|evidence| &mut evidence.leaves, sink);
                for member in row.mentions.iter().flatten() {
                    let left = self.people.of(member, false, sink);
                    let (how, by) = if left == who {
                        (LeaveManner::Left, None)
                    } else {
                        (LeaveManner::Removed, who)
                    };
                    spot.tell(left, What::Leave { how, by }, sink)?;
                }
                Ok(())
            }
            Kind::Service(what) => spot.tell(who, What::Service { what }, sink),
            Kind::Unknown => {
                self.warn(WarningCode::UnknownKind, spot.line, word, sink);
                spot.tell(who, What::Service { what: ServiceKind::Other }, sink)
            }
        }
    }

    fn message(
        &mut self,
        row: &Row<'_>,
        (kind, who): (Kind, Option<PersonRef>),
        spot: Spot,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let own = row.content.as_ref().map_or("", Loose::as_str);
        let forwarded = row.forwarded_message.as_ref();
        let passed_on = forwarded.and_then(|message| message.content.as_ref()).map(Loose::as_str);
        let raw = if own.is_empty() { passed_on.unwrap_or_default() } else { own };
        let mentioned = row.mentions.as_deref().unwrap_or_default();
        let text = plain(raw, |id| {
            let one =
                mentioned.iter().find(|one| one.id.as_ref().is_some_and(|o| o.as_str() == id));
            one.and_then(|one| one.nickname.as_ref().or(one.name.as_ref()))
                .map(|name| name.as_str().to_owned())
        });
        let mut mentions: Vec<Mention<'_>> = mentioned
            .iter()
            // The author of an answered message is "mentioned" without being called.
            .filter(|one| kind != Kind::Reply || is_called(one, raw))
            .filter_map(|one| self.people.of(one, false, sink))
            .map(Mention::Person)
            .collect();
        if calls_everybody(raw) {
            mentions.push(Mention::Everybody);
        }
        let message = Message {
            text: &text,
            media: row.media(),
            reply_to: if kind == Kind::Reply { answered(row, &self.card.key) } else { None },
            mentions: &mentions,
            forwarded: forwarded.is_some(),
            deleted: false,
        };
        spot.tell(who, What::Message(message), sink)?;
        if let Some(at) = moment(row.timestamp_edited.as_ref()) {
            Spot { at, ..spot }.tell(who, What::Edit { of: spot.key }, sink)?;
        }
        for reaction in row.reactions.iter().flatten() {
            self.reaction(reaction, spot, sink)?;
        }
        Ok(())
    }

    fn reaction(
        &mut self,
        reaction: &Reaction<'_>,
        spot: Spot,
        sink: &mut dyn Sink,
    ) -> Result<(), ImportError> {
        let emoji = reaction.emoji.as_ref().and_then(|emoji| emoji.name.as_ref());
        let emoji = emoji.map_or("", Loose::as_str);
        let what = What::Reaction { of: spot.key, emoji };
        let users = reaction.users.as_deref().unwrap_or_default();
        for user in users {
            let who = self.people.of(user, false, sink);
            spot.tell(who, what.clone(), sink)?;
        }
        let nameless = reaction.count.unwrap_or(0).saturating_sub(users.len() as u64);
        for _ in 0..nameless.min(NAMELESS_MAX) {
            spot.tell(None, what.clone(), sink)?;
        }
        Ok(())
    }

    /// Says that comings (or goings) are written here after all, if perhaps not all of them.
    fn shows(&mut self, extent: fn(&mut domain::Evidence) -> &mut Extent, sink: &mut dyn Sink) {
        let extent = extent(&mut self.card.evidence);
        if *extent == Extent::None {
            *extent = Extent::Partial;
            sink.group(&self.card);
        }
    }

    fn warn(&self, code: WarningCode, line: u64, what: &str, sink: &mut dyn Sink) {
        sink.warn(Warning { code, place: self.entry.place(line), what: cut(what) });
    }
}

/// The answered message, unless it stands in another channel.
fn answered(row: &Row<'_>, channel: &str) -> Option<i64> {
    let reference = row.reference.as_ref()?;
    let here = reference.channel_id.as_ref().is_none_or(|id| id.as_str() == channel);
    reference.message_id.as_ref()?.as_str().parse().ok().filter(|_| here)
}

/// Whether the text has an `@` with this account's name or id.
fn is_called(account: &Account<'_>, text: &str) -> bool {
    let name = |name: &Option<Loose<'_>>| {
        name.as_ref().is_some_and(|name| text.contains(&format!("@{}", name.as_str())))
    };
    let id = account.id.as_ref().map_or("", Loose::as_str);
    text.contains('@')
        && (name(&account.nickname)
            || name(&account.name)
            || text.contains(&format!("<@{id}>"))
            || text.contains(&format!("<@!{id}>")))
}

fn moment(timestamp: Option<&Loose<'_>>) -> Option<Millis> {
    let parsed: jiff::Timestamp = timestamp?.as_str().parse().ok()?;
    Some(Millis(parsed.as_millisecond()))
}
