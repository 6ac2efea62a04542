//! Whom a message calls: `@` and a name between U+2068 and U+2069, `@~name`, or `@digits`.

use crate::formats::whatsapp::label;
use crate::formats::whatsapp::people::People;
use domain::PersonRef;
use memchr::memchr_iter;

/// No name after `@~` is looked for beyond so many bytes.
const NAME_BYTES_MAX: usize = 100;

/// Somebody called.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Called {
    /// Known by number or name.
    Person(PersonRef),
    /// The name as written, without marks.
    Name(String),
}

/// All who are called by the marks of WhatsApp. A bare `@name` that somebody typed is not.
pub(super) fn called(text: &str, people: &People) -> Vec<Called> {
    let after = |at: usize| text.get(at + 1..);
    memchr_iter(b'@', text.as_bytes())
        .filter_map(after)
        .filter_map(|rest| one(rest, people))
        .collect()
}

fn one(rest: &str, people: &People) -> Option<Called> {
    if let Some(isolated) = rest.strip_prefix('\u{2068}') {
        let (name, _) = isolated.split_once('\u{2069}')?;
        let key = label::key(name);
        return Some(match people.beginning(&key) {
            Some((person, end)) if end == key.len() => Called::Person(person),
            _ => by_number(key.trim_start_matches('+'), people)
                .unwrap_or_else(|| Called::Name(label::name(name))),
        });
    }
    if rest.starts_with('~') {
        let line = rest.lines().next().unwrap_or_default();
        let end = line.char_indices().map(|(at, _)| at).find(|at| *at > NAME_BYTES_MAX);
        let name = label::key(line.get(..end.unwrap_or(line.len()))?);
        return Some(match people.beginning(&name) {
            Some((person, _)) => Called::Person(person),
            None => Called::Name(name.split_whitespace().next().unwrap_or_default().to_owned()),
        });
    }
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let digits = rest.get(..end).filter(|digits| (5..=15).contains(&digits.len()))?;
    Some(by_number(digits, people).unwrap_or_else(|| Called::Name(digits.to_owned())))
}

fn by_number(digits: &str, people: &People) -> Option<Called> {
    people.number(digits).map(Called::Person)
}
