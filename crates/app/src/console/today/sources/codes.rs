//! Live codes: near their end or at it, refused by the platform, a domain that does not answer, new
//! groups in which something is to be done by hand.

use domain::Millis;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;
use crate::links::LinkAlarm;

pub(super) const SOURCE: Source = Source { word: "codes", rows };

/// Seen is seen for so long, unless it gets worse.
const SEEN_MS: i64 = 3 * Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    ground.companies.codes.iter().map(|alarm| row(alarm, ground.now)).collect()
}

fn row(alarm: &LinkAlarm, now: Millis) -> Row {
    // A code that gets from near its end to it is told again.
    let (key, level, urgency, since) = match alarm {
        LinkAlarm::AtEnd(id, _) => (format!("code:{id}"), 1, 1, now),
        LinkAlarm::NearEnd(id, ..) => (format!("code:{id}"), 0, 2, now),
        LinkAlarm::Failing(id, _) => (format!("refused:{id}"), 0, 2, now),
        LinkAlarm::Domain(host, word, since) => (format!("{word}:{host}"), 0, 1, *since),
        LinkAlarm::Checks(id, _, groups, since) => {
            (format!("checks:{id}"), i64::try_from(*groups).unwrap_or(i64::MAX), 3, *since)
        }
    };
    Row {
        source: SOURCE.word,
        key,
        group: None,
        person: None,
        since,
        urgency,
        level,
        reason: Reason::Code(alarm.clone()),
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}
