//! What comes to a group's writer: something that somebody asks for, or that happened elsewhere.
//!
//! An event is not yet a fact. What was told by a platform has happened and is only noted; what is
//! asked of us (a form of our own web chat, a keeper's act) may still be refused.

use crate::actor::ActorClass;
use crate::fact::{JoinManner, LeaveManner, SourceKey};
use crate::feature::FeatureWord;
use crate::ids::{GroupId, IdentityId};
use crate::time::Millis;
use serde::{Deserialize, Serialize};

/// Where an event comes from, and so whether it may be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Asked of us: our own web chat, a form, the API. May be refused.
    Asked,
    /// Told by a platform: it has happened. Never refused, only noted.
    Told,
    /// A timer of ours fell due.
    Timer,
    /// Another decision led to it ([`crate::Effect::Emit`]).
    Cascade,
}

/// One event of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// In which group.
    pub group: GroupId,
    /// Unique in the group: the same key told twice is the same event. On our own web chat the
    /// page mints it ([`minted_key`]).
    pub key: SourceKey,
    /// When, by the clock of the source.
    pub at: Millis,
    /// Who; nobody for what a timer does.
    pub actor: IdentityId,
    /// Role in which the actor does it; the writer keeps it in the fact.
    pub class: ActorClass,
    /// Where it comes from.
    pub origin: Origin,
    /// What.
    pub what: EventWhat,
}

/// Kinds of events.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventWhat {
    /// Somebody writes.
    Message(Post),
    /// A message is taken back, by its author or a keeper.
    Recall {
        /// Source key of the message.
        of: i64,
        /// The message as the log had it at intake; `None` when it has none or it was taken back.
        said: Option<Said>,
    },
    /// A message is given a new text.
    Edit {
        /// Source key of the message.
        of: i64,
        /// The message as the log had it at intake.
        said: Option<Said>,
        /// The new text.
        text: Box<str>,
    },
    /// A reaction to a message.
    Reaction {
        /// Source key of the message.
        of: i64,
        /// The emoji or its name.
        emoji: Box<str>,
    },
    /// The actor comes in.
    Join(Entrance),
    /// The actor goes out.
    Leave {
        /// How.
        how: LeaveManner,
    },
    /// A keeper removes somebody.
    Remove {
        /// Whom.
        who: IdentityId,
    },
    /// The actor shows another name from now on.
    Rename {
        /// The new name.
        name: Box<str>,
    },
    /// A keeper lets somebody be silent.
    Mute {
        /// Whom.
        who: IdentityId,
        /// Until when; `None` takes a silence back.
        until: Option<Millis>,
    },
    /// The group's announcement (群公告) gets a new version; empty takes it down.
    Announce {
        /// The text.
        text: Box<str>,
    },
    /// A message is pinned, or no longer.
    Pin {
        /// Source key of the message.
        of: i64,
        /// The message as the log had it at intake; `None` when it has none or it was taken back.
        said: Option<Said>,
        /// Whether it is pinned from now on.
        on: bool,
    },
    /// The group gets another name.
    Retitle {
        /// The new name.
        name: Box<str>,
    },
    /// The rules to accept before coming in get a new version.
    Rules {
        /// The text; empty means no rules.
        text: Box<str>,
    },
    /// The group is closed: it can be read, nobody writes or comes in any more.
    Close {
        /// Last words to everybody; may be empty.
        farewell: Box<str>,
    },
    /// A closed group is opened again.
    Reopen,
    /// A timer fell due.
    Due {
        /// Name of the timer, unique in the group.
        timer: Box<str>,
        /// For when it was set.
        due: Millis,
    },
}

/// Who wrote an earlier message, and when: looked up at intake, because deciders read no log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who.
    pub by: IdentityId,
    /// When.
    pub at: Millis,
}

/// A message on its way in, with what was computed from its words at intake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The words.
    pub text: Box<str>,
    /// Feature word of the words.
    pub features: FeatureWord,
    /// Hash of the normalised words.
    pub text_hash: u64,
    /// Source key of the message it answers.
    pub reply_to: Option<i64>,
    /// Whom it calls first; nobody when it calls no one.
    pub calls: IdentityId,
}

/// How somebody comes in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entrance {
    /// Name to show in the group.
    pub name: Box<str>,
    /// How.
    pub how: JoinManner,
    /// Who brought the person in, or nobody.
    pub by: IdentityId,
    /// State of the link or code used (its placement); the stay keeps it. Empty without one.
    pub via: Box<str>,
    /// Version of the rules that was accepted, 0 for none (D17).
    pub rules: u32,
}

/// Random bits in a minted key.
const KEY_RANDOM_BITS: u32 = 21;

/// A key for an event of our own web chat: the clock of the page in front, so that neighbours in
/// time are neighbours in the index, and 21 random bits behind.
pub fn minted_key(at: Millis, random: u32) -> i64 {
    let random = i64::from(random & ((1 << KEY_RANDOM_BITS) - 1));
    at.0.clamp(0, (1 << 42) - 1) << KEY_RANDOM_BITS | random
}

/// The clock in a minted key.
pub fn minted_at(key: i64) -> Millis {
    Millis(key >> KEY_RANDOM_BITS)
}

impl EventWhat {
    /// The stable word, for lists and logs.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Message(_) => "message",
            Self::Recall { .. } => "recall",
            Self::Edit { .. } => "edit",
            Self::Reaction { .. } => "reaction",
            Self::Join(_) => "join",
            Self::Leave { .. } => "leave",
            Self::Remove { .. } => "remove",
            Self::Rename { .. } => "rename",
            Self::Mute { .. } => "mute",
            Self::Announce { .. } => "announce",
            Self::Pin { .. } => "pin",
            Self::Retitle { .. } => "retitle",
            Self::Rules { .. } => "rules",
            Self::Close { .. } => "close",
            Self::Reopen => "reopen",
            Self::Due { .. } => "due",
        }
    }
}
