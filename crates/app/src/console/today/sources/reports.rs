//! What keepers told of their groups by one tap.

use store::ReportRow;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, ReportKind, Reported, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "reports", rows };

fn rows(ground: &Ground) -> Vec<Row> {
    ground.reports.iter().filter_map(|one| row(ground, one)).collect()
}

fn row(ground: &Ground, one: &ReportRow) -> Option<Row> {
    let what = ReportKind::from_word(&one.kind)?;
    let by = ground.staff.iter().find(|staff| staff.staff == one.staff);
    Some(Row {
        source: SOURCE.word,
        key: format!("{}:{}", one.group.0, one.id),
        group: Some(one.group),
        person: None,
        since: one.at,
        urgency: 1,
        level: 0,
        reason: Reason::Reported(Reported {
            what,
            staff: one.staff,
            by: by.map(|staff| staff.name.clone()).unwrap_or_default(),
        }),
        closing: Closing::Seen(None),
    })
}
