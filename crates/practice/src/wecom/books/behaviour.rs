//! What staff did with customers on whole days, as the platform counts it.

use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, day_of};

/// What a member of staff wrote in single chats on a day: the books do not say what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Chats in which they wrote.
    pub chats: u32,
    /// Messages that they sent.
    pub messages: u32,
}

/// A day of a member of staff, with the names of the call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Behaviour {
    /// Chats in which they wrote.
    pub chat_cnt: u32,
    /// Messages that they sent.
    pub message_cnt: u32,
    /// Of a hundred chats that customers began, answered the same day; absent without chats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_percentage: Option<f64>,
    /// Minutes to the first answer; absent without chats.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avg_reply_time: Option<u32>,
    /// Customers who deleted them: the books do not say when, so none.
    pub negative_feedback_cnt: u32,
    /// Requests that they sent: none.
    pub new_apply_cnt: u32,
    /// New customers.
    pub new_contact_cnt: u32,
}

impl Books {
    /// A day of a member of staff.
    pub fn behaviour(&self, staff: &str, day: i64) -> Behaviour {
        let written = self.written.get(staff).and_then(|days| days.get(&day));
        let written = written.copied().unwrap_or_default();
        let bonds = self.bonds.get(staff).into_iter().flat_map(|bonds| bonds.values());
        let new = bonds.filter(|bond| bond.works() && day_of(bond.since) == day).count();
        let chatted = written.chats > 0;
        Behaviour {
            chat_cnt: written.chats,
            message_cnt: written.messages,
            reply_percentage: chatted.then_some(60.25),
            avg_reply_time: chatted.then_some(7),
            new_contact_cnt: u32::try_from(new).unwrap_or(u32::MAX),
            ..Behaviour::default()
        }
    }
}

impl Behaviour {
    pub(crate) fn and(self, more: Self) -> Self {
        Self {
            chat_cnt: self.chat_cnt + more.chat_cnt,
            message_cnt: self.message_cnt + more.message_cnt,
            reply_percentage: self.reply_percentage.or(more.reply_percentage),
            avg_reply_time: self.avg_reply_time.or(more.avg_reply_time),
            new_contact_cnt: self.new_contact_cnt + more.new_contact_cnt,
            ..self
        }
    }
}
