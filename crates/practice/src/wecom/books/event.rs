//! What the platform tells of: done by people, never by calls.

use domain::Millis;
use serde::Serialize;

use crate::wecom::books::Hindrance;

/// What comes of something that a person did.
pub type Happened = Result<Vec<Event>, Hindrance>;

/// One event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// When it happened.
    pub at: Millis,
    /// What happened.
    pub what: What,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum What {
    /// `change_external_contact`.
    Contact {
        /// The member of staff.
        staff: String,
        /// The customer.
        customer: String,
        /// What changed.
        change: ContactNews,
    },
    /// `change_external_chat`.
    Group {
        /// The group.
        chat: String,
        /// What changed.
        change: GroupNews,
    },
    /// `change_external_tag`.
    Tag {
        /// Id of the tag or group of tags.
        id: String,
        /// `tag` or `tag_group`.
        kind: &'static str,
        /// `create`, `update`, `delete` or `shuffle`.
        change: &'static str,
    },
    /// `template_card_event`.
    Card {
        /// Who pressed.
        staff: String,
        /// The key of the button.
        key: String,
        /// The `task_id` of the card.
        task: String,
        /// The `card_type`.
        card: String,
        /// For one answer within 72 h.
        response: String,
        /// What was chosen: question, options.
        chosen: Vec<(String, Vec<String>)>,
    },
    /// How alive the app is (应用活跃度事件).
    App {
        /// Such as `low_active_alert`.
        event: String,
        /// When it takes effect.
        effect: Option<Millis>,
    },
}

/// What changed between staff and customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum ContactNews {
    /// Added; `half` while the member of staff has not confirmed.
    Added {
        /// Not yet confirmed.
        half: bool,
        /// The channel of the code.
        state: Option<String>,
        /// For one welcome within 20 s.
        welcome: Option<String>,
    },
    /// Remark or tags changed by staff.
    Edited,
    /// Staff lost the customer; `by_transfer` when it was handed over.
    Dropped {
        /// By a hand-over.
        by_transfer: bool,
    },
    /// The customer deleted the member of staff.
    Left,
    /// A hand-over to this member of staff failed: `customer_refused`, `customer_limit_exceed`.
    TransferFailed(&'static str),
}

/// What changed in a group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum GroupNews {
    /// It was made.
    Created,
    /// It is gone.
    Dismissed,
    /// People came.
    Joined(Moved),
    /// People went.
    Gone(Moved),
    /// Another owner.
    Owner,
    /// Another name.
    Name,
    /// Another announcement.
    Notice,
}

/// People who came or went at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// `JoinScene` (0 invited, 3 scanned) or `QuitScene` (0 left, 1 removed).
    pub scene: u8,
    /// Userids and external userids.
    pub people: Vec<String>,
    /// The member version before.
    pub before: String,
    /// The member version after.
    pub after: String,
}

impl Event {
    pub(crate) fn contact(at: Millis, staff: &str, customer: &str, change: ContactNews) -> Self {
        let (staff, customer) = (staff.to_owned(), customer.to_owned());
        Self { at, what: What::Contact { staff, customer, change } }
    }

    pub(crate) fn group(at: Millis, chat: &str, change: GroupNews) -> Self {
        Self { at, what: What::Group { chat: chat.to_owned(), change } }
    }
}
