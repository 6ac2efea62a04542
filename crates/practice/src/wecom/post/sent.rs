//! What became of a callback.

use domain::Millis;
use serde::Serialize;

use crate::wecom::books::Event;

/// A letter that was sent, or lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sent {
    /// What it tells.
    pub event: Event,
    /// When it was sent last, by the company's clock.
    pub at: Millis,
    /// What came of each try; empty when it was lost on purpose.
    pub tries: Vec<Took>,
}

/// What came of one try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Took {
    /// An answer with this HTTP status and the beginning of its body.
    Answered(u16, String),
    /// Nobody there, cut off, or no answer in time.
    Failed(String),
}

impl Sent {
    /// The other side said that it has it.
    pub fn taken(&self) -> bool {
        matches!(self.tries.last(), Some(Took::Answered(200, _)))
    }
}
