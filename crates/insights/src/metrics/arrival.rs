//! What newcomers do first (#4, #6, #13).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::overview::newcomers;
use crate::scope::{Scope, within};
use crate::stats::{count, median_figure, rate};

/// Days within which the first effective message counts as activation, the first one included.
const ACTIVATION_DAYS: i32 = 7;

pub(super) const ACTIVATION: Metric = Metric {
    code: "activation",
    source: "#4",
    name: words("新人激活率", "Activation of newcomers"),
    formula: words(
        "入群 7 天内有过有效发言的新人 ÷ 入群已满 7 天的新人",
        "Newcomers with an effective message in their first 7 days ÷ newcomers who have had them",
    ),
    numerator: words(
        "入群当天起 7 天内有过有效发言的人数",
        "Spoke effectively within 7 days, the day of joining included",
    ),
    denominator: words("时间段内入群且已满 7 天的人数", "Joined in the window, 7 days are over"),
    filter: shared::JOINERS,
    window: words("所选时间段内入群的人", "People who joined in the window"),
    good: Good::Up,
    unit: Unit::Share,
    needs: &[Need::Messages, Need::Joins],
    measure: activation,
};

pub(super) const FIRST_WORD: Metric = Metric {
    code: "time_to_first_word",
    source: "#6",
    name: words("首次发言时长（中位数）", "Time to first word (median)"),
    formula: words(
        "从入群到第一次发言的时长，取中位数；只算已经发过言的人，旁边写明是多少人中的多少人",
        "Median time from joining to the first message, of those who wrote; how many of how many \
         stands beside it",
    ),
    numerator: words("首次发言时刻 − 入群时刻", "Time of first message − time of joining"),
    denominator: words("发过言的新人（中位数）", "Newcomers who wrote (median)"),
    filter: shared::JOINERS,
    window: words("所选时间段内入群的人", "People who joined in the window"),
    good: Good::Down,
    unit: Unit::Duration,
    needs: &[Need::Messages, Need::Joins],
    measure: first_word,
};

pub(super) const NEW_CONTRIBUTORS: Metric = Metric {
    code: "new_contributors",
    source: "#13",
    name: words("首次发言人数", "New contributors"),
    formula: words(
        "第一次发言落在时间段内的成员数",
        "Members whose first message ever lies in the window",
    ),
    numerator: words("首次发言的成员数", "Members who wrote for the first time"),
    denominator: shared::NONE,
    filter: words(
        "不含机器人、官方号和员工；建群日未知、且数据从时间段内才开始时，分不清新人老人，不给数",
        "Without bots, hosts and staff; unknown when the data begin within the window and the \
         founding is not known, because old hands would look new",
    ),
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Count,
    needs: &[Need::Messages],
    measure: new_contributors,
};

fn activation(scope: &Scope<'_>) -> Figure {
    let census = scope.census();
    let (mut active, mut all) = (0, 0);
    for new in newcomers(scope) {
        let until = new.day.plus(ACTIVATION_DAYS - 1);
        if until > scope.end() {
            continue;
        }
        let days = crate::overview::Span { from: new.day, to: until };
        let marks = census.of(new.who).map_or(&[][..], |person| census.marks(person));
        all += 1;
        active += u64::from(within(marks, days).iter().any(|mark| mark.effective()));
    }
    rate(active, all)
}

fn first_word(scope: &Scope<'_>) -> Figure {
    if scope.data().is_none() {
        return Figure::Unknown(Missing::NothingToMeasure);
    }
    let all = newcomers(scope);
    let first = |who| scope.threads().first_post(who);
    let waited = |new: &crate::overview::Newcomer| Some(first(new.who)?.since(new.at?));
    let mut waits: Vec<i64> = all.iter().filter_map(waited).filter(|ms| *ms >= 0).collect();
    median_figure(&mut waits, all.len() as u64)
}

fn new_contributors(scope: &Scope<'_>) -> Figure {
    let Some((span, data)) = scope.span().zip(scope.data()) else {
        return Figure::Unknown(Missing::WindowTooShort);
    };
    if span.from <= data.from && !scope.founded() {
        return Figure::Unknown(Missing::WindowTooShort);
    }
    let census = scope.census();
    let first = |person| census.marks(person).iter().find(|mark| scope.counts(mark.class()));
    let days = census.persons.iter().filter_map(first);
    count(days.filter(|mark| span.holds(domain::Day(mark.day()))).count() as f64)
}
