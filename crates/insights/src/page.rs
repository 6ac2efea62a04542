//! The day page: everything that figures need to know about one group on one civil day.
//!
//! A page is a function of that day's facts sorted by (time, source key), of what was carried in,
//! and of the settings version. Rebuilding it gives an equal page.

use domain::{ActorClass, Day, IdentityId, JoinManner, LeaveManner, Millis};

/// One group on one day. Lists are sorted by their first fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The civil day in the group's zone, as days since 1970-01-01.
    pub day: i32,
    /// Version of the settings it was folded with.
    pub settings: u16,
    /// Everybody who did something that day, by identity.
    pub people: Vec<PersonDay>,
    /// Who answered, mentioned or followed whom, by (from, to).
    pub edges: Vec<Edge>,
    /// People who came in (and those listed as members), by time.
    pub comings: Vec<Coming>,
    /// People who went out, by time.
    pub goings: Vec<Going>,
    /// Things said that day that wait for an answer, by time.
    pub items: Vec<Item>,
    /// First answers given that day, to items of that day or earlier, by time.
    pub answers: Vec<Answer>,
    /// Messages by members and staff in each hour, 0–23.
    pub hours: [u32; 24],
    /// Messages not effective, by reason in the order of [`IdleReason::ALL`] (people only).
    pub idle: [u32; IdleReason::ALL.len()],
    /// Messages by people, by kind of media in the order of `domain::Media::ALL`.
    pub media: [u32; 12],
    /// Rows that the platform wrote other than joins and leaves: service, renames, recalls.
    pub service_rows: u32,
    /// Reactions.
    pub reactions: u32,
    /// Edits.
    pub edits: u32,
    /// Messages taken back or left only as a placeholder.
    pub recalls: u32,
    /// First and last message of the day, `None` without messages.
    pub first_last: Option<(Millis, Millis)>,
}

impl Page {
    /// The civil day.
    pub fn day(&self) -> Day {
        Day(self.day)
    }
}

/// What one identity did on the day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonDay {
    /// Who.
    pub who: IdentityId,
    /// Role, as of the last thing done that day.
    pub class: ActorClass,
    /// Messages written.
    pub messages: u32,
    /// Of these, effective (P02). Always 0 for bots and declared hosts.
    pub effective: u32,
    /// Hours in which the person wrote: bit n = hour n.
    pub hours: u32,
    /// Reactions given.
    pub reactions: u32,
    /// Wrote for the first time ever in this group.
    pub first_ever: bool,
}

/// Messages from one person that answer, mention or follow another's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edge {
    /// Who wrote.
    pub from: IdentityId,
    /// To whom.
    pub to: IdentityId,
    /// By a reply link or a mention.
    pub told: u32,
    /// Read from the order: the next message of another person within the limit.
    pub by_order: u32,
}

/// Somebody came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    /// When.
    pub at: Millis,
    /// Who; nobody for people the export counts without naming.
    pub who: IdentityId,
    /// How; [`JoinManner::Listed`] counts as member, not as join.
    pub how: JoinManner,
    /// Through whom.
    pub by: IdentityId,
    /// Role at that moment.
    pub class: ActorClass,
}

/// Somebody went out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Going {
    /// When.
    pub at: Millis,
    /// Who.
    pub who: IdentityId,
    /// How.
    pub how: LeaveManner,
    /// By whom, for removals.
    pub by: IdentityId,
}

/// Why a message waits for an answer. Bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ItemFlags(pub u8);

impl ItemFlags {
    /// It asks (I08).
    pub const QUESTION: u8 = 1;
    /// The person's first message ever in this group (H10).
    pub const FIRST_POST: u8 = 2;
    /// It opens a talk after silence, by effective speech (solo threads, #12).
    pub const OPENER: u8 = 4;
    /// It calls somebody by name.
    pub const CALL: u8 = 8;

    /// Whether all bits of `flag` are set.
    pub fn has(self, flag: u8) -> bool {
        self.0 & flag == flag
    }
}

/// Something said by a member that waits for an answer by another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// When.
    pub at: Millis,
    /// Source key of the message.
    pub key: i64,
    /// Who said it.
    pub who: IdentityId,
    /// Role of the person.
    pub class: ActorClass,
    /// Why it waits.
    pub flags: ItemFlags,
}

/// How an answer was recognised, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum AnswerEvidence {
    /// A reply link.
    Reply = 0,
    /// It mentions the person who asked.
    Mention = 1,
    /// It came next within the limit.
    Order = 2,
}

/// The first answer to an item by another person (bots do not answer).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// When the answer came.
    pub at: Millis,
    /// Source key of the item answered.
    pub key: i64,
    /// When the item was said.
    pub item_at: Millis,
    /// Who answered.
    pub who: IdentityId,
    /// Role of the one who answered.
    pub class: ActorClass,
    /// Who had asked.
    pub asker: IdentityId,
    /// How it was recognised.
    pub evidence: AnswerEvidence,
}

/// Why a message is not effective speech (P02). The first that fits is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum IdleReason {
    /// Deleted: only the placeholder is left.
    Deleted,
    /// A command to a bot or a play.
    Command,
    /// A sticker, or nothing but emoji.
    StickerOrEmoji,
    /// Nothing but an acknowledgement, a greeting, digits or signs.
    Filler,
    /// Media without words, where the settings do not count it.
    BareMedia,
    /// Fewer words than the least.
    TooShort,
    /// The same words again by the same person that day.
    Repeated,
}

impl IdleReason {
    /// All reasons in order.
    pub const ALL: [Self; 7] = [
        Self::Deleted,
        Self::Command,
        Self::StickerOrEmoji,
        Self::Filler,
        Self::BareMedia,
        Self::TooShort,
        Self::Repeated,
    ];

    /// The stable word, in snake case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Deleted => "deleted",
            Self::Command => "command",
            Self::StickerOrEmoji => "sticker_or_emoji",
            Self::Filler => "filler",
            Self::BareMedia => "bare_media",
            Self::TooShort => "too_short",
            Self::Repeated => "repeated",
        }
    }
}
