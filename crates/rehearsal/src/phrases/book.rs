//! Everything that people of one kind of group can say.

use crate::phrases::blocks::{Block, Blocks, Thread};
use crate::phrases::{Section, Slots, phrases};
use std::sync::LazyLock;

/// The words of a kind of group, those of `phrases/common/` among them.
#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) questions: Vec<Block>,
    pub(crate) topics: Vec<Block>,
    pub(crate) offers: Vec<Block>,
    pub(crate) threads: Vec<Thread>,
    sections: Vec<Vec<&'static str>>,
    pub(crate) slots: Slots,
}

/// What any group talks about beside its subject.
pub(crate) static SMALL_TALK: LazyLock<Blocks> =
    LazyLock::new(|| Blocks::of(phrases!("common/talk")));

impl Book {
    pub(crate) fn of(talk: &'static str, own: &'static str) -> Self {
        let Blocks { questions, topics, offers, threads } = Blocks::of(talk);
        let common = phrases!("common/lines");
        let mut sections = vec![Vec::new(); Section::ALL.len()];
        let mut slots = Slots::default();
        for text in [own, common] {
            let mut section = "";
            for line in lines(text) {
                if let Some(name) = line.strip_prefix("== ") {
                    section = name;
                } else if section == "slots" {
                    slots.learn(line);
                } else if let Some(known) = Section::of(section)
                    && let Some(list) = sections.get_mut(known.position())
                {
                    list.push(line);
                } else {
                    debug_assert!(false, "no section is called {section}");
                }
            }
        }
        Self { questions, topics, offers, threads, sections, slots }
    }

    /// The lines of a section.
    pub(crate) fn section(&self, section: Section) -> &[&'static str] {
        self.sections.get(section.position()).map(Vec::as_slice).unwrap_or_default()
    }

    /// Everything in it and in the small talk, for checks.
    #[cfg(test)]
    pub(crate) fn every_phrase(&self) -> Vec<&'static str> {
        let blocks = [&self.questions, &self.topics, &self.offers, &SMALL_TALK.topics];
        let of = |block: &Block| [&block.openers, &block.replies, &block.thanks].map(Vec::clone);
        let said = blocks.into_iter().flatten().flat_map(of).flatten();
        let threads = self.threads.iter().chain(&SMALL_TALK.threads).flat_map(|one| &one.lines);
        let lines = self.sections.iter().flatten().copied();
        said.chain(threads.map(|(_, line)| *line)).chain(lines).collect()
    }
}

/// Lines of a file that are neither blank nor a comment.
pub(crate) fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# "))
}
