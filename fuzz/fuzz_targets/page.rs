//! Bytes as a stored day page: it decodes or it does not; what decodes survives its own bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(page) = insights::Page::decode(bytes) {
        assert_eq!(insights::Page::decode(&page.encode()).as_ref(), Ok(&page));
    }
});
