//! Envelopes: the platform's published samples, and what must be refused.

use chat::wecom::{Seal, SealSettingError, Unsealable};
use proptest::prelude::*;

/// A sealed text of the official libraries' samples, with what it opens to.
struct Sample {
    token: &'static str,
    key: &'static str,
    receiver: &'static str,
    timestamp: &'static str,
    nonce: &'static str,
    sealed: &'static str,
    signature: &'static str,
    words: &'static str,
}

const SAMPLES: [Sample; 4] = [
    Sample {
        token: "QDG6eK",
        key: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
        receiver: "wx5823bf96d3bd56c7",
        timestamp: "1409659589",
        nonce: "263014780",
        sealed: concat!(
            "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZ",
            "XvnaqQ==",
        ),
        signature: "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3",
        words: "1616140317555161061",
    },
    Sample {
        token: "QDG6eK",
        key: "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C",
        receiver: "wx5823bf96d3bd56c7",
        timestamp: "1409659813",
        nonce: "1372623149",
        sealed: concat!(
            "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHH",
            "hGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4a",
            "SknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP",
            "7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8",
            "V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p",
            "8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==",
        ),
        signature: "477715d11cdb4164915debcba66cb864d751f3e6",
        words: concat!(
            "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName>\n",
            "<FromUserName><![CDATA[mycreate]]></FromUserName>\n",
            "<CreateTime>1409659813</CreateTime>\n",
            "<MsgType><![CDATA[text]]></MsgType>\n",
            "<Content><![CDATA[hello]]></Content>\n",
            "<MsgId>4561255354251345929</MsgId>\n",
            "<AgentID>218</AgentID>\n",
            "</xml>",
        ),
    },
    Sample {
        token: "kjr2TKI8umCBfVF3wAHk8JiPwma5VBme",
        key: "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws",
        receiver: "ww6a112864f8022910",
        timestamp: "1583940690",
        nonce: "VHh7ymSeb0jc4lSb",
        sealed: concat!(
            "6KmUQuPVu7UhjyVqRdbo5SfcRqaHvbUlKSHFvBV2ZuR6TIlKsygcfeSd1GDplg1C5KSKr6UPHCaC/nIX",
            "3ZNt9w==",
        ),
        signature: "1ba3cb09c0d2c2b3ed6900d37f91a6efae6cb011",
        words: "94966531020182955848408",
    },
    Sample {
        token: "kz7Yx62CH8SaLN",
        key: "cD0d7jx4tYvVtzqrmh3Dm3QFCXe6f8SlHoMtMh3qQEP",
        receiver: "ww6a112864f8022910",
        timestamp: "1583995625",
        nonce: "1584392382",
        sealed: concat!(
            "EUCt7xMcNiyASzZj0Hjc5yDjFQrCum6AfQ3ntHiUzjGQ51xieKmbvtrZ40/EcB2W/W8yH0n4Lqx48gJl",
            "/T9HD/R309I0P/r5pIZucK3lyEn48FYMr4YdE0QdL2jIJ3xkcXUr6uzefzCxG6lMvwpAJaOyVCzN7sRR",
            "w47njfxy5EIqU6R9ZBhlTzfdnhhOhK/nTwzrZX3SoGlXFA9OBeZ6ru1NWpXFk76x9DUMe0lcxPPiUqK8",
            "ctnQcYXSGUHVqC6DfG7E7mab0OmruNN8cBZY5d3dYOBA4OgaH55Q0AJmUpdT8vNiXpXx+6TxT3TIjySX",
            "pDrHVyrsb772aYywgg/Nu4kUmGkALwFZlzhjNegR7wDwb9lr4ERXsSSS8JZ8lbBmaQ3F2Tq584xoPj5r",
            "IhXAF734ynm4no1g+SdHiNqR328=",
        ),
        signature: "f265ae551b1932727204c3d707628d01376a6940",
        words: concat!(
            "<xml><ToUserName><![CDATA[ww6a112864f8022910]]></ToUserName><FromUserName><![C",
            "DATA[foobar]]></FromUserName><CreateTime>1583995625</CreateTime><MsgType><![CD",
            "ATA[text]]></MsgType><Content><![CDATA[x123]]></Content><MsgId>2018405441</Msg",
            "Id><AgentID>1000002</AgentID></xml>",
        ),
    },
];

/// Words, and what they are sealed to with the key of the first sample and the salt below.
const SEALED: [(&str, &str); 3] = [
    (
        "success",
        concat!(
            "sKqRbbiSUnDhFHOvPjtUMbWS28WQJEcq+Mzda1Jz7/48f8S/Ty+bA9T4kUGo9xXppbi6Xb5CJDNdGLzl",
            "BP6xcQ==",
        ),
    ),
    (
        "abcdefghijklmnopqrstuvwxyz",
        concat!(
            "sKqRbbiSUnDhFHOvPjtUMZGyoR1r/GzKAbbgquGlaOgIlt+xQAi/JKk90aBApUWQUg5O+k5ZufIRKoqg",
            "tkAVwJKF1H3y/sfk7izzwSIp1tYTy01NHOGT9sTJ2jdv5sCT",
        ),
    ),
    (
        concat!(
            "<xml><ToUserName><![CDATA[zhangsan]]></ToUserName><FromUserName><![CDATA[wx5823b",
            "f96d3bd56c7]]></FromUserName><CreateTime>1348831860</CreateTime><MsgType><![CDAT",
            "A[text]]></MsgType><Content><![CDATA[收到]]></Content></xml>",
        ),
        concat!(
            "sKqRbbiSUnDhFHOvPjtUMUeqt1g4oVlNGGsS6EWXUJdzNUTV/uL0UBFzshLks/RFyFHd2/ixDhB7ucBV",
            "urERtV9j+h9li2EnEqHWnKHWpF3YAEkXMyVOYZhlslCclgL4xho7Az5ISBgjZ7hHrLQLBcJ5ICEML1ze",
            "waRPdQTiNxN3D7tBEZAKUmNBQSYge7ZjxLFxTVxfmEP9BvAxXgluzMV/FPnVJ3OIXnSzFHknSa2xZesV",
            "Ls/THtfybX0BTVjMVrTz/ITyFtnUEzgs54yPbga9MPHG6dLjWIg3iewWc8NVLrgtJx3bZuvb282rs57p",
            "T3hc33R7htNX3W1xrExA1Lc3sL1sGusUpMbaCh1h/r0H1V4mwxg9T/Cq6o5/J2TC",
        ),
    ),
];

