//! What stands on the screen: no sentence comes twice within it.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

/// Messages that are looked back at.
const SCREEN: usize = 36;
/// Texts up to this many characters are small words and may come again.
const SMALL_CHARS_MAX: usize = 6;
/// What makes a sentence another one, in the order in which it is tried.
const TURNS: [&str; 9] = ["～", "！", "哈哈", "😂", "。", "～～", "哈哈哈", "！！", "🤣"];

/// The last messages of a group.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said(VecDeque<u64>);

impl Said {
    /// Notes a message; where its words stand on the screen already, they are turned a little.
    pub(crate) fn note(&mut self, text: &mut String) {
        if text.chars().count() > SMALL_CHARS_MAX && self.0.contains(&hash(text)) {
            let fresh = TURNS.iter().map(|turn| format!("{text}{turn}"));
            if let Some(other) = fresh.into_iter().find(|other| !self.0.contains(&hash(other))) {
                *text = other;
            }
        }
        self.0.push_back(hash(text));
        if self.0.len() > SCREEN {
            self.0.pop_front();
        }
    }
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
