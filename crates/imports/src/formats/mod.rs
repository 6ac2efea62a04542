//! The one list of formats, most particular first: detection asks them in this order.

mod chinese;
mod discord;
mod irc;
mod json;
mod lines;
mod qq;
mod roster;
mod sheet;
mod slack;
mod table;
mod telegram;
mod telling;
mod wall;
mod wechat;
mod whatsapp;
mod zulip;

use crate::format::Format;

/// Every importer. A new one is a file beside this one and a word here.
pub const FORMATS: &[&Format] = &[
    &discord::FORMAT,
    &slack::FORMAT,
    &telegram::FORMAT,
    &zulip::FORMAT,
    &wechat::MEMOTRACE,
    &wechat::PYWXDUMP,
    &wechat::TRAINING,
    &qq::QCE,
    &qq::PC,
    &wechat::TXT,
    &whatsapp::FORMAT,
    &irc::MIRC,
    &irc::UBUNTU,
    &irc::ZNC,
    &irc::IRSSI,
    &irc::WEECHAT,
    &irc::LIMNORIA,
    &roster::FORMAT,
    &table::WITH_IDS,
    &table::PLAIN,
];

/// The importer with this word.
pub fn format_named(word: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.word == word)
}
