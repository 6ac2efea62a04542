//! Bytes as an export of `pywxdump`: an answer or an error, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    huoqun_fuzz::read("pywxdump", "chat.csv", bytes);
});
