//! The console's use cases on both databases.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod fresh;
mod seats;
mod settings;
mod tiers;
mod today;
mod uploads;
