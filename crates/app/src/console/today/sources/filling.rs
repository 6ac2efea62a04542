//! Customer groups at 80, 90 and 95 percent of their limit, with the days that are left.

use domain::Millis;
use store::WecomGlance;

use crate::console::today::companies::FULL_PERCENT;
use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Filling, Reason, Row};
use crate::console::today::sources::Source;
use crate::wecom::{days_left, holds};

pub(super) const SOURCE: Source = Source { word: "filling", rows };

/// Seen is seen for so long, unless the next step is reached.
const SEEN_MS: i64 = 30 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    ground.companies.full.iter().map(|(one, came)| row(ground, one, *came)).collect()
}

fn row(ground: &Ground, one: &WecomGlance, came: u32) -> Row {
    let (members, limit) = (one.members, holds(one));
    let level = step(members * 100 / limit);
    let urgency = match level {
        100.. => 1,
        95.. => 2,
        _ => 3,
    };
    Row {
        source: SOURCE.word,
        key: one.group.0.to_string(),
        group: Some(one.group),
        person: None,
        since: ground.now,
        urgency,
        level: i64::from(level),
        reason: Reason::Filling(Filling {
            members,
            limit,
            came,
            days: days_left((members, limit), came),
        }),
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}

/// The step that was reached.
fn step(percent: u32) -> u32 {
    [100, 95, 90].into_iter().find(|step| percent >= *step).unwrap_or(FULL_PERCENT)
}
