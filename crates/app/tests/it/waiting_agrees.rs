//! The tracker of live groups and the fold of the figures agree on who waits for an answer: two
//! programs, one definition.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use domain::{
    ActorClass, Event, EventWhat, FeatureWord, GroupId, IdentityId, ListHit, Millis, Origin, Post,
    Question, Seq, SourceKey, Zone,
};
use engine::{Deciding, Roster, State, Why, decide};
use insights::{Folder, ItemFlags};
use std::collections::BTreeSet;

/// Monday, 4 January 2027, 01:00 UTC.
const START: i64 = 1_799_024_400_000;

/// Messages of one talk: few enough for all of its open items to be kept.
const MESSAGES: i64 = 1200;

/// A seeded row of numbers (Knuth's linear congruence).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> usize {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n).unwrap()
    }

    fn one_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }
}

fn class_of(who: usize) -> ActorClass {
    match who {
        5 => ActorClass::Staff,
        6 => ActorClass::Host,
        7 => ActorClass::Bot,
        _ => ActorClass::Member,
    }
}

/// Something that somebody writes, perhaps in reply to one of the latest messages.
fn post(dice: &mut Dice, said: &[i64]) -> Post {
    let mut word = FeatureWord::default().with_han(dice.below(6)).with_chars(6);
    word = match dice.below(5) {
        0 => word.with_question(Question::Strong),
        1 => word.with_question(Question::Weak),
        _ => word,
    };
    let mut calls = IdentityId::NOBODY;
    match dice.below(12) {
        0 => word = word.with_hit(ListHit::Command),
        1 => word = word.with_hit(ListHit::Deleted),
        2 => word = word.with_hit(ListHit::MentionAll),
        3 => word = word.with_hit(ListHit::Forwarded),
        4..=6 => {
            word = word.with_hit(ListHit::Mention);
            calls = IdentityId(u32::try_from(dice.below(8)).unwrap());
        }
        _ => {}
    }
    let latest: Vec<i64> = said.iter().rev().take(30).copied().collect();
    let reply_to = if dice.one_in(3) && !latest.is_empty() {
        latest.get(dice.below(latest.len() as u64)).copied()
    } else {
        None
    };
    Post { text: "作业在哪里看".into(), features: word, text_hash: dice.0, reply_to, calls }
}

/// Keys that wait by the tracker and by the figures, after one talk.
fn both(seed: u64) -> (BTreeSet<i64>, BTreeSet<i64>) {
    let mut dice = Dice(seed);
    let (mut state, mut roster, mut next) = (State::default(), Roster::default(), Seq(1));
    let mut folder = Folder::new(Zone::utc(), insights::Settings::default());
    let (mut pages, mut said, mut recalled) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut at = Millis(START);
    for key in 1..=MESSAGES {
        // Long pauses now and then, so that windows close; a week at most in all.
        let pause_ms = if dice.one_in(40) { 70 } else { 4 } * 60_000;
        at.0 += 1 + dice.below(pause_ms) as i64;
        let who = dice.below(if seed.is_multiple_of(2) { 8 } else { 14 });
        let what = if dice.one_in(40) && !said.is_empty() {
            let of = said.get(dice.below(said.len() as u64)).copied().unwrap();
            recalled.insert(of);
            EventWhat::Recall { of, said: None }
        } else {
            let post = post(&mut dice, &said);
            said.push(key);
            EventWhat::Message(post)
        };
        let event = Event {
            group: GroupId(1),
            key: SourceKey { key, part: 0 },
            at,
            actor: IdentityId(u32::try_from(who).unwrap()),
            class: class_of(who),
            origin: Origin::Told,
            what,
        };
        let settings = engine::Settings::default();
        let (state, roster) = (&mut state, &mut roster);
        let mut group = Deciding { state, roster, settings: &settings, now: at, next };
        for noted in decide(&mut group, &event).unwrap().facts {
            pages.extend(folder.push(&noted.fact));
        }
        next = group.next;
        group.roster.keep();
    }
    pages.extend(folder.finish());
    assert!(at.since(Millis(START)) < engine::Settings::default().open_item_ms);
    let answered: BTreeSet<i64> =
        pages.iter().flat_map(|page| page.answers.iter().map(|answer| answer.key)).collect();
    let asks = ItemFlags::QUESTION | ItemFlags::FIRST_POST;
    let items = pages.iter().flat_map(|page| &page.items).filter(|item| item.flags.0 & asks != 0);
    let gone = |key: &i64| answered.contains(key) || recalled.contains(key);
    let counted = items.map(|item| item.key).filter(|key| !gone(key)).collect();
    let waiting = &state.tracker.waiting;
    assert!(waiting.len() < 200, "all of them are kept");
    let waiting = waiting.iter().filter(|item| item.why != Why::Call).map(|item| item.key);
    (waiting.collect(), counted)
}

// catalogue: H10
#[test]
fn the_tracker_and_the_figures_agree_on_who_waits() {
    let mut open = 0;
    for seed in 0..30 {
        let (waiting, counted) = both(seed);
        assert_eq!(waiting, counted, "seed {seed}");
        open += counted.len();
    }
    assert!(open > 500, "{open} open items are too few to compare");
}
