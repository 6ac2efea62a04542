//! Who comes and who goes, and how many there are (P04, P20, P26).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::scope::Scope;
use crate::stats::{count, rate};
use domain::{Day, IdentityId};

pub(super) const MEMBERS: Metric = Metric {
    code: "members",
    source: "P04 · P20",
    name: words("期末群成员数", "Members at the end"),
    formula: words(
        "期末在群的账号数：建群以来入群减退群，或由成员名单、手工给定的人数推算",
        "Accounts in the group at the end: joins less leaves since the founding, or moved from a \
         member list or a given number",
    ),
    numerator: words("期末在群的账号数", "Accounts in the group at the end"),
    denominator: shared::NONE,
    filter: words(
        "含员工和机器人；多个群合看时，有名有姓的人只算一次",
        "Staff and bots included; over several groups named people count once",
    ),
    window: words("所选时间段的最后一天", "The last day of the window"),
    good: Good::Depends,
    unit: Unit::Count,
    needs: &[Need::Members],
    measure: |scope| match scope.members(scope.asked().to) {
        Some(members) => count(f64::from(members)),
        None => Figure::Unknown(Missing::NotInSource(Need::Members)),
    },
};

pub(super) const JOINS: Metric = Metric {
    code: "joins",
    source: "P04",
    name: words("入群人次", "Joins"),
    formula: words("时间段内的入群次数", "Times somebody joined in the window"),
    numerator: words("入群次数", "Join events"),
    denominator: shared::NONE,
    filter: words(
        "仅在成员名单里出现的人不算入群；没有名字的入群也计入",
        "Being found in a member list is no join; joins of unnamed people count",
    ),
    window: shared::WINDOW,
    good: Good::Depends,
    unit: Unit::Count,
    needs: &[Need::Joins],
    measure: |scope| count(joins(scope) as f64),
};

pub(super) const LEAVES: Metric = Metric {
    code: "leaves",
    source: "P04",
    name: words("退群人次", "Leaves"),
    formula: words("时间段内的退群次数（含被移出）", "Times somebody left or was removed"),
    numerator: words("退群次数", "Leave events"),
    filter: words("没有名字的退群也计入", "Leaves of unnamed people count"),
    good: Good::Down,
    needs: &[Need::Leaves],
    measure: |scope| count(leaves(scope) as f64),
    ..JOINS
};

pub(super) const NET_CHANGE: Metric = Metric {
    code: "net_change",
    source: "P04 · #9",
    name: words("净增人次", "Net change"),
    formula: words("入群人次 − 退群人次", "Joins − leaves"),
    numerator: words("入群次数减退群次数", "Join events less leave events"),
    good: Good::Up,
    unit: Unit::Change,
    needs: &[Need::Joins, Need::Leaves],
    measure: |scope| count(joins(scope) as f64 - leaves(scope) as f64),
    ..JOINS
};

pub(super) const LEAVE_RATE: Metric = Metric {
    code: "leave_rate",
    source: "P26 · #9",
    name: words("退群率", "Leave rate"),
    formula: words(
        "期初在群、时间段内退群的成员数 ÷ 期初群成员数",
        "Members of the start who left in the window ÷ members at the start",
    ),
    numerator: words(
        "期初在群、期内退群的成员数（先退后回也算退过）",
        "Members of the start who left in the window, also when they came back",
    ),
    denominator: words("期初群成员数（前一天结束时）", "Members at the end of the day before"),
    filter: shared::MEMBERS_ONLY,
    window: shared::WINDOW,
    good: Good::Down,
    unit: Unit::Share,
    needs: &[Need::Leaves, Need::Members],
    measure: leave_rate,
};

pub(super) const MEMBERS_PEAK: Metric = Metric {
    code: "members_peak",
    source: "P20",
    name: words("成员数峰值", "Most members"),
    formula: words(
        "从有数据起到期末，某日结束时的最多成员数",
        "Most members at the end of a day, from the first day known to the end of the window",
    ),
    numerator: words("最多时的在群账号数", "Accounts in the group at the highest"),
    window: words("有数据的第一天到所选时间段末", "From the first day known to the window's end"),
    measure: |scope| match peak(scope) {
        Some((_, members)) => count(f64::from(members)),
        None => Figure::Unknown(Missing::NotInSource(Need::Members)),
    },
    ..MEMBERS
};

pub(super) const DAYS_TO_PEAK: Metric = Metric {
    code: "days_to_members",
    source: "P20",
    name: words("达到峰值人数用了几天", "Days to the most members"),
    formula: words(
        "从建群日（不知道时取有数据的第一天）到首次达到成员数峰值那天的天数",
        "Days from the founding (else the first day known) to the first day with the most members",
    ),
    numerator: words("天数", "Days"),
    good: Good::Depends,
    unit: Unit::Days,
    measure: |scope| match peak(scope) {
        Some((days, _)) => count(f64::from(days)),
        None => Figure::Unknown(Missing::NotInSource(Need::Members)),
    },
    ..MEMBERS_PEAK
};

/// Join events in the window.
pub(crate) fn joins(scope: &Scope<'_>) -> u64 {
    scope.sums().joins
}

/// Leave events in the window.
pub(crate) fn leaves(scope: &Scope<'_>) -> u64 {
    scope.sums().leaves
}

fn leave_rate(scope: &Scope<'_>) -> Figure {
    let before = scope.asked().from.plus(-1);
    let Some(members) = scope.members_counted(before) else {
        return Figure::Unknown(Missing::WindowTooShort);
    };
    let stayed = |who: IdentityId| scope.counts(scope.census().class(who));
    let left = scope.sums().left.iter().filter(|who| stayed(**who) && scope.is_in(**who, before));
    let members = u64::from(members);
    rate((left.count() as u64 + scope.sums().nameless_leaves).min(members), members)
}

/// Days to the highest number of members, and that number.
fn peak(scope: &Scope<'_>) -> Option<(i32, u32)> {
    let data = scope.data()?;
    let founded = scope.groups().iter().filter_map(|group| group.founded).min();
    let start = founded.unwrap_or(data.from).min(data.from);
    let days = (data.from.0..=scope.asked().to.0).map(Day);
    let known = days.filter_map(|day| Some((day, scope.members(day)?)));
    let best = known.fold(None, |best: Option<(Day, u32)>, next| match best {
        Some(best) if best.1 >= next.1 => Some(best),
        _ => Some(next),
    });
    best.map(|(day, members)| (day.since(start), members))
}
