//! Decoded text, line by line or as a stream of UTF-8.
//!
//! Invariant: at most one line (cut at `LINE_BYTES_MAX`) and two blocks are in memory.

use crate::bundle::encoding::{EVIDENCE_BYTES, Verdict, of_beginning, tell_apart};
use crate::bundle::{HEAD_BYTES, LINE_BYTES_MAX};
use encoding_rs::{CoderResult, Decoder, GB18030, UTF_8};
use std::io::{self, Read};

/// Room for decoded text at the beginning; grows for long lines only.
const TEXT_BYTES: usize = 256 * 1024;

/// One line of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextLine<'a> {
    /// Number from 1.
    pub number: u64,
    /// Without the line end (`\n` or `\r\n`).
    pub text: &'a str,
    /// Bytes taken from the input since the line before. They are taken in blocks, so that most
    /// lines say 0; the sum over all lines is the size of the input.
    pub bytes: u64,
    /// Some bytes were not valid text and were replaced by U+FFFD.
    pub repaired: bool,
    /// The line was longer than the limit and was cut.
    pub cut: bool,
}

/// Lines of decoded text. Also a [`Read`] of the decoded UTF-8, for parsers that take readers.
pub struct TextReader {
    input: Box<dyn Read + Send>,
    raw: Box<[u8]>,
    raw_from: usize,
    raw_to: usize,
    input_ended: bool,
    /// Kept until everything before it is decoded.
    failed: Option<io::Error>,
    /// `None` before the first block.
    decoder: Option<Decoder>,
    stage: Stage,
    /// Decoded UTF-8.
    text: Vec<u8>,
    from: usize,
    to: usize,
    /// The beginning of a line that is longer than the limit.
    long: Vec<u8>,
    line: u64,
    /// Bytes taken from the input and not yet reported.
    taken: u64,
    had_errors: bool,
}

/// How far decoding has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// UTF-8 and GB18030 are still not told apart.
    Open,
    Settled,
    Ended,
}

impl TextReader {
    pub(super) fn new(input: Box<dyn Read + Send>) -> Self {
        Self {
            input,
            raw: vec![0; HEAD_BYTES].into_boxed_slice(),
            raw_from: 0,
            raw_to: 0,
            input_ended: false,
            failed: None,
            decoder: None,
            stage: Stage::Open,
            text: vec![0; TEXT_BYTES],
            from: 0,
            to: 0,
            long: Vec::new(),
            line: 0,
            taken: 0,
            had_errors: false,
        }
    }

