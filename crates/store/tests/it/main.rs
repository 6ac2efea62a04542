//! One test-suite for both databases.
#![expect(clippy::unwrap_used, reason = "a test may panic, and says so in its own words")]

mod concurrency;
mod identities;
mod imports;
mod log;
mod opening;
mod projections;
mod sample;
mod undo;
