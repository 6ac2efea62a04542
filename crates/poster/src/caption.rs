//! The words below a code, broken into lines.

use crate::Refusal;
use crate::letters::Letters;

/// Lines of a caption, at most.
pub const LINES_MAX: usize = 2;

/// Chinese characters on a line, at most; letters of the alphabet take about half the room.
pub const LETTERS_MAX: u16 = 16;

/// What no line begins with.
const NEVER_FIRST: &str = "，。、；：？！）》」』】’”…—,.;:?!)";

/// The lines of a caption. A line that is too wide goes on in the next one; words of the alphabet
/// stay whole where they can.
pub(crate) fn lines(caption: &str, letters: &Letters<'_>) -> Result<Vec<String>, Refusal> {
    let mut lines = Vec::new();
    for line in caption.trim().lines().map(str::trim).filter(|line| !line.is_empty()) {
        letters.check(line)?;
        let mut rest = line;
        while !rest.is_empty() {
            let (head, tail) = rest.split_at(fits(rest, letters));
            // Not even one letter fits, or there are too many lines.
            if head.is_empty() || lines.len() == LINES_MAX {
                return Err(Refusal::Long);
            }
            lines.push(head.trim_end().to_owned());
            rest = tail.trim_start();
        }
    }
    Ok(lines)
}

/// Bytes of the text that make a line.
fn fits(text: &str, letters: &Letters<'_>) -> usize {
    let room = f32::from(LETTERS_MAX) * letters.em();
    let (mut width, mut broken) = (0.0, 0);
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        if may_break(before, letter) {
            broken = at;
        }
        width += letters.advance(letter);
        if width > room {
            // A word that is longer than a line is cut.
            return if broken == 0 { at } else { broken };
        }
        before = letter;
    }
    text.len()
}

/// Whether a line may end between the two.
fn may_break(before: char, after: char) -> bool {
    let is_word = |letter: char| letter.is_ascii_graphic();
    !(NEVER_FIRST.contains(after) || is_word(before) && is_word(after))
}
