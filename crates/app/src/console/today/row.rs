//! One thing to do, as codes and numbers: the face finds the words.

use domain::{GroupId, IdentityId, Millis};
use insights::{Cause, Mood};

/// One thing to do.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Word of its source.
    pub source: &'static str,
    /// Its name within the source: the same thing has the same name again.
    pub key: String,
    /// In which group; `None` where it is about the whole organisation.
    pub group: Option<GroupId>,
    /// Whom it is about.
    pub person: Option<IdentityId>,
    /// Since when it waits.
    pub since: Millis,
    /// 0 is the most pressing: first-ever posts (H10).
    pub urgency: u8,
    /// How bad it is, by the measure of its source: above the level at which it was put off, it is
    /// shown again at once.
    pub level: i64,
    /// Why it stands here.
    pub reason: Reason,
    /// What calling it done does.
    pub closing: Closing,
}

/// Why a row stands on Today.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// Somebody's first-ever post has no answer (H10, D18): the key of the message.
    FirstPost(Option<i64>),
    /// A question has no answer.
    Question(Option<i64>),
    /// Somebody who called a person has no answer.
    Call(Option<i64>),
    /// An action that staff confirm or do by hand: the kind of action, where it is known.
    CarryOut,
    /// An action whose outcome nobody knows.
    CheckOutcome,
    /// A group in trouble, with the strongest causes first (O05, O07).
    Trouble(Mood, Vec<Cause>),
    /// Groups that have been silent for so long that they are told in one row.
    LongDead(usize),
    /// Somebody new whom nobody has welcomed (D18).
    Newcomer,
    /// Several of them in one group: how many, and the names of some.
    Newcomers(usize, Vec<String>),
    /// Something that came in could not be processed: number, kind of event, cause.
    SetAside(i64, &'static str, String),
    /// An action failed for good: its kind and the cause.
    ActionFailed(String, String),
    /// An import failed: its number.
    ImportFailed(i64),
    /// Groups without an owner (R01): how many.
    Ownerless(usize),
}

/// What calling a row done does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closing {
    /// Closes the task of this name.
    Task(String),
    /// Notes that it was seen: for so many milliseconds, or for good.
    Seen(Option<i64>),
    /// Drops what was set aside; needs to keep groups.
    Drop(i64),
}
