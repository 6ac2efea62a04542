//! One thing to do, as codes and numbers: the face finds the words.

use domain::{GroupId, IdentityId, Millis, StaffId};
use insights::{Cause, Mood};

use crate::links::LinkAlarm;

use crate::wecom::OwnerlessWhy;

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
    /// Far more people came than usual.
    Joins(Unusual),
    /// Far more people left than usual.
    Leaves(Unusual),
    /// A customer group is nearly full.
    Filling(Filling),
    /// The owner of customer groups has left or is out of sight.
    Unled(Unled),
    /// The platform refuses calls until somebody sets something right.
    Refused(RefusedCalls),
    /// The platform does not take cards for somebody of staff.
    NoCards(NoCards),
    /// Something about live codes does not stand as it should.
    Code(LinkAlarm),
    /// A keeper told of it by one tap.
    Reported(Reported),
}

/// A count beside what is usual in the same group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unusual {
    /// Yesterday and today up to now.
    pub count: u32,
    /// On all the days before that are compared with.
    pub before: u32,
    /// How many days these are.
    pub days: u32,
    /// These are few: take it as a hint.
    pub is_small: bool,
}

/// A customer group and its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filling {
    /// Who is in, staff as well.
    pub members: u32,
    /// So many fit.
    pub limit: u32,
    /// Who came in the last 14 days and is in.
    pub came: u32,
    /// Days until it is full at this pace; `None`: nobody comes.
    pub days: Option<u32>,
}

/// Customer groups of an owner who does not lead them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unled {
    /// Number of the company.
    pub account: i64,
    /// The owner's name, or `userid` where no name is known.
    pub owner: String,
    /// Why.
    pub why: OwnerlessWhy,
    /// How many groups.
    pub groups: usize,
}

/// Calls that the platform refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedCalls {
    /// Number of the company.
    pub account: i64,
    /// `company`, `secret`, `permission`, `withdrawn`, `disabled` or `address`.
    pub word: &'static str,
    /// In the platform's words.
    pub said: String,
}

/// Somebody of staff to whom no card can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoCards {
    /// Who.
    pub staff: StaffId,
    /// Their name.
    pub name: String,
    /// The `userid` that was refused.
    pub userid: String,
}

/// What a keeper told of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// What.
    pub what: ReportKind,
    /// Who told it.
    pub staff: StaffId,
    /// Their name.
    pub by: String,
}

/// What a keeper can tell by one tap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportKind {
    /// 有人没被回复.
    Unanswered,
    /// 有人发广告.
    Adverts,
    /// 有人投诉.
    Complaint,
}

impl ReportKind {
    /// All, in the order of buttons.
    pub const ALL: [Self; 3] = [Self::Unanswered, Self::Adverts, Self::Complaint];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::Adverts => "adverts",
            Self::Complaint => "complaint",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
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
