//! What people type about themselves: name and login.

use crate::console::FieldError;

/// Letters of a name at most.
const NAME_MAX: usize = 30;

/// Letters of a login, at least and at most.
const LOGIN: std::ops::RangeInclusive<usize> = 2..=40;

/// A name to show: trimmed, without what cannot be seen.
pub(super) fn name(typed: &str) -> Result<String, FieldError> {
    let wrong = |code| FieldError { field: "name", code };
    let name: String = typed.trim().chars().filter(|letter| !is_unseen(*letter)).collect();
    match name.chars().count() {
        0 => Err(wrong("missing")),
        1..=NAME_MAX => Ok(name),
        _ => Err(wrong("too_long")),
    }
}

/// What is typed to log in, in its one form: trimmed and in lower case.
pub(super) fn login(typed: &str) -> Result<String, FieldError> {
    let wrong = |code| FieldError { field: "login", code };
    let login = typed.trim().to_lowercase();
    let fits = |letter: char| letter.is_alphanumeric() || ".-_@+".contains(letter);
    match login.chars().count() {
        0 => Err(wrong("missing")),
        count if !LOGIN.contains(&count) => Err(wrong("length")),
        _ if !login.chars().all(fits) => Err(wrong("letters")),
        _ => Ok(login),
    }
}

/// Control letters, and those that turn text around or take no room.
fn is_unseen(letter: char) -> bool {
    let odd = matches!(letter,
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    letter.is_control() || odd
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_has_one_form() {
        assert_eq!(login(" XiaoLin@tea.example "), Ok("xiaolin@tea.example".to_owned()));
        assert_eq!(login("小林"), Ok("小林".to_owned()));
        for (typed, code) in [("", "missing"), ("a", "length"), ("a b", "letters")] {
            assert_eq!(login(typed).unwrap_err().code, code);
        }
        assert_eq!(login(&"长".repeat(41)).unwrap_err().code, "length");
    }

    #[test]
    fn a_name_holds_nothing_unseen() {
        assert_eq!(name(" 小\u{202E}林\u{0} "), Ok("小林".to_owned()));
        assert_eq!(name("\u{200B}").unwrap_err().code, "missing");
        assert_eq!(name(&"长".repeat(31)).unwrap_err().code, "too_long");
    }
}
