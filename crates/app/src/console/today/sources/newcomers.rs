//! New members whom nobody has welcomed (D18): one row per group, about all who came.
//!
//! Who has spoken is left to the tracker, which asks for an answer to the first post.

use domain::{GroupId, Millis};
use store::PersonIn;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "newcomers", rows };

/// Members have this long to welcome somebody before staff are asked.
const GRACE_MS: i64 = 2 * Millis::HOUR;

/// Names told, at most.
const NAMES_MAX: usize = 5;

fn rows(ground: &Ground) -> Vec<Row> {
    let due = |one: &&PersonIn| ground.now.since(one.joined) >= GRACE_MS;
    let people: Vec<&PersonIn> = ground.newcomers.iter().filter(due).collect();
    let groups = people.chunk_by(|one, next| one.group == next.group);
    groups.filter_map(|people| row(ground, people)).collect()
}

fn row(ground: &Ground, people: &[&PersonIn]) -> Option<Row> {
    let group = people.first()?.group;
    let greeted = greeted_until(ground, group);
    let left: Vec<&PersonIn> = people.iter().copied().filter(|one| one.joined > greeted).collect();
    let (first, last) = (left.first()?, left.last()?);
    let names = || left.iter().take(NAMES_MAX).map(|one| one.name.clone()).collect();
    let alone = left.len() == 1;
    Some(Row {
        source: SOURCE.word,
        key: group.0.to_string(),
        group: Some(group),
        person: alone.then_some(first.identity),
        since: first.joined,
        urgency: 3,
        level: last.joined.0,
        reason: if alone { Reason::Newcomer } else { Reason::Newcomers(left.len(), names()) },
        closing: Closing::Seen(None),
    })
}

/// Everybody who came until then was greeted, as staff said.
fn greeted_until(ground: &Ground, group: GroupId) -> Millis {
    let noted = ground.noted(SOURCE.word, &group.0.to_string());
    let greeted = noted.filter(|noted| noted.until.is_none());
    greeted.map_or(Millis(i64::MIN), |noted| Millis(noted.level))
}
