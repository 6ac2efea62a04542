//! Whom a text calls by `@name`: the longest name of a member wins.

use domain::IdentityId;

/// Calls looked at in one text; a text with more calls nobody further.
const CALLS_MAX: usize = 50;

/// Words that call everybody.
const EVERYBODY: &[&str] = &["所有人", "全体成员", "everyone", "all"];

/// Whom a text calls.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentions {
    /// Members called, in the order of the text, each once.
    pub people: Vec<IdentityId>,
    /// It calls everybody.
    pub everybody: bool,
}

/// Finds `@name` of members in a cleaned text. Case of Latin letters does not matter; a name does
/// not end in the middle of a Latin word; an `@` inside a word (an address) calls nobody.
pub fn mentions(text: &str, members: &[(IdentityId, &str)]) -> Mentions {
    let mut found = Mentions::default();
    for (at, _) in text.match_indices(['@', '＠']).take(CALLS_MAX) {
        let (before, rest) = text.split_at(at);
        if before.ends_with(is_latin) {
            continue;
        }
        let rest = rest.trim_start_matches(['@', '＠']);
        let called = members
            .iter()
            .filter(|(_, name)| is_called(rest, name))
            .max_by_key(|(_, name)| name.len());
        match called {
            Some((who, _)) if !found.people.contains(who) => found.people.push(*who),
            Some(_) => {}
            None => found.everybody |= EVERYBODY.iter().any(|word| is_called(rest, word)),
        }
    }
    found
}

fn is_called(rest: &str, name: &str) -> bool {
    let Some(head) = rest.get(..name.len()) else { return false };
    let after = rest.get(name.len()..).unwrap_or_default();
    !name.is_empty()
        && head.eq_ignore_ascii_case(name)
        && !(head.ends_with(is_latin) && after.starts_with(is_latin))
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_'
}
