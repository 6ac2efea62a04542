//! Reads one cut value, repairing what exporters are known to break.
//!
//! Telegram Desktop writes control characters as `\x0B`, which is not JSON, and tools that cut
//! files leave invalid UTF-8. Both are repaired only when the plain reading failed, so good
//! records pay nothing.

use serde::Deserialize;
use std::borrow::Cow;

/// A value, read; the flag says that invalid bytes were replaced by U+FFFD on the way.
///
/// `spare` keeps the repaired text that the value may borrow from.
pub(crate) fn parse<'a, T: Deserialize<'a>>(
    bytes: &'a [u8],
    spare: &'a mut String,
) -> Result<(T, bool), serde_json::Error> {
    let error = match serde_json::from_slice(bytes) {
        Ok(value) => return Ok((value, false)),
        Err(error) => error,
    };
    let text = String::from_utf8_lossy(bytes);
    if matches!(text, Cow::Borrowed(_)) && !text.contains("\\x") {
        return Err(error);
    }
    *spare = repair_escapes(&text);
    serde_json::from_str(spare.as_str()).map(|value| (value, matches!(text, Cow::Owned(_))))
}

/// A small owned value; `None` when it does not have the shape.
pub(crate) fn parse_lenient<T: for<'a> Deserialize<'a>>(bytes: &[u8]) -> Option<T> {
    parse(bytes, &mut String::new()).ok().map(|(value, _)| value)
}

/// Rewrites `\xNN` as `\u00NN`; an escaped backslash before an `x` stays what it is.
fn repair_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        match after.as_bytes() {
            [b'x', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                out.push_str("\\u00");
                rest = after.get(1..).unwrap_or_default();
            }
            _ => {
                out.push('\\');
                let escaped = after.chars().next();
                out.extend(escaped);
                rest = after.get(escaped.map_or(0, char::len_utf8)..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::json::{Cursor, Value};
    use proptest::prelude::*;
    use std::io::Read;

    /// The same repair, one character at a time.
    fn naive(text: &str) -> String {
        let chars: Vec<char> = text.chars().collect();
        let (mut out, mut at) = (String::new(), 0);
        while at < chars.len() {
            if chars[at] != '\\' || at + 1 == chars.len() {
                out.push(chars[at]);
                at += 1;
            } else if chars[at + 1] == 'x'
                && at + 3 < chars.len()
                && chars[at + 2].is_ascii_hexdigit()
                && chars[at + 3].is_ascii_hexdigit()
            {
                out.push_str("\\u00");
                at += 2;
            } else {
                out.extend([chars[at], chars[at + 1]]);
                at += 2;
            }
        }
        out
    }

    struct Chunked<'a>(&'a [u8], Vec<usize>);

    impl Read for Chunked<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let want = self.1.pop().unwrap_or(usize::MAX).max(1);
            let take = want.min(out.len()).min(self.0.len());
            out[..take].copy_from_slice(&self.0[..take]);
            self.0 = &self.0[take..];
            Ok(take)
        }
    }

    #[test]
    fn an_escaped_backslash_before_x_is_left_alone() {
        let (text, replaced) = parse::<String>(br#""a\x0Bb \\x0B \\\x1f""#, &mut String::new())
            .map(|(text, replaced)| (text.clone(), replaced))
            .unwrap();
        assert_eq!(text, "a\u{b}b \\x0B \\\u{1f}");
        assert!(!replaced);
    }

    #[test]
    fn invalid_bytes_are_replaced_and_said() {
        let (text, replaced) = parse::<String>(b"\"a\xFFb\"", &mut String::new()).unwrap();
        assert_eq!((text.as_str(), replaced), ("a\u{fffd}b", true));
    }

    proptest! {
        #[test]
        fn the_repair_is_the_naive_one(text in r#"(\\|x|0|b|F|"|林| |\\x1f|\\\\){0,40}"#) {
            prop_assert_eq!(repair_escapes(&text), naive(&text));
        }

        #[test]
        fn values_are_cut_the_same_whatever_the_chunks(
            texts in prop::collection::vec(r#"(\\\\|\\"|\\x0b|[\[\]{},a ]|林){0,12}"#, 0..8),
            chunks in prop::collection::vec(1_usize..7, 0..60),
        ) {
            let records: Vec<String> =
                texts.iter().map(|text| format!("{{\"text\": [\"{text}\"], \"n\": 1}}")).collect();
            let file = format!("\u{feff} [{}\n]", records.join(" ,\n"));
            let mut cursor = Cursor::new(Chunked(file.as_bytes(), chunks));
            cursor.open(b'[').unwrap();
            let mut cut = Vec::new();
            while cursor.another(b']').unwrap() {
                let Value::Whole(bytes) = cursor.value().unwrap() else { panic!("too large") };
                prop_assert!(parse::<serde_json::Value>(bytes, &mut String::new()).is_ok());
                cut.push(String::from_utf8(bytes.to_vec()).unwrap());
            }
            prop_assert_eq!(cut, records);
            prop_assert_eq!(cursor.take_consumed(), file.len() as u64);
        }
    }
}
