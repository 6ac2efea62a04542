//! What is known of letters that wait, between two looks at them.
//!
//! Invariants: a letter is looked at once, however long it waits; all of this is lost with the
//! process and made again from the letters that are kept.

use std::collections::{BTreeMap, VecDeque};

use chat::wecom::Moved;
use domain::Millis;

use crate::wecom::callback::versions::Link;

/// A group's details follow what is told of it by about so much (获取客户群详情).
pub(super) const DETAILS_LATE_MS: i64 = 2_000;
/// A group of which something is told all the time is read once in so long all the same.
const BUSY_MS: i64 = 10_000;

/// Letters that wait.
#[derive(Default)]
pub(super) struct Inbox {
    /// Letters up to this number were looked at.
    pub(super) after: i64,
    /// Groups that are to be read, as letters tell of them.
    pub(super) chats: BTreeMap<String, About>,
}

/// What letters tell of one group.
#[derive(Default)]
pub(super) struct About {
    /// Numbers of the letters, and when they came; the earliest first.
    pub(super) letters: VecDeque<(i64, Millis)>,
    /// Who came by them, and is not known from a reading yet.
    pub(super) coming: BTreeMap<String, Came>,
    /// Versions that they tell.
    pub(super) links: Vec<Link>,
}

/// How somebody came, as a letter tells it.
#[derive(Clone, Copy)]
pub(super) struct Came {
    pub(super) at: Millis,
    pub(super) scene: Option<i64>,
    /// When the letter came.
    pub(super) received: Millis,
}

impl About {
    /// A letter told that people moved, at a moment of the platform; and came at another.
    pub(super) fn link(&mut self, moved: &Moved, (at, received): (Millis, Millis)) {
        let people = moved.people.clone();
        if let (Some(before), Some(after)) = (moved.before.clone(), moved.after.clone()) {
            self.links.push(Link { before, after, at, received, people });
        }
    }

    /// Of whom letters tell that they came or went.
    pub(super) fn people(&self) -> Vec<String> {
        self.links.iter().flat_map(|link| link.people.iter().cloned()).collect()
    }

    /// Whether details can be asked for: they have had time to follow, and either nothing is told
    /// any more or it has been told for long.
    pub(super) fn is_due(&self, now: Millis) -> bool {
        let older = |letter: Option<&(i64, Millis)>, ms: i64| {
            letter.is_some_and(|(_, received)| now.since(*received) >= ms)
        };
        older(self.letters.back(), DETAILS_LATE_MS) || older(self.letters.front(), BUSY_MS)
    }

    /// It was read at this moment: letters that the details had time to follow.
    pub(super) fn read(&mut self, at: Millis) -> Vec<i64> {
        let followed = |received: Millis| at.since(received) >= DETAILS_LATE_MS;
        let count = self.letters.iter().take_while(|(_, received)| followed(*received)).count();
        self.coming.retain(|_, came| !followed(came.received));
        self.links.retain(|link| !followed(link.received));
        self.letters.drain(..count).map(|(id, _)| id).collect()
    }
}