const SALT: [u8; 16] = *b"0123456789abcdef";

fn seal_of(sample: &Sample) -> Seal {
    Seal::new(sample.token, sample.key, sample.receiver).unwrap()
}

fn first() -> (&'static Sample, Seal) {
    (&SAMPLES[0], seal_of(&SAMPLES[0]))
}

#[test]
fn published_samples_are_signed_and_open_to_their_words() {
    for sample in &SAMPLES {
        let seal = seal_of(sample);
        assert_eq!(seal.sign(sample.timestamp, sample.nonce, sample.sealed), sample.signature);
        let words = seal.open(sample.signature, sample.timestamp, sample.nonce, sample.sealed);
        assert_eq!(String::from_utf8(words.unwrap()).unwrap(), sample.words);
    }
}

#[test]
fn sealing_gives_what_other_libraries_open() {
    let (_, seal) = first();
    for (words, sealed) in SEALED {
        assert_eq!(seal.seal(words.as_bytes(), SALT), sealed);
    }
    let signature = seal.sign("1348831860", "1372623149", SEALED[0].1);
    assert_eq!(signature, "aa7bd91465b4f99f4239c592f0c72a8b90f0f616");
}

#[test]
fn a_changed_digit_of_the_signature_is_refused() {
    let (sample, seal) = first();
    for signature in [&sample.signature.replacen('5', "6", 1), "", &sample.signature[1..]] {
        let opened = seal.open(signature, sample.timestamp, sample.nonce, sample.sealed);
        assert_eq!(opened, Err(Unsealable::Signature), "{signature}");
    }
}

#[test]
fn a_message_for_another_company_is_refused() {
    let sample = &SAMPLES[1];
    let other = Seal::new(sample.token, sample.key, "ww0000000000000000").unwrap();
    let opened = other.open(sample.signature, sample.timestamp, sample.nonce, sample.sealed);
    assert_eq!(opened, Err(Unsealable::Receiver));
}

#[test]
fn damaged_texts_and_foreign_keys_are_refused() {
    let (sample, seal) = first();
    let other = Seal::new(sample.token, SAMPLES[2].key, sample.receiver).unwrap();
    let open = |seal: &Seal, sealed: &str| {
        seal.open(&seal.sign("1", "2", sealed), "1", "2", sealed).unwrap_err()
    };
    assert_eq!(open(&other, sample.sealed), Unsealable::Key);
    assert_eq!(open(&seal, ""), Unsealable::Text);
    assert_eq!(open(&seal, "not base64!"), Unsealable::Text);
    assert_eq!(open(&seal, &sample.sealed[..sample.sealed.len() - 4]), Unsealable::Text);
}

#[test]
fn settings_that_cannot_be_right_are_named() {
    let (sample, _) = first();
    let wrong = |token: &str, key: &str, receiver: &str| {
        Seal::new(token, key, receiver).map(|_| ()).unwrap_err()
    };
    for token in ["", "with blank ", &"x".repeat(33)] {
        assert_eq!(wrong(token, sample.key, sample.receiver), SealSettingError::Token);
    }
    for key in ["", &sample.key[1..], &format!("{}=", sample.key), &"群".repeat(43)] {
        assert_eq!(wrong(sample.token, key, sample.receiver), SealSettingError::Key);
    }
    assert_eq!(wrong(sample.token, sample.key, ""), SealSettingError::Receiver);
}

#[test]
fn keys_are_not_shown() {
    let (sample, seal) = first();
    let shown = format!("{seal:?}");
    assert!(shown.contains(sample.receiver) && !shown.contains(sample.token), "{shown}");
}

proptest! {
    #[test]
    fn what_is_sealed_opens_to_the_same(words in proptest::collection::vec(any::<u8>(), 0..200)) {
        let (_, seal) = first();
        let sealed = seal.seal(&words, SALT);
        prop_assert_eq!(seal.open(&seal.sign("1", "2", &sealed), "1", "2", &sealed), Ok(words));
    }

    #[test]
    fn any_signed_bytes_are_refused_without_panic(
        blocks in proptest::collection::vec(any::<[u8; 16]>(), 1..8)
    ) {
        use base64::Engine as _;
        let (_, seal) = first();
        let sealed = base64::engine::general_purpose::STANDARD.encode(blocks.concat());
        prop_assert!(seal.open(&seal.sign("1", "2", &sealed), "1", "2", &sealed).is_err());
    }
}
