//! Work that failed: what came in and could not be processed, actions that did not go out, imports.

use store::OutboxRow;

use crate::console::today::ground::{FailedImport, Ground};
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;
use crate::live::SetAside;

pub(super) const SOURCE: Source = Source { word: "failures", rows };

fn rows(ground: &Ground) -> Vec<Row> {
    let aside = ground.aside.iter().map(aside);
    let actions = ground.failed.iter().filter(|row| !has_task(ground, row)).map(action);
    let imports = ground.imports.iter().map(import);
    aside.chain(actions).chain(imports).collect()
}

fn aside(row: &SetAside) -> Row {
    let kind = row.event.as_ref().map_or("", |event| event.what.word());
    Row {
        source: SOURCE.word,
        key: format!("aside:{}", row.id),
        group: Some(row.group),
        person: row.event.as_ref().and_then(|event| event.actor.named()),
        since: row.received,
        urgency: 1,
        level: i64::from(row.tries),
        reason: Reason::SetAside(row.id, kind, row.failure.clone()),
        closing: Closing::Drop(row.id),
    }
}

/// Staff are asked to carry most of them out by hand: these stand among the tasks.
fn has_task(ground: &Ground, row: &OutboxRow) -> bool {
    let name = format!("{}:{}:{}", domain::TaskKind::CarryOut.word(), row.seq.0, row.n);
    ground.tasks.iter().any(|task| task.group == row.group && task.name == name)
}

fn action(row: &OutboxRow) -> Row {
    Row {
        source: SOURCE.word,
        key: format!("action:{}:{}:{}", row.group.0, row.seq.0, row.n),
        group: Some(row.group),
        person: None,
        since: row.changed,
        urgency: 1,
        level: i64::from(row.tries),
        reason: Reason::ActionFailed(row.kind.clone(), row.result.clone()),
        closing: Closing::Seen(None),
    }
}

fn import(one: &FailedImport) -> Row {
    Row {
        source: SOURCE.word,
        key: format!("import:{}", one.id),
        group: None,
        person: None,
        since: one.at,
        urgency: 3,
        level: one.at.0,
        reason: Reason::ImportFailed(one.id),
        closing: Closing::Seen(None),
    }
}
