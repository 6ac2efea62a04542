//! Groups in trouble with the causes (O05, O07). What has been dead for long is told in one row:
//! it is a matter of tidying up, not of today.

use domain::Millis;
use insights::{CauseCode, Mood};

use crate::console::today::ground::{Ground, Troubled};
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "troubles", rows };

/// Causes named, at most.
const CAUSES_MAX: usize = 3;

/// A dead group is told by itself for so long after its last message.
const FRESH_MS: i64 = 45 * Millis::DAY;

/// Seen is seen for so long, unless it gets worse.
const SEEN_MS: i64 = 7 * Millis::DAY;
const LONG_SEEN_MS: i64 = 30 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    let is_old = |one: &Troubled| {
        one.mood == Mood::Dead && one.last.is_none_or(|last| ground.now.since(last) > FRESH_MS)
    };
    let (old, fresh): (Vec<_>, Vec<_>) = ground.troubles.iter().partition(|one| is_old(one));
    let mut rows: Vec<Row> = fresh.into_iter().map(row).collect();
    if let Some(since) = old.iter().filter_map(|one| one.last).max() {
        rows.push(Row {
            source: SOURCE.word,
            key: "long_dead".to_owned(),
            group: None,
            person: None,
            since,
            urgency: 4,
            level: 0,
            reason: Reason::LongDead(old.len()),
            closing: Closing::Seen(Some(LONG_SEEN_MS)),
        });
    }
    rows
}

fn row(one: &Troubled) -> Row {
    let (urgency, level) = match one.mood {
        Mood::Dead => (3, 3),
        Mood::Dying => (2, 2),
        _ => (3, 1),
    };
    let bad = |code: CauseCode| !matches!(code, CauseCode::Growing | CauseCode::TalkOnMostDays);
    let causes = one.causes.iter().filter(|cause| bad(cause.code)).take(CAUSES_MAX);
    Row {
        source: SOURCE.word,
        key: one.group.0.to_string(),
        group: Some(one.group),
        person: None,
        since: one.last.unwrap_or(one.made),
        urgency,
        level,
        reason: Reason::Trouble(one.mood, causes.cloned().collect()),
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}
