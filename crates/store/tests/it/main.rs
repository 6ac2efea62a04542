//! One test-suite for both databases.

mod concurrency;
mod identities;
mod imports;
mod log;
mod opening;
mod projections;
mod sample;
mod undo;
