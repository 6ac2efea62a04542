//! The words that ship with the crate, drawn without obvious repetition.
//!
//! A file in `phrases/` holds one phrase a line; `# ` begins a comment. Files of subjects hold
//! blocks: `?` or `!` opens, `=` or `-` fits it, `~` is the first speaker again.

mod slots;

pub(crate) use slots::fill;

use crate::dice::Dice;
use std::collections::VecDeque;

/// Most phrases of a pool that are remembered as just used.
const REMEMBERED_MAX: usize = 48;

/// Phrases that may stand for each other.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    lines: Vec<&'static str>,
    recent: VecDeque<usize>,
}

impl Pool {
    fn of(text: &'static str) -> Self {
        Self { lines: lines(text).collect(), recent: VecDeque::new() }
    }

    /// A phrase that was not drawn lately.
    pub(crate) fn draw(&mut self, dice: &mut Dice) -> &'static str {
        let at = fresh(self.lines.len(), &self.recent, dice);
        self.recent.push_back(at);
        if self.recent.len() > REMEMBERED_MAX.min(self.lines.len() * 2 / 3) {
            self.recent.pop_front();
        }
        self.lines.get(at).copied().unwrap_or_default()
    }

    /// Up to so many different phrases, in any order.
    pub(crate) fn draw_some(&self, count: usize, dice: &mut Dice) -> Vec<&'static str> {
        let mut left = self.lines.clone();
        let count = count.min(left.len());
        (0..count).map(|_| left.swap_remove(dice.index(left.len()))).collect()
    }
}

/// Something to talk about: what opens it, what fits, what the opener says in the end.
#[derive(Debug, Default)]
pub(crate) struct Subject {
    pub(crate) openers: Pool,
    pub(crate) replies: Pool,
    pub(crate) thanks: Pool,
}

/// Subjects that may stand for each other.
#[derive(Debug, Default)]
pub(crate) struct Subjects {
    list: Vec<Subject>,
    recent: VecDeque<usize>,
}

impl Subjects {
    fn of(text: &'static str) -> Self {
        let mut list = Vec::new();
        let mut subject = Subject::default();
        for line in text.lines().chain([""]) {
            let phrase = line.get(1..).unwrap_or_default().trim();
            match line.chars().next() {
                Some('?' | '!') => subject.openers.lines.push(phrase),
                Some('=' | '-') => subject.replies.lines.push(phrase),
                Some('~') => subject.thanks.lines.push(phrase),
                None if !subject.openers.lines.is_empty() => {
                    list.push(std::mem::take(&mut subject));
                }
                _ => {}
            }
        }
        Self { list, recent: VecDeque::new() }
    }

    /// A subject that was not drawn lately.
    pub(crate) fn draw(&mut self, dice: &mut Dice) -> Option<&mut Subject> {
        let at = fresh(self.list.len(), &self.recent, dice);
        self.recent.push_back(at);
        if self.recent.len() > self.list.len() * 2 / 3 {
            self.recent.pop_front();
        }
        self.list.get_mut(at)
    }
}

/// All that the crowd can say.
#[derive(Debug)]
pub(crate) struct Repertoire {
    pub(crate) questions: Subjects,
    pub(crate) topics: Subjects,
    pub(crate) checkins: Pool,
    pub(crate) praise: Pool,
    pub(crate) acks: Pool,
    pub(crate) greetings: Pool,
    pub(crate) stickers: Pool,
    pub(crate) intros: Pool,
    pub(crate) welcomes: Pool,
    pub(crate) announcements: Pool,
    pub(crate) windows: Pool,
    pub(crate) chains: Pool,
    pub(crate) sizes: Pool,
    pub(crate) captions: Pool,
    pub(crate) adverts: Pool,
    pub(crate) complaints: Pool,
    pub(crate) moderation: Pool,
    pub(crate) weather: Pool,
    pub(crate) silence: Pool,
    pub(crate) fragments: Pool,
    pub(crate) tails: Pool,
}

macro_rules! phrases {
    ($name:literal) => {
        include_str!(concat!("../../phrases/", $name, ".txt"))
    };
}

impl Repertoire {
    pub(crate) fn new() -> Self {
        Self {
            questions: Subjects::of(phrases!("questions")),
            topics: Subjects::of(phrases!("topics")),
            checkins: Pool::of(phrases!("checkins")),
            praise: Pool::of(phrases!("praise")),
            acks: Pool::of(phrases!("acks")),
            greetings: Pool::of(phrases!("greetings")),
            stickers: Pool::of(phrases!("stickers")),
            intros: Pool::of(phrases!("intros")),
            welcomes: Pool::of(phrases!("welcomes")),
            announcements: Pool::of(phrases!("announcements")),
            windows: Pool::of(phrases!("windows")),
            chains: Pool::of(phrases!("chains")),
            sizes: Pool::of(phrases!("sizes")),
            captions: Pool::of(phrases!("captions")),
            adverts: Pool::of(phrases!("adverts")),
            complaints: Pool::of(phrases!("complaints")),
            moderation: Pool::of(phrases!("moderation")),
            weather: Pool::of(phrases!("weather")),
            silence: Pool::of(phrases!("silence")),
            fragments: Pool::of(phrases!("fragments")),
            tails: Pool::of(phrases!("tails")),
        }
    }
}

/// A position below `length` that is not among the recent ones, if there is one.
fn fresh(length: usize, recent: &VecDeque<usize>, dice: &mut Dice) -> usize {
    for _ in 0..12 {
        let at = dice.index(length);
        if !recent.contains(&at) {
            return at;
        }
    }
    let free: Vec<usize> = (0..length).filter(|at| !recent.contains(at)).collect();
    dice.pick(&free).unwrap_or(0)
}

/// The names that people of a crowd can have.
pub(crate) fn nicknames() -> Vec<&'static str> {
    lines(phrases!("nicknames")).flat_map(|line| line.split(' ')).collect()
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# "))
}
