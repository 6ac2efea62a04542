//! Bytes as an export of `irc`: an answer or an error, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    huoqun_fuzz::read("irc-mirc", "channel-2020-01-01.log", bytes);
    huoqun_fuzz::read("irc-ubuntu", "channel-2020-01-01.log", bytes);
    huoqun_fuzz::read("irc-znc", "channel-2020-01-01.log", bytes);
    huoqun_fuzz::read("irc-irssi", "channel-2020-01-01.log", bytes);
    huoqun_fuzz::read("irc-weechat", "channel-2020-01-01.log", bytes);
    huoqun_fuzz::read("irc-limnoria", "channel-2020-01-01.log", bytes);
});
