//! Still in, still active: two things that are never mixed (P05, P13, #8).

use crate::figure::{Figure, Good, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::overview::newcomers;
use crate::scope::Scope;
use crate::stats::rate;

pub(super) const IN_7: Metric = Metric {
    code: "retention_7d_in",
    source: "P05 · #8",
    name: words("7 日在群留存率", "Still in after 7 days"),
    formula: words(
        "入群满 7 天且第 7 天结束时仍在群的人数 ÷ 入群满 7 天的人数",
        "Joiners still in the group at the end of their 7th day ÷ joiners who have reached it",
    ),
    numerator: words("第 7 天仍在群的人数", "Still in after 7 days"),
    denominator: words("时间段内入群且已满 7 天的人数", "Joined in the window 7 or more days ago"),
    filter: shared::JOINERS,
    window: words("所选时间段内入群的人", "People who joined in the window"),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Joins, Need::Leaves],
    measure: |scope| still_in(scope, 7),
};

pub(super) const IN_30: Metric = Metric {
    code: "retention_30d_in",
    name: words("30 日在群留存率", "Still in after 30 days"),
    formula: words(
        "入群满 30 天且第 30 天结束时仍在群的人数 ÷ 入群满 30 天的人数",
        "Joiners still in the group at the end of their 30th day ÷ joiners who have reached it",
    ),
    numerator: words("第 30 天仍在群的人数", "Still in after 30 days"),
    denominator: words(
        "时间段内入群且已满 30 天的人数",
        "Joined in the window 30 or more days ago",
    ),
    measure: |scope| still_in(scope, 30),
    ..IN_7
};

pub(super) const ACTIVE_7: Metric = Metric {
    code: "retention_7d_active",
    source: "P13 · #8",
    name: words("7 日活跃留存率", "Still active after 7 days"),
    formula: words(
        "第 7 天或之后还发过言的新人 ÷ 已满 7 天的新人",
        "Newcomers who wrote on their 7th day or later ÷ newcomers who have reached it",
    ),
    numerator: words("第 7 天或之后发过言的人数", "Wrote on the 7th day or later"),
    denominator: words("时间段内到来且已满 7 天的新人数", "Came in the window 7 or more days ago"),
    filter: words(
        "新人按首次入群计；没有入群记录时按数据中的首次发言计。不含机器人、官方号和员工",
        "Newcomers by first join, or by first post in the data where joins are not told; without bots, hosts \
         and staff",
    ),
    window: words("所选时间段内到来的新人", "Newcomers of the window"),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: |scope| still_active(scope, 7),
};

pub(super) const ACTIVE_30: Metric = Metric {
    code: "retention_30d_active",
    name: words("30 日活跃留存率", "Still active after 30 days"),
    formula: words(
        "第 30 天或之后还发过言的新人 ÷ 已满 30 天的新人",
        "Newcomers who wrote on their 30th day or later ÷ newcomers who have reached it",
    ),
    numerator: words("第 30 天或之后发过言的人数", "Wrote on the 30th day or later"),
    denominator: words(
        "时间段内到来且已满 30 天的新人数",
        "Came in the window 30 or more days ago",
    ),
    measure: |scope| still_active(scope, 30),
    ..ACTIVE_7
};

fn still_in(scope: &Scope<'_>, age: i32) -> Figure {
    let grown = newcomers(scope).into_iter().filter(|new| new.day.plus(age) <= scope.end());
    let (kept, all) = grown.fold((0, 0), |(kept, all), new| {
        (kept + u64::from(scope.is_in(new.who, new.day.plus(age))), all + 1)
    });
    rate(kept, all)
}

fn still_active(scope: &Scope<'_>, age: i32) -> Figure {
    let grown = newcomers(scope).into_iter().filter(|new| new.day.plus(age) <= scope.end());
    let (active, all) = grown.fold((0, 0), |(active, all), new| {
        (active + u64::from(new.last_wrote.is_some_and(|day| day >= new.day.plus(age))), all + 1)
    });
    rate(active, all)
}
