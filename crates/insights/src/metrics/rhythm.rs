//! How regularly people come, and when (#1, #2, O05, F32).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::overview::{Span, ranked_slots};
use crate::scope::Scope;
use crate::stats::{CASES_MIN, count};
use domain::Day;

/// Days of the month that stickiness is measured over: four whole weeks.
const MONTH_DAYS: i32 = 28;
const WEEK_DAYS: i32 = 7;

pub(super) const STICKINESS: Metric = Metric {
    code: "stickiness",
    source: "#1",
    name: words("黏性 DAU/MAU（按发言）", "Stickiness DAU/MAU (by posting)"),
    formula: words(
        "28 天内日均发言人数 ÷ 28 天内发过言的人数；这里的“活跃”指发言，读而不发看不到",
        "Mean of members who wrote each day ÷ members who wrote in the 28 days; active means \
         writing, reading cannot be seen",
    ),
    numerator: words("日均发言的成员数", "Members who wrote, mean of the days"),
    denominator: words("28 天内发过言的成员数", "Members who wrote in the 28 days"),
    filter: shared::MEMBERS_ONLY,
    window: words("截至所选时间段末的 28 天", "The 28 days that end with the window"),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: |scope| presence(scope, 1),
};

pub(super) const WAU_MAU: Metric = Metric {
    code: "wau_mau",
    source: "#2",
    name: words("周活/月活 WAU/MAU（按发言）", "WAU/MAU (by posting)"),
    formula: words(
        "28 天内四周的平均周发言人数 ÷ 28 天内发过言的人数",
        "Mean of members who wrote in each of the four weeks ÷ members who wrote in the 28 days",
    ),
    numerator: words("四周的平均周发言成员数", "Members who wrote in a week, mean of four"),
    measure: |scope| presence(scope, WEEK_DAYS),
    ..STICKINESS
};

pub(super) const SILENT_DAYS: Metric = Metric {
    code: "silent_days",
    source: "O05",
    name: words("已沉默天数", "Days of silence now"),
    formula: words(
        "从最后一次有人发言那天到时间段末的天数",
        "Days from the last day on which a person wrote to the end of the window",
    ),
    numerator: words("天数", "Days"),
    denominator: shared::NONE,
    filter: shared::PEOPLE,
    window: words("截至所选时间段末", "Up to the end of the window"),
    good: Good::Down,
    unit: Unit::Days,
    needs: &[Need::Messages],
    measure: |scope| match silent_days(scope) {
        Some(days) => count(f64::from(days)),
        None => Figure::Unknown(Missing::NothingToMeasure),
    },
};

pub(super) const LONGEST_SILENCE: Metric = Metric {
    code: "longest_silence",
    name: words("最长冷场天数", "Longest silence"),
    formula: words(
        "时间段内连续无人发言的最长天数",
        "Most days in a row on which no person wrote, within the window",
    ),
    window: shared::WINDOW,
    measure: longest_silence,
    ..SILENT_DAYS
};

pub(super) const BEST_SLOT: Metric = Metric {
    code: "best_slot_reach",
    source: "F32",
    name: words("最佳时段预计在场人数", "Reach of the best slot"),
    formula: words(
        "某个星期几某一小时里发言的不同人数，取历周平均；在 8 点到 22 点之间取最大的一格",
        "Distinct members who write in an hour of a weekday, mean over the weeks; the highest \
         between 8:00 and 22:00",
    ),
    numerator: words("该时段发言的不同人数之和", "Distinct members in that hour, summed"),
    denominator: words("该星期几出现的次数", "How many of that weekday there were"),
    filter: words(
        "不含机器人、官方号和员工；22 点到次日 8 点不推荐；至少要有三周数据，且该时段至少见过 5 人次",
        "Without bots, hosts and staff; never between 22:00 and 8:00; at least three \
         weeks of data and five sightings in the slot",
    ),
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Mean,
    needs: &[Need::Messages],
    measure: |scope| match ranked_slots(scope.heat()).as_deref() {
        Some([slot, ..]) => count(slot.reach),
        Some([]) => Figure::Unknown(Missing::NothingToMeasure),
        None => Figure::Unknown(Missing::WindowTooShort),
    },
};

fn presence(scope: &Scope<'_>, step: i32) -> Figure {
    let to = scope.asked().to;
    let from = to.plus(1 - MONTH_DAYS);
    if scope.data().is_none_or(|data| from < data.from) {
        return Figure::Unknown(Missing::WindowTooShort);
    }
    let month = scope.writers_of(Span { from, to });
    let all = month.len() as u64;
    match all {
        0 => return Figure::Unknown(Missing::NothingToMeasure),
        1..CASES_MIN => return Figure::TooFew { have: all, need: CASES_MIN },
        _ => {}
    }
    let periods = MONTH_DAYS / step;
    let there: u64 = if step == 1 {
        month.iter().map(|writer| u64::from(writer.days)).sum()
    } else {
        let starts = (0..periods).map(|n| from.plus(n * step));
        let spans = starts.map(|from| Span { from, to: from.plus(step - 1) });
        spans.map(|span| scope.writers_of(span).len() as u64).sum()
    };
    let mean = there as f64 / f64::from(periods);
    Figure::Known { value: mean / all as f64, of: Some((mean, all as f64)), interval: None }
}

/// Days since a person wrote, at the end of the window; `None` when nobody ever did.
pub(crate) fn silent_days(scope: &Scope<'_>) -> Option<i32> {
    let (to, data) = (scope.asked().to, scope.data()?);
    let last = (data.from.0..=to.0.min(data.to.0)).rev().map(Day);
    let mut spoken = last.filter(|day| scope.day(*day).messages > 0);
    spoken.next().map(|day| to.since(day))
}

fn longest_silence(scope: &Scope<'_>) -> Figure {
    let Some(span) = scope.span() else {
        return Figure::Unknown(Missing::WindowTooShort);
    };
    let (mut longest, mut run) = (0_u32, 0_u32);
    for day in (span.from.0..=span.to.0).map(Day) {
        run = if scope.day(day).messages == 0 { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    count(f64::from(longest))
}
