//! What integration tests of several crates share: a fresh database of each kind.
//!
//! Invariant: no test sees what another wrote, and nothing is left behind.

mod databases;
mod postgres;

pub use databases::{Database, databases, postgres, sqlite};
