//! How people hang together (P24, #20).

use crate::figure::{Figure, Good, Missing, Need, Unit};
use crate::metrics::{Metric, shared, words};
use crate::scope::{Pair, Scope};
use crate::stats::{CASES_MIN, rate};
use domain::IdentityId;
use rustc_hash::{FxHashMap, FxHashSet};

pub(super) const PER_MEMBER: Metric = Metric {
    code: "ties_per_member",
    source: "P24 · #21",
    name: words("人均联系数", "Ties per member"),
    formula: words(
        "成员之间的联系数 × 2 ÷ 发过言的成员数。两人之间至少一次引用回复或 @，或同方向接话两次，算一个联系",
        "Ties between members × 2 ÷ members who wrote. One reply or mention, or two messages by \
         order in one direction, make a tie",
    ),
    numerator: words("联系数 × 2", "Ties × 2: each tie belongs to two"),
    denominator: words("发过言的成员数", "Members who wrote"),
    filter: words(
        "只看发过言的成员之间；不含机器人、官方号和员工",
        "Between members who wrote; without bots, hosts and staff",
    ),
    window: shared::WINDOW,
    good: Good::Up,
    unit: Unit::Mean,
    needs: &[Need::Messages],
    measure: per_member,
};

pub(super) const ISOLATED: Metric = Metric {
    code: "isolated_share",
    source: "P24",
    name: words("孤立发言者占比", "Share of isolated writers"),
    formula: words(
        "发过言但与任何成员都没有联系的人数 ÷ 发过言的成员数",
        "Members who wrote and have no tie to any other ÷ members who wrote",
    ),
    numerator: words("没有联系的发言者数", "Writers without a tie"),
    good: Good::Down,
    unit: Unit::Share,
    measure: |scope| {
        let degrees = degrees(scope);
        let all = scope.writers().len() as u64;
        rate(all - (degrees.len() as u64).min(all), all)
    },
    ..PER_MEMBER
};

pub(super) const RECIPROCITY: Metric = Metric {
    code: "reciprocity",
    source: "#20",
    name: words("互动回应率（双向联系占比）", "Reciprocity"),
    formula: words(
        "得到对方反向联系的单向联系数 ÷ 全部单向联系数",
        "Directed links that are returned ÷ directed links",
    ),
    numerator: words("有来有往的单向联系数", "Links that are returned"),
    denominator: words(
        "单向联系数（至少一次引用回复或 @，或接话两次）",
        "Links: one reply or mention, or two messages by order",
    ),
    good: Good::Up,
    unit: Unit::Share,
    measure: |scope| {
        let (mut all, mut returned) = (0, 0);
        for (there, back) in links(scope).map(|pair| (pair.there.is_link(), pair.back.is_link())) {
            all += u64::from(there) + u64::from(back);
            returned += if there && back { 2 } else { 0 };
        }
        rate(returned, all)
    },
    ..PER_MEMBER
};

/// Members who wrote in the window and have a link, in one direction or both.
fn links<'s>(scope: &'s Scope<'_>) -> impl Iterator<Item = Pair> + use<'s> {
    let census = scope.census();
    let people = scope.writers().iter().filter_map(|writer| census.person(writer.person));
    let wrote: FxHashSet<IdentityId> = people.map(|person| person.who).collect();
    let linked = scope.talk().pairs().filter(|pair| pair.there.is_link() || pair.back.is_link());
    linked.filter(move |pair| wrote.contains(&pair.a) && wrote.contains(&pair.b))
}

/// Number of ties of everybody who has one.
fn degrees(scope: &Scope<'_>) -> FxHashMap<IdentityId, u32> {
    let mut degrees = FxHashMap::default();
    for pair in links(scope) {
        *degrees.entry(pair.a).or_insert(0) += 1;
        *degrees.entry(pair.b).or_insert(0) += 1;
    }
    degrees
}

fn per_member(scope: &Scope<'_>) -> Figure {
    let all = scope.writers().len() as u64;
    match all {
        0 => return Figure::Unknown(Missing::NothingToMeasure),
        1..CASES_MIN => return Figure::TooFew { have: all, need: CASES_MIN },
        _ => {}
    }
    let ends: u32 = degrees(scope).values().sum();
    let value = f64::from(ends) / all as f64;
    Figure::Known { value, of: Some((f64::from(ends), all as f64)), interval: None }
}
