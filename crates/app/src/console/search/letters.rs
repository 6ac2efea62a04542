//! Names as they are looked for: small letters, half width, and the sounds of Chinese letters.

use pinyin::{ToPinyin, ToPinyinMulti};
use unicode_normalization::UnicodeNormalization;

/// Ways to read a name, at most: 重庆 is chongqing and zhongqing.
const READINGS_MAX: usize = 4;

/// Letters of a name whose sounds are looked for, at most.
const LETTERS_MAX: usize = 24;

/// Text as names and queries are compared: compatibility forms, small letters, single spaces.
pub(super) fn plain(text: &str) -> String {
    let letters = text.nfkc().flat_map(char::to_lowercase);
    let letters: String = letters.map(|l| if l.is_control() { ' ' } else { l }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How a plain name sounds: in full and by initials, each way to read it once. Nothing for a name
/// without Chinese letters.
pub(super) fn sounds(plain: &str) -> Vec<String> {
    if !plain.chars().any(|letter| letter.to_pinyin().is_some()) {
        return Vec::new();
    }
    let mut ways = vec![(String::new(), String::new())];
    for letter in plain.chars().take(LETTERS_MAX) {
        let readings = readings(letter);
        let mut next: Vec<(String, String)> = Vec::with_capacity(ways.len());
        for reading in &readings {
            for (full, initials) in &ways {
                if next.len() < READINGS_MAX {
                    let first: String = reading.chars().take(1).collect();
                    next.push((format!("{full}{reading}"), format!("{initials}{first}")));
                }
            }
        }
        if !next.is_empty() {
            ways = next;
        }
    }
    let mut sounds = Vec::new();
    for (full, initials) in ways {
        for sound in [full, initials] {
            if !sounds.contains(&sound) {
                sounds.push(sound);
            }
        }
    }
    sounds
}

/// The ways to read a letter, the commonest first; what is not Chinese reads as itself, and signs
/// are not read.
fn readings(letter: char) -> Vec<String> {
    let Some(commonest) = letter.to_pinyin() else {
        let own = letter.is_alphanumeric().then(|| letter.to_string());
        return own.into_iter().collect();
    };
    let mut readings = vec![commonest.plain().to_owned()];
    for other in letter.to_pinyin_multi().into_iter().flatten() {
        if !readings.iter().any(|known| known == other.plain()) {
            readings.push(other.plain().to_owned());
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_in_small_letters_of_half_width() {
        assert_eq!(plain("  Ａnn　ＬＩ\n2 "), "ann li 2");
    }

    #[test]
    fn a_name_sounds_in_full_and_by_initials() {
        assert_eq!(sounds("小林"), ["xiaolin", "xl"]);
        assert_eq!(sounds("a姐 💪").get(..2), Some(&["ajie".to_owned(), "aj".to_owned()][..]));
        assert!(sounds("ann").is_empty());
    }

    #[test]
    fn a_letter_with_two_sounds_is_found_by_both() {
        let found = sounds("重庆");
        assert!(found.contains(&"chongqing".to_owned()) && found.contains(&"zq".to_owned()));
        assert!(sounds("长乐单行重调").len() <= 2 * READINGS_MAX);
    }
}
