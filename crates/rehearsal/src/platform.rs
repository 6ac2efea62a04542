//! A make-believe chat platform: it can do what it is told that it can, keeps what arrived, and
//! fails as its seed says.
//!
//! Invariants: what becomes of an errand depends on the seed, the errand and how often it was tried
//! only, never on the order; what arrived is kept whatever the answer said, because an answer can
//! get lost; an errand that was turned away has not arrived.

use crate::dice::Dice;
use app::live::Clock;
use chat::{Errand, Outcome, Platform, Quota, Sending};
use domain::{ActionKind, Capability, Millis};
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a platform can do, and how often it fails.
#[derive(Clone, Debug)]
pub struct Abilities {
    /// What it can do of each kind; of kinds that are not named, nothing.
    pub can: Vec<(ActionKind, Capability)>,
    /// How much it takes in how much time; more is turned away.
    pub quota: Quota,
    /// Whether it can be asked if something arrived.
    pub answers_queries: bool,
    /// Errands of a thousand that it refuses for good.
    pub refused_per_mille: u32,
    /// … that it turns away for now.
    pub not_now_per_mille: u32,
    /// … that arrive, but whose answer gets lost.
    pub answer_lost_per_mille: u32,
    /// … that get lost on the way, without an answer.
    pub errand_lost_per_mille: u32,
    /// Where chance begins.
    pub seed: u64,
}

impl Abilities {
    /// Does everything, and never fails.
    pub fn all() -> Self {
        Self::of(Capability::Auto)
    }

    /// The same for every kind.
    pub fn of(capability: Capability) -> Self {
        Self {
            can: ActionKind::ALL.map(|kind| (kind, capability)).to_vec(),
            quota: Quota { actions: 1_000, window_ms: 1_000 },
            answers_queries: true,
            refused_per_mille: 0,
            not_now_per_mille: 0,
            answer_lost_per_mille: 0,
            errand_lost_per_mille: 0,
            seed: 0,
        }
    }

    /// The same, but for one kind.
    #[must_use]
    pub fn but(mut self, kind: ActionKind, capability: Capability) -> Self {
        self.can.retain(|(known, _)| *known != kind);
        self.can.push((kind, capability));
        self
    }
}

/// An errand that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The errand as it came first.
    pub errand: Errand,
    /// When it came first.
    pub at: Millis,
    /// How often it came.
    pub times: u32,
}

/// The platform. Clones are the same platform.
#[derive(Clone)]
pub struct Rehearsed {
    word: &'static str,
    abilities: Abilities,
    clock: Arc<dyn Clock>,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Debug, Default)]
struct Seen {
    arrived: Vec<Arrival>,
    places: HashMap<Name, usize>,
    /// Moments at which something was taken, within the window of the quota.
    taken: VecDeque<i64>,
    turned_away: u64,
}

/// Group and number of an errand: it is the same errand whenever these are the same.
type Name = (i64, i64, i64, u32);

impl std::fmt::Debug for Rehearsed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rehearsed").field("word", &self.word).finish_non_exhaustive()
    }
}

impl Rehearsed {
    /// A platform on which nothing happened yet.
    pub fn new(word: &'static str, abilities: Abilities, clock: Arc<dyn Clock>) -> Self {
        Self { word, abilities, clock, seen: Arc::default() }
    }

    /// What arrived, in the order in which it came first.
    pub fn arrived(&self) -> Vec<Arrival> {
        self.lock().arrived.clone()
    }

    /// Errands that were turned away because there were too many.
    pub fn turned_away(&self) -> u64 {
        self.lock().turned_away
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, errand: &Errand) -> Outcome {
        // What staff confirm comes here once they have.
        let can = [Capability::Auto, Capability::StaffConfirms];
        if !can.contains(&self.capability(errand.action.kind())) {
            return Outcome::Refused { why: "this platform cannot do that".to_owned() };
        }
        let now = self.clock.now();
        let mut seen = self.lock();
        if let Some(after_ms) = seen.full(now, self.abilities.quota) {
            seen.turned_away += 1;
            return Outcome::NotNow { why: "too many".to_owned(), after_ms: Some(after_ms) };
        }
        match self.fate(errand) {
            Fate::Refused => Outcome::Refused { why: "rehearsed refusal".to_owned() },
            Fate::NotNow => Outcome::NotNow { why: "rehearsed trouble".to_owned(), after_ms: None },
            Fate::ErrandLost => Outcome::Unknown { why: "no answer".to_owned() },
            Fate::AnswerLost => {
                seen.note(errand, now);
                Outcome::Unknown { why: "no answer".to_owned() }
            }
            Fate::Done => {
                let number = seen.note(errand, now);
                Outcome::Sent { result: number.to_string() }
            }
        }
    }

    fn fate(&self, errand: &Errand) -> Fate {
        let (org, group, seq, n) = name(errand);
        let mixed = [org, group, seq, i64::from(n), i64::from(errand.tries)].into_iter().fold(
            self.abilities.seed,
            |mixed, part| {
                (mixed ^ part.cast_unsigned()).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
            },
        );
        let mut left = Dice::seeded(mixed).below(1000);
        for (share, fate) in [
            (self.abilities.refused_per_mille, Fate::Refused),
            (self.abilities.not_now_per_mille, Fate::NotNow),
            (self.abilities.answer_lost_per_mille, Fate::AnswerLost),
            (self.abilities.errand_lost_per_mille, Fate::ErrandLost),
        ] {
            if left < share {
                return fate;
            }
            left -= share;
        }
        Fate::Done
    }

    fn look(&self, errand: &Errand) -> Option<Outcome> {
        if !self.abilities.answers_queries {
            return None;
        }
        let place = self.lock().places.get(&name(errand)).copied();
        Some(match place {
            Some(place) => Outcome::Sent { result: place.to_string() },
            None => Outcome::NotNow { why: "it did not arrive".to_owned(), after_ms: None },
        })
    }
}

impl Platform for Rehearsed {
    fn word(&self) -> &'static str {
        self.word
    }

    fn capability(&self, kind: ActionKind) -> Capability {
        let known = self.abilities.can.iter().find(|(known, _)| *known == kind);
        known.map_or(Capability::No, |(_, capability)| *capability)
    }

    fn quota(&self) -> Quota {
        self.abilities.quota
    }

    fn send<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Outcome> {
        Box::pin(async move { self.take(errand) })
    }

    fn query<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Option<Outcome>> {
        Box::pin(async move { self.look(errand) })
    }
}

#[derive(Clone, Copy)]
enum Fate {
    Done,
    Refused,
    NotNow,
    AnswerLost,
    ErrandLost,
}

impl Seen {
    /// After how long there is room again; `None` when there is room now.
    fn full(&mut self, now: Millis, quota: Quota) -> Option<i64> {
        while self.taken.front().is_some_and(|at| now.0 - at >= quota.window_ms) {
            self.taken.pop_front();
        }
        if self.taken.len() < usize::try_from(quota.actions).unwrap_or(usize::MAX) {
            self.taken.push_back(now.0);
            return None;
        }
        self.taken.front().map(|at| quota.window_ms - (now.0 - at))
    }

    fn note(&mut self, errand: &Errand, at: Millis) -> usize {
        let next = self.arrived.len();
        let place = *self.places.entry(name(errand)).or_insert(next);
        match self.arrived.get_mut(place) {
            Some(arrival) => arrival.times += 1,
            None => self.arrived.push(Arrival { errand: errand.clone(), at, times: 1 }),
        }
        place
    }
}

fn name(errand: &Errand) -> Name {
    (errand.org.0, errand.group.0, errand.id.0.0, errand.id.1)
}
