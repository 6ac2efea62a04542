//! Callbacks: what is to be told, in which order, with which faults, and what was answered.
//!
//! Invariant: one letter at a time, in the order of the queue; a letter that nobody takes is tried
//! three times and then given up, as the platform does.

mod carrier;
mod letter;
mod sent;

use std::collections::VecDeque;
use std::sync::Arc;

use chat::wecom::Seal;
use domain::Millis;
use tokio::sync::Notify;

pub use carrier::Unverified;
pub(crate) use carrier::{carry, verify};
pub(crate) use letter::xml as letter;
pub use sent::{Sent, Took};

use crate::dice::Dice;
use crate::wecom::books::Event;
use crate::wecom::faults::LetterFaults;

/// A letter that overtaken ones wait for at most, by the company's clock.
const OVERTAKEN_MS: i64 = 2_000;

/// What is to be sent, and what was.
#[derive(Debug)]
pub(crate) struct Post {
    /// Rung when there is something new to look at: a letter, or another time.
    pub(crate) bell: Arc<Notify>,
    /// Rung when a letter came to its end.
    pub(crate) ended: Arc<Notify>,
    /// Where letters go; nothing is kept while nobody is set.
    pub(crate) to: Option<Address>,
    /// Letters wait while it is held.
    pub(crate) held: bool,
    waiting: VecDeque<Letter>,
    /// Letters that others overtake, with how many still do.
    overtaken: Vec<(Letter, u32)>,
    under_way: usize,
    pub(crate) sent: Vec<Sent>,
    dice: Dice,
}

/// Where letters go.
#[derive(Clone, Debug)]
pub(crate) struct Address {
    pub(crate) url: String,
    pub(crate) seal: Seal,
}

/// A letter that waits.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) event: Event,
    /// Not before this moment.
    due: Millis,
}

impl Post {
    pub(crate) fn new(dice: Dice) -> Self {
        Self {
            bell: Arc::default(),
            ended: Arc::default(),
            to: None,
            held: false,
            waiting: VecDeque::new(),
            overtaken: Vec::new(),
            under_way: 0,
            sent: Vec::new(),
            dice,
        }
    }

    /// Puts events into the queue, as the faults let them come.
    pub(crate) fn put(&mut self, events: Vec<Event>, faults: LetterFaults, now: Millis) {
        if self.to.is_none() {
            return;
        }
        for event in events {
            // Every throw is made for every letter: one share does not move the others.
            let throws = [faults.lost, faults.doubled, faults.late, faults.reordered]
                .map(|share| self.dice.permille(share));
            let behind = self.dice.between(1, 3);
            let [lost, doubled, late, reordered] = throws;
            if lost {
                self.sent.push(Sent { event, at: now, tries: Vec::new() });
                continue;
            }
            let wait = match (late, reordered) {
                (true, _) => faults.late_ms,
                (false, true) => OVERTAKEN_MS,
                (false, false) => 0,
            };
            let letter = Letter { event, due: Millis(now.0 + wait) };
            for _ in 0..=u32::from(doubled) {
                if reordered && !late {
                    self.overtaken.push((letter.clone(), behind));
                } else {
                    self.waiting.push_back(letter.clone());
                    self.pass(now);
                }
            }
        }
        self.bell.notify_one();
    }

    /// A letter passed those that wait for others: who waited long enough stands behind it.
    fn pass(&mut self, now: Millis) {
        for (letter, behind) in &mut self.overtaken {
            *behind = behind.saturating_sub(1);
            if *behind == 0 {
                letter.due = now;
            }
        }
        let ready = self.overtaken.extract_if(.., |(_, behind)| *behind == 0);
        self.waiting.extend(ready.map(|(letter, _)| letter));
    }

    /// The next letter to send at this moment, or the moment to look again.
    pub(crate) fn next(&mut self, now: Millis) -> Result<(Letter, Address), Option<Millis>> {
        let Some(to) = self.to.clone().filter(|_| !self.held) else { return Err(None) };
        if let Some(at) = self.waiting.iter().position(|letter| letter.due <= now)
            && let Some(letter) = self.waiting.remove(at)
        {
            self.under_way += 1;
            return Ok((letter, to));
        }
        if let Some(at) = self.overtaken.iter().position(|(letter, _)| letter.due <= now) {
            self.under_way += 1;
            return Ok((self.overtaken.remove(at).0, to));
        }
        Err(self.letters().map(|letter| letter.due).min())
    }

    fn letters(&self) -> impl Iterator<Item = &Letter> {
        self.waiting.iter().chain(self.overtaken.iter().map(|(letter, _)| letter))
    }

    /// A letter came to its end.
    pub(crate) fn done(&mut self, sent: Sent) {
        self.under_way = self.under_way.saturating_sub(1);
        self.sent.push(sent);
        self.ended.notify_waiters();
    }

    /// Everything that waits goes now.
    pub(crate) fn flush(&mut self, now: Millis) {
        let overtaken = std::mem::take(&mut self.overtaken);
        self.waiting.extend(overtaken.into_iter().map(|(letter, _)| letter));
        for letter in &mut self.waiting {
            letter.due = letter.due.min(now);
        }
        self.bell.notify_one();
    }

    /// Letters that could go at this moment and have not.
    pub(crate) fn open(&self, now: Millis) -> usize {
        self.under_way + self.letters().filter(|letter| letter.due <= now).count()
    }

    /// Letters that wait at all.
    pub(crate) fn waiting(&self) -> usize {
        self.under_way + self.letters().count()
    }
}
