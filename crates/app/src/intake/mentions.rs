//! Finding `@name` in words where the export does not mark mentions.

use crate::intake::people::People;

/// Longest name looked for after an `@`, in characters.
const NAME_CHARS_MAX: usize = 32;

/// The first known person whom the text calls by `@name`, other than `author`; and whether it
/// calls everybody. The longest known name after an `@` wins.
pub(crate) fn find(
    text: &str,
    platform: &str,
    author: Option<u32>,
    people: &People,
) -> (Option<u32>, bool) {
    let (mut person, mut everybody) = (None, false);
    for (at, _) in text.match_indices(['@', '＠']) {
        let name = text.get(at..).unwrap_or_default().trim_start_matches(['@', '＠']);
        if calls_everybody(name) {
            everybody = true;
        } else if person.is_none() {
            person = longest_known(name, platform, people).filter(|found| Some(*found) != author);
        }
    }
    (person, everybody)
}

/// Whether the text calls everybody.
pub(crate) fn is_called_to_all(text: &str) -> bool {
    text.match_indices(['@', '＠']).any(|(at, _)| {
        let name = text.get(at..).unwrap_or_default().trim_start_matches(['@', '＠']);
        calls_everybody(name)
    })
}

fn calls_everybody(name: &str) -> bool {
    ["所有人", "全体成员", "everyone", "all", "here", "channel"].iter().any(|word| {
        name.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            || (!word.is_ascii() && name.starts_with(word))
    })
}

fn longest_known(name: &str, platform: &str, people: &People) -> Option<u32> {
    let line = name.split(['\n', '\r', '\u{2005}']).next().unwrap_or_default();
    let mut ends: Vec<usize> = line
        .char_indices()
        .take(NAME_CHARS_MAX)
        .map(|(at, character)| at + character.len_utf8())
        .collect();
    ends.reverse();
    ends.into_iter()
        .filter(|&end| is_boundary(line, end))
        .find_map(|end| people.called(platform, line.get(..end)?))
}

/// A name does not end in the middle of a Latin word; Chinese has no word boundaries to keep.
fn is_boundary(line: &str, end: usize) -> bool {
    let (before, after) = line.split_at(end);
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    !(before.ends_with(inside) && after.starts_with(inside))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::people::Roles;
    use domain::PersonCard;

    fn people(names: &[&str]) -> People {
        let mut people = People::default();
        for name in names {
            let card = PersonCard { platform: "qq", key: name, name, called: &[], class: None };
            people.meet(&card, &Roles::default());
        }
        people
    }

    #[test]
    fn the_longest_known_name_is_called() {
        let people = people(&["Ann", "Ann Lee", "小林", "bo_b"]);
        let find = |text| find(text, "qq", None, &people).0;
        assert_eq!(find("@Ann Lee hello"), Some(1));
        assert_eq!(find("hi @ann, there"), Some(0));
        assert_eq!(find("@Annabel"), None);
        assert_eq!(find("请@小林看一下"), Some(2));
        assert_eq!(find("mail x@example.com"), None);
        assert_eq!(find("＠BO_B\u{2005}在吗"), Some(3));
    }

    #[test]
    fn everybody_and_oneself() {
        let people = people(&["Ann"]);
        assert_eq!(find("@所有人 开会", "qq", None, &people), (None, true));
        assert_eq!(find("@all!", "qq", None, &people), (None, true));
        assert_eq!(find("@allen", "qq", None, &people), (None, false));
        assert_eq!(find("@Ann", "qq", Some(0), &people), (None, false));
    }
}
