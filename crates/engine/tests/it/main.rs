//! Tests of the deciders: tables of moves and outcomes, and properties over random sequences.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]
#![expect(clippy::indexing_slicing, reason = "a test may panic")]

mod facts;
mod handover;
mod hostile;
mod links;
mod people;
mod refusals;
mod reminders;
mod room;
mod scene;
mod schedule;
mod silence;
mod stored;
mod waiting;
mod welcome;
