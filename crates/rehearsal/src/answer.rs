//! Going on from now: what the crowd says next, and what it says to a real visitor.
//!
//! Both leave the crowd itself as it is: its days go on as they would have, so that a run that is
//! told again from the seed is the same. Chance comes from the seed, the moment and the words.

use crate::crowd::Crowd;
use crate::day::{self, Said};
use crate::dice::Dice;
use crate::happening::{Happening, Happens};
use crate::people::Cast;
use crate::phrases::{Bound, Repertoire, Section};
use crate::plan::{TalkKind, band};
use crate::talks::{Line, Scene, Talk, have};
use domain::{Millis, minted_key};

mod heard;

pub use heard::Heard;
use heard::{Meant, understood};

/// Keys of what is said beside the days of the plan have this bit, so that they never meet those.
const BESIDE: u32 = 1 << 20;
/// A talk may begin in so many of a thousand minutes at the quietest hour, and so many more at the
/// busiest: of some six lines each, so one line a minute or two.
const TALKS_PER_MILLE: (u32, u32) = (200, 200);

/// What the crowd keeps for going on beside its days.
#[derive(Debug)]
pub(crate) struct Onward {
    words: Repertoire,
    said: Said,
    cast: Cast,
    /// Day and hour for which the cast was made.
    of: (u32, u32),
    waiting: Vec<Happening>,
    /// Lines told so far: no two have one key.
    lines: u32,
}

impl Crowd {
    /// What is said within the minute from `at` on, beside the days of the plan: in time order, for
    /// a group that shall be lively now. A talk that begins goes on in the minutes after.
    pub fn next_minute(&mut self, at: Millis) -> Vec<Happening> {
        let minute = at.0.div_euclid(60_000);
        let mut dice = self.dice_of(minute.cast_unsigned());
        let mut onward = self.onward(at);
        if self.begins(at, &mut dice) {
            let (_, second) = self.plan.civil(at);
            let start = second + dice.below(40);
            let weights = self.plan.habits().mix.get(band(second / 3600));
            let drawn = dice.weighted(weights.map(Vec::as_slice).unwrap_or_default());
            let kind = TalkKind::ALL.get(drawn).map_or(TalkKind::Topic, |(kind, _)| *kind);
            let talk = self.scene(&mut onward, start, &mut dice, |scene| have(kind, scene));
            let said = self.told(talk.unwrap_or_default(), at, None, &mut onward);
            onward.waiting.extend(said);
            onward.waiting.sort_by_key(|one| (one.at, one.key));
        }
        let end = at.0 + 60_000;
        let later = onward.waiting.iter().position(|one| one.at.0 >= end);
        let rest = onward.waiting.split_off(later.unwrap_or(onward.waiting.len()));
        let now = std::mem::replace(&mut onward.waiting, rest);
        self.onward = Some(onward);
        now
    }

    /// What members say to words of somebody who is not of the crowd; often nothing. The moments
    /// lie some seconds after the words.
    pub fn answer(&mut self, heard: &Heard<'_>) -> Vec<Happening> {
        let mut dice = self.dice_of(heard.key.cast_unsigned());
        let mut onward = self.onward(heard.at);
        let (_, start) = self.plan.civil(heard.at);
        let meant = understood(heard, self.words.book);
        let talk = self.scene(&mut onward, start, &mut dice, |scene| reply(scene, meant));
        let said = self.told(talk, heard.at, Some(heard.key), &mut onward);
        self.onward = Some(onward);
        said
    }

