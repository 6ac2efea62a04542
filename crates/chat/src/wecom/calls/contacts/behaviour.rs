//! What staff did with customers as the platform counts it (联系客户统计): by day; of one member of
//! staff, because of several it tells sums.

use domain::Millis;
use serde::Deserialize;
use serde_json::json;

use crate::wecom::calls::groups::{FIGURE_BACK_DAYS_MAX, FIGURE_DAYS_MAX, day_of};
use crate::wecom::calls::lenient;
use crate::wecom::calls::within::{self, Unit};
use crate::wecom::client::{Call, CallError, Client};

const OF_STAFF: Call = Call::repeatable("/cgi-bin/externalcontact/get_user_behavior_data");

/// A day of a member of staff.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Behaviour {
    /// When the day began.
    #[serde(rename = "stat_time", deserialize_with = "lenient::moment")]
    pub day: Millis,
    /// Single chats in which they wrote.
    #[serde(rename = "chat_cnt")]
    pub chats: i64,
    /// Messages that they sent in single chats.
    #[serde(rename = "message_cnt")]
    pub messages: i64,
    /// Of a hundred chats that customers began, so many were answered the same day; none without
    /// such chats.
    #[serde(rename = "reply_percentage")]
    pub replied: Option<f64>,
    /// Minutes to the first answer; none without such chats.
    #[serde(rename = "avg_reply_time")]
    pub reply_min: Option<i64>,
    /// Customers who deleted or blocked them.
    #[serde(rename = "negative_feedback_cnt")]
    pub dropped: i64,
    /// Requests that they sent.
    #[serde(rename = "new_apply_cnt")]
    pub applied: i64,
    /// New customers.
    #[serde(rename = "new_contact_cnt")]
    pub added: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Days {
    behavior_data: Vec<Behaviour>,
}

impl Client {
    /// Days of a member of staff, from a moment of the first to one of the last, yesterday at the
    /// latest.
    pub async fn behaviour(
        &self,
        userid: &str,
        (first, last): (Millis, Millis),
    ) -> Result<Vec<Behaviour>, CallError> {
        within::given("userid", userid)?;
        let days = |from, to| usize::try_from(day_of(to) - day_of(from)).unwrap_or(0);
        within::below("end_time", days(first, last) + 1, FIGURE_DAYS_MAX, Unit::Days)?;
        let back = days(first, self.now());
        within::below("start_time", back, FIGURE_BACK_DAYS_MAX, Unit::Days)?;
        let body = json!({
            "userid": [userid],
            "start_time": first.0.div_euclid(1_000),
            "end_time": last.0.div_euclid(1_000),
        });
        let days: Days = self.post(OF_STAFF, &body).await?;
        Ok(days.behavior_data)
    }
}
