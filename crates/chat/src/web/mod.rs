//! The built-in web chat: what a page may hand in, and how the program itself writes there.
//!
//! Reading order: [`text`] and [`name`] make what people type harmless without changing what they
//! mean; [`mentions`] finds whom a text calls; [`part`] and [`accepted`] judge the keys that pages
//! mint; [`Web`] is the platform as the outbox sees it. Pure: no clock, no network, no HTML.
//!
//! Invariant: cleaning twice is cleaning once; ordinary Chinese, Arabic, emoji families and flags
//! pass unchanged.

mod key;
mod letters;
mod mention;
mod name;
mod sender;
mod text;

pub use key::{KEY_AHEAD_MS_MAX, KEY_BEHIND_MS_MAX, StaleKey, accepted, part};
pub use mention::{Mentions, mentions};
pub use name::{NAME_CHARS_MAX, NameError, TITLE_CHARS_MAX, keeper_name, name, title};
pub use sender::{Port, Web, errand_key};
pub use text::{NOTICE_CHARS_MAX, TEXT_CHARS_MAX, TextError, text};
