//! Colour and style codes that clients put into lines.

use std::borrow::Cow;

/// The line without `\x03N[N][,N[N]]` and the single-byte style codes.
pub(super) fn without_codes(line: &str) -> Cow<'_, str> {
    let is_code = |byte: &u8| matches!(byte, 0x02 | 0x03 | 0x0f | 0x11 | 0x16 | 0x1d..=0x1f);
    // All codes are control bytes, and few lines hold one.
    let control = line.as_bytes().iter().min().is_some_and(|byte| *byte < 0x20);
    if !control || !line.as_bytes().iter().any(is_code) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.as_bytes().iter().position(is_code) {
        let (before, code) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        rest = code.strip_prefix('\u{3}').map_or_else(|| code.get(1..).unwrap_or(""), colours);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// What follows the numbers after a colour code.
fn colours(rest: &str) -> &str {
    let front = digits(rest);
    match front.strip_prefix(',') {
        Some(back) if front.len() < rest.len() && digits(back).len() < back.len() => digits(back),
        _ => front,
    }
}

fn digits(text: &str) -> &str {
    let count = text.bytes().take(2).take_while(u8::is_ascii_digit).count();
    text.get(count..).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::without_codes;

    #[test]
    fn codes_are_removed_and_nothing_else() {
        for (line, plain) in [
            ("\u{3}03[09:07] * Joins: ann", "[09:07] * Joins: ann"),
            ("\u{3}12,4red\u{3} \u{2}bold\u{f}, 1", "red bold, 1"),
            ("\u{3}123", "3"),
            ("\u{3},5 x\u{3}4,x", ",5 x,x"),
            ("nothing", "nothing"),
            ("end\u{3}", "end"),
        ] {
            assert_eq!(without_codes(line), plain);
        }
    }
}
