//! The event envelope: one fact of a group's log, without any personal text.
//!
//! A fact is 40 packed bytes beside its place in the log. The layout is version 1; a golden file
//! holds it. A later version gets an upcaster in [`Fact::from_body`], never a rewrite of the log.

use crate::actor::ActorClass;
use crate::feature::FeatureWord;
use crate::ids::IdentityId;
use crate::time::Millis;
use serde::{Deserialize, Serialize};

/// Size of a packed body, in bytes.
pub const BODY_BYTES: usize = 40;

const VERSION: u8 = 1;

macro_rules! coded {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal $word:literal,)+ }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* $variant = $code,)+ }

        impl $name {
            /// All of them, in the order of their codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The one with this stored code.
            pub fn from_code(code: u8) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }

            /// The stable word for it, in snake case.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }
        }
    };
}

coded! {
    /// Kinds of facts.
    FactKind {
        /// Somebody wrote (`actor`; `other` = first person mentioned; `reply_to`).
        Message = 1 "message.posted",
        /// The message `reply_to` got a new text; `features` are those of the new text.
        Edit = 2 "message.edited",
        /// The message `reply_to` was taken back.
        Recall = 3 "message.recalled",
        /// `actor` reacted to the message `reply_to`; `text_hash` tells emoji apart.
        Reaction = 4 "message.reacted",
        /// `actor` came in, brought by `other`; `detail` is a [`JoinManner`].
        Join = 5 "member.joined",
        /// `actor` went out, removed by `other`; `detail` is a [`LeaveManner`].
        Leave = 6 "member.left",
        /// `actor` shows another name.
        Rename = 7 "member.renamed",
        /// The platform wrote something; `detail` is a [`ServiceKind`].
        Service = 8 "service.noted",
    }
}

coded! {
    /// How somebody came in.
    JoinManner {
        /// The source does not say.
        Unknown = 0 "unknown",
        /// By an invitation link.
        Link = 1 "link",
        /// Brought in by somebody.
        Invited = 2 "invited",
        /// By scanning a code.
        Scan = 3 "scan",
        /// Asked and was let in.
        Approved = 4 "approved",
        /// Was there at the founding.
        Founding = 5 "founding",
        /// From a community or parent space.
        Community = 6 "community",
        /// A connection to a chat server, not a membership (IRC).
        Connection = 7 "connection",
        /// Found in a member list; when the person really came is not known. Counts as a member,
        /// never as a join.
        Listed = 8 "listed",
    }
}

coded! {
    /// How somebody went out.
    LeaveManner {
        /// The source does not say.
        Unknown = 0 "unknown",
        /// Left.
        Left = 1 "left",
        /// Was removed by a keeper.
        Removed = 2 "removed",
        /// The connection ended (IRC).
        Connection = 3 "connection",
    }
}

coded! {
    /// What a service row is about.
    ServiceKind {
        /// Anything not told apart here.
        Other = 0 "other",
        /// The group was founded.
        Founded = 1 "founded",
        /// The group got another name.
        GroupName = 2 "group_name",
        /// The group got another picture.
        GroupPicture = 3 "group_picture",
        /// Topic, purpose, description or announcement changed.
        Topic = 4 "topic",
        /// A message was pinned.
        Pin = 5 "pin",
        /// A setting or right changed.
        Setting = 6 "setting",
        /// Somebody became or ceased to be a keeper.
        Keeper = 7 "keeper",
        /// A call or live session.
        Call = 8 "call",
        /// 拍一拍.
        Nudge = 9 "nudge",
        /// A red packet was taken.
        RedPacket = 10 "red_packet",
        /// The group moved, was archived or reopened.
        Moved = 11 "moved",
        /// A program was added or removed.
        Bot = 12 "bot",
        /// A thread or topic began, moved or was resolved.
        Thread = 13 "thread",
        /// Somebody changed number or account.
        Account = 14 "account",
        /// The recorder's own notes.
        Recorder = 15 "recorder",
        /// A keeper let somebody be silent, or took that back; the other person of the fact.
        Mute = 16 "mute",
        /// The announcement got a new version; the words are the fact's.
        Announcement = 17 "announcement",
        /// A message is no longer pinned.
        Unpin = 18 "unpin",
        /// The rules got a new version; the words are the fact's.
        Rules = 19 "rules",
        /// The group was closed, with its last words.
        Closed = 20 "closed",
        /// A closed group was opened again.
        Reopened = 21 "reopened",
        /// Somebody may speak again.
        Unmute = 22 "unmute",
    }
}

