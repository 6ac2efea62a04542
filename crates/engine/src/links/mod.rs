//! Where a scan of a live code (活码) leads. Pure.
//!
//! Reading order: `duty` (civil hours), `staff` (who is added: B01), `chain` (which group is
//! entered: A10, B04, B06, S26, O04), `rules` (which code counts: B05), `names` (names of a row of
//! groups: A10).
//!
//! Invariants: the same scan number and the same state of things lead to the same place on every
//! machine; who is off duty, full or gone is never led to; where nobody is left that is said, and
//! never guessed.

mod chain;
mod duty;
mod names;
mod rules;
mod staff;

pub use chain::{CHAIN_RUN, Chain, Link, LinkNow, Skip, Trend, declines};
pub use duty::{Clock, Duty};
pub use names::{fits, next_number, series_name};
pub use rules::{Device, Rule, Visit, first_fit};
pub use staff::{Seat, SeatNow, pick};
