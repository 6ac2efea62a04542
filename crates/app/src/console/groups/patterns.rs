//! Patterns of names: `*` is anything, `{n}` is a number, all else is itself. Pure.
//!
//! A text without either is found anywhere in a name. Numbers are digits, also wide ones, or
//! Chinese numerals up to 九百九十九; a number is never part of a longer one.

use std::collections::{BTreeMap, BTreeSet};

/// Letters of a pattern, at most.
pub const PATTERN_CHARS_MAX: usize = 60;

/// Letters of a name that are looked at.
const NAME_CHARS_MAX: usize = 200;

/// Suggestions, at most.
const SUGGESTED_MAX: usize = 8;

/// A pattern of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern(Vec<Part>);

/// How a name fits a pattern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fit {
    /// The first number of the name, where the pattern has `{n}`.
    pub number: Option<u64>,
}

/// Why a text is no pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    /// Longer than [`PATTERN_CHARS_MAX`].
    #[error("longer than {PATTERN_CHARS_MAX} letters")]
    TooLong,
    /// A brace that is not `{n}`.
    #[error("a brace that is not {{n}}")]
    Brace,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Letter(char),
    Any,
    Number,
}

impl Pattern {
    /// Reads a pattern; blanks at its ends do not count, nor does the case of letters.
    pub fn parse(text: &str) -> Result<Self, PatternError> {
        let text = text.trim();
        if text.chars().count() > PATTERN_CHARS_MAX {
            return Err(PatternError::TooLong);
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if let Some(after) = rest.strip_prefix("{n}").or_else(|| rest.strip_prefix("{N}")) {
                parts.push(Part::Number);
                rest = after;
                continue;
            }
            match letter {
                '{' | '}' => return Err(PatternError::Brace),
                '*' | '＊' => parts.push(Part::Any),
                letter => parts.extend(letter.to_lowercase().map(Part::Letter)),
            }
            rest = rest.get(letter.len_utf8()..).unwrap_or_default();
        }
        if parts.iter().all(|part| matches!(part, Part::Letter(_))) {
            parts.insert(0, Part::Any);
            parts.push(Part::Any);
        }
        Ok(Self(parts))
    }

    /// How a name fits; `None`: it does not.
    pub fn fits(&self, name: &str) -> Option<Fit> {
        let letters: Vec<char> =
            name.trim().chars().take(NAME_CHARS_MAX).flat_map(char::to_lowercase).collect();
        let mut dead = BTreeSet::new();
        self.from((0, 0), &letters, &mut dead)
    }

    /// The rest of the parts at the rest of the name; places that lead nowhere are remembered, so
    /// that each is tried once.
    fn from(
        &self,
        (part, at): (usize, usize),
        name: &[char],
        dead: &mut BTreeSet<(usize, usize)>,
    ) -> Option<Fit> {
        if dead.contains(&(part, at)) {
            return None;
        }
        let found = match self.0.get(part) {
            None => (at == name.len()).then_some(Fit::default()),
            Some(Part::Letter(letter)) => {
                let same = name.get(at) == Some(letter);
                same.then(|| self.from((part + 1, at + 1), name, dead)).flatten()
            }
            Some(Part::Any) => {
                (at..=name.len()).find_map(|next| self.from((part + 1, next), name, dead))
            }
            Some(Part::Number) => number_at(name, at).and_then(|(end, number)| {
                self.from((part + 1, end), name, dead).map(|_| Fit { number: Some(number) })
            }),
        };
        if found.is_none() {
            dead.insert((part, at));
        }
        found
    }
}

/// A whole number that begins here: where it ends, and which.
fn number_at(name: &[char], at: usize) -> Option<(usize, u64)> {
    let run = |digit: fn(char) -> bool| {
        let before = at.checked_sub(1).and_then(|before| name.get(before));
        let alone = !before.is_some_and(|letter| digit(*letter));
        let length = name.iter().skip(at).take_while(|letter| digit(**letter)).count();
        (alone && (1..=9).contains(&length)).then_some(at + length)
    };
    if let Some(end) = run(|letter| digit(letter).is_some()) {
        let digits = name.get(at..end)?.iter().filter_map(|letter| digit(*letter));
        return Some((end, digits.fold(0, |sum, digit| sum * 10 + digit)));
    }
    let end = run(|letter| numeral(letter).is_some())?;
    Some((end, spelt(name.get(at..end)?)?))
}