/// Identifies a fact within its group whichever way it arrives: the same thing told twice has the
/// same key and is stored once.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct SourceKey {
    /// Number in the source: the platform's id, or clock × 2²⁰ + position within that tick where
    /// the format has no ids.
    pub key: i64,
    /// Part of a row that told several facts (people added together, reactions): the kind in the
    /// upper 8 bits, the part below.
    pub part: u32,
}

/// One fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Source clock.
    pub at: Millis,
    /// Its identity in the source.
    pub source: SourceKey,
    /// What kind.
    pub kind: FactKind,
    /// Role of the actor at that moment.
    pub class: ActorClass,
    /// Manner or service kind, by the kind of fact.
    pub detail: u8,
    /// Who.
    pub actor: IdentityId,
    /// Second person, by the kind of fact.
    pub other: IdentityId,
    /// Source key of the message it is about; `None` where there is none.
    pub reply_to: Option<i64>,
    /// What is known about the words (messages and edits).
    pub features: FeatureWord,
    /// Hash of the normalised text (messages, edits) or of the emoji (reactions); 0 without text.
    pub text_hash: u64,
}

/// A stored body that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactError {
    /// Not [`BODY_BYTES`] long.
    Size(usize),
    /// Written by a newer program.
    Version(u8),
    /// A code that this version does not define.
    Code(u8),
}

impl std::fmt::Display for FactError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Size(size) => write!(f, "a stored fact has {size} bytes instead of {BODY_BYTES}"),
            Self::Version(version) => {
                write!(
                    f,
                    "a stored fact has version {version}; this program reads up to {VERSION}: update it"
                )
            }
            Self::Code(code) => write!(f, "a stored fact has the unknown code {code}"),
        }
    }
}

impl std::error::Error for FactError {}

impl Fact {
    /// The packed body: everything but `at` and `source`, which are columns of the log.
    pub fn body(&self) -> [u8; BODY_BYTES] {
        let mut body = [0; BODY_BYTES];
        let head = [
            VERSION,
            self.kind as u8,
            self.class as u8,
            self.detail,
            u8::from(self.reply_to.is_some()),
            0,
            0,
            0,
        ];
        let parts: [&[u8]; 6] = [
            &head,
            &self.actor.0.to_le_bytes(),
            &self.other.0.to_le_bytes(),
            &self.reply_to.unwrap_or(0).to_le_bytes(),
            &self.features.0.to_le_bytes(),
            &self.text_hash.to_le_bytes(),
        ];
        for (to, from) in body.iter_mut().zip(parts.into_iter().flatten()) {
            *to = *from;
        }
        body
    }

    /// Reads a packed body of any version back.
    pub fn from_body(at: Millis, source: SourceKey, body: &[u8]) -> Result<Self, FactError> {
        let body: &[u8; BODY_BYTES] = body.try_into().map_err(|_| FactError::Size(body.len()))?;
        let [version, kind, class, detail, has_reply, _, _, _, rest @ ..] = *body;
        if version != VERSION {
            return Err(FactError::Version(version));
        }
        let number = |from: usize| u64::from_le_bytes(take(&rest, from));
        Ok(Self {
            at,
            source,
            kind: FactKind::from_code(kind).ok_or(FactError::Code(kind))?,
            class: ActorClass::from_code(class).ok_or(FactError::Code(class))?,
            detail,
            actor: IdentityId(u32::from_le_bytes(take(&rest, 0))),
            other: IdentityId(u32::from_le_bytes(take(&rest, 4))),
            reply_to: (has_reply == 1).then(|| number(8) as i64),
            features: FeatureWord(number(16)),
            text_hash: number(24),
        })
    }
}

fn take<const N: usize>(bytes: &[u8; 32], from: usize) -> [u8; N] {
    let mut out = [0; N];
    for (to, byte) in out.iter_mut().zip(bytes.iter().skip(from)) {
        *to = *byte;
    }
    out
}
