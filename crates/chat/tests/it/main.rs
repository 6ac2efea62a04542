//! Tests of the chat platforms from outside.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod web;
mod wecom;
