//! The answers to a batch, in the order in which it was handed in.

use crate::live::receipt::Refused;
use crate::live::writer::{Answered, Part};

/// The answers to a batch.
#[derive(Debug)]
pub(super) struct Answers(Vec<Option<Answered>>);

impl Answers {
    /// No answers yet to so many entries.
    pub(super) fn to(count: usize) -> Self {
        Self(vec![None; count])
    }

    /// All answers; who was passed over may come again.
    pub(super) fn given(self) -> Vec<Answered> {
        self.0.into_iter().map(|answer| answer.unwrap_or(Err(Refused::Busy))).collect()
    }

    /// Answers the entry at a place. Places beyond the end belong to entries that nobody waits for.
    pub(super) fn put(&mut self, place: usize, answer: Answered) {
        if let Some(slot) = self.0.get_mut(place) {
            *slot = Some(answer);
        }
    }

    /// The same answer to all entries of a part.
    pub(super) fn all(&mut self, part: &Part, refused: &Refused) {
        for (place, _) in part {
            self.put(*place, Err(refused.clone()));
        }
    }
}
