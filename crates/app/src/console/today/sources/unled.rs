//! Customer groups whose owner has left or is out of sight: one row for all groups of an owner,
//! because they are given to somebody together.

use domain::Millis;

use crate::console::today::companies::Absent;
use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row, Unled};
use crate::console::today::sources::Source;
use crate::wecom::OwnerlessWhy;

pub(super) const SOURCE: Source = Source { word: "unled", rows };

/// Seen is seen for so long, unless there are more of them.
const SEEN_MS: i64 = 7 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    ground.companies.absent.iter().map(|one| row(ground, one)).collect()
}

fn row(ground: &Ground, one: &Absent) -> Row {
    let (word, urgency) = match one.why {
        OwnerlessWhy::Left => ("left", 1),
        OwnerlessWhy::OutOfSight => ("unseen", 3),
    };
    let only = one.groups.first().filter(|_| one.groups.len() == 1);
    Row {
        source: SOURCE.word,
        key: format!("owner:{}:{word}:{}", one.account, one.userid),
        group: only.copied(),
        person: None,
        since: ground.now,
        urgency,
        level: i64::try_from(one.groups.len()).unwrap_or(i64::MAX),
        reason: Reason::Unled(Unled {
            account: one.account,
            owner: one.name.clone(),
            why: one.why,
            groups: one.groups.len(),
        }),
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}
