//! Joins and leaves worth a look: yesterday and today beside what is usual in the same group.
//!
//! Told when there are five or more, twice the usual, and more than three times the square root
//! above it (what chance alone gives once in several hundred groups). A group that stands among
//! those in trouble is told there.

use domain::{GroupId, Millis};

use crate::console::today::companies::Came;
use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row, Unusual};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "flows", rows };

/// Fewer are not worth a look.
const COUNT_MIN: u32 = 5;
/// With fewer days known nothing is usual yet.
const DAYS_MIN: u32 = 3;
/// With fewer days or people before, the comparison stands on little.
const DAYS_FEW: u32 = 14;
const BEFORE_FEW: u32 = 10;
/// Seen is seen for so long, unless it doubles.
const SEEN_MS: i64 = 2 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    let told = |group: GroupId| ground.troubles.iter().any(|one| one.group == group);
    let mut rows = Vec::new();
    for (group, flow) in ground.companies.flows.iter().filter(|(group, _)| !told(**group)) {
        let [joins, leaves] = unusual(flow);
        rows.extend(joins.map(|it| row(ground, (*group, "joins", 3), Reason::Joins(it), it)));
        rows.extend(leaves.map(|it| row(ground, (*group, "leaves", 2), Reason::Leaves(it), it)));
    }
    rows
}

fn row(
    ground: &Ground,
    (group, what, urgency): (GroupId, &str, u8),
    reason: Reason,
    it: Unusual,
) -> Row {
    Row {
        source: SOURCE.word,
        key: format!("{}:{what}", group.0),
        group: Some(group),
        person: None,
        since: Millis(ground.now.0 - Millis::DAY),
        urgency,
        level: i64::from(it.count.ilog2()),
        reason,
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}

/// What of a group's joins and leaves is unusual.
fn unusual(flow: &Came) -> [Option<Unusual>; 2] {
    let [joins, leaves] = flow.late;
    let [joined, left] = flow.before;
    [judge(joins, joined, flow.days), judge(leaves, left, flow.days)]
}

fn judge(count: u32, before: u32, days: u32) -> Option<Unusual> {
    if count < COUNT_MIN || days < DAYS_MIN {
        return None;
    }
    let usual = f64::from(before) * 2.0 / f64::from(days);
    let many = f64::from(count) >= 2.0 * usual && f64::from(count) > usual + 3.0 * usual.sqrt();
    let is_small = days < DAYS_FEW || before < BEFORE_FEW;
    many.then_some(Unusual { count, before, days, is_small })
}

#[cfg(test)]
mod tests {
    use super::judge;

    #[test]
    fn what_chance_gives_is_not_told() {
        let table = [
            // count, before, days, told, small
            (4, 0, 28, false, false),
            (5, 0, 28, true, true),
            (5, 0, 2, false, false),
            (9, 28, 28, true, false),
            (6, 28, 28, false, false),
            (30, 280, 28, false, false),
            (41, 280, 28, true, false),
            (20, 8, 5, true, true),
        ];
        for (count, before, days, told, small) in table {
            let got = judge(count, before, days);
            assert_eq!(got.is_some(), told, "{count} {before} {days}");
            assert!(got.is_none_or(|it| it.is_small == small), "{got:?}");
        }
    }
}
