//! What the platform refuses until a person sets something right: calls, and cards to somebody.

use domain::Millis;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "refused", rows };

/// Seen is seen for so long.
const SEEN_MS: i64 = Millis::DAY;

fn rows(ground: &Ground) -> Vec<Row> {
    let calls = ground.companies.refused.iter().map(|(one, since)| {
        let key = format!("company:{}:{}", one.account, one.word);
        row((key, 1), *since, Reason::Refused(one.clone()))
    });
    let cards = ground.companies.no_cards.iter().map(|(one, since)| {
        row((format!("seat:{}", one.staff.0), 3), *since, Reason::NoCards(one.clone()))
    });
    calls.chain(cards).collect()
}

fn row((key, urgency): (String, u8), since: Millis, reason: Reason) -> Row {
    Row {
        source: SOURCE.word,
        key,
        group: None,
        person: None,
        since,
        urgency,
        level: 0,
        reason,
        closing: Closing::Seen(Some(SEEN_MS)),
    }
}
