//! A crowd's way through its book: what was said lately is not said again at once.

use crate::dice::Dice;
use crate::phrases::blocks::{Block, Thread, When};
use crate::phrases::book::SMALL_TALK;
use crate::phrases::{Book, Section};
use std::collections::VecDeque;

/// Most positions that are remembered as just used.
const REMEMBERED_MAX: usize = 64;

/// Positions drawn lately.
#[derive(Clone, Debug, Default)]
struct Recent(VecDeque<u16>);

impl Recent {
    /// A position below `length` that was not drawn lately.
    fn draw(&mut self, length: usize, dice: &mut Dice) -> usize {
        self.draw_fitting(length, dice, |_| true)
    }

    /// … and that fits, if a few throws find one.
    fn draw_fitting(
        &mut self,
        length: usize,
        dice: &mut Dice,
        fits: impl Fn(usize) -> bool,
    ) -> usize {
        let mut at = self.fresh(length, dice);
        for _ in 0..8 {
            if fits(at) {
                break;
            }
            at = self.fresh(length, dice);
        }
        self.0.push_back(u16::try_from(at).unwrap_or(u16::MAX));
        if self.0.len() > REMEMBERED_MAX.min(length * 2 / 3) {
            self.0.pop_front();
        }
        at
    }

    fn fresh(&self, length: usize, dice: &mut Dice) -> usize {
        let used = |at: usize| u16::try_from(at).is_ok_and(|at| self.0.contains(&at));
        for _ in 0..12 {
            let at = dice.index(length);
            if !used(at) {
                return at;
            }
        }
        let free: Vec<usize> = (0..length).filter(|at| !used(*at)).collect();
        dice.pick(&free).unwrap_or(0)
    }
}

/// Blocks that may stand for each other.
#[derive(Clone, Debug)]
pub(crate) struct Subjects {
    blocks: &'static [Block],
    recent: Recent,
    /// Openers, replies and thanks of each.
    inside: Vec<[Recent; 3]>,
}

/// What is said of a subject this time.
#[derive(Debug)]
pub(crate) struct Chosen {
    pub(crate) opener: &'static str,
    pub(crate) replies: Vec<&'static str>,
    pub(crate) thanks: Option<&'static str>,
}

impl Subjects {
    fn of(blocks: &'static [Block]) -> Self {
        let inside = vec![<[Recent; 3]>::default(); blocks.len()];
        Self { blocks, recent: Recent::default(), inside }
    }

    /// A subject that was not drawn lately, with up to so many replies.
    pub(crate) fn choose(&mut self, when: When, replies: usize, dice: &mut Dice) -> Option<Chosen> {
        let blocks = self.blocks;
        let fits = |at: usize| blocks.get(at).is_some_and(|block| block.fits.at(when));
        let at = self.recent.draw_fitting(blocks.len(), dice, fits);
        self.chosen(at, replies, dice)
    }

    /// This subject, with up to so many replies.
    pub(crate) fn chosen(&mut self, at: usize, replies: usize, dice: &mut Dice) -> Option<Chosen> {
        let block = self.blocks.get(at)?;
        let [openers, answers, thanks] = self.inside.get_mut(at)?;
        let opener = one(&block.openers, openers, dice)?;
        // As many as can differ from each other.
        let count = replies.min((block.replies.len() * 2 / 3).max(1));
        let said = (0..count).filter_map(|_| one(&block.replies, answers, dice)).collect();
        Some(Chosen { opener, replies: said, thanks: one(&block.thanks, thanks, dice) })
    }
}

fn one(lines: &[&'static str], recent: &mut Recent, dice: &mut Dice) -> Option<&'static str> {
    lines.get(recent.draw(lines.len(), dice)).copied()
}

/// All that a crowd can say, and what it said lately.
#[derive(Clone, Debug)]
pub(crate) struct Repertoire {
    pub(crate) book: &'static Book,
    pub(crate) questions: Subjects,
    pub(crate) topics: Subjects,
    pub(crate) offers: Subjects,
    pub(crate) small: Subjects,
    threads: Recent,
    small_threads: Recent,
    sections: Vec<Recent>,
}

impl Repertoire {
    pub(crate) fn new(book: &'static Book) -> Self {
        Self {
            book,
            questions: Subjects::of(&book.questions),
            topics: Subjects::of(&book.topics),
            offers: Subjects::of(&book.offers),
            small: Subjects::of(&SMALL_TALK.topics),
            threads: Recent::default(),
            small_threads: Recent::default(),
            sections: vec![Recent::default(); Section::ALL.len()],
        }
    }

    /// A line of a section that was not drawn lately; empty when the section is.
    pub(crate) fn draw(&mut self, section: Section, dice: &mut Dice) -> &'static str {
        let lines = self.book.section(section);
        let recent = self.sections.get_mut(section.position());
        recent.and_then(|recent| one(lines, recent, dice)).unwrap_or_default()
    }

    /// A thread of the book that was not drawn lately.
    pub(crate) fn thread(&mut self, when: When, dice: &mut Dice) -> Option<&'static Thread> {
        next(&self.book.threads, &mut self.threads, when, dice)
    }

    /// A thread about anything.
    pub(crate) fn small_thread(&mut self, when: When, dice: &mut Dice) -> Option<&'static Thread> {
        next(&SMALL_TALK.threads, &mut self.small_threads, when, dice)
    }
}

fn next(
    threads: &'static [Thread],
    recent: &mut Recent,
    when: When,
    dice: &mut Dice,
) -> Option<&'static Thread> {
    let fits = |at: usize| threads.get(at).is_some_and(|thread| thread.fits.at(when));
    threads.get(recent.draw_fitting(threads.len(), dice, fits))
}
