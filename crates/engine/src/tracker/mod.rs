//! Who waits for an answer: questions, calls and first-ever posts (H10, I05, I08).

use domain::{Effect, Millis};
use serde::{Deserialize, Serialize};

use crate::decide::{Decider, Deciding, Noted};

/// The tracker's part of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracker {
    /// What waits, oldest first; at most [`WAITING_MAX`].
    pub waiting: Vec<Waiting>,
}

/// Items kept at most; the oldest give way.
pub(crate) const WAITING_MAX: usize = 200;

/// Something said that waits for an answer by another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Source key of the message.
    pub key: i64,
    /// When it was said, ms UTC.
    pub at: i64,
    /// Who said it.
    pub who: u32,
    /// Key of the message that it was said in reply to.
    pub thread: Option<i64>,
    /// Why it waits.
    pub why: Why,
    /// A task was asked for it.
    pub asked: bool,
}

/// Why a message waits, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// The person's first message ever in this group (H10).
    FirstPost,
    /// It asks (I05, I08).
    Question,
    /// It calls somebody by name.
    Call,
}

/// The decider.
pub(crate) struct Answers;

/// The decider, for the list.
pub(crate) const ANSWERS: Answers = Answers;

impl Decider for Answers {
    fn word(&self) -> &'static str {
        "answer"
    }

    fn noted(&self, group: &mut Deciding<'_>, noted: &Noted, effects: &mut Vec<Effect>) {
        let _ = (group, noted, effects);
    }

    fn due(&self, group: &mut Deciding<'_>, timer: &str, due: Millis, effects: &mut Vec<Effect>) {
        let _ = (group, timer, due, effects);
    }
}
