//! All of a practice company in one piece, behind one lock.
//!
//! Invariant: what is due by the clock has happened before anybody looks: every way in goes
//! through [`World::due`].

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::Millis;

use crate::dice::Dice;
use crate::wecom::books::{Books, Event};
use crate::wecom::clock::Clock;
use crate::wecom::faults::Faults;
use crate::wecom::life::{Life, between};
use crate::wecom::limits::{Limits, Usage};
use crate::wecom::post::Post;
use crate::wecom::setup::App;
use crate::wecom::tokens::Tokens;

/// Calls that are remembered.
const CALLS_KEPT: usize = 5_000;

/// A call that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// When, by the company's clock.
    pub at: Millis,
    /// The path below `/cgi-bin/`.
    pub path: String,
    /// What came with it; tokens and secrets are left out.
    pub asked: String,
    /// `errcode` of the answer; `None` when there was none.
    pub code: Option<i64>,
}

/// All of a practice company.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) app: App,
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(crate) base: String,
    pub(crate) books: Books,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) limits: Limits,
    pub(crate) usage: Usage,
    pub(crate) tokens: Tokens,
    pub(crate) dice: Dice,
    pub(crate) post: Post,
    pub(crate) calls: VecDeque<Called>,
    /// What happens by itself, and until when it has.
    pub(crate) life: Option<Life>,
    pub(crate) lived: Millis,
}

/// A company that several hold.
pub(crate) type Shared = Arc<Mutex<World>>;

/// Looks in; whoever panicked before us left whole books, as every change is one step.
pub(crate) fn enter(shared: &Shared) -> MutexGuard<'_, World> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl World {
    /// The moment, after everything that is due by then has happened.
    pub(crate) fn due(&mut self) -> Millis {
        let now = self.clock.now();
        let mut events = self.books.due(now);
        if let Some(life) = self.life {
            events.extend(between(&mut self.books, life, self.lived, now));
        }
        self.lived = now;
        if !events.is_empty() {
            self.tell(events, now);
        }
        now
    }

    /// Puts what happened into the post.
    pub(crate) fn tell(&mut self, events: Vec<Event>, now: Millis) {
        self.post.put(events, self.faults.letters, now);
    }

    /// Remembers a call.
    pub(crate) fn log(&mut self, called: Called) {
        if self.calls.len() >= CALLS_KEPT {
            self.calls.pop_front();
        }
        self.calls.push_back(called);
    }
}