    fn dice_of(&self, number: u64) -> Dice {
        Dice::seeded(self.seed ^ number.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn begins(&self, at: Millis, dice: &mut Dice) -> bool {
        let habits = self.plan.habits();
        let (day, second) = self.plan.civil(at);
        let hours = if day.weekday() >= 5 { &habits.weekend } else { &habits.workday };
        let most = hours.iter().copied().max().unwrap_or(1).max(1);
        let hour = usize::try_from(second / 3600).unwrap_or(0);
        let (least, more) = TALKS_PER_MILLE;
        let chance = least + more * hours.get(hour).copied().unwrap_or(0) / most;
        dice.below(1000) < chance
    }

    /// What is kept for going on, with the cast of the hour.
    fn onward(&mut self, at: Millis) -> Box<Onward> {
        let (day, second) = self.plan.civil(at);
        let number = u32::try_from(day.since(self.plan.first_day)).unwrap_or(0);
        let of = (number, second / 3600);
        match self.onward.take() {
            Some(mut onward) => {
                if onward.of != of {
                    onward.cast = self.cast_of(of);
                    onward.of = of;
                }
                onward
            }
            None => Box::new(Onward {
                words: self.words.clone(),
                said: self.said.clone(),
                cast: self.cast_of(of),
                of,
                waiting: Vec::new(),
                lines: 0,
            }),
        }
    }

    fn cast_of(&self, (day, hour): (u32, u32)) -> Cast {
        let mut dice = self.dice_of(u64::from(day) * 24 + u64::from(hour));
        let present = self.present.iter().filter_map(|who| self.person(*who));
        Cast::of(day, self.plan.habits().keepers_chat, present, &mut dice)
    }

    fn scene<T>(
        &self,
        onward: &mut Onward,
        start: u32,
        dice: &mut Dice,
        how: impl FnOnce(&mut Scene<'_>) -> T,
    ) -> T {
        let mut scene = Scene {
            dice,
            words: &mut onward.words,
            stage: onward.cast.at(start),
            people: &self.people,
            start,
            weather: day::weather(&self.plan, onward.of.0),
            bound: Bound::new(),
        };
        how(&mut scene)
    }

    /// Lines as happenings with keys of their own. The first one answers `first`.
    fn told(
        &self,
        talk: Talk,
        at: Millis,
        first: Option<i64>,
        onward: &mut Onward,
    ) -> Vec<Happening> {
        let (today, _) = self.plan.civil(at);
        let mut told: Vec<Happening> = Vec::new();
        for line in talk.lines {
            let Line { second, who, mut text, media, answers, calls } = line;
            let at = self.plan.moment(today, second);
            onward.said.note(&mut text);
            onward.lines = (onward.lines + 1) % BESIDE;
            let earlier = answers.and_then(|to| told.get(to)).map(|one| one.key);
            let reply_to = earlier.or(first.filter(|_| answers.is_some()));
            let what = Happens::Message { text, media, reply_to, calls };
            let key = minted_key(at, BESIDE | onward.lines);
            told.push(Happening { at, key, who, what });
        }
        told
    }
}

/// What is said to a visitor. `answers: Some(usize::MAX)` of a line means the visitor's words.
fn reply(scene: &mut Scene<'_>, meant: Meant) -> Talk {
    let mut talk = Talk::default();
    let start = scene.start + scene.dice.between(4, 12);
    match meant {
        Meant::Hello => {
            let count = scene.dice.between(1, 3);
            for who in scene.people(&scene.stage.greeters, count, &[]) {
                let text = scene.line(Section::Welcomes);
                say(scene, &mut talk, start, who, text);
            }
        }
        Meant::Asked(Some(subject)) => {
            let count = scene.dice.between(1, 2);
            let people = scene.people(&scene.stage.helpers, count, &[]);
            let chosen = scene.words.questions.chosen(subject, people.len(), scene.dice);
            for (who, phrase) in
                people.into_iter().zip(chosen.into_iter().flat_map(|one| one.replies))
            {
                let text = scene.fill(phrase);
                say(scene, &mut talk, start, who, text);
            }
        }
        Meant::Asked(None) if scene.dice.percent(45) => {
            if let Some(who) = scene.stage.helpers.draw(scene.dice) {
                let text = scene.line(Section::Unsure);
                say(scene, &mut talk, start, who, text);
            }
        }
        Meant::Told(Some(subject)) if scene.dice.percent(60) => {
            let who = scene.stage.all.draw(scene.dice);
            let chosen = scene.words.topics.chosen(subject, 1, scene.dice);
            let phrase = chosen.and_then(|one| one.replies.into_iter().next());
            if let (Some(who), Some(phrase)) = (who, phrase) {
                let text = scene.fill(phrase);
                say(scene, &mut talk, start, who, text);
            }
        }
        Meant::Told(None) if scene.dice.percent(20) => {
            if let Some(who) = scene.stage.all.draw(scene.dice) {
                scene.small(&mut talk, who, start, Section::Nods);
            }
        }
        Meant::Asked(None) | Meant::Told(_) => {}
    }
    talk
}

fn say(scene: &mut Scene<'_>, talk: &mut Talk, start: u32, who: u32, text: String) {
    let after = if talk.lines.is_empty() { start } else { scene.dice.between(5, 25) };
    let said = talk.say(after, who, text);
    if scene.dice.percent(60) {
        talk.answer(said, usize::MAX);
    }
}
