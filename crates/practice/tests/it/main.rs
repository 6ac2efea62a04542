//! The practice server as a client and as a receiver of callbacks see it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

mod house;

mod callbacks;
mod contacts;
mod desk;
mod faults;
mod groups;
mod joins;
mod lives;
mod messages;
mod seeds;
mod staff;
mod tokens;
mod transfers;
