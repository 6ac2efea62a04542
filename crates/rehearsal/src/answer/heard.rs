//! What a visitor's words are about, found in the crowd's own book: by the pairs of characters that
//! they share with a subject, rare pairs counting more.

use crate::phrases::{Block, Book};
use domain::Millis;
use std::collections::{HashMap, HashSet};

/// Words of somebody who is not of the crowd.
#[derive(Clone, Copy, Debug)]
pub struct Heard<'a> {
    /// The words.
    pub text: &'a str,
    /// Key of the message.
    pub key: i64,
    /// When.
    pub at: Millis,
    /// The person's first words in this group.
    pub first: bool,
}

/// What the words seem to want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// To be welcomed.
    Hello,
    /// An answer; to a subject of the book, when one fits.
    Asked(Option<usize>),
    /// Nothing in particular; about a subject of the book, when one fits.
    Told(Option<usize>),
}

/// What a rare pair of characters counts; one in `n` subjects counts an `n`-th.
const RARE: u32 = 60;
/// A subject fits from this sum on: two rare pairs, or many that are less rare.
const FITS: u32 = 80;

const HELLO: &[&str] = &[
    "大家好",
    "新来",
    "新人",
    "报到",
    "你们好",
    "各位好",
    "初来",
    "刚进群",
    "请多关照",
    "多多关照",
    "hello",
    "Hello",
    "hi",
    "Hi",
];
const ASKS: &[&str] = &[
    "？",
    "?",
    "吗",
    "请问",
    "怎么",
    "求",
    "有没有",
    "哪",
    "几点",
    "多少",
    "什么",
    "谁知道",
    "想问",
    "推荐",
];

pub(super) fn understood(heard: &Heard<'_>, book: &Book) -> Meant {
    let says = |words: &[&str]| words.iter().any(|word| heard.text.contains(word));
    let asks = says(ASKS);
    if asks && let Some(subject) = closest(heard.text, &book.questions) {
        return Meant::Asked(Some(subject));
    }
    if says(HELLO) || (heard.first && !asks) {
        return Meant::Hello;
    }
    if asks { Meant::Asked(None) } else { Meant::Told(closest(heard.text, &book.topics)) }
}

/// The subject that shares most with the words, if it shares enough.
fn closest(text: &str, blocks: &[Block]) -> Option<usize> {
    let asked = pairs([text]);
    let known: Vec<HashSet<[char; 2]>> = blocks
        .iter()
        .map(|block| pairs(block.openers.iter().chain(&block.replies).copied()))
        .collect();
    let mut spread: HashMap<[char; 2], u32> = HashMap::new();
    for pair in known.iter().flatten().filter(|pair| asked.contains(*pair)) {
        *spread.entry(*pair).or_default() += 1;
    }
    let score = |block: &HashSet<[char; 2]>| -> u32 {
        let shared = asked.intersection(block);
        shared.filter_map(|pair| spread.get(pair)).map(|count| RARE / count).sum()
    };
    let scores = known.iter().map(score).enumerate();
    let (best, score) = scores.max_by_key(|(at, score)| (*score, std::cmp::Reverse(*at)))?;
    (score >= FITS).then_some(best)
}

/// Neighbouring letters, without slots, marks and blanks.
fn pairs<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashSet<[char; 2]> {
    let mut pairs = HashSet::new();
    for text in texts {
        let mut before = None;
        let mut inside = false;
        for letter in text.chars() {
            inside = (inside || letter == '{') && letter != '}';
            let plain = letter.is_alphanumeric() && !inside;
            if let (Some(before), true) = (before, plain) {
                pairs.insert([before, letter]);
            }
            before = plain.then_some(letter);
        }
    }
    pairs
}
