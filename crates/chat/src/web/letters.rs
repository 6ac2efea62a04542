//! Which characters of a text stay: the one walk behind texts and names.
//!
//! Kept: everything visible; joiners where a script or an emoji needs them; one variation selector;
//! the tags of a flag. Dropped: controls, marks that turn or isolate the reading direction, blanks
//! without width, fillers, towers of combining marks.

use unicode_normalization::char::is_combining_mark;

/// Combining marks kept on one character: enough for Vietnamese, Arabic, Hebrew, Thai, Tibetan.
const MARKS_MAX: usize = 4;

/// Tags kept behind one black flag: three letters of a country and three of a region.
const TAGS_MAX: usize = 8;

/// What the walk has seen just before.
#[derive(Default)]
struct Before {
    last: Option<char>,
    marks: usize,
    tags: usize,
    in_flag: bool,
}

/// The text without what is invisible or turns its surroundings. White space other than the plain
/// blank and the line feed is left to the caller, except that every kind of line end is one `\n`.
pub(super) fn sift(raw: &str) -> String {
    let has_rtl = raw.chars().any(|letter| is_rtl(letter) && is_visible(letter));
    let mut out = String::with_capacity(raw.len());
    let mut before = Before::default();
    let mut letters = raw.chars().peekable();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\r' | '\u{0B}' | '\u{0C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
            '\t' => ' ',
            other => other,
        };
        if stays(letter, &mut before, has_rtl) {
            out.push(letter);
            before.last = Some(letter);
        }
    }
    out
}

fn stays(letter: char, before: &mut Before, has_rtl: bool) -> bool {
    if is_tag(letter) {
        before.tags += 1;
        return before.in_flag && before.tags <= TAGS_MAX;
    }
    before.in_flag = letter == '\u{1F3F4}';
    before.tags = 0;
    match letter {
        '\n' => {}
        '\u{200C}' | '\u{200D}' => return joins(letter, before.last),
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180F}' => {
            return before.last.is_some_and(|last| !last.is_whitespace() && !is_selector(last));
        }
        '\u{200E}' | '\u{200F}' | '\u{061C}' => {
            let behind = |last: char| !last.is_whitespace() && !is_direction(last);
            return has_rtl && before.last.is_some_and(behind);
        }
        _ if is_invisible(letter) => return false,
        _ => {}
    }
    before.marks = if is_combining_mark(letter) { before.marks + 1 } else { 0 };
    before.marks <= MARKS_MAX
}

fn is_tag(letter: char) -> bool {
    matches!(letter, '\u{E0020}'..='\u{E007F}')
}

fn is_selector(letter: char) -> bool {
    matches!(letter, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180F}')
}

fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}')
}

fn is_rtl(letter: char) -> bool {
    matches!(letter, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EEFF}')
}

/// A joiner stays behind an emoji, and between the letters of scripts that spell with joiners.
fn joins(joiner: char, last: Option<char>) -> bool {
    let Some(last) = last else { return false };
    let spelled = matches!(last, '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}'
        | '\u{0E00}'..='\u{109F}' | '\u{1780}'..='\u{18AF}' | '\u{FB50}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}');
    spelled || (joiner == '\u{200D}' && is_emoji(last))
}

pub(super) fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{2190}'..='\u{2BFF}' | '\u{3030}' | '\u{303D}' | '\u{3297}' | '\u{3299}'
        | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Never seen by a reader, and of no use to a text.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{200B}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
            | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}' | '\u{FDD0}'..='\u{FDEF}'
            | '\u{E0000}'..='\u{E001F}' | '\u{E0080}'..='\u{E00FF}' | '\u{E01F0}'..='\u{E0FFF}'
        )
        || u32::from(letter) & 0xFFFE == 0xFFFE
}

/// Whether a reader sees anything of the character by itself.
pub(super) fn is_visible(letter: char) -> bool {
    !(letter.is_whitespace()
        || is_combining_mark(letter)
        || is_selector(letter)
        || is_direction(letter)
        || is_tag(letter)
        || matches!(letter, '\u{200C}' | '\u{200D}' | '\u{2800}'))
}
