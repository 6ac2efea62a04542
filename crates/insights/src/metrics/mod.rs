//! The definitions: each metric once, with its formula in words and the function that measures it.
//!
//! A metric is one constant in the file of its family and one word in [`METRICS`]. Faces show
//! what stands here and never count anything themselves. Ask [`Metric::figure`]: it looks at what
//! the data can show before it measures, so that an unknown never becomes a number.

mod activity;
mod answers;
mod arrival;
mod flow;
mod interaction;
mod regulars;
mod response;
mod retention;
mod rhythm;
mod roles;
mod spread;
mod ties;

pub(crate) use answers::answered_of;
pub(crate) use flow::{joins, leaves};
pub(crate) use regulars::regulars;
pub(crate) use rhythm::silent_days;

use crate::figure::{Figure, Good, Need, Unit, Words};
use crate::scope::Scope;

/// A definition: what is counted over what, where it comes from, and what it needs.
#[derive(Debug)]
pub struct Metric {
    /// Stable word for JSON, links and tests.
    pub code: &'static str,
    /// Catalogue items and numbers of the standard metrics, such as `P01 · #3`.
    pub source: &'static str,
    /// Name.
    pub name: Words,
    /// Formula in words.
    pub formula: Words,
    /// What is counted.
    pub numerator: Words,
    /// Over what.
    pub denominator: Words,
    /// Whom and what it leaves out.
    pub filter: Words,
    /// Over which days.
    pub window: Words,
    /// Which way is good.
    pub good: Good,
    /// How the value reads.
    pub unit: Unit,
    /// What the data must show.
    pub needs: &'static [Need],
    /// Measures it, where the needs are met. Call [`Metric::figure`].
    pub measure: fn(&Scope<'_>) -> Figure,
}

impl Metric {
    /// The figure in this scope; unknown when the data cannot show what the metric needs.
    pub fn figure(&self, scope: &Scope<'_>) -> Figure {
        match self.needs.iter().find_map(|need| scope.lacks(*need)) {
            Some(missing) => Figure::Unknown(missing),
            None => (self.measure)(scope),
        }
    }
}

/// All definitions, in the order in which a report shows them.
pub const METRICS: &[&Metric] = &[
    &interaction::RATE,
    &interaction::RATE_LAST_DAY,
    &interaction::EFFECTIVE_SHARE,
    &activity::MESSAGES_PER_DAY,
    &activity::SPEAKERS_PER_DAY,
    &activity::MESSAGES_PER_SPEAKER,
    &activity::ACTIVE_SHARE,
    &activity::SILENT_SHARE,
    &answers::RATE,
    &response::MEDIAN,
    &response::P90,
    &response::KEEPERS,
    &answers::FIRST_POST,
    &answers::SOLO_SHARE,
    &roles::LED_BY_MEMBERS,
    &roles::AMONG_MEMBERS,
    &roles::WELCOMED_BY_MEMBERS,
    &flow::MEMBERS,
    &flow::JOINS,
    &flow::LEAVES,
    &flow::NET_CHANGE,
    &flow::LEAVE_RATE,
    &flow::MEMBERS_PEAK,
    &flow::DAYS_TO_PEAK,
    &retention::IN_7,
    &retention::IN_30,
    &retention::ACTIVE_7,
    &retention::ACTIVE_30,
    &arrival::ACTIVATION,
    &arrival::FIRST_WORD,
    &arrival::NEW_CONTRIBUTORS,
    &regulars::REACTIVATED,
    &regulars::LOST,
    &regulars::RETURNING,
    &rhythm::STICKINESS,
    &rhythm::WAU_MAU,
    &rhythm::SILENT_DAYS,
    &rhythm::LONGEST_SILENCE,
    &rhythm::BEST_SLOT,
    &spread::GINI,
    &spread::TOP_TEN,
    &spread::TOP_TENTH,
    &spread::BUS_FACTOR,
    &ties::PER_MEMBER,
    &ties::ISOLATED,
    &ties::RECIPROCITY,
];

/// The definition with this code.
pub fn metric(code: &str) -> Option<&'static Metric> {
    METRICS.iter().copied().find(|metric| metric.code == code)
}

/// Words that several definitions share.
pub mod shared {
    use super::words;
    use crate::figure::Words;

    /// The window that was chosen.
    pub const WINDOW: Words = words("所选时间段", "The chosen window");
    /// Who counts: members.
    pub const MEMBERS_ONLY: Words = words(
        "不含机器人和官方号；员工默认不计，可在设置中改为计入",
        "Bots and declared hosts never count; staff only where the settings say so",
    );
    /// Who counts: people.
    pub const PEOPLE: Words =
        words("不含机器人和官方号；员工计入", "Without bots and declared hosts; staff included");
    /// Which questions count.
    pub const QUESTIONS: Words = words(
        "成员提出的问题（含 @提问）；不含机器人、官方号和员工的发言；数据结束时仍未到应答时限、也还没人回的问题不计入",
        "Questions by members (also by @), not by bots, hosts or staff; those that nobody has \
         answered yet and whose time is not up when the data end are left out",
    );
    pub(super) const JOINERS: Words = words(
        "按首次入群计，重复入群不重复计；不含机器人、官方号和员工；没有名字的入群者无法跟踪，不计入",
        "By first join, a rejoin counts once; without bots, hosts and staff; people whom the \
         export counts without naming cannot be followed and are left out",
    );
    /// Nothing is divided.
    pub const NONE: Words = words("无（计数）", "None (a count)");
}

const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh, en }
}
