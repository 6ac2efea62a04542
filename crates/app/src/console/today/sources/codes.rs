//! Codes near their end: soon nobody fits behind them any more.

use domain::Millis;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, CodeEnding, Reason, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "codes", rows };

/// Seen is seen for so long, unless it gets worse.
const SEEN_MS: i64 = 3 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    ground.companies.codes.iter().map(|(one, since)| row(one, *since)).collect()
}

fn row(one: &CodeEnding, since: Millis) -> Row {
    Row {
        source: SOURCE.word,
        key: format!("code:{}", one.slug),
        group: one.group,
        person: None,
        since,
        urgency: if one.room == 0 { 1 } else { 2 },
        level: i64::from(one.room == 0),
        reason: Reason::CodeEnding(one.clone()),
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}
