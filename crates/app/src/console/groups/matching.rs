//! Whether a name is what somebody types: part of it, its pinyin, or the initials of that.

use pinyin::ToPinyin;

/// What is looked for; empty finds everything.
#[derive(Clone, Debug)]
pub(super) struct Needle(String);

impl Needle {
    pub(super) fn new(typed: &str) -> Self {
        Self(
            typed
                .chars()
                .filter(|letter| !letter.is_whitespace())
                .collect::<String>()
                .to_lowercase(),
        )
    }

    /// Whether the name is meant.
    pub(super) fn is_in(&self, name: &str) -> bool {
        if self.0.is_empty() {
            return true;
        }
        let plain: String = name
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect::<String>()
            .to_lowercase();
        if plain.contains(&self.0) {
            return true;
        }
        self.0.is_ascii()
            && (initials(&plain).contains(&self.0) || sounds(&plain).contains(&self.0))
    }
}

fn initials(name: &str) -> String {
    spelt(name, |sound| sound.plain().chars().take(1).collect())
}

fn sounds(name: &str) -> String {
    spelt(name, |sound| sound.plain().to_owned())
}

fn spelt(name: &str, of: impl Fn(pinyin::Pinyin) -> String) -> String {
    name.chars().map(|letter| letter.to_pinyin().map_or_else(|| letter.to_string(), &of)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_a_part_its_pinyin_or_initials() {
        let table = [
            ("打卡", true),
            ("zqdk", true),
            ("dkq", true),
            ("zaoqi", true),
            ("ZAO qi", true),
            ("3", true),
            ("", true),
            ("晚", false),
            ("xyz", false),
        ];
        for (typed, found) in table {
            assert_eq!(Needle::new(typed).is_in("早起打卡群 3"), found, "{typed}");
        }
    }
}
