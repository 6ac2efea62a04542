//! Words at intake: one pass over the text gives the feature word and the hash of the words.
//!
//! What is not kept here is not known later: everything else judges from the [`FeatureWord`].
//! The word lists stand in `lists`, a file per language; adding a language is a file and a word in
//! its list.

mod chars;
mod courtesy;
mod invite;
mod lists;
mod normal;
mod pieces;
mod sense;
mod shapes;
mod stickers;

use crate::features::lists::{ACK, ADVERT, COMMAND, CONTACT, GREETING, THANKS, WELCOME};
use crate::features::pieces::{Shape, cut};
use crate::features::sense::Sense;
use domain::{FeatureWord, ListHit, Media, Question, Script};

/// A message at intake, the last moment at which its words are at hand.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks of the source")]
pub struct Spoken<'a> {
    /// The author's own words; empty for media alone.
    pub text: &'a str,
    /// What was attached.
    pub media: Media,
    /// Passed on from elsewhere.
    pub forwarded: bool,
    /// Only the placeholder is left.
    pub deleted: bool,
    /// The source says that it calls somebody (an `@name` in the text is found without).
    pub mentions: bool,
    /// The source says that it calls everybody.
    pub mentions_all: bool,
}

/// The feature word of a message, and the hash of its normalised text (0 when there is none).
pub fn features(spoken: &Spoken<'_>) -> (FeatureWord, u64) {
    let mut word = FeatureWord::default().with_media(spoken.media);
    for (is_so, hit) in [
        (spoken.forwarded, ListHit::Forwarded),
        (spoken.deleted, ListHit::Deleted),
        (spoken.mentions, ListHit::Mention),
        (spoken.mentions_all, ListHit::MentionAll),
    ] {
        if is_so {
            word = word.with_hit(hit);
        }
    }
    if spoken.deleted || spoken.text.is_empty() {
        // What a placeholder says is not the author's.
        return (word, 0);
    }
    let text = normal::normalise(spoken.text);
    let shape = cut(&text, spoken.mentions);
    word = count(word, &shape);
    let sense = sense::walk(&text, &shape);
    word = ask(word, &sense, spoken.mentions || shape.mentions > 0);
    word = judge_whole(word, &text, &shape, &sense);
    (judge_parts(word, &text, &shape, &sense), normal::hash(&text))
}

fn count(word: FeatureWord, shape: &Shape) -> FeatureWord {
    let mut word = word.with_chars(shape.chars).with_han(shape.han).with_words(shape.words);
    for script in [
        Script::Han,
        Script::Latin,
        Script::KanaHangul,
        Script::Other,
        Script::Digit,
        Script::Emoji,
    ] {
        if shape.scripts >> script as u8 & 1 == 1 {
            word = word.with_script(script);
        }
    }
    if shape.links > 0 {
        word = word.with_hit(ListHit::Link);
    }
    if shape.calls_all {
        word = word.with_hit(ListHit::MentionAll);
    }
    if shape.mentions > 0 && !shape.calls_all {
        word = word.with_hit(ListHit::Mention);
    }
    word
}

/// Marks without words ask only somebody who is called.
fn ask(word: FeatureWord, sense: &Sense, calls: bool) -> FeatureWord {
    let has_words = word.han() > 0 || word.words() > 0;
    let question = match sense.question {
        Question::No if sense.marked && calls && !has_words => Question::Weak,
        question => question,
    };
    word.with_question(question)
}

/// Lists that speak of the whole message.
fn judge_whole(word: FeatureWord, text: &str, shape: &Shape, sense: &Sense) -> FeatureWord {
    let letters = shape.han + shape.words;
    if letters == 0 {
        let only = match (shape.emoji, shape.signs, shape.links) {
            (1.., _, 0) => ListHit::EmojiOnly,
            (0, 1.., 0) => ListHit::SignsOnly,
            _ => return word,
        };
        let word = word.with_hit(only);
        let is_nod = only == ListHit::EmojiOnly && shapes::is_nod(text);
        return if is_nod { word.with_hit(ListHit::Acknowledgement) } else { word };
    }
    if shapes::is_command(text, shape) {
        return word.with_hit(ListHit::Command);
    }
    let mut word = word;
    if shape.links == 0 && shape.han == 0 && shapes::only_digits(shape) {
        word = word.with_hit(ListHit::DigitsOnly);
    }
    if sense.marked || sense.question != Question::No || sense.invites {
        return word;
    }
    let whole = courtesy::made_of(text, shape);
    if whole & COMMAND != 0 && whole & (GREETING | THANKS) == 0 {
        word.with_hit(ListHit::Command)
    } else if whole & GREETING != 0 {
        word.with_hit(ListHit::Greeting)
    } else if whole & (ACK | THANKS) != 0 {
        word.with_hit(ListHit::Acknowledgement)
    } else {
        word
    }
}

/// Lists that are hit inside the text.
fn judge_parts(word: FeatureWord, text: &str, shape: &Shape, sense: &Sense) -> FeatureWord {
    let seen = sense.seen;
    let reaches = shape.links > 0 || seen & CONTACT != 0 || shapes::has_number(shape);
    let mut word = word;
    for (is_so, hit) in [
        (seen & THANKS != 0, ListHit::Thanks),
        (seen & WELCOME != 0, ListHit::Welcome),
        (sense.invites, ListHit::OpensWindow),
        (seen & ADVERT != 0 && reaches, ListHit::AdvertLike),
        (shape.digits > 0 && shapes::is_chain(text, shape), ListHit::Chain),
    ] {
        if is_so {
            word = word.with_hit(hit);
        }
    }
    word
}