/// A digit, narrow or wide.
fn digit(letter: char) -> Option<u64> {
    let narrow = match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0'))?,
        other => other,
    };
    narrow.to_digit(10).map(u64::from)
}

/// A Chinese numeral: what it counts, or what it multiplies.
fn numeral(letter: char) -> Option<u64> {
    "〇一二三四五六七八九十百零两"
        .chars()
        .zip([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 100, 0, 2])
        .find_map(|(own, number)| (own == letter).then_some(number))
}

fn spelt(letters: &[char]) -> Option<u64> {
    let (mut sum, mut last) = (0, None);
    for number in letters.iter().map(|letter| numeral(*letter)) {
        match number? {
            unit @ (10 | 100) => sum += last.take().unwrap_or(1) * unit,
            0 => last = last.filter(|_| false),
            one if last.is_none() => last = Some(one),
            // 二三: digits one after the other are no numeral that counts groups.
            _ => return None,
        }
    }
    Some(sum + last.unwrap_or(0))
}

/// Patterns that two or more of these names fit, those of most names first: a name with its last
/// number left open.
pub fn suggested<'a>(names: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for pattern in names.filter_map(opened) {
        *counts.entry(pattern).or_default() += 1;
    }
    let mut patterns: Vec<(String, usize)> =
        counts.into_iter().filter(|(_, count)| *count > 1).collect();
    patterns.sort_by(|(one, many), (other, more)| (more, one).cmp(&(many, other)));
    patterns.truncate(SUGGESTED_MAX);
    patterns
}

/// A name with its last number left open.
fn opened(name: &str) -> Option<String> {
    let letters: Vec<char> = name.trim().chars().collect();
    let fits =
        letters.len() < PATTERN_CHARS_MAX && !letters.iter().any(|one| "*＊{}".contains(*one));
    let places = 0..letters.len();
    let (at, end) = places
        .rev()
        .filter(|_| fits)
        .find_map(|at| number_at(&letters, at).map(|(end, _)| (at, end)))?;
    let part = |letters: Option<&[char]>| letters.unwrap_or_default().iter().collect::<String>();
    Some(format!("{}{{n}}{}", part(letters.get(..at)), part(letters.get(end..))))
}

#[cfg(test)]
mod tests {
    use super::{Fit, Pattern, PatternError, suggested};

    fn fits(pattern: &str, name: &str) -> Option<Fit> {
        Pattern::parse(pattern).unwrap().fits(name)
    }

    // catalogue: U22
    #[test]
    fn a_name_fits_by_stars_numbers_and_letters() {
        let table = [
            ("公测{n}群", "公测12群", Some(Some(12))),
            ("公测{n}群", "公测１２群", Some(Some(12))),
            ("公测{n}群", "公测十二群", Some(Some(12))),
            ("公测{n}群", "公测一百零三群", Some(Some(103))),
            ("公测{n}群", "公测群", None),
            ("公测{n}群", "公测12群（旧）", None),
            ("公测{n}*", "公测12群（旧）", Some(Some(12))),
            ("公测1{n}群", "公测12群", None),
            ("*{n}群", "2025公测3群", Some(Some(3))),
            ("*", "", Some(None)),
            ("测", "公测3群", Some(None)),
            ("VIP*", "vip 华东", Some(None)),
            ("a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", None),
        ];
        for (pattern, name, number) in table {
            assert_eq!(fits(pattern, name).map(|fit| fit.number), number, "{pattern} {name}");
        }
        assert_eq!(Pattern::parse("公测{m}群"), Err(PatternError::Brace));
        assert_eq!(Pattern::parse(&"群".repeat(61)), Err(PatternError::TooLong));
    }

    // catalogue: U22
    #[test]
    fn patterns_are_found_from_names() {
        let names =
            ["公测1群", "公测2群", "公测10群", "2025福利3群", "2025福利4群", "老客", "会员九群"];
        let found = suggested(names.into_iter());
        assert_eq!(found, [("公测{n}群".to_owned(), 3), ("2025福利{n}群".to_owned(), 2)]);
        for (pattern, count) in found {
            let of = names.iter().filter(|name| fits(&pattern, name).is_some()).count();
            assert_eq!(of, count, "{pattern}");
        }
    }
}
