//! Interaction rate and the share of effective speech (P01, P02).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::scope::Scope;
use crate::stats::{CASES_MIN, loose_rate, rate};
use domain::Day;

pub(super) const RATE: Metric = Metric {
    code: "interaction_rate",
    source: "P01 · #3",
    name: words("互动率（日均）", "Interaction rate (daily mean)"),
    formula: words(
        "先算每天：有效发言人数 ÷ 当日末群成员数；再对各天取平均。旁边的分子、分母是日均值",
        "For each day: members who spoke effectively ÷ members at the end of the day; then the \
         mean over the days. The numbers beside it are daily means",
    ),
    numerator: words("当日有效发言的成员数", "Members who spoke effectively that day"),
    denominator: words("当日末的群成员数", "Members at the end of that day"),
    filter: shared::MEMBERS_ONLY,
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages, Need::Members],
    measure: rate_mean,
};

pub(super) const RATE_LAST_DAY: Metric = Metric {
    code: "interaction_rate_last_day",
    source: "P01 · #3",
    name: words("互动率（最后一天）", "Interaction rate (last day)"),
    formula: words(
        "最后一天的有效发言人数 ÷ 当日末群成员数",
        "Members who spoke effectively on the last day ÷ members at its end",
    ),
    window: words("所选时间段的最后一天", "The last day of the window"),
    measure: rate_last_day,
    ..RATE
};

pub(super) const EFFECTIVE_SHARE: Metric = Metric {
    code: "effective_share",
    source: "P02",
    name: words("有效发言占比", "Share of effective speech"),
    formula: words("有效发言条数 ÷ 全部发言条数", "Effective messages ÷ all messages"),
    numerator: words(
        "有效发言条数（去掉纯表情、应付词、过短、重复、口令等）",
        "Effective messages: not emoji only, filler, too short, repeated, commands and the like",
    ),
    denominator: words("成员发言条数", "Messages by members"),
    filter: shared::MEMBERS_ONLY,
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: effective_share,
};

fn rate_mean(scope: &Scope<'_>) -> Figure {
    let Some(span) = scope.span() else {
        return Figure::Unknown(Missing::WindowTooShort);
    };
    let (mut days, mut rates, mut speakers, mut members) = (0.0, 0.0, 0.0, 0.0);
    for day in (span.from.0..=span.to.0).map(Day) {
        let Some(there) = scope.members_counted(day).filter(|there| *there > 0) else { continue };
        let spoke = scope.day(day).effective_speakers;
        days += 1.0;
        rates += (f64::from(spoke) / f64::from(there)).min(1.0);
        speakers += f64::from(spoke);
        members += f64::from(there);
    }
    if days == 0.0 {
        return Figure::Unknown(Missing::NothingToMeasure);
    }
    if members / days < CASES_MIN as f64 {
        let have = scope.members_counted(span.to).unwrap_or(0);
        return Figure::TooFew { have: u64::from(have).min(CASES_MIN - 1), need: CASES_MIN };
    }
    let of = Some((speakers / days, members / days));
    Figure::Known { value: rates / days, of, interval: None }
}

fn rate_last_day(scope: &Scope<'_>) -> Figure {
    let day = scope.asked().to;
    let members = u64::from(scope.members_counted(day).unwrap_or(0));
    rate(u64::from(scope.day(day).effective_speakers).min(members), members)
}

fn effective_share(scope: &Scope<'_>) -> Figure {
    let sums = scope.sums();
    loose_rate(sums.effective, sums.messages)
}
