//! The numbers, tested through the public face of the crate.
#![expect(clippy::unwrap_used, reason = "builders of tests may fail loudly")]

mod build;
mod codec;
mod effective;
mod features;
mod fold;
mod stays;
