//! A make-believe community: seeded people in a group who meet, ask, answer, chat and go.
//!
//! Reading order: [`Plan`] says how large, how long and on which [`Course`]; [`Crowd`] is the
//! iterator of what happens, in time order; [`exports`] writes it as chat programs would;
//! [`Tally`] counts it, so that others can be checked against it.
//!
//! Invariants: the same seed and plan give the same happenings on every machine (integers only, no
//! clock, no environment); memory grows with people and with one day's messages, never with the
//! length of the run; every person, name and word is invented. It knows no database, no metric and
//! nothing of how its exports are read.

mod cast;
mod crowd;
mod day;
mod dice;
pub mod exports;
mod happening;
mod person;
mod phrases;
mod plan;
mod talks;
mod tally;

pub use crowd::Crowd;
pub use happening::{Happening, Happens};
pub use person::{Person, Persona};
pub use plan::{Course, Plan};
pub use tally::{DayCount, SenderCount, Tally, Totals};
