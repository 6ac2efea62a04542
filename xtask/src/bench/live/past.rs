//! The past of the town, row by row: messages of a year, evenly over all groups.

use crate::bench::live::town::{GROUPS, PEOPLE, PRESENT, RANDOM, below, dice, person, text};
use domain::{ActorClass, Fact, FactKind, FeatureWord, IdentityId, Media, Millis, SourceKey};
use insights::{Spoken, features};

/// Facts in a span, as the store makes them.
const SPAN: i64 = 16_384;
/// Texts that the past uses again and again.
const TEXTS: u32 = 4_096;

/// How much past.
#[derive(Clone, Copy, Debug)]
pub(super) struct Past {
    /// Messages in each group.
    pub(super) each: u64,
}

/// One message of the past.
pub(super) struct Row<'a> {
    pub(super) seq: i64,
    pub(super) fact: Fact,
    pub(super) text: &'a str,
}

/// A text with what is known of it.
pub(super) struct Said {
    text: String,
    features: FeatureWord,
    hash: u64,
}

impl Past {
    /// So many messages over all groups.
    pub(super) fn of(messages: u64) -> Self {
        Self { each: messages / u64::from(GROUPS) }
    }

    /// The texts of the past.
    pub(super) fn texts() -> Vec<Said> {
        (0..TEXTS).map(|number| said(text(number.into()))).collect()
    }

    /// Messages of a group, by place.
    pub(super) fn rows(self, group: u32, texts: &[Said]) -> impl Iterator<Item = Row<'_>> {
        let step = 365 * Millis::DAY / (self.each as i64 + 1);
        (0..self.each).filter_map(move |number| {
            let roll = dice(u64::from(group) << 32 | number);
            let said = texts.get(below(roll, TEXTS) as usize)?;
            let at = Millis(PRESENT - (self.each - number) as i64 * step);
            let source =
                SourceKey { key: domain::minted_key(at, below(roll >> 20, RANDOM)), part: 1 << 24 };
            let who = person(group, below(roll >> 41, PEOPLE));
            Some(Row {
                seq: number as i64 + 1,
                fact: fact(at, source, who, said),
                text: &said.text,
            })
        })
    }

    /// The spans of a group: first and last place.
    pub(super) fn spans(self) -> impl Iterator<Item = (i64, i64)> {
        let each = self.each as i64;
        let firsts = (0..).map(|number| 1 + number * SPAN).take_while(move |first| *first <= each);
        firsts.map(move |first| (first, (first + SPAN - 1).min(each)))
    }
}

fn fact(at: Millis, source: SourceKey, actor: IdentityId, said: &Said) -> Fact {
    Fact {
        at,
        source,
        kind: FactKind::Message,
        class: ActorClass::Member,
        detail: 0,
        actor,
        other: IdentityId::NOBODY,
        reply_to: None,
        features: said.features,
        text_hash: said.hash,
    }
}

/// Words with their features.
fn said(text: String) -> Said {
    let (features, hash) = judged(&text);
    Said { text, features, hash }
}

/// Feature word and hash of words.
pub(super) fn judged(text: &str) -> (FeatureWord, u64) {
    features(&Spoken {
        text,
        media: Media::None,
        forwarded: false,
        deleted: false,
        mentions: false,
        mentions_all: false,
    })
}
