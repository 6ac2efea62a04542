//! The deciders, pure: what an event leads to in its group.
//!
//! Reading order: a group is its [`State`] (small, one versioned blob) and its [`Roster`] (who is
//! in). [`decide`] takes an [`domain::Event`] and answers with a [`Decision`] — facts to note and
//! effects — or a [`Refusal`]. `room` is what may be said and done at all; the deciders behind the
//! [`Decider`] interface look at what was noted: the first is `tracker`, who waits for an answer.
//! [`schedule`] reckons when timers fall due; [`handover`] plans how a company's members hand over
//! what they hold, and decides what an answer of its platform means; [`links`] says where a scan of
//! a live code leads; [`welcome`] what a new contact of a company reads.
//!
//! Invariants: no clock, dice, IO or environment; the same state, roster and event give the same
//! decision on every machine; a refused event changes nothing; what a platform told is never
//! refused; state of an older version is read, of a newer one refused.

mod decide;
pub mod handover;
pub mod links;
mod noting;
mod refusal;
mod room;
mod roster;
pub mod schedule;
mod settings;
mod state;
mod tracker;
pub mod welcome;

pub use decide::{Decider, Deciding, Decision, Noted, decide};
pub use noting::noted_as;
pub use refusal::Refusal;
pub use room::{Notice, Room};
pub use roster::{Member, OnTop, Roster};
pub use settings::Settings;
pub use state::{State, StateError};
pub use tracker::{Tracker, Waiting, Why};
