//! A folder per live platform: verify what comes, parse it, send what is asked, say what it can do.
//!
//! Invariants: one platform never uses another; what a platform cannot do is declared
//! ([`Platform::capability`]), never silently left out; an outcome that is not known is said to be
//! unknown.

mod platform;
pub mod probe;
pub mod web;
pub mod wecom;

pub use platform::{Errand, Outcome, Platform, Quota, Sending};
