//! What the deciders go by: values that a group may one day set for itself.
//!
//! The windows within which something counts as an answer are those by which the figures count
//! (`insights::Settings`): the page of unanswered people and the answer rate speak of the same.

use domain::Millis;

/// Settings of the deciders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How long a question or call waits before staff are asked, in milliseconds (H10, I05).
    pub remind_after_ms: i64,
    /// How long somebody's first-ever post waits before staff are asked, in milliseconds: shorter,
    /// because a newcomer whom nobody answers leaves (H10: first posts have priority).
    pub remind_first_ms: i64,
    /// How long after a message the next one by somebody else is read as its answer where no
    /// reply link or mention says so, in milliseconds.
    pub order_answer_ms: i64,
    /// How long an open item is remembered while it waits for an answer, in milliseconds.
    pub open_item_ms: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            remind_after_ms: 30 * Millis::MINUTE,
            remind_first_ms: 15 * Millis::MINUTE,
            order_answer_ms: 30 * Millis::MINUTE,
            open_item_ms: 7 * Millis::DAY,
        }
    }
}
