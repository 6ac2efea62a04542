//! The connection log: lines of calls, gathered and written a few at a time.

use std::sync::{Arc, Mutex, PoisonError};

use chat::wecom::{CallLine, Lines, Refusal};
use store::{Store, WecomCall, WecomId};

/// Lines gathered before they are written.
const GATHERED: usize = 50;
/// Lines kept while the database does not take them; later ones are dropped.
const KEPT_MAX: usize = 2_000;
/// Letters of a line's words.
const WORDS_MAX: usize = 300;

/// Lines of one company that wait to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct Log(Arc<Mutex<Vec<WecomCall>>>);

impl Log {
    /// Where a client puts its lines.
    pub(super) fn sink(&self) -> Lines {
        let log = self.clone();
        Arc::new(move |line| log.take(line))
    }

    fn take(&self, line: CallLine) {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < KEPT_MAX {
            waiting.push(row(line));
        }
    }

    /// Writes what waits, where it is much or `all` is wanted. Lines that cannot be written are
    /// kept for the next time.
    pub(super) async fn write(&self, store: &Store, id: WecomId, all: bool) {
        let lines = {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.is_empty() || (!all && waiting.len() < GATHERED) {
                return;
            }
            std::mem::take(&mut *waiting)
        };
        if store.note_wecom_calls(id, lines.clone()).await.is_err() {
            let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.splice(0..0, lines);
            waiting.truncate(KEPT_MAX);
        }
    }
}

fn row(line: CallLine) -> WecomCall {
    let code = match &line.refused {
        None => Some(0),
        Some(Refusal::Code { code, .. }) => Some(*code),
        Some(Refusal::Silence(_) | Refusal::Shape(_)) => None,
    };
    let words = match line.refused {
        None => String::new(),
        Some(Refusal::Code { words, .. } | Refusal::Silence(words) | Refusal::Shape(words)) => {
            words.chars().take(WORDS_MAX).collect()
        }
    };
    WecomCall {
        at: line.at,
        call: line.call.to_owned(),
        took_ms: u32::try_from(line.took_ms).unwrap_or(u32::MAX),
        code,
        words,
        size: u32::try_from(line.size).unwrap_or(u32::MAX),
    }
}
