//! Text that people wrote, made harmless for a face.
//!
//! Nothing invisible stays: no controls, no marks that turn the reading direction, no zero-width
//! letters, no towers of combining marks. Escaping for HTML is not done here.

use crate::Lang;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Widest name shown, in columns of a terminal.
const NAME_COLUMNS: usize = 32;

/// Widest title shown, in columns of a terminal.
const TITLE_COLUMNS: usize = 64;

/// Characters of raw text looked at; what comes after is cut in any case.
const RAW_MAX: usize = 2_000;

/// Combining marks kept on one character.
const MARKS_MAX: usize = 2;

/// The text on one line without anything invisible.
pub(crate) fn clean(raw: &str) -> String {
    let mut out = String::new();
    let mut marks = 0;
    for letter in raw.chars().take(RAW_MAX) {
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        if letter == ' ' {
            if !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            continue;
        }
        if is_invisible(letter) || (letter == '\u{200D}' && !joins_emoji(&out)) {
            continue;
        }
        marks = if letter.width().unwrap_or(0) == 0 { marks + 1 } else { 0 };
        if marks <= MARKS_MAX {
            out.push(letter);
        }
    }
    out.truncate(out.trim_end_matches([' ', '\u{200D}']).len());
    out
}

fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{2800}' | '\u{3164}'
            | '\u{FE00}'..='\u{FE0E}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E0FFF}' | '\u{E000}'..='\u{F8FF}'
        )
}

fn joins_emoji(before: &str) -> bool {
    before.chars().next_back().is_some_and(
        |last| matches!(last, '\u{2600}'..='\u{27BF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}'),
    )
}

/// The text cut to this many columns, with an ellipsis where something is missing.
pub(crate) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        out.push(letter);
        if width(&out) + 1 > columns {
            out.pop();
            break;
        }
    }
    out.truncate(out.trim_end().len());
    out.push('…');
    out
}

/// Columns that the text takes in a terminal.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// A person's name ready to show; a word for it when there is none.
pub(crate) fn shown_name(raw: &str, lang: Lang) -> String {
    let name = cut(&clean(raw), NAME_COLUMNS);
    if name.is_empty() { lang.pick("（未留名）", "(no name)").to_owned() } else { name }
}

/// A title ready to show: like a name, with more room.
pub(crate) fn shown_title(raw: &str, lang: Lang) -> String {
    let title = cut(&clean(raw), TITLE_COLUMNS);
    if title.is_empty() { lang.pick("（未命名）", "(untitled)").to_owned() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_invisible_is_left_of_a_hostile_name() {
        let raw = "\u{202E}小\u{200B}林\u{0007}\u{FEFF}\n\t 阿杰\u{2066}";
        assert_eq!(clean(raw), "小林 阿杰");
        assert_eq!(clean("e\u{301}\u{301}\u{301}\u{301}\u{301}"), "e\u{301}\u{301}");
        assert_eq!(shown_name("\u{3164}\u{200B}", Lang::En), "(no name)");
    }

    #[test]
    fn families_of_emoji_stay_together() {
        assert_eq!(clean("👩\u{200D}👧"), "👩\u{200D}👧");
        assert_eq!(clean("a\u{200D}b"), "ab");
    }

    #[test]
    fn a_cut_text_is_never_wider_than_asked() {
        for columns in 1..12 {
            assert!(width(&cut("小林abc阿杰👩\u{200D}👧", columns)) <= columns, "{columns}");
        }
        assert_eq!(cut("小林", 4), "小林");
        assert_eq!(cut("小林阿杰", 5), "小林…");
    }

    #[test]
    fn a_name_of_ten_thousand_letters_is_cut() {
        assert!(width(&shown_name(&"长".repeat(10_000), Lang::Zh)) <= NAME_COLUMNS);
    }
}
