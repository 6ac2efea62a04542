//! Tests of the importers: files in, told happenings out.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::format_collect,
    clippy::format_push_string,
    clippy::print_stderr,
    reason = "a test may panic, and says so in its own words"
)]

mod bundle;
mod discord;
mod irc;
mod qce;
mod qq;
mod recorder;
mod roster;
mod slack;
mod table;
mod telegram;
mod wechat;
mod wechat_tools;
mod whatsapp;
mod zulip;
