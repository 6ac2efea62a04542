//! One test-suite for both databases.
#![expect(clippy::unwrap_used, reason = "a test may panic, and says so in its own words")]

mod cards;
mod concurrency;
mod desk;
mod identities;
mod imports;
mod links;
mod live;
mod live_intake;
mod live_outbox;
mod live_tasks;
mod live_timers;
mod log;
mod opening;
mod people;
mod projections;
mod raw;
mod sample;
mod team;
mod undo;
mod wecom;
mod whole;
