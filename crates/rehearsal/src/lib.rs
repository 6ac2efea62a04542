//! A make-believe community: seeded people in groups who meet, ask, answer, chat and go.
//!
//! Reading order: [`Plan`] says which [`Kind`] of group it is, how large, how long and on which
//! [`Course`]; [`Community`] plans many groups; [`Crowd`] is the iterator of what happens in one,
//! in time order; [`exports`] writes it as chat programs would; [`Tally`] counts it, so that others
//! can be checked against it. [`Crowd::next_minute`] and [`Crowd::answer`] go on from now. [`fill`]
//! brings a community to the live pipeline; [`platform`] is a chat platform to rehearse on.
//!
//! Invariants: the same seed and plan give the same happenings on every machine (integers only, no
//! clock, no environment); memory grows with people and with one day's messages, never with the
//! length of the run; every person, name and word is invented. The crowd knows no database, no
//! metric and nothing of how its exports are read; only [`fill`] and [`platform`] know of the
//! pipeline.

mod answer;
mod crowd;
mod day;
mod dice;
pub mod exports;
pub mod fill;
mod happening;
mod people;
mod phrases;
mod plan;
pub mod platform;
mod talks;
mod tally;

pub use answer::Heard;
pub use crowd::Crowd;
pub use happening::{Happening, Happens};
pub use people::{Person, Persona};
pub use plan::{Community, Course, GroupPlan, Keys, Kind, Plan, Soul};
pub use tally::{DayCount, SenderCount, Tally, Totals};
