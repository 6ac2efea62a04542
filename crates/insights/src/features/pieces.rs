//! Cuts normalised text into words, runs of Han, digits, signs, emoji, links and mentions.

use crate::features::chars::{Char, kind};
use crate::features::stickers;

/// Pieces kept; what follows is only counted. Long texts are judged by their beginning.
const PIECES_MAX: usize = 400;

/// Longest name behind an `@`.
const NAME_BYTES_MAX: usize = 120;

/// Letters of a script without spaces that count as one word.
const UNSPACED_WORD: usize = 4;

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters (perhaps with digits) outside Han, kana and Hangul.
    Word,
    /// Han, kana and Hangul.
    Han,
    /// Digits alone.
    Digits,
    /// One sign.
    Sign,
    /// A line break.
    Line,
    /// A picture character or short code.
    Emoji,
    /// A link.
    Link,
    /// `@name`.
    Mention,
}

/// A stretch of the text, in bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// What the pass over the text found.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) pieces: Vec<Piece>,
    pub(super) chars: usize,
    pub(super) han: usize,
    pub(super) words: usize,
    /// Bit n = script with code n (see `domain::Script`).
    pub(super) scripts: u8,
    pub(super) digits: usize,
    pub(super) signs: usize,
    pub(super) emoji: usize,
    pub(super) links: usize,
    pub(super) mentions: usize,
    pub(super) calls_all: bool,
}

const HAN: u8 = 1;
const LATIN: u8 = 2;
const KANA: u8 = 4;
const OTHER: u8 = 8;
const DIGIT: u8 = 16;
const EMOJI: u8 = 32;

/// Cuts the text. `leading_name`: the source says that somebody is called, so `ann: …` at the
/// beginning is the call (IRC).
pub(super) fn cut(text: &str, leading_name: bool) -> Shape {
    let mut shape = Shape::default();
    shape.pieces.reserve((text.len() / 4).clamp(4, 32));
    let mut at = if leading_name { shape.leading_name(text) } else { 0 };
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        at += shape.step(text, rest, at).max(1);
    }
    shape
}

impl Shape {
    fn add(&mut self, kind: Kind, from: usize, bytes: usize) -> usize {
        if self.pieces.len() < PIECES_MAX {
            self.pieces.push(Piece { kind, from, to: from + bytes });
        }
        bytes
    }

    /// Takes one piece from the beginning of `rest`; gives its length in bytes.
    fn step(&mut self, text: &str, rest: &str, at: usize) -> usize {
        let Some(first) = rest.chars().next() else { return 0 };
        let bytes = first.len_utf8();
        match kind(first) {
            Char::Space | Char::Hidden | Char::EmojiPart => bytes,
            Char::Line => self.add(Kind::Line, at, bytes),
            Char::Han | Char::Kana => self.han_run(rest, at),
            Char::Latin | Char::Letter | Char::Unspaced | Char::Digit => self.word(rest, at),
            Char::Emoji => self.emoji(at, bytes, is_joined(text, at)),
            Char::Flag => {
                let pair = rest.chars().nth(1).filter(|c| kind(*c) == Char::Flag);
                self.emoji(at, bytes + pair.map_or(0, char::len_utf8), false)
            }
            Char::Sign => self.sign(text, rest, at, first),
        }
    }

    fn emoji(&mut self, at: usize, bytes: usize, joined: bool) -> usize {
        self.scripts |= EMOJI;
        self.emoji += 1;
        self.chars += usize::from(!joined);
        self.add(Kind::Emoji, at, bytes)
    }

    fn han_run(&mut self, rest: &str, at: usize) -> usize {
        let mut bytes = 0;
        let mut count = 0;
        for c in rest.chars() {
            match kind(c) {
                Char::Han => self.scripts |= HAN,
                Char::Kana => self.scripts |= KANA,
                _ => break,
            }
            count += 1;
            bytes += c.len_utf8();
        }
        self.han += count;
        self.chars += count;
        self.add(Kind::Han, at, bytes)
    }

    fn word(&mut self, rest: &str, at: usize) -> usize {
        if let Some(bytes) = link(rest) {
            return self.link(rest, at, bytes);
        }
        let (mut bytes, mut chars, mut digits, mut unspaced) = (0, 0, 0, 0);
        let mut quote = false;
        for c in rest.chars() {
            match kind(c) {
                Char::Latin => self.scripts |= LATIN,
                Char::Letter => self.scripts |= OTHER,
                Char::Unspaced => {
                    self.scripts |= OTHER;
                    unspaced += 1;
                }
                Char::Digit => digits += 1,
                Char::EmojiPart if c == '\u{20e3}' || c == '\u{fe0f}' => {
                    // A keycap: the digit is part of a picture.
                    return self.emoji(at, bytes + c.len_utf8(), false);
                }
                _ if c == '\'' && !quote && bytes > 0 => {
                    quote = true;
                    continue;
                }
                _ => break,
            }
            bytes += c.len_utf8() + usize::from(quote);
            chars += 1 + usize::from(quote);
            quote = false;
        }
        self.chars += chars;
        self.words += 1 + usize::from(unspaced > 0) * (unspaced / UNSPACED_WORD);
        if digits > 0 {
            self.scripts |= DIGIT;
        }
        self.digits += digits;
        self.add(if digits == chars { Kind::Digits } else { Kind::Word }, at, bytes)
    }

