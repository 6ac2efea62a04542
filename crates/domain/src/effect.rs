//! What a decision leads to: a small closed list. All of it commits with the event that caused it.
//!
//! A new effect is an architecture decision; a new decider is not.

use crate::actor::ActorClass;
use crate::event::EventWhat;
use crate::ids::IdentityId;
use crate::time::Millis;
use serde::{Deserialize, Serialize};

/// What a decider may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Another event of the same group, decided in the same commit. Chains end at a depth of 8.
    Emit(EventWhat),
    /// Something to do on the platform; capability decides whether it is sent or becomes a task.
    Act(Action),
    /// A task for staff. Asking again under the same name changes the open one.
    Ask(Task),
    /// The task of this name is no longer needed.
    Withdraw {
        /// Its name.
        name: Box<str>,
    },
    /// Sets a timer; one of the same name is replaced.
    Schedule(Timer),
    /// Takes a timer away.
    Cancel {
        /// Its name.
        name: Box<str>,
    },
}

/// Something to do on a platform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Write to the group.
    Post {
        /// The words.
        text: Box<str>,
        /// Source key of the message to answer.
        reply_to: Option<i64>,
        /// In which role: a declared host is shown as one.
        class: ActorClass,
    },
    /// Set the announcement.
    Announce {
        /// The words.
        text: Box<str>,
    },
    /// Let somebody be silent until then.
    Mute {
        /// Whom.
        who: IdentityId,
        /// Until when; `None` takes a silence back.
        until: Option<Millis>,
    },
    /// Take somebody out.
    Remove {
        /// Whom.
        who: IdentityId,
    },
}

/// What is done when nobody knows whether an action went through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhenUnknown {
    /// Done twice is done once: try again.
    Retry,
    /// Look on the platform first.
    Query,
    /// A person looks: a post to a group is never blindly repeated.
    AskHuman,
}

/// What a platform can do of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Capability {
    /// The program does it.
    Auto,
    /// Prepared by the program, sent by staff with one tap.
    StaffConfirms,
    /// Staff do it in the platform's own app; the program says what and where.
    ByHand,
    /// It cannot be done there at all.
    No,
}

/// Kinds of actions: what capabilities and quotas are declared for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActionKind {
    /// [`Action::Post`].
    Post,
    /// [`Action::Announce`].
    Announce,
    /// [`Action::Mute`].
    Mute,
    /// [`Action::Remove`].
    Remove,
}

impl ActionKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Post, Self::Announce, Self::Mute, Self::Remove];

    /// The stable word, for rows and logs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Announce => "announce",
            Self::Mute => "mute",
            Self::Remove => "remove",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What an unknown outcome means for this kind.
    pub fn when_unknown(self) -> WhenUnknown {
        match self {
            Self::Post => WhenUnknown::AskHuman,
            Self::Announce => WhenUnknown::Query,
            Self::Mute | Self::Remove => WhenUnknown::Retry,
        }
    }
}

impl Action {
    /// Its kind.
    pub fn kind(&self) -> ActionKind {
        match self {
            Self::Post { .. } => ActionKind::Post,
            Self::Announce { .. } => ActionKind::Announce,
            Self::Mute { .. } => ActionKind::Mute,
            Self::Remove { .. } => ActionKind::Remove,
        }
    }
}

/// Something that staff should do. Codes and numbers, never prose: the face finds the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Unique in the group, such as `answer:123`.
    pub name: Box<str>,
    /// What kind of task.
    pub kind: TaskKind,
    /// Source key of the message that it is about.
    pub about: Option<i64>,
    /// Whom it is about, or nobody.
    pub who: IdentityId,
    /// Since when it waits.
    pub since: Millis,
}

/// Kinds of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskKind {
    /// Somebody's first-ever post here got no answer (H10).
    AnswerFirstPost,
    /// A question got no answer (I05, I08).
    AnswerQuestion,
    /// Somebody who called a person by name got no answer.
    AnswerCall,
    /// An action that staff confirm or do by hand.
    CarryOut,
    /// An action with an unknown outcome: look whether it arrived.
    CheckOutcome,
}

impl TaskKind {
    /// All kinds, most pressing first.
    pub const ALL: [Self; 5] = [
        Self::AnswerFirstPost,
        Self::AnswerQuestion,
        Self::AnswerCall,
        Self::CarryOut,
        Self::CheckOutcome,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::AnswerFirstPost => "answer_first_post",
            Self::AnswerQuestion => "answer_question",
            Self::AnswerCall => "answer_call",
            Self::CarryOut => "carry_out",
            Self::CheckOutcome => "check_outcome",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// A timer of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// Unique in the group; `word:…`, the word being that of the decider that set it.
    pub name: Box<str>,
    /// When it falls due.
    pub when: When,
    /// What is done when the program slept through it.
    pub missed: Missed,
}

/// When a timer falls due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Once, at a moment.
    At(Millis),
    /// By the clock on the wall of the group's zone: stays 20:00 through daylight saving.
    Civil(CivilRule),
}

/// A recurring time on the wall clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CivilRule {
    /// Hour, 0–23.
    pub hour: u8,
    /// Minute, 0–59.
    pub minute: u8,
    /// On which days.
    pub days: CivilDays,
}

/// On which days a recurring timer falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CivilDays {
    /// Every day.
    Daily,
    /// On these days of the week: bit 0 = Monday … bit 6 = Sunday.
    Weekly(u8),
    /// On this day of the month, 1–31; on its last day where it has no such day.
    Monthly(u8),
    /// Once, on this civil day (days since 1970-01-01).
    Once(i32),
}

/// What happens to occurrences that passed while nobody was there to fire them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Missed {
    /// Each fires late, one after another.
    Late,
    /// They are left out; the next one in the future counts.
    Skip,
    /// They fire once, together.
    Merge,
}

impl Missed {
    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Skip => "skip",
            Self::Merge => "merge",
        }
    }

    /// The policy with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Late, Self::Skip, Self::Merge].into_iter().find(|policy| policy.word() == word)
    }
}
