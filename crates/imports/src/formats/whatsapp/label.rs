//! Sender labels: `~ push name`, `Contact`, `+91 98765 43210`, with their marks and odd spaces.

use crate::formats::whatsapp::header::{is_mark, is_space};
use crate::formats::whatsapp::wording::plain;

/// What makes two labels the same person: no marks, ordinary spaces, straight quotes, no `~`.
pub(super) fn key(label: &str) -> String {
    let plain = plain(label);
    let bare = plain.trim_start_matches(['~', ' ']).trim();
    if bare.is_empty() { label.to_owned() } else { bare.to_owned() }
}

/// The label to show: readable, otherwise as written.
pub(super) fn name(label: &str) -> String {
    let shown: String = label
        .chars()
        .filter(|letter| !is_mark(*letter))
        .map(|letter| if is_space(letter) { ' ' } else { letter })
        .collect();
    let bare = shown.trim_start_matches(['~', ' ']).trim();
    if bare.is_empty() { label.to_owned() } else { bare.to_owned() }
}

/// The digits of a label that is a telephone number: how an `@` calls this person.
pub(super) fn digits(key: &str) -> Option<String> {
    let number = key.strip_prefix('+')?;
    let fits = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '(' | ')');
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (number.chars().all(fits) && (5..=15).contains(&digits.len())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::{digits, key, name};

    #[test]
    fn a_label_loses_its_marks_and_keeps_its_letters() {
        assert_eq!(name("~\u{202f}Ann ‘Lee’"), "Ann ‘Lee’");
        assert_eq!(key("~\u{202f}Ann ‘Lee’"), "Ann 'Lee'");
        assert_eq!(key("\u{202a}+86\u{a0}138\u{a0}0000\u{202c}"), "+86 138 0000");
        assert_eq!(digits("+86 138 0000").as_deref(), Some("861380000"));
        assert_eq!((key("~"), key("~\u{202f}.")), ("~".to_owned(), ".".to_owned()));
        assert_eq!(digits("+1 fan"), None);
    }
}
