//! Stand-ins for chat platforms, on loopback: to learn on, to show, and to test against.
//!
//! Each speaks the protocol of its platform as the platform's documents tell it, keeps books of
//! its own that a test can look into, and fails on demand as the platform does.

mod dice;
pub mod wecom;
