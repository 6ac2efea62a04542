//! The numbers, tested through the public face of the crate.
#![expect(clippy::unwrap_used, reason = "builders of tests may fail loudly")]

mod build;
mod codec;
mod cohorts;
mod diary;
mod effective;
mod features;
mod fold;
mod health;
mod heat;
mod matrix;
mod metrics;
mod resume;
mod stays;
mod steps;
mod totals;
