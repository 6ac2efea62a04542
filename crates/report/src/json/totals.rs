//! The plain counts at the top of a report and of each group.

use crate::Community;
use crate::json::date;
use domain::Extent;
use insights::Overview;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct TotalsJson<'a> {
    messages: Option<u64>,
    senders: Option<u64>,
    joins: Option<u64>,
    leaves: Option<u64>,
    joined_people: Option<u64>,
    left_people: Option<u64>,
    service_rows: u64,
    first_ms: Option<i64>,
    last_ms: Option<i64>,
    days_with_messages: Option<u32>,
    median_daily_senders: Option<f64>,
    top_days: Vec<TopDay>,
    top_senders: Vec<TopSender<'a>>,
    members: Option<u64>,
}

#[derive(Serialize)]
struct TopDay {
    day: String,
    messages: u64,
}

#[derive(Serialize)]
struct TopSender<'a> {
    name: Option<&'a str>,
    messages: u64,
}

impl<'a> TotalsJson<'a> {
    /// The totals; a count is `null` where the sources do not tell it at all.
    pub(crate) fn of(community: &'a Community, overview: &'a Overview) -> Self {
        let (totals, evidence) = (&overview.totals, overview.evidence);
        let told = |extent, count: u64| (extent != Extent::None || count > 0).then_some(count);
        let days = u64::from(totals.days_with_messages);
        Self {
            messages: told(evidence.messages, totals.messages),
            senders: told(evidence.messages, totals.senders),
            joins: told(evidence.joins, totals.joins),
            leaves: told(evidence.leaves, totals.leaves),
            joined_people: told(evidence.joins, totals.joined_people),
            left_people: told(evidence.leaves, totals.left_people),
            service_rows: totals.service_rows,
            first_ms: totals.first.map(|at| at.0),
            last_ms: totals.last.map(|at| at.0),
            days_with_messages: told(evidence.messages, days).map(|_| totals.days_with_messages),
            median_daily_senders: totals.median_daily_senders,
            top_days: totals
                .top_days
                .iter()
                .map(|(day, messages)| TopDay { day: date(*day), messages: *messages })
                .collect(),
            top_senders: totals
                .top_senders
                .iter()
                .map(|(who, messages)| TopSender {
                    name: community.names.get(who).map(String::as_str),
                    messages: *messages,
                })
                .collect(),
            members: totals.members,
        }
    }
}
