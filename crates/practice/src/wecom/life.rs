//! What happens by itself in a company that lives: people come by codes, go, meet staff, talk;
//! groups are renamed.
//!
//! Invariant: from seed and moment alone: each minute throws its own dice, so that it does not
//! matter how often somebody looks.

use domain::Millis;

use crate::dice::Dice;
use crate::wecom::books::{Books, Event, Hindrance, Joining, Talk};
use crate::wecom::seed::{CHANNELS, somebody};

/// Hours of the day at UTC+8 in which people are awake; outside, a tenth happens.
const AWAKE: std::ops::Range<i64> = 8..23;

/// How lively a company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Where chance comes from.
    pub seed: u64,
    /// Happenings of an hour by day, at most 600.
    pub an_hour: u32,
}

/// Everything that happens after one moment, until another.
pub(crate) fn between(books: &mut Books, life: Life, from: Millis, to: Millis) -> Vec<Event> {
    let minute = |at: Millis| at.0.div_euclid(Millis::MINUTE);
    let mut told = Vec::new();
    for number in minute(from) + 1..=minute(to) {
        let at = Millis(number * Millis::MINUTE);
        let mut dice = Dice::stream(life.seed, u64::try_from(number).unwrap_or(0));
        let hour = (at.0 + 8 * Millis::HOUR).rem_euclid(Millis::DAY) / Millis::HOUR;
        let share = if AWAKE.contains(&hour) { 100 } else { 10 };
        let expected = life.an_hour.min(600) * 1_000 / 60 * share / 100;
        let happenings = expected / 1_000 + u32::from(dice.permille(expected % 1_000));
        for _ in 0..happenings {
            // What cannot be (a group is full, two know each other) does not happen.
            told.extend(happening(books, &mut dice, at).unwrap_or_default());
        }
    }
    told
}

fn happening(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    match dice.below(100) {
        0..40 => scan_group(books, dice, now),
        40..48 => invite(books, dice, now),
        48..66 => go(books, dice, now),
        66..78 => scan_staff(books, dice, now),
        78..81 => unfriend(books, dice, now),
        81..82 => rename(books, dice, now),
        _ => talk(books, dice, now),
    }
}

/// The id of one of a map's entries.
fn one_of<'a, T>(dice: &mut Dice, ids: impl Iterator<Item = (&'a String, T)>) -> Option<String> {
    let ids: Vec<&String> = ids.map(|(id, _)| id).collect();
    dice.pick(&ids).map(|id| (*id).clone())
}

/// A group that is there.
fn group(books: &Books, dice: &mut Dice) -> Result<String, Hindrance> {
    let there = books.groups.iter().filter(|(_, one)| one.dismissed.is_none());
    one_of(dice, there).ok_or(Hindrance::Group)
}

/// Somebody new, or one of three times somebody who is known.
fn visitor(books: &mut Books, dice: &mut Dice) -> Result<String, Hindrance> {
    if dice.permille(667) {
        return Ok(books.add_customer(somebody(dice)));
    }
    one_of(dice, books.customers.iter()).ok_or(Hindrance::Customer)
}

fn scan_group(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let code = one_of(dice, books.join_ways.iter()).ok_or(Hindrance::Code)?;
    let who = visitor(books, dice)?;
    books.scan_join(&code, &who, now)
}

fn scan_staff(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let code = one_of(dice, books.ways.iter()).ok_or(Hindrance::Code)?;
    let who = visitor(books, dice)?;
    books.scan_way(&code, &who, now)
}

fn invite(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let chat = group(books, dice)?;
    let owner = books.groups.get(&chat).map(|one| one.owner.clone());
    let who = visitor(books, dice)?;
    books.join(&chat, &[&who], &Joining::Invited(owner), now)
}

/// Who came last goes first, and sooner when the channel keeps few.
fn go(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let chat = group(books, dice)?;
    let members = books.groups.get(&chat).map(|one| one.members.as_slice()).unwrap_or_default();
    let outside = members.iter().filter(|one| books.customers.contains_key(&one.id));
    let newest: Vec<_> = outside.rev().take(10).collect();
    let one = *dice.pick(&newest).ok_or(Hindrance::Outside)?;
    let leaves = match &one.by {
        Joining::Scanned(Some(state)) => {
            CHANNELS.iter().find(|(channel, ..)| channel == state).map_or(300, |(.., few)| *few)
        }
        _ => 300,
    };
    let who = one.id.clone();
    if !dice.permille(leaves.saturating_add(250)) {
        return Ok(Vec::new());
    }
    if dice.permille(100) {
        return books.remove(&chat, &[&who], now);
    }
    books.leave(&chat, &[&who], now)
}

fn unfriend(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let staff = one_of(dice, books.bonds.iter()).ok_or(Hindrance::Staff)?;
    let bonds = books.bonds.get(&staff).ok_or(Hindrance::Unknown)?;
    let who = one_of(dice, bonds.iter()).ok_or(Hindrance::Unknown)?;
    books.drop_staff(&who, &staff, now)
}

fn rename(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let chat = group(books, dice)?;
    let name = books.groups.get(&chat).map(|one| one.name.clone()).unwrap_or_default();
    let new = match name.strip_suffix("（福利）") {
        Some(plain) => plain.to_owned(),
        None => format!("{name}（福利）"),
    };
    books.rename(&chat, &new, now)
}

fn talk(books: &mut Books, dice: &mut Dice, now: Millis) -> Result<Vec<Event>, Hindrance> {
    let chat = group(books, dice)?;
    let speakers = dice.between(1, 4);
    let talk = Talk { messages: speakers * dice.between(1, 5), speakers };
    books.say(&chat, talk, now)
}
