//! Word lists, a file per language, and the lexicon that is built of them once.
//!
//! A list is words separated by white space; `_` stands for a space inside a phrase. Everything is
//! written in normalised form (lower case, simple characters).

mod de;
mod en;
mod es;
mod fr;
mod hi;
mod id;
mod ja;
mod ko;
mod pt;
mod ru;
mod zh;

use crate::features::chars::{Char, kind};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A list with what its words mean.
type List = (u32, &'static str);

/// Nothing but "I have seen it": 好的, 收到, ok, lol.
pub(super) const ACK: u32 = 1;
/// 早, hi.
pub(super) const GREETING: u32 = 1 << 1;
/// 谢谢, thanks.
pub(super) const THANKS: u32 = 1 << 2;
/// Says nothing alone, and nothing more beside a courtesy: 大家, 的, everyone.
pub(super) const PARTICLE: u32 = 1 << 3;
/// A play or a command, when it is the whole message: 签到, 抽奖.
pub(super) const COMMAND: u32 = 1 << 4;
/// Counts only as a whole run, not as a part of one: 是, 来.
pub(super) const WHOLE: u32 = 1 << 5;
/// 欢迎, welcome.
pub(super) const WELCOME: u32 = 1 << 6;
/// Asks wherever it stands: 请问, 怎么.
pub(super) const ASKS: u32 = 1 << 7;
/// Asks when a question mark follows: 什么, кто.
pub(super) const ASKS_MARKED: u32 = 1 << 8;
/// Asks at the end of a clause: 吗.
pub(super) const ASKS_LAST: u32 = 1 << 9;
/// Looks like asking but does not: 没什么, 怎么这么.
pub(super) const NOT_ASKING: u32 = 1 << 10;
/// What follows in the clause is told, not asked: 教你怎么….
pub(super) const TELLS: u32 = 1 << 11;
/// how, what, where.
pub(super) const WH: u32 = 1 << 12;
/// is, can, does.
pub(super) const AUX: u32 = 1 << 13;
/// you, anyone, there: after an auxiliary they ask.
pub(super) const SUBJECT: u32 = 1 << 14;
/// anyone, anybody.
pub(super) const ANYONE: u32 = 1 << 15;
/// May stand before a question: hi, so, please.
pub(super) const LEAD_IN: u32 = 1 << 16;
/// Words of adverts.
pub(super) const ADVERT: u32 = 1 << 17;
/// Ways to reach the advertiser: vx, whatsapp.
pub(super) const CONTACT: u32 = 1 << 18;
/// Asks to type something: 扣, type.
pub(super) const TYPE: u32 = 1 << 19;
/// Asks whatever stands around it: 请问, 求助.
pub(super) const BEGS: u32 = 1 << 20;
/// A phrase of several words begins with this one.
const PHRASE: u32 = 1 << 31;

/// Longest phrase, in words.
const PHRASE_WORDS_MAX: usize = 4;

/// All words of all languages.
pub(super) struct Lexicon {
    words: FxHashMap<&'static str, u32>,
    /// For each character of the basic plane the place of its group plus one, 0 for none.
    first: Vec<u16>,
    /// Phrases with the same first character, longest first.
    groups: Vec<Vec<Phrase>>,
}

/// A phrase with what it means, and its second character, which rules most phrases out.
struct Phrase {
    word: &'static str,
    bits: u32,
    second: Option<char>,
}

/// The lexicon.
pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

impl Lexicon {
    fn build() -> Self {
        let all = [
            zh::LISTS,
            en::LISTS,
            ru::LISTS,
            es::LISTS,
            pt::LISTS,
            de::LISTS,
            fr::LISTS,
            id::LISTS,
            hi::LISTS,
            ja::LISTS,
            ko::LISTS,
        ];
        let mut lexicon =
            Self { words: FxHashMap::default(), first: vec![0; 0x1_0000], groups: Vec::new() };
        for (bits, words) in all.into_iter().flatten() {
            for word in words.split_whitespace() {
                lexicon.add(word, *bits);
            }
        }
        for group in &mut lexicon.groups {
            group.sort_by_key(|phrase| std::cmp::Reverse(phrase.word.len()));
        }
        lexicon
    }

    fn add(&mut self, word: &'static str, bits: u32) {
        let Some(first) = word.chars().next() else { return };
        if matches!(kind(first), Char::Han | Char::Kana) {
            return self.add_run(first, word, bits);
        }
        let key: &'static str =
            if word.contains('_') { word.replace('_', " ").leak() } else { word };
        *self.words.entry(key).or_default() |= bits;
        if let Some((start, _)) = key.split_once([' ', '-']) {
            *self.words.entry(start).or_default() |= PHRASE;
        }
    }

    fn add_run(&mut self, first: char, word: &'static str, bits: u32) {
        let Some(place) = self.first.get_mut(first as usize) else { return };
        if *place == 0 {
            self.groups.push(Vec::new());
            *place = u16::try_from(self.groups.len()).unwrap_or(0);
        }
        let Some(group) = self.groups.get_mut(usize::from(*place) - 1) else { return };
        match group.iter_mut().find(|known| known.word == word) {
            Some(known) => known.bits |= bits,
            None => group.push(Phrase { word, bits, second: word.chars().nth(1) }),
        }
    }

    /// What a single word means.
    pub(super) fn word(&self, word: &str) -> u32 {
        self.words.get(word).map_or(0, |bits| bits & !PHRASE)
    }

    /// The longest phrase at the beginning of `words` (word pieces one after the other): how many
    /// words it takes, and what it means. `text` gives the text from word 0 to word n.
    pub(super) fn phrase<'t>(&self, text: impl Fn(usize) -> Option<&'t str>) -> (usize, u32) {
        let Some(first) = text(0) else { return (0, 0) };
        let bits = self.words.get(first).copied().unwrap_or(0);
        if bits & PHRASE != 0 {
            for more in (1..PHRASE_WORDS_MAX).rev() {
                let known = text(more).and_then(|phrase| self.words.get(phrase));
                if let Some(known) = known.filter(|known| **known & !PHRASE != 0) {
                    return (more + 1, known & !PHRASE);
                }
            }
        }
        (1, bits & !PHRASE)
    }

    /// The phrases of Han, kana or Hangul that stand at the beginning of `run`, longest first.
    pub(super) fn run<'r>(
        &self,
        run: &'r str,
    ) -> impl Iterator<Item = (&'static str, u32)> + use<'r, '_> {
        let mut chars = run.chars();
        let first = chars.next().map_or(0, |c| c as usize);
        let second = chars.next();
        let place = usize::from(self.first.get(first).copied().unwrap_or(0));
        let group = place.checked_sub(1).and_then(|place| self.groups.get(place));
        let fits = move |phrase: &&Phrase| {
            phrase.second.is_none() || (phrase.second == second && run.starts_with(phrase.word))
        };
        group.into_iter().flatten().filter(fits).map(|phrase| (phrase.word, phrase.bits))
    }
}
