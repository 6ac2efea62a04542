//! What people say together: one file a kind of talk. A talk is a few lines within minutes.
//!
//! A talk takes what it needs from the [`Scene`] and returns lines with their seconds of the day;
//! it knows nothing of keys, of other talks or of the calendar.

pub(crate) mod advert;
pub(crate) mod chat;
pub(crate) mod checkin;
pub(crate) mod newcomer;
pub(crate) mod notice;
pub(crate) mod question;

use crate::cast::{Cast, Wheel};
use crate::dice::Dice;
use crate::phrases::{Repertoire, fill};
use domain::Media;

/// Something said.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// Second of the day.
    pub(crate) second: u32,
    pub(crate) who: u32,
    pub(crate) text: String,
    pub(crate) media: Media,
    /// Position within the talk of the line that it answers.
    pub(crate) answers: Option<usize>,
    pub(crate) calls: Option<u32>,
}

/// A few lines that belong together, in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Talk {
    pub(crate) lines: Vec<Line>,
}

impl Talk {
    /// Adds a line so many seconds after the last one; returns its position.
    pub(crate) fn say(&mut self, after: u32, who: u32, text: String) -> usize {
        let second = self.lines.last().map_or(after, |last| last.second + after);
        self.lines.push(Line { second, who, text, ..Line::default() });
        self.lines.len() - 1
    }

    pub(crate) fn last(&mut self) -> Option<&mut Line> {
        self.lines.last_mut()
    }

    /// Attaches something to the last line.
    pub(crate) fn attach(&mut self, media: Media) {
        if let Some(line) = self.last() {
            line.media = media;
        }
    }

    /// Makes the last line an answer to another.
    pub(crate) fn answer(&mut self, to: usize) {
        if let Some(line) = self.last() {
            line.answers = Some(to);
        }
    }

    /// The last line calls somebody.
    pub(crate) fn call(&mut self, whom: u32) {
        if let Some(line) = self.last() {
            line.calls = Some(whom);
        }
    }
}

/// Where a talk takes place.
pub(crate) struct Scene<'a> {
    pub(crate) dice: &'a mut Dice,
    pub(crate) words: &'a mut Repertoire,
    pub(crate) cast: &'a Cast,
    /// Second of the day at which it begins.
    pub(crate) start: u32,
    /// What the thermometer shows.
    pub(crate) temperature: u32,
}

impl Scene<'_> {
    /// A phrase with its slots filled.
    pub(crate) fn fill(&mut self, phrase: &str) -> String {
        fill(phrase, self.temperature, self.dice)
    }

    /// A phrase filled and, now and then, opened or ended as people do.
    pub(crate) fn casual(&mut self, phrase: &str) -> String {
        let mut text = String::new();
        if self.dice.percent(9) {
            text.push_str(self.words.fragments.draw(self.dice));
        }
        text.push_str(&self.fill(phrase));
        if self.dice.percent(18) {
            text.push_str(self.words.tails.draw(self.dice));
        }
        text
    }

    /// Up to so many different people of a wheel, without those given.
    pub(crate) fn people(&mut self, wheel: &Wheel, count: u32, without: &[u32]) -> Vec<u32> {
        let mut people = without.to_vec();
        for _ in 0..count {
            let Some(who) = Cast::other(wheel, &people, self.dice) else { break };
            people.push(who);
        }
        people.split_off(without.len())
    }

    /// One of the staff, or anybody when there is none.
    pub(crate) fn keeper(&mut self) -> Option<u32> {
        self.dice.pick(&self.cast.staff).or_else(|| self.cast.all.draw(self.dice))
    }

    /// A small word or a sticker by somebody.
    pub(crate) fn small(&mut self, talk: &mut Talk, who: u32, after: u32) {
        if self.dice.percent(30) {
            let face = self.words.stickers.draw(self.dice);
            talk.say(after, who, face.to_owned());
            talk.attach(Media::Sticker);
        } else {
            let word = self.words.acks.draw(self.dice);
            talk.say(after, who, word.to_owned());
        }
    }
}
