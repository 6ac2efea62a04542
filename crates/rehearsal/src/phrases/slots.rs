//! What stands in the braces and brackets of a phrase.
//!
//! `[a|b|]` is one of its parts, perhaps nothing (brackets without a bar are ordinary text).
//! `{place}` is a word of the slot `place`; within one talk it stays the same, so that answers fit
//! their question. `{place'}` is another one. Slots are lines of a section `slots`: `place: a | b`
//! is one of these, `price: 20..90*10` a number in steps of ten, `km: 30..120/10` a number with one
//! decimal. A word of a slot may hold slots itself.

use crate::dice::Dice;
use std::fmt::Write;

/// Slots within slots, at most.
const DEPTH_MAX: u32 = 4;

const WEEKDAYS: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/// What was said for a slot in this talk.
pub(crate) type Bound = Vec<(&'static str, String)>;

#[derive(Debug)]
enum Slot {
    Words(Vec<&'static str>),
    Number { low: u32, high: u32, step: u32 },
    Decimal { low: u32, high: u32 },
}

/// The slots of a book, by name.
#[derive(Debug, Default)]
pub(crate) struct Slots(Vec<(&'static str, Slot)>);

impl Slots {
    /// Takes a line `name: …` in, unless the name is known.
    pub(crate) fn learn(&mut self, line: &'static str) {
        let Some((name, values)) = line.split_once(": ") else { return };
        if self.get(name).is_none() {
            let slot = number(values)
                .unwrap_or_else(|| Slot::Words(values.split('|').map(str::trim).collect()));
            self.0.push((name, slot));
        }
    }

    fn get(&self, name: &str) -> Option<&Slot> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, slot)| slot)
    }

    /// Whether there is such a slot.
    #[cfg(test)]
    pub(crate) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

fn number(values: &str) -> Option<Slot> {
    let (low, rest) = values.split_once("..")?;
    let low = low.trim().parse().ok()?;
    if let Some((high, _)) = rest.split_once("/10") {
        return Some(Slot::Decimal { low, high: high.trim().parse().ok()? });
    }
    let (high, step) = rest.split_once('*').unwrap_or((rest, "1"));
    Some(Slot::Number { low, high: high.trim().parse().ok()?, step: step.trim().parse().ok()? })
}

/// What a day fills in: `{temp}`, `{nth}` and `{today}`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Weather {
    /// What the thermometer shows, about.
    pub(crate) temperature: u32,
    /// Number of the day in the group's life, from 1.
    pub(crate) nth: u32,
    /// Day of the week, Monday first.
    pub(crate) weekday: usize,
    /// Part of the year, winter first.
    pub(crate) season: usize,
}

/// The phrase with every slot filled.
pub(crate) fn fill(
    phrase: &'static str,
    slots: &Slots,
    weather: Weather,
    bound: &mut Bound,
    dice: &mut Dice,
) -> String {
    if !phrase.contains(['{', '[']) {
        return phrase.to_owned();
    }
    let mut filling = Filling { slots, weather, bound, dice };
    let mut out = String::with_capacity(phrase.len() + 16);
    filling.write(phrase, &mut out, 0);
    out
}

struct Filling<'a> {
    slots: &'a Slots,
    weather: Weather,
    bound: &'a mut Bound,
    dice: &'a mut Dice,
}

impl Filling<'_> {
    fn write(&mut self, phrase: &'static str, out: &mut String, depth: u32) {
        let mut rest = phrase;
        while let Some(at) = rest.find(['{', '[']) {
            let (before, from) = rest.split_at(at);
            out.push_str(before);
            let slot = from.starts_with('{');
            let close = if slot { '}' } else { ']' };
            let Some((inside, after)) = from.get(1..).and_then(|one| one.split_once(close)) else {
                out.push_str(from);
                return;
            };
            if slot {
                self.slot(inside, out, depth);
            } else if inside.contains('|') {
                let count = inside.split('|').count();
                let part = inside.split('|').nth(self.dice.index(count)).unwrap_or_default();
                self.write(part, out, depth);
            } else {
                let _ = write!(out, "[{inside}]");
            }
            rest = after;
        }
        out.push_str(rest);
    }

    fn slot(&mut self, name: &'static str, out: &mut String, depth: u32) {
        let (name, other) = match name.strip_suffix('\'') {
            Some(name) => (name, true),
            None => (name, false),
        };
        let known = self.bound.iter().position(|(one, _)| *one == name);
        let said = known.and_then(|at| self.bound.get(at)).map(|(_, said)| said.clone());
        match said {
            Some(said) if !other => out.push_str(&said),
            _ => {
                let mut value = self.value(name, depth);
                for _ in 0..8 {
                    if said.as_ref() != Some(&value) {
                        break;
                    }
                    value = self.value(name, depth);
                }
                out.push_str(&value);
                if !other {
                    self.bound.push((name, value));
                }
            }
        }
    }

    fn value(&mut self, name: &'static str, depth: u32) -> String {
        match name {
            "temp" => return (self.weather.temperature + self.dice.below(4)).to_string(),
            "nth" => return self.weather.nth.to_string(),
            "today" => return WEEKDAYS.get(self.weather.weekday).unwrap_or(&"今天").to_string(),
            _ => {}
        }
        let mut value = String::new();
        match self.slots.get(name) {
            Some(Slot::Words(words)) if depth < DEPTH_MAX => {
                let at = self.dice.index(words.len());
                let word = words.get(at).copied().unwrap_or_default();
                self.write(word, &mut value, depth + 1);
            }
            Some(Slot::Number { low, high, step }) => {
                let steps = (high - low) / step.max(&1);
                let number = low + self.dice.below(steps + 1) * step;
                value = number.to_string();
            }
            Some(Slot::Decimal { low, high }) => {
                let tenths = self.dice.between(*low, *high);
                value = match tenths % 10 {
                    0 => (tenths / 10).to_string(),
                    rest => format!("{}.{rest}", tenths / 10),
                };
            }
            _ => name.clone_into(&mut value),
        }
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots() -> Slots {
        let mut slots = Slots::default();
        for line in ["place: 码头 | 桥头 | 公园", "n: 20..90*10", "km: 31..39/10", "at: {place}东"]
        {
            slots.learn(line);
        }
        slots
    }

    fn filled(phrase: &'static str, bound: &mut Bound, seed: u64) -> String {
        fill(phrase, &slots(), Weather::default(), bound, &mut Dice::seeded(seed))
    }

    #[test]
    fn a_slot_keeps_its_word_within_a_talk_and_another_is_another() {
        for seed in 0..50 {
            let mut bound = Bound::new();
            let first = filled("{place}", &mut bound, seed);
            assert_eq!(filled("去{place}", &mut bound, seed + 1000), format!("去{first}"));
            assert_ne!(filled("{place'}", &mut bound, seed + 2000), first);
        }
    }

    #[test]
    fn numbers_keep_to_their_steps_and_brackets_without_a_bar_stay() {
        for seed in 0..50 {
            let n: u32 = filled("{n}", &mut Bound::new(), seed).parse().unwrap();
            assert!(n.is_multiple_of(10) && (20..=90).contains(&n));
            assert!(filled("{km}", &mut Bound::new(), seed).starts_with("3."));
            let said = filled("[好|行][的|]", &mut Bound::new(), seed);
            assert!(["好", "行", "好的", "行的"].contains(&said.as_str()), "{said}");
            assert!(filled("{at}", &mut Bound::new(), seed).ends_with('东'));
        }
        assert_eq!(filled("[强] 好", &mut Bound::new(), 1), "[强] 好");
    }
}