    /// The next line, or `None` at the end. Errors: see [`crate::Entry::open`].
    pub fn next_line(&mut self) -> io::Result<Option<TextLine<'_>>> {
        let mut searched = 0;
        let end = loop {
            let rest = self.text.get(self.from + searched..self.to).unwrap_or_default();
            if let Some(found) = memchr::memchr(b'\n', rest) {
                break self.from + searched + found;
            }
            searched = self.to - self.from;
            if searched > LINE_BYTES_MAX {
                return self.cut_line().map(Some);
            }
            if !self.fill()? {
                if searched == 0 {
                    return Ok(None);
                }
                break self.to;
            }
        };
        let line = self.from..end;
        self.from = (end + 1).min(self.to);
        self.line += 1;
        let bytes = std::mem::take(&mut self.taken);
        let text = as_text(self.text.get(line).unwrap_or_default());
        let repaired = self.had_errors && text.contains('\u{fffd}');
        Ok(Some(TextLine { number: self.line, text, bytes, repaired, cut: false }))
    }

    /// Bytes taken from the input since the last asking (or the last line).
    pub(crate) fn take_consumed(&mut self) -> u64 {
        std::mem::take(&mut self.taken)
    }

    /// Some bytes so far were not valid text and were replaced by U+FFFD.
    pub(crate) fn had_errors(&self) -> bool {
        self.had_errors
    }

    /// Keeps the beginning of an overlong line and drops the rest up to its end.
    fn cut_line(&mut self) -> io::Result<TextLine<'_>> {
        let rest = self.text.get(self.from..self.to).unwrap_or_default();
        self.long.clear();
        self.long.extend(rest.iter().take(LINE_BYTES_MAX));
        loop {
            let rest = self.text.get(self.from..self.to).unwrap_or_default();
            if let Some(found) = memchr::memchr(b'\n', rest) {
                self.from += found + 1;
                break;
            }
            self.from = self.to;
            if !self.fill()? {
                break;
            }
        }
        self.line += 1;
        let bytes = std::mem::take(&mut self.taken);
        let text = as_text(&self.long);
        let repaired = self.had_errors && text.contains('\u{fffd}');
        Ok(TextLine { number: self.line, text, bytes, repaired, cut: true })
    }

    /// Decodes more text behind `to`; `false` at the end.
    fn fill(&mut self) -> io::Result<bool> {
        if self.from > 0 {
            self.text.copy_within(self.from..self.to, 0);
            self.to -= self.from;
            self.from = 0;
        }
        if self.text.len() - self.to < TEXT_BYTES / 2 {
            self.text.resize(self.text.len() * 2, 0);
        }
        let before = self.to;
        while self.to == before && self.stage != Stage::Ended {
            if self.raw_from == self.raw_to || self.waits_for_more() {
                self.take_block()?;
            }
            self.decode_block();
        }
        Ok(self.to > before)
    }

    /// Too little of the first text beyond ASCII is there to tell its encoding.
    fn waits_for_more(&self) -> bool {
        self.stage == Stage::Open
            && !self.input_ended
            && self.raw_to - self.raw_from < EVIDENCE_BYTES
    }

    fn take_block(&mut self) -> io::Result<()> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.raw.copy_within(self.raw_from..self.raw_to, 0);
        self.raw_to -= self.raw_from;
        self.raw_from = 0;
        while self.raw_to < self.raw.len() && !self.input_ended {
            match self.input.read(self.raw.get_mut(self.raw_to..).unwrap_or_default()) {
                Ok(0) => self.input_ended = true,
                Ok(count) => {
                    self.raw_to += count;
                    self.taken += count as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if self.raw_to > 0 => {
                    self.failed = Some(error);
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn decode_block(&mut self) {
        let mut block = self.raw.get(self.raw_from..self.raw_to).unwrap_or_default();
        if self.decoder.is_none() {
            let (encoding, mark) = of_beginning(block);
            self.decoder = Some(encoding.new_decoder_without_bom_handling());
            if encoding != UTF_8 || mark > 0 {
                self.stage = Stage::Settled;
            }
            self.raw_from += mark;
            block = block.get(mark..).unwrap_or_default();
        }
        if self.stage == Stage::Open {
            match tell_apart(block, self.input_ended) {
                Verdict::Open if !self.input_ended => {
                    let ascii = encoding_rs::Encoding::ascii_valid_up_to(block);
                    block = block.get(..ascii).unwrap_or_default();
                }
                Verdict::Gb18030 => {
                    self.decoder = Some(GB18030.new_decoder_without_bom_handling());
                    self.stage = Stage::Settled;
                }
                Verdict::Open | Verdict::Utf8 => self.stage = Stage::Settled,
            }
        }
        let Some(decoder) = &mut self.decoder else { return };
        let last = self.input_ended && block.len() == self.raw_to - self.raw_from;
        let room = self.text.get_mut(self.to..).unwrap_or_default();
        let (result, read, written, errors) = decoder.decode_to_utf8(block, room, last);
        self.raw_from += read;
        self.to += written;
        self.had_errors |= errors;
        if last && result == CoderResult::InputEmpty {
            self.stage = Stage::Ended;
        }
    }
}

/// The decoder writes valid UTF-8; only the cut of an overlong line can split a character.
fn as_text(line: &[u8]) -> &str {
    let text = match std::str::from_utf8(line) {
        Ok(text) => text,
        Err(error) => {
            std::str::from_utf8(line.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or("")
        }
    };
    text.trim_end_matches('\r')
}

impl Read for TextReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.from == self.to && !self.fill()? {
            return Ok(0);
        }
        let ready = self.text.get(self.from..self.to).unwrap_or_default();
        let count = ready.len().min(out.len());
        if let (Some(out), Some(ready)) = (out.get_mut(..count), ready.get(..count)) {
            out.copy_from_slice(ready);
        }
        self.from += count;
        Ok(count)
    }
}
