//! Groups without an owner (R01): one row for all of them, and only where there is more than one
//! who could be it. Counted as the doctor counts them: all groups, and a back-up is no owner.

use domain::Millis;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "ownerless", rows };

/// Seen is seen for so long, unless there are more of them.
const SEEN_MS: i64 = 7 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    let kept = |group| ground.keepings.get(group).is_some_and(|keeping| keeping.owner.is_some());
    let without = ground.titles.keys().filter(|group| !kept(*group)).count();
    if !ground.sets_owners
        || without == 0
        || ground.staff.iter().filter(|one| one.active).count() < 2
    {
        return Vec::new();
    }
    vec![Row {
        source: SOURCE.word,
        key: "all".to_owned(),
        group: None,
        person: None,
        since: ground.now,
        urgency: 4,
        level: i64::try_from(without).unwrap_or(i64::MAX),
        reason: Reason::Ownerless(without),
        closing: Closing::Seen(Some(SEEN_MS)),
    }]
}
