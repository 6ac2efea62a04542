//! The platform's rules of handing over, as data.

use domain::Millis;

/// The platform's day begins at midnight of UTC+8.
const EAST_MS: i64 = 8 * Millis::HOUR;
/// What is planned for a later day is asked for at nine in the morning, so that nobody is written
/// to at night.
const MORNING_MS: i64 = 9 * Millis::HOUR;

/// Limits of handing over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Customers in one call.
    pub contacts_a_call: usize,
    /// Groups in one call.
    pub groups_a_call: usize,
    /// Groups that an owner gives away on a day.
    pub groups_a_day: usize,
    /// How often a customer is handed over, ever.
    pub contact_times: usize,
    /// How often a group of somebody who is still there changes hands within the days of rest.
    pub group_times: usize,
    /// Days of rest of a customer after it was handed over, and of groups.
    pub rest_days: i64,
    /// Hours until a customer changes hands, in which they may say no.
    pub wait_hours: i64,
}

/// A rule with where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Stable word: `call`, `groups_a_day`, `times`, `rest`, `group_times`, `wait`, `refusal`,
    /// `full`.
    pub word: &'static str,
    /// The number, where there is one.
    pub number: i64,
    /// Page of the platform's documentation, in Chinese and English.
    pub source: [&'static str; 2],
    /// As of when.
    pub as_of: &'static str,
}

impl Limits {
    /// Those of WeCom. Sources: [`Limits::rules`].
    pub const WECOM: Self = Self {
        contacts_a_call: 100,
        groups_a_call: 100,
        groups_a_day: 300,
        contact_times: 2,
        group_times: 2,
        rest_days: 90,
        wait_hours: 24,
    };

    /// The rules as pages show them, each with its source.
    pub fn rules(&self) -> [Rule; 8] {
        let many = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let of = |word, number, source| Rule { word, number, source, as_of: "2026-02-12" };
        [
            of("wait", self.wait_hours, ["查询客户接替状态", "Query the transfer result"]),
            of("refusal", 0, ["客户接替失败事件", "Event of a failed transfer"]),
            of("full", 0, ["客户接替失败事件", "Event of a failed transfer"]),
            of(
                "times",
                many(self.contact_times),
                ["分配在职成员的客户", "Transfer customers of a present member"],
            ),
            of(
                "rest",
                self.rest_days,
                ["分配在职成员的客户", "Transfer customers of a present member"],
            ),
            of(
                "groups_a_day",
                many(self.groups_a_day),
                ["分配离职成员的客户群", "Transfer groups of a member who left"],
            ),
            of(
                "group_times",
                many(self.group_times),
                ["分配在职成员的客户群", "Transfer groups of a present member"],
            ),
            of(
                "call",
                many(self.contacts_a_call),
                ["分配在职成员的客户", "Transfer customers of a present member"],
            ),
        ]
    }
}

/// The number of the platform's day.
pub fn day_of(at: Millis) -> i64 {
    (at.0 + EAST_MS).div_euclid(Millis::DAY)
}

/// When things of a day are asked for.
pub fn morning(day: i64) -> Millis {
    Millis(day * Millis::DAY - EAST_MS + MORNING_MS)
}
