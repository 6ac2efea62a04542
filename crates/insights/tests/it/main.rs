//! The numbers, tested through the public face of the crate.
#![expect(clippy::unwrap_used, reason = "builders of tests may fail loudly")]

mod build;
mod cohorts;
mod diary;
mod entry;
mod health;
mod heat;
mod matrix;
mod metrics;
mod pages;
mod steps;
mod totals;
mod words;
