//! Bytes as the body of a fact: it reads or it does not; what reads survives its own bytes.
#![no_main]

use domain::{Fact, Millis, SourceKey};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let (at, source) = (Millis(0), SourceKey { key: 1, part: 0 });
    if let Ok(fact) = Fact::from_body(at, source, bytes) {
        assert_eq!(Fact::from_body(at, source, &fact.body()), Ok(fact));
    }
});
