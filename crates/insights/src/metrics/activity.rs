//! How much is said, by how many (P18, P19, P07, #16).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::scope::{DayCount, Scope};
use crate::stats::{mean, rate};
use domain::Day;

pub(super) const MESSAGES_PER_DAY: Metric = Metric {
    code: "messages_per_day",
    source: "P18",
    name: words("日均消息条数", "Messages per day"),
    formula: words("消息条数 ÷ 天数（含没人说话的天）", "Messages ÷ days, silent days included"),
    numerator: words("消息条数", "Messages"),
    denominator: words("天数", "Days"),
    filter: shared::PEOPLE,
    window: shared::WINDOW,
    good: Good::Depends,
    unit: Unit::Mean,
    needs: &[Need::Messages],
    measure: |scope| per_day(scope, |day| day.messages),
};

pub(super) const SPEAKERS_PER_DAY: Metric = Metric {
    code: "speakers_per_day",
    source: "P07",
    name: words("日均发言人数", "Speakers per day"),
    formula: words(
        "每天的发言人数之和 ÷ 天数（含没人说话的天）",
        "Speakers of each day summed ÷ days, silent days included",
    ),
    numerator: words("每天的发言人数之和", "Speakers of each day, summed"),
    good: Good::Up,
    measure: |scope| per_day(scope, |day| day.speakers),
    ..MESSAGES_PER_DAY
};

pub(super) const MESSAGES_PER_SPEAKER: Metric = Metric {
    code: "messages_per_speaker",
    source: "P07",
    name: words("人均发言条数", "Messages per speaker"),
    formula: words("成员发言条数 ÷ 发言的成员数", "Messages by members ÷ members who wrote"),
    numerator: words("成员发言条数", "Messages by members"),
    denominator: words("发言的成员数", "Members who wrote"),
    filter: shared::MEMBERS_ONLY,
    window: shared::WINDOW,
    good: Good::Depends,
    unit: Unit::Mean,
    needs: &[Need::Messages],
    measure: |scope| {
        let messages: u64 = scope.writers().iter().map(|writer| writer.messages).sum();
        mean(messages as f64, scope.writers().len() as f64)
    },
};

pub(super) const ACTIVE_SHARE: Metric = Metric {
    code: "active_share",
    source: "P19",
    name: words("活跃成员占比", "Share of active members"),
    formula: words(
        "时间段内发过言且仍在群的成员数 ÷ 期末群成员数",
        "Members who wrote in the window and have not left ÷ members at its end",
    ),
    numerator: words("发过言且仍在群的成员数", "Members who wrote and have not left"),
    denominator: words("期末群成员数", "Members at the end of the window"),
    filter: shared::MEMBERS_ONLY,
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages, Need::Members],
    measure: |scope| match active(scope) {
        Some((wrote, members)) => rate(wrote, members),
        None => Figure::Unknown(Missing::NotInSource(Need::Members)),
    },
};

pub(super) const SILENT_SHARE: Metric = Metric {
    code: "silent_share",
    source: "#16",
    name: words("沉默成员占比", "Share of silent members"),
    formula: words(
        "1 − 活跃成员占比：期末在群、时间段内一句话没说的成员 ÷ 期末群成员数",
        "1 − share of active members: those in at the end who wrote nothing ÷ members at the end",
    ),
    numerator: words("在群但没发过言的成员数", "Members in the group who wrote nothing"),
    good: Good::Down,
    measure: |scope| match active(scope) {
        Some((wrote, members)) => rate(members - wrote, members),
        None => Figure::Unknown(Missing::NotInSource(Need::Members)),
    },
    ..ACTIVE_SHARE
};

fn per_day(scope: &Scope<'_>, of: fn(&DayCount) -> u32) -> Figure {
    let Some(span) = scope.span() else {
        return Figure::Unknown(Missing::WindowTooShort);
    };
    let days = (span.from.0..=span.to.0).map(|day| u64::from(of(&scope.day(Day(day)))));
    mean(days.sum::<u64>() as f64, f64::from(span.days()))
}

/// Writers who have not left, and members; `None` when the number of members contradicts it.
fn active(scope: &Scope<'_>) -> Option<(u64, u64)> {
    let day = scope.asked().to;
    let members = u64::from(scope.members_counted(day)?);
    let census = scope.census();
    let people = scope.writers().iter().filter_map(|writer| census.person(writer.person));
    let wrote = people.filter(|person| !scope.has_left(person.who, day)).count() as u64;
    (wrote <= members).then_some((wrote, members))
}