    fn link(&mut self, rest: &str, at: usize, bytes: usize) -> usize {
        self.links += 1;
        self.chars += rest.get(..bytes).map_or(0, |link| link.chars().count());
        self.add(Kind::Link, at, bytes)
    }

    fn sign(&mut self, text: &str, rest: &str, at: usize, first: char) -> usize {
        match first {
            '@' if starts_name(text, at) => {
                if let Some(bytes) = name(rest) {
                    return self.mention(rest, at, bytes);
                }
            }
            '<' => {
                if let Some(bytes) = marked_name(rest) {
                    return self.mention(rest, at, bytes);
                }
                if let Some(bytes) = stickers::custom(rest) {
                    return self.emoji(at, bytes, false);
                }
            }
            ':' if starts_name(text, at) => {
                if let Some(bytes) = stickers::short_code(rest) {
                    return self.emoji(at, bytes, false);
                }
            }
            '[' => {
                if let Some(bytes) = stickers::bracketed(rest) {
                    return self.emoji(at, bytes, false);
                }
            }
            _ => {}
        }
        self.signs += 1;
        self.chars += 1;
        self.add(Kind::Sign, at, first.len_utf8())
    }

    fn mention(&mut self, rest: &str, at: usize, bytes: usize) -> usize {
        let called = rest.get(..bytes).unwrap_or("");
        let name = called.trim_matches(|c| matches!(c, '@' | '<' | '>' | '!'));
        self.mentions += 1;
        self.calls_all |= EVERYBODY.contains(&name);
        self.add(Kind::Mention, at, bytes)
    }

    fn leading_name(&mut self, text: &str) -> usize {
        let end = text.find([':', ',', ' ', '\n', '@']).unwrap_or(0);
        let after = text.get(end..).unwrap_or("");
        let is_call = end > 0 && (after.starts_with(": ") || after.starts_with(", "));
        if !is_call || text.starts_with("http") {
            return 0;
        }
        self.mentions += 1;
        self.add(Kind::Mention, 0, end + 1)
    }
}

const EVERYBODY: [&str; 8] =
    ["all", "everyone", "here", "channel", "所有人", "全体成员", "全体", "大家"];

/// A mention or a short code begins a word: the `@` of an address stands within one.
fn starts_name(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|c| !c.is_ascii_alphanumeric())
}

/// `@name` up to white space or punctuation, in bytes.
fn name(rest: &str) -> Option<usize> {
    let body = rest.get(1..)?;
    for all in ["所有人", "全体成员"] {
        if body.starts_with(all) {
            return Some(1 + all.len());
        }
    }
    let end = body
        .find(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '?' | '!' | ':' | ';' | '。' | '、' | '@' | ')')
        })
        .unwrap_or(body.len());
    (end > 0 && end <= NAME_BYTES_MAX).then_some(1 + end)
}

/// `<@id>`, `<!channel>`, `<#id|name>`, in bytes.
fn marked_name(rest: &str) -> Option<usize> {
    let body = rest.get(1..)?;
    if !body.starts_with(['@', '!', '#']) {
        return None;
    }
    let mut near = body.as_bytes().iter().take(NAME_BYTES_MAX);
    let end = near.position(|byte| matches!(byte, b'>' | b' ' | b'\n'))?;
    (end > 1 && body.get(end..=end) == Some(">")).then_some(end + 2)
}

fn link(rest: &str) -> Option<usize> {
    let is_link = match rest.as_bytes().first() {
        Some(b'h') => rest.starts_with("http://") || rest.starts_with("https://"),
        Some(b'w') => rest.starts_with("www."),
        Some(b'f') => rest.starts_with("ftp://"),
        Some(b't') => rest.starts_with("t.me/"),
        _ => false,
    };
    if !is_link {
        return None;
    }
    let end = rest.find(|c: char| {
        c.is_whitespace()
            || matches!(c, '<' | '>' | '"' | '|' | '。' | '、' | '《' | '》' | '」' | '】')
            || matches!(kind(c), Char::Han)
    });
    let link = rest.get(..end.unwrap_or(rest.len()))?;
    Some(link.trim_end_matches(['.', ',', '!', '?', ')', ']', '\'', ';', ':']).len())
}

fn is_joined(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|before| before.ends_with('\u{200d}'))
}
