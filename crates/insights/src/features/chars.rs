//! What kind of character it is.

/// Kinds told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Char {
    /// White space.
    Space,
    /// A line break.
    Line,
    /// A Chinese character.
    Han,
    /// Kana or Hangul.
    Kana,
    /// A Latin letter.
    Latin,
    /// A letter of another script, or a mark that belongs to a letter.
    Letter,
    /// A letter of a script that puts no spaces between words (Thai, Lao, Khmer, Burmese).
    Unspaced,
    /// A decimal digit.
    Digit,
    /// A picture character.
    Emoji,
    /// Joins, colours or varies a picture character.
    EmojiPart,
    /// Half of a flag.
    Flag,
    /// Punctuation and other signs.
    Sign,
    /// Cannot be seen.
    Hidden,
}

/// The kind of a character of normalised text.
pub(super) fn kind(c: char) -> Char {
    match c {
        '\n' => Char::Line,
        ' ' => Char::Space,
        'a'..='z' | 'A'..='Z' => Char::Latin,
        '0'..='9' => Char::Digit,
        '\0'..='\u{1f}' | '\u{7f}' => Char::Hidden,
        '!'..='~' => Char::Sign,
        '\u{4e00}'..='\u{9fff}' => Char::Han,
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' => Char::Kana,
        _ => rare(c),
    }
}

fn rare(c: char) -> Char {
    match c {
        '\u{1f1e6}'..='\u{1f1ff}' => Char::Flag,
        '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{fe0e}'
        | '\u{fe0f}'
        | '\u{200d}'
        | '\u{20e3}'
        | '\u{e0020}'..='\u{e007f}' => Char::EmojiPart,
        '\u{1f000}'..='\u{1faff}'
        | '\u{2600}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}'
        | '\u{231a}'
        | '\u{231b}'
        | '\u{23e9}'..='\u{23fa}'
        | '\u{3030}'
        | '\u{303d}' => Char::Emoji,
        '\u{3400}'..='\u{4dbf}'
        | '\u{20000}'..='\u{3134f}'
        | '\u{f900}'..='\u{faff}'
        | '々'
        | '〇' => Char::Han,
        '\u{31f0}'..='\u{31ff}' | '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' => Char::Kana,
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{fffc}' => Char::Hidden,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' => Char::Unspaced,
        '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => Char::Latin,
        _ if c.is_whitespace() => Char::Space,
        _ if c.is_alphabetic() || is_mark(c) => Char::Letter,
        _ if c.is_numeric() => Char::Digit,
        _ => Char::Sign,
    }
}

/// Combining marks of the scripts in common use: part of the word they stand in.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{900}'..='\u{903}'
        | '\u{93a}'..='\u{94f}' | '\u{951}'..='\u{957}' | '\u{962}'..='\u{963}'
        | '\u{981}'..='\u{983}' | '\u{9bc}'..='\u{9cd}' | '\u{b82}'..='\u{b83}'
        | '\u{bbe}'..='\u{bcd}' | '\u{c00}'..='\u{c04}' | '\u{c3e}'..='\u{c56}')
}
