//! Tests of the faces from outside: a cookie-keeping browser into the router. The tree mirrors the
//! addresses.
#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test may panic, and says so in its own words"
)]

mod browser;
mod doors;
mod figures;
mod g;
mod groups;
mod imports;
mod l;
mod links;
mod look;
mod machines;
mod outage;
mod people;
mod search;
mod serving;
mod settings;
mod site;
mod team;
mod today;
mod wecom;
