//! Bytes as an export of `whatsapp`: an answer or an error, never a panic.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    huoqun_fuzz::read("whatsapp", "_chat.txt", bytes);
});
