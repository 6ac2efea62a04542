//! Bytes as an export of `slack`: an answer or an error, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    huoqun_fuzz::read("slack", "general/2016-01-01.json", bytes);
});
