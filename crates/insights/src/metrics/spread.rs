//! How unevenly talk and help are spread over people (P07, #17, #18, #23).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::scope::Scope;
use crate::stats::{CASES_MIN, count, gini};

/// The number of most active people whose share is looked at (#18).
const TOP: usize = 10;

pub(super) const GINI: Metric = Metric {
    code: "gini",
    source: "P07 · #17",
    name: words("发言集中度（基尼系数）", "Inequality of talk (Gini)"),
    formula: words(
        "发言条数在发言者之间分布的基尼系数，按小样本修正（× n ÷ (n − 1)）：0 为人人一样多，1 为一人全包",
        "Gini coefficient of messages over those who wrote, corrected for small n (× n ÷ (n − 1)): \
         0 all equal, 1 one writes everything",
    ),
    numerator: words("洛伦兹曲线与均等线之间的面积", "Area between Lorenz curve and equality"),
    denominator: words("均等线下的面积", "Area under equality"),
    filter: words(
        "只看发过言的成员，沉默成员不计入；不含机器人、官方号和员工",
        "Among those who wrote: silent members are not in it; without bots, hosts and staff",
    ),
    window: shared::WINDOW,
    good: Good::Middle,
    unit: Unit::Index,
    needs: &[Need::Messages],
    measure: |scope| {
        let mut amounts = amounts(scope);
        match enough(amounts.len(), CASES_MIN) {
            Some(figure) => figure,
            None => gini(&mut amounts).map_or(Figure::Unknown(Missing::NothingToMeasure), count),
        }
    },
};

pub(super) const TOP_TEN: Metric = Metric {
    code: "top10_share",
    source: "#18",
    name: words("前 10 人发言占比", "Share of the top ten"),
    formula: words(
        "发言最多的 10 位成员的条数 ÷ 全部成员发言条数",
        "Messages of the ten most active members ÷ all messages by members",
    ),
    numerator: words("前 10 人的发言条数", "Messages of the ten most active"),
    denominator: words("成员发言条数", "Messages by members"),
    filter: words(
        "不含机器人、官方号和员工；发言者不超过 10 人时没有意义，不给数",
        "Without bots, hosts and staff; says nothing with ten writers or fewer",
    ),
    window: shared::WINDOW,
    good: Good::Middle,
    unit: Unit::Share,
    needs: &[Need::Messages],
    measure: |scope| top_share(scope, |_| TOP, TOP as u64 + 1),
};

pub(super) const TOP_TENTH: Metric = Metric {
    code: "top_tenth_share",
    name: words("前 10% 的人发言占比", "Share of the top 10 %"),
    formula: words(
        "发言最多的 10%（向上取整）成员的条数 ÷ 全部成员发言条数",
        "Messages of the most active 10 % of writers (rounded up) ÷ all messages by members",
    ),
    numerator: words("前 10% 的人的发言条数", "Messages of the most active 10 %"),
    filter: words(
        "只看发过言的成员；不含机器人、官方号和员工；发言者少于 10 人不给数",
        "Among those who wrote; without bots, hosts and staff; at least ten writers",
    ),
    measure: |scope| top_share(scope, |writers| writers.div_ceil(10), TOP as u64),
    ..TOP_TEN
};

pub(super) const BUS_FACTOR: Metric = Metric {
    code: "bus_factor",
    source: "#23",
    name: words("答疑骨干数", "Bus factor of answers"),
    formula: words(
        "合起来给出一半以上首个回应的最少人数：这几个人不在，答疑就少一半",
        "Smallest number of people who gave half of the first answers: without them half is gone",
    ),
    numerator: words("人数", "People"),
    denominator: words("问题和首次发言的首个回应", "First answers to questions and first posts"),
    filter: words(
        "员工计入；不含机器人和官方号；少于 5 个回应不给数",
        "Staff included, without bots and declared hosts; at least five answers",
    ),
    window: words("所选时间段内给出的回应", "Answers given in the window"),
    good: Good::Up,
    unit: Unit::Count,
    needs: &[Need::Messages],
    measure: bus_factor,
};

fn amounts(scope: &Scope<'_>) -> Vec<u64> {
    scope.writers().iter().map(|writer| writer.messages).collect()
}

/// The figure that says that there are too few cases, or nothing when there are enough.
fn enough(have: usize, need: u64) -> Option<Figure> {
    match have as u64 {
        0 => Some(Figure::Unknown(Missing::NothingToMeasure)),
        have if have < need => Some(Figure::TooFew { have, need }),
        _ => None,
    }
}

fn top_share(scope: &Scope<'_>, top: fn(usize) -> usize, need: u64) -> Figure {
    let mut amounts = amounts(scope);
    if let Some(figure) = enough(amounts.len(), need) {
        return figure;
    }
    amounts.sort_unstable_by(|a, b| b.cmp(a));
    let all: u64 = amounts.iter().sum();
    let first: u64 = amounts.iter().take(top(amounts.len())).sum();
    let of = Some((first as f64, all as f64));
    Figure::Known { value: first as f64 / all as f64, of, interval: None }
}

fn bus_factor(scope: &Scope<'_>) -> Figure {
    let helpers = scope.helpers();
    let all: u64 = helpers.iter().map(|helper| u64::from(helper.answers)).sum();
    if let Some(figure) = enough(usize::try_from(all).unwrap_or(usize::MAX), CASES_MIN) {
        return figure;
    }
    let (mut given, mut people) = (0, 0_u32);
    for helper in helpers {
        if given * 2 >= all {
            break;
        }
        given += u64::from(helper.answers);
        people += 1;
    }
    count(f64::from(people))
}
