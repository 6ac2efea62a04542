//! The faces of a report, tested on invented communities.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic, and says so in its own words"
)]

mod golden;
mod html;
mod json;
mod sample;
mod terminal;
