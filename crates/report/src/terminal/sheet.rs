//! Lines of a terminal: wrapping by columns, inks, headings.
//!
//! Invariant: no line is wider than the sheet; inks wrap whole lines, so that cutting and padding
//! never meet an escape sequence.

use crate::speech::{cut, width};
use unicode_width::UnicodeWidthChar;

/// Narrowest sheet.
const NARROWEST: usize = 24;

/// Marks that never begin a line.
const CLOSING: &str = "，。、；：？！）》」』”’…,.;:?!)]}%";

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Plain,
    Title,
    Strong,
    Dim,
    Good,
    Warn,
    Bad,
}

impl Ink {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Title => Some("1;36"),
            Self::Strong => Some("1"),
            Self::Dim => Some("2"),
            Self::Good => Some("1;32"),
            Self::Warn => Some("1;33"),
            Self::Bad => Some("1;31"),
        }
    }
}

/// What has been written so far.
pub(super) struct Sheet {
    width: usize,
    colour: bool,
    out: String,
}

impl Sheet {
    pub(super) fn new(width: usize, colour: bool) -> Self {
        Self { width: width.max(NARROWEST), colour, out: String::new() }
    }

    /// Columns of the sheet.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Everything written.
    pub(super) fn finish(self) -> String {
        self.out
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A heading with a gap above.
    pub(super) fn heading(&mut self, text: &str) {
        self.gap();
        self.line(Ink::Title, text);
    }

    /// One line, cut where it is too wide.
    pub(super) fn line(&mut self, ink: Ink, text: &str) {
        let text = cut(text.trim_end(), self.width);
        match ink.code().filter(|_| self.colour) {
            Some(code) => {
                self.out.extend(["\u{1b}[", code, "m", text.as_str(), "\u{1b}[0m"]);
            }
            None => self.out.push_str(&text),
        }
        self.out.push('\n');
    }

    /// A text wrapped under its beginning: what follows `lead` is indented by its width.
    pub(super) fn text(&mut self, ink: Ink, lead: &str, text: &str) {
        let indent = width(lead).min(self.width * 5 / 8);
        let room = self.width - indent;
        // A lead that leaves no room stands on its own line.
        if width(lead) > indent {
            self.line(ink, lead);
        }
        let mut lead = if width(lead) > indent { " ".repeat(indent) } else { lead.to_owned() };
        for line in wrap(text, room) {
            self.line(ink, &format!("{lead}{line}"));
            lead = " ".repeat(indent);
        }
    }
}

/// The text padded with spaces to this many columns.
pub(super) fn pad(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// Lines of at most `room` columns, at least one. Breaks at spaces and between Han characters.
pub(super) fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![];
    let mut line = String::new();
    for piece in pieces(text) {
        let fits = width(&line) + width(piece.trim_end()) <= room;
        if !fits && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { piece.trim_start() } else { piece });
        while width(line.trim_end()) > room {
            let head = cut(&line, room);
            let head = head.trim_end_matches('…').to_owned();
            if head.is_empty() {
                break;
            }
            let rest = line.split_off(head.len());
            lines.push(std::mem::replace(&mut line, rest));
        }
    }
    lines.push(line);
    lines.into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Pieces between which a line may break; a space stays at the end of its piece.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = vec![];
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            before == ' ' || ((is_wide(before) || is_wide(letter)) && letter != ' ')
        });
        let glued = CLOSING.contains(letter) || letter.width() == Some(0);
        if breaks && !glued && letter != ' ' {
            pieces.extend(text.get(start..at));
            start = at;
        }
        before = Some(letter);
    }
    pieces.extend(text.get(start..));
    pieces
}

fn is_wide(letter: char) -> bool {
    letter.width() == Some(2) && !matches!(letter, '（' | '《' | '「' | '『' | '“')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_between_han_characters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("先回复新人的第一句话", 10), ["先回复新人", "的第一句话"]);
        assert_eq!(wrap("先回复新人，再说", 10), ["先回复新", "人，再说"]);
    }

    #[test]
    fn no_line_is_wider_than_the_room() {
        let text = "近 14 天有 9 位新人第一次开口没人接（abc），superlongwordwithoutanyspaces 👩\u{200D}👧完。";
        for room in 4..60 {
            for line in wrap(text, room) {
                assert!(width(&line) <= room, "{room}: {line}");
            }
        }
    }

    #[test]
    fn wrapping_loses_nothing_but_spaces() {
        let text = "谁 在 wait？长".repeat(9);
        let joined: String = wrap(&text, 11).concat();
        assert_eq!(joined.replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn without_colour_there_is_no_escape() {
        let mut sheet = Sheet::new(30, false);
        sheet.heading("x");
        sheet.text(Ink::Bad, "- ", "y");
        assert!(!sheet.finish().contains('\u{1b}'));
    }
}
