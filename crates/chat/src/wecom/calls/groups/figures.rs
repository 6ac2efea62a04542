//! Figures of customer groups as the platform counts them (客户群统计): by owner and by day; there
//! are none by group.

use domain::Millis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::calls::groups::list::OWNERS_MAX;
use crate::wecom::calls::lenient;
use crate::wecom::calls::page::Page;
use crate::wecom::calls::within::{self, Beyond, Unit};
use crate::wecom::client::{Call, CallError, Client};

const BY_OWNER: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/statistic");
const BY_DAY: Call = Call::repeatable("/cgi-bin/externalcontact/groupchat/statistic_group_by_day");

/// Days in one question, both ends included (获取「群聊数据统计」数据).
pub const FIGURE_DAYS_MAX: usize = 30;
/// So many days before today are told. Same source.
pub const FIGURE_BACK_DAYS_MAX: usize = 180;
/// Owners on a page; the most that is allowed.
const PAGE_ROWS: i64 = 1_000;

/// Which days of which owners.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureDays {
    /// A moment of the first day; days are those of UTC+8.
    pub first: Millis,
    /// A moment of the last day; yesterday at the latest.
    pub last: Millis,
    /// 1 to 100 owners.
    pub owners: Vec<String>,
}

/// What is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// New groups.
    pub new_chat_cnt: i64,
    /// Groups there were.
    pub chat_total: i64,
    /// Groups with messages.
    pub chat_has_msg: i64,
    /// New members.
    pub new_member_cnt: i64,
    /// Members there were.
    pub member_total: i64,
    /// Members who wrote.
    pub member_has_msg: i64,
    /// Messages.
    pub msg_total: i64,
}

/// Figures of an owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct OwnerFigures {
    /// The owner.
    pub owner: String,
    /// The figures.
    pub data: Figures,
}

/// Figures of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DayFigures {
    /// When the day began.
    #[serde(rename = "stat_time", deserialize_with = "lenient::moment")]
    pub day: Millis,
    /// The figures.
    pub data: Figures,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Owners {
    items: Vec<OwnerFigures>,
    total: i64,
    next_offset: i64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Days {
    items: Vec<DayFigures>,
}

impl Client {
    /// A page of figures of owners over these days; the first one without a cursor.
    pub async fn figures_by_owner(
        &self,
        days: &FigureDays,
        cursor: Option<&str>,
    ) -> Result<Page<OwnerFigures>, CallError> {
        let mut body = days.body(self.now())?;
        let offset: i64 = cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0);
        if let Some(fields) = body.as_object_mut() {
            fields.insert("offset".to_owned(), json!(offset));
            fields.insert("limit".to_owned(), json!(PAGE_ROWS));
        }
        let owners: Owners = self.post(BY_OWNER, &body).await?;
        let more = owners.next_offset < owners.total;
        let next = if more { owners.next_offset.to_string() } else { String::new() };
        Page::of(owners.items, next, Some(&offset.to_string()))
    }

    /// Figures of each of these days, over all the owners.
    pub async fn figures_by_day(&self, days: &FigureDays) -> Result<Vec<DayFigures>, CallError> {
        let body = days.body(self.now())?;
        let days: Days = self.post(BY_DAY, &body).await?;
        Ok(days.items)
    }
}

impl FigureDays {
    fn body(&self, now: Millis) -> Result<Value, Beyond> {
        within::some_entries("owner_filter.userid_list", &self.owners, OWNERS_MAX)?;
        if self.last < self.first {
            let form = "it is not before day_begin_time";
            return Err(Beyond::Form { what: "day_end_time", form });
        }
        let days =
            |from: Millis, to: Millis| usize::try_from(day_of(to) - day_of(from)).unwrap_or(0);
        let span = days(self.first, self.last) + 1;
        within::below("day_end_time", span, FIGURE_DAYS_MAX, Unit::Days)?;
        let back = days(self.first, now);
        within::below("day_begin_time", back, FIGURE_BACK_DAYS_MAX, Unit::Days)?;
        Ok(json!({
            "day_begin_time": self.first.0.div_euclid(1_000),
            "day_end_time": self.last.0.div_euclid(1_000),
            "owner_filter": { "userid_list": self.owners },
        }))
    }
}

/// Number of a day of UTC+8, where the platform's days begin.
pub(in crate::wecom::calls) fn day_of(at: Millis) -> i64 {
    (at.0 + 8 * Millis::HOUR).div_euclid(Millis::DAY)
}
