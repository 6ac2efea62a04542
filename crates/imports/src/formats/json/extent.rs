//! Where a JSON value ends, found without reading what it means, over chunks of any size.

use memchr::memchr2;

/// Bytes looked at by hand.
const NEAR: usize = 16;

/// Progress within one value. Feed it the bytes of the value from its first one on.
#[derive(Debug)]
pub(super) struct Extent {
    scalar: bool,
    depth: u64,
    in_string: bool,
    escaped: bool,
}

impl Extent {
    /// For a value with this first byte; `None` when no value can begin so.
    pub(super) fn starting(first: u8) -> Option<Self> {
        let scalar = match first {
            b'"' | b'{' | b'[' => false,
            b',' | b':' | b'}' | b']' => return None,
            _ => true,
        };
        Some(Self { scalar, depth: 0, in_string: false, escaped: false })
    }

    /// The value is a number or a word, which may end with the file.
    pub(super) fn may_end_with_file(&self) -> bool {
        self.scalar
    }

    /// Takes the next bytes; says how many of them belong to the value when it ends in them.
    pub(super) fn feed(&mut self, bytes: &[u8]) -> Option<usize> {
        if self.scalar {
            return bytes.iter().position(|byte| {
                matches!(byte, b',' | b'}' | b']' | b':' | b' ' | b'\n' | b'\r' | b'\t')
            });
        }
        let mut at = 0;
        loop {
            at += if self.in_string {
                self.feed_string(bytes.get(at..)?)?
            } else {
                self.feed_outside(bytes.get(at..)?)?
            };
            if self.depth == 0 && !self.in_string {
                return Some(at);
            }
        }
    }

    fn feed_string(&mut self, bytes: &[u8]) -> Option<usize> {
        let from = usize::from(self.escaped);
        let rest = bytes.get(from..)?;
        self.escaped = false;
        let found = find_mark(rest)?;
        if rest.get(found) == Some(&b'\\') {
            self.escaped = true;
        } else {
            self.in_string = false;
        }
        Some(from + found + 1)
    }

    fn feed_outside(&mut self, bytes: &[u8]) -> Option<usize> {
        // The bit 0x20 is what tells `[` from `{` and `]` from `}`.
        let found =
            bytes.iter().position(|&byte| byte == b'"' || matches!(byte | 0x20, b'{' | b'}'))?;
        match bytes.get(found)? {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            _ => self.depth = self.depth.saturating_sub(1),
        }
        Some(found + 1)
    }
}

/// The next quotation mark or backslash. Most strings are short keys: looking at a few bytes by
/// hand is faster there than a vector search.
fn find_mark(bytes: &[u8]) -> Option<usize> {
    let near = bytes.iter().take(NEAR).position(|byte| matches!(byte, b'"' | b'\\'));
    near.or_else(|| Some(NEAR + memchr2(b'"', b'\\', bytes.get(NEAR..)?)?))
}
