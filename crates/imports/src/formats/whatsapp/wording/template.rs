//! Templates of sentences, made ready once: a search is then a few comparisons.

use crate::formats::whatsapp::wording::{Row, Sentence, WORDINGS};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The sentences of all languages, in the order of [`WORDINGS`].
pub(super) static TEMPLATES: LazyLock<Vec<Templates>> = LazyLock::new(|| {
    let templates = |wording: &&super::Wording| Templates {
        hints: wording.hints.iter().map(|hint| Finder::new(*hint)).collect(),
        rows: wording.rows.iter().map(|(row, text)| Template::new(*row, text)).collect(),
    };
    WORDINGS.iter().map(templates).collect()
});

/// The sentences of one language.
pub(super) struct Templates {
    pub(super) hints: Vec<Finder<'static>>,
    pub(super) rows: Vec<Template>,
}

/// One sentence.
pub(super) struct Template {
    pub(super) row: Row,
    beginning: &'static str,
    holes: Vec<Hole>,
}

/// A hole and the words behind it.
struct Hole {
    holds: Holds,
    words: &'static str,
    finder: Finder<'static>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Actor,
    Target,
    Name,
    Anything,
}

impl Template {
    fn new(row: Row, text: &'static str) -> Self {
        let mut pieces = text.split('{');
        let beginning = pieces.next().unwrap_or_default();
        let holes = pieces.filter_map(|piece| {
            let (place, words) = piece.split_once('}')?;
            let holds = match place {
                "a" => Holds::Actor,
                "b" => Holds::Target,
                "n" => Holds::Name,
                _ => Holds::Anything,
            };
            Some(Hole { holds, words, finder: Finder::new(words) })
        });
        Self { row, beginning, holes: holes.collect() }
    }

    /// Whether the text is this sentence; what its holes hold goes into `found`. A hole takes as
    /// little as possible; the last one must take all.
    pub(super) fn matches<'a>(&self, text: &'a str, found: &mut Sentence<'a>) -> bool {
        let Some(mut text) = text.strip_prefix(self.beginning) else { return false };
        let Some((last, holes)) = self.holes.split_last() else { return text.is_empty() };
        // The end rules out most sentences at once.
        if !text.ends_with(last.words) {
            return false;
        }
        for hole in holes {
            let Some(at) = hole.finder.find(text.as_bytes()) else { return false };
            let Some((held, rest)) = text.split_at_checked(at) else { return false };
            if !hole.takes(held, found) {
                return false;
            }
            text = rest.get(hole.words.len()..).unwrap_or_default();
        }
        text.strip_suffix(last.words).is_some_and(|held| last.takes(held, found))
    }
}

impl Hole {
    fn takes<'a>(&self, held: &'a str, found: &mut Sentence<'a>) -> bool {
        match self.holds {
            Holds::Actor => found.actor = Some(held),
            Holds::Target => found.target = Some(held),
            Holds::Name => found.name = Some(held),
            Holds::Anything => {}
        }
        self.holds == Holds::Anything || !held.trim().is_empty()
    }
}
