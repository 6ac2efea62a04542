//! Which encoding a text is in: a byte-order mark, else zero bytes (UTF-16), else UTF-8 unless
//! the bytes are not UTF-8 and are clearly Chinese in GB18030.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of a text that begins with these bytes, and the length of the byte-order mark.
pub(super) fn of_beginning(bytes: &[u8]) -> (&'static Encoding, usize) {
    match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (of_zeros(bytes).unwrap_or(UTF_8), 0),
    }
}

/// UTF-16 without a mark: zero bytes on one side of the pairs only, and many of them. No other
/// encoding of a chat holds zero bytes.
fn of_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let zeros = |side: usize| {
        pairs.iter().filter(|pair| pair.get(side).is_some_and(|byte| *byte == 0)).count()
    };
    let enough = pairs.len().div_ceil(4);
    match (zeros(0), zeros(1)) {
        (0, low) if low >= enough.max(1) => Some(UTF_16LE),
        (high, 0) if high >= enough.max(1) => Some(UTF_16BE),
        _ => None,
    }
}

/// What the first bytes beyond ASCII tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Nothing but ASCII so far: both encodings agree.
    Open,
    Utf8,
    Gb18030,
}

/// From the first byte beyond ASCII on, so many bytes are looked at, if there are so many.
pub(super) const EVIDENCE_BYTES: usize = 512;

/// Tells UTF-8 and GB18030 apart. A character cut at the end counts for neither. `whole`: nothing
/// follows these bytes.
pub(super) fn tell_apart(bytes: &[u8], whole: bool) -> Verdict {
    let ascii = Encoding::ascii_valid_up_to(bytes);
    let beyond = bytes.get(ascii..).unwrap_or_default();
    if beyond.is_empty() || (beyond.len() < EVIDENCE_BYTES && !whole) {
        return Verdict::Open;
    }
    // An error without a length is a character cut at the end.
    let stray = std::str::from_utf8(beyond).is_err_and(|error| error.error_len().is_some());
    if stray && is_chinese_gb18030(beyond) { Verdict::Gb18030 } else { Verdict::Utf8 }
}

/// Decodes cleanly, and at least half of the double bytes lie in the block of common Han
/// (both bytes from 0xA1 up). A Latin-1 letter with the ASCII letter after it makes a formally
/// valid double byte too, but never one of that block.
fn is_chinese_gb18030(bytes: &[u8]) -> bool {
    let mut text = String::with_capacity(bytes.len() * 2 + 16);
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let (_, _, errors) = decoder.decode_to_string(bytes, &mut text, false);
    let han = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    if errors || !han {
        return false;
    }
    let (mut doubles, mut common) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let Some((&lead, tail)) = rest.split_first() {
        rest = tail;
        if lead < 0x80 {
            continue;
        }
        if let Some((&trail, tail)) = tail.split_first() {
            doubles += 1;
            common += usize::from(lead >= 0xa1 && trail >= 0xa1);
            rest = tail;
        }
    }
    common * 2 >= doubles
}

/// The beginning of a file as text, by the rules that hold for the whole.
pub(super) fn decode_head(head: &[u8]) -> String {
    let (mut encoding, mark) = of_beginning(head);
    let bytes = head.get(mark..).unwrap_or_default();
    if encoding == UTF_8 && mark == 0 && tell_apart(bytes, true) == Verdict::Gb18030 {
        encoding = GB18030;
    }
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    // Not the last bytes: a character cut at the end is left out instead of replaced.
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let _ = decoder.decode_to_string(bytes, &mut text, false);
    text
}
