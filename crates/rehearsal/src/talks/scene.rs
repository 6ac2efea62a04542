//! Where a talk takes place: who is there, what can be said, and how each of them says it.

use crate::dice::Dice;
use crate::people::{Habit, Person, Stage, Wheel};
use crate::phrases::{Bound, Repertoire, Section, Weather, When, fill};
use crate::plan::band;
use crate::talks::Talk;
use domain::Media;

/// Halves of a sentence that is sent in pieces have at least so many characters.
const PIECE_CHARS_MIN: usize = 4;
/// A statement up to this length may get a second half.
const SHORT_CHARS_MAX: usize = 12;
/// A sentence longer than this is sent as one.
const PIECES_CHARS_MAX: usize = 36;

/// In which manner something is said: what may stand before and behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As it stands.
    Plain,
    /// What comes to one's mind.
    Remark,
    /// What one knows.
    Advice,
}

/// Where a talk takes place.
pub(crate) struct Scene<'a> {
    pub(crate) dice: &'a mut Dice,
    pub(crate) words: &'a mut Repertoire,
    pub(crate) stage: &'a Stage,
    pub(crate) people: &'a [Person],
    /// Second of the day at which it begins.
    pub(crate) start: u32,
    /// What the day fills in.
    pub(crate) weather: Weather,
    /// What this talk already settled: a place, a time, a price.
    pub(crate) bound: Bound,
}

impl Scene<'_> {
    /// A phrase with its slots filled as this talk settled them.
    pub(crate) fn fill(&mut self, phrase: &'static str) -> String {
        let slots = &self.words.book.slots;
        fill(phrase, slots, self.weather, &mut self.bound, self.dice)
    }

    /// A phrase with slots of its own: everybody has another pace.
    pub(crate) fn fill_anew(&mut self, phrase: &'static str) -> String {
        let slots = &self.words.book.slots;
        fill(phrase, slots, self.weather, &mut Bound::new(), self.dice)
    }

    /// A line of a section, with slots of its own.
    pub(crate) fn line(&mut self, section: Section) -> String {
        let phrase = self.words.draw(section, self.dice);
        self.fill_anew(phrase)
    }

    /// Somebody says a phrase in this manner and the person's own way; returns the position of the
    /// (first) line.
    pub(crate) fn speak(
        &mut self,
        talk: &mut Talk,
        after: u32,
        who: u32,
        (phrase, manner): (&'static str, Manner),
    ) -> usize {
        let mut text = String::new();
        let opening = match manner {
            Manner::Plain => None,
            Manner::Remark => Some(Section::Fragments),
            Manner::Advice => Some(Section::Hedges),
        };
        if let Some(opening) = opening.filter(|_| self.dice.percent(9)) {
            text.push_str(self.words.draw(opening, self.dice));
        }
        text.push_str(&self.fill(phrase));
        if manner == Manner::Advice && self.dice.percent(25) && takes_more(&text) {
            text.push_str(self.words.draw(Section::Addenda, self.dice));
        }
        let at = usize::try_from(who).unwrap_or(usize::MAX);
        match self.people.get(at).map_or(Habit::Plain, |person| person.habit) {
            Habit::Ends(which) if self.dice.percent(34) => {
                let tails = self.words.book.section(Section::Tails);
                let tail = tails.get(usize::from(which) % tails.len().max(1));
                ended(&mut text, tail.copied().unwrap_or_default());
            }
            Habit::Plain if self.dice.percent(5) => {
                let tail = self.words.draw(Section::Tails, self.dice);
                ended(&mut text, tail);
            }
            Habit::Pieces => {
                if let Some((first, second)) = pieces(&text) {
                    let said = talk.say(after, who, first.to_owned());
                    talk.say(2 + self.dice.below(9), who, second.to_owned());
                    return said;
                }
            }
            Habit::Speaks if self.dice.percent(30) => {
                // A voice message has no words in an export.
                let said = talk.say(after, who, String::new());
                talk.attach(Media::Audio);
                return said;
            }
            _ => {}
        }
        talk.say(after, who, text)
    }

    /// Up to so many different people of a wheel, without those given.
    pub(crate) fn people(&mut self, wheel: &Wheel, count: u32, without: &[u32]) -> Vec<u32> {
        let mut people = without.to_vec();
        for _ in 0..count {
            let Some(who) = wheel.other(&people, self.dice) else { break };
            people.push(who);
        }
        people.split_off(without.len())
    }

    /// One of the staff, or anybody when there is none.
    pub(crate) fn keeper(&mut self) -> Option<u32> {
        self.stage.staff.draw(self.dice).or_else(|| self.stage.all.draw(self.dice))
    }

    /// When it takes place.
    pub(crate) fn when(&self) -> When {
        When { band: band(self.start / 3600), season: self.weather.season }
    }

    /// A small word of a section, or a sticker, by somebody.
    pub(crate) fn small(&mut self, talk: &mut Talk, who: u32, after: u32, words: Section) {
        if self.dice.percent(26) {
            let face = self.words.draw(Section::Stickers, self.dice);
            talk.say(after, who, face.to_owned());
            talk.attach(Media::Sticker);
        } else {
            let word = self.words.draw(words, self.dice);
            talk.say(after, who, word.to_owned());
        }
    }
}

/// Adds an end where the text does not end in a mark of its own.
fn ended(text: &mut String, tail: &str) {
    if text.chars().last().is_some_and(char::is_alphanumeric) {
        text.push_str(tail);
    }
}

/// A short statement can have a second half.
fn takes_more(text: &str) -> bool {
    let plain = |letter: char| letter.is_alphanumeric();
    text.chars().count() <= SHORT_CHARS_MAX
        && !text.contains('，')
        && text.chars().last().is_some_and(plain)
        && !text.ends_with(['吗', '吧', '呢', '啊', '呀'])
}

/// A sentence in two halves, as some people send it.
fn pieces(text: &str) -> Option<(&str, &str)> {
    let (first, second) = text.split_once('，')?;
    let long = |half: &str| half.chars().count() >= PIECE_CHARS_MIN;
    let short = text.chars().count() <= PIECES_CHARS_MAX;
    (short && long(first) && long(second)).then_some((first, second))
}
