//! What happens in a make-believe group, independent of any format.

use domain::{JoinManner, LeaveManner, Media, Millis};

/// One happening. Who it is about, by number into [`crate::Crowd::person`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When; never earlier than the one before.
    pub at: Millis,
    /// Number of this row in the group, growing.
    pub key: i64,
    /// Who.
    pub who: u32,
    /// What.
    pub what: Happens,
}

/// Kinds of happenings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happens {
    /// Somebody wrote.
    Message {
        /// The words, without the call.
        text: String,
        /// What was attached.
        media: Media,
        /// Key of the message it answers.
        reply_to: Option<i64>,
        /// Whom it calls with an `@` before the words.
        calls: Option<u32>,
    },
    /// A message was taken back at once; it stands in no export.
    Recall {
        /// Its key: one less than that of the row that takes it back.
        of: i64,
        /// What it had said.
        text: String,
    },
    /// Somebody came in.
    Join {
        /// How.
        how: JoinManner,
        /// Who brought the person in.
        by: Option<u32>,
    },
    /// Somebody went out.
    Leave {
        /// How.
        how: LeaveManner,
        /// Who removed the person.
        by: Option<u32>,
    },
    /// Somebody shows another name from now on.
    Rename {
        /// The new name.
        name: String,
    },
    /// The group got another name.
    GroupName {
        /// The new name.
        name: String,
    },
}
