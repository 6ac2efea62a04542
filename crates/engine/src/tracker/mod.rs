//! Who waits for an answer: questions, calls and first-ever posts (H10, I05, I08).
//!
//! Reading order: `answers` recognises what opens an item and what answers it, `remind` asks staff
//! for what waits too long, by one timer. An answer is recognised as the figures recognise it
//! (`insights::fold`), so that the page of unanswered people and the answer rate agree; where the
//! figures remember a week of messages, this keeps the last [`RECENT_MAX`].
//!
//! Invariants: nothing said by staff, declared hosts or bots waits; bots never answer; at most
//! [`WAITING_MAX`] items wait; a task is open exactly while its item waits and was asked for.

mod answers;
mod remind;

use std::collections::VecDeque;

use domain::{Effect, Fact, FactKind, Millis, ServiceKind};
use serde::{Deserialize, Serialize};

use crate::decide::{Decider, Deciding, Noted};
use crate::settings::Settings;

/// The tracker's part of the state.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracker {
    /// What waits, oldest first; at most 200.
    pub waiting: Vec<Waiting>,
    /// The latest messages of people, so that reply links lead to people; at most 50.
    pub recent: VecDeque<Written>,
    /// The messages that the last speaker wrote in a row.
    pub run: Run,
    /// For when the one timer is set, ms UTC.
    pub timer: Option<i64>,
}

/// Items kept at most; the oldest give way, with their tasks. Bounds the state.
pub(crate) const WAITING_MAX: usize = 200;

/// Messages remembered at most: a reply link to an older one leads to a person only while that
/// message waits itself. Bounds the state, which is written with every commit.
pub(crate) const RECENT_MAX: usize = 50;

/// Something said that waits for an answer by another person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Source key of the message.
    pub key: i64,
    /// When it was said, ms UTC.
    pub at: i64,
    /// Who said it.
    pub who: u32,
    /// Key of the message that it was said in reply to.
    pub thread: Option<i64>,
    /// Why it waits.
    pub why: Why,
    /// A task was asked for it.
    pub asked: bool,
}

/// Why a message waits, most pressing first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Why {
    /// The person's first message ever in this group (H10).
    FirstPost,
    /// It asks (I05, I08).
    Question,
    /// It calls somebody by name.
    Call,
}

/// A remembered message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its source key.
    pub key: i64,
    /// When, ms UTC.
    pub at: i64,
    /// Who; 0 for nobody named.
    pub who: u32,
    /// It opened an item as a question or first post.
    pub asks: bool,
}

/// Messages written in a row by one person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Who; 0 for nobody named.
    pub who: u32,
    /// The first of them, ms UTC.
    pub began: i64,
    /// The latest of them, ms UTC.
    pub at: i64,
}

/// The decider.
pub(crate) struct Answers;

/// The decider, for the list.
pub(crate) const ANSWERS: Answers = Answers;

impl Decider for Answers {
    fn word(&self) -> &'static str {
        "answer"
    }

    fn noted(&self, group: &mut Deciding<'_>, noted: &Noted, effects: &mut Vec<Effect>) {
        let fact = &noted.fact;
        match fact.kind {
            FactKind::Message => answers::message(group, fact, effects),
            FactKind::Recall => {
                let of = fact.reply_to;
                let mut look = Look::at(group, fact, effects);
                look.close_all(|item| Some(item.key) == of);
                look.settle();
            }
            // Who went out can no longer be answered here.
            FactKind::Leave => {
                let mut look = Look::at(group, fact, effects);
                look.close_all(|item| item.who == fact.actor.0);
                look.settle();
            }
            FactKind::Service if fact.detail == ServiceKind::Closed as u8 => {
                let mut look = Look::at(group, fact, effects);
                look.close_all(|_| true);
                look.settle();
            }
            _ => {}
        }
    }

    fn due(&self, group: &mut Deciding<'_>, timer: &str, _due: Millis, effects: &mut Vec<Effect>) {
        if timer == remind::TIMER {
            remind::due(group, effects);
        }
    }
}

/// The tracker while it looks at one fact.
struct Look<'a> {
    tracker: &'a mut Tracker,
    settings: &'a Settings,
    fact: &'a Fact,
    effects: &'a mut Vec<Effect>,
    /// Items came or went: the timer may have to move.
    changed: bool,
}

impl<'a> Look<'a> {
    fn at(group: &'a mut Deciding<'_>, fact: &'a Fact, effects: &'a mut Vec<Effect>) -> Self {
        let settings = group.settings;
        Self { tracker: &mut group.state.tracker, settings, fact, effects, changed: false }
    }

    /// Takes items out, answered or withdrawn, and their tasks with them.
    fn close_all(&mut self, mut which: impl FnMut(&Waiting) -> bool) {
        let effects = &mut *self.effects;
        let before = self.tracker.waiting.len();
        self.tracker.waiting.retain(|item| {
            let closes = which(item);
            if closes && item.asked {
                effects.push(Effect::Withdraw { name: remind::task_name(item.key) });
            }
            !closes
        });
        self.changed |= self.tracker.waiting.len() != before;
    }

    /// Moves the timer when something changed.
    fn settle(self) {
        if self.changed {
            remind::set_timer(self.tracker, self.settings, self.effects);
        }
    }
}
