//! Who waits for an answer: first-ever posts, questions, calls (H10, I05). The tracker opens and
//! withdraws these tasks; staff call them done.

use domain::{IdentityId, TaskKind};
use store::TaskRow;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::today::sources::Source;

pub(super) const SOURCE: Source = Source { word: "answers", rows };

fn rows(ground: &Ground) -> Vec<Row> {
    ground.tasks.iter().filter_map(row).collect()
}

fn row(task: &TaskRow) -> Option<Row> {
    let (reason, urgency) = match TaskKind::from_word(&task.kind)? {
        TaskKind::AnswerFirstPost => (Reason::FirstPost(task.about), 0),
        TaskKind::AnswerQuestion => (Reason::Question(task.about), 1),
        TaskKind::AnswerCall => (Reason::Call(task.about), 1),
        TaskKind::CarryOut | TaskKind::CheckOutcome => return None,
    };
    Some(of_task(SOURCE.word, task, (reason, urgency)))
}

/// The row of a task.
pub(super) fn of_task(
    source: &'static str,
    task: &TaskRow,
    (reason, urgency): (Reason, u8),
) -> Row {
    Row {
        source,
        key: format!("{}:{}", task.group.0, task.name),
        group: Some(task.group),
        person: (task.who != IdentityId::NOBODY).then_some(task.who),
        since: task.since,
        urgency,
        level: task.since.0,
        reason,
        closing: Closing::Task(task.name.clone()),
    }
}
