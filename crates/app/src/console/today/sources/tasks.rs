//! What staff have to carry out or to check: actions that a platform leaves to people.

use domain::TaskKind;
use store::TaskRow;

use crate::console::today::ground::Ground;
use crate::console::today::row::{Reason, Row};
use crate::console::today::sources::{Source, answers};

pub(super) const SOURCE: Source = Source { word: "tasks", rows };

fn rows(ground: &Ground) -> Vec<Row> {
    ground.tasks.iter().filter_map(row).collect()
}

fn row(task: &TaskRow) -> Option<Row> {
    let reason = match TaskKind::from_word(&task.kind)? {
        TaskKind::CarryOut => (Reason::CarryOut, 2),
        TaskKind::CheckOutcome => (Reason::CheckOutcome, 1),
        TaskKind::AnswerFirstPost | TaskKind::AnswerQuestion | TaskKind::AnswerCall => {
            return None;
        }
    };
    Some(answers::of_task(SOURCE.word, task, reason))
}
