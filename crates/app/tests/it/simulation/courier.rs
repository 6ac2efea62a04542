//! A platform that answers by the seed: sends, refuses, loses answers, dies on the way.

use super::dice::mixed;
use super::fate::{Fate, Try};
use super::halt::Halt;
use chat::{Errand, Outcome, Platform, Quota, Sending};
use domain::{ActionKind, Capability};
use std::sync::Arc;

pub(crate) struct Courier {
    pub(crate) fate: Arc<Fate>,
    pub(crate) halt: Arc<Halt>,
}

impl Platform for Courier {
    fn word(&self) -> &'static str {
        "web"
    }

    fn capability(&self, _: ActionKind) -> Capability {
        Capability::Auto
    }

    fn quota(&self) -> Quota {
        Quota { actions: 1_000, window_ms: 1_000 }
    }

    fn send<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Outcome> {
        let (seq, n) = errand.id;
        let id = (errand.group, seq, n);
        let name = [errand.group.0, seq.0, i64::from(errand.tries)];
        let roll = name.into_iter().fold(self.fate.seed, |x, y| mixed(x ^ y.unsigned_abs())) % 100;
        let why = || "by the dice".to_owned();
        let (has_arrived, outcome) = match roll {
            0..55 => (true, Some(Outcome::Sent { result: "1".to_owned() })),
            55..65 => (false, Some(Outcome::NotNow { why: why(), after_ms: Some(5_000) })),
            65..70 => (false, Some(Outcome::Refused { why: why() })),
            70..80 => (true, Some(Outcome::Unknown { why: why() })),
            80..90 => (false, Some(Outcome::Unknown { why: why() })),
            90..95 => (true, None),
            _ => (false, None),
        };
        let said_not_now = matches!(outcome, Some(Outcome::NotNow { .. }));
        self.fate.tried(id, Try { has_arrived, said_not_now });
        Box::pin(async move {
            match outcome {
                Some(outcome) => outcome,
                None => self.halt.crash().await,
            }
        })
    }

    fn query<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Option<Outcome>> {
        let (seq, n) = errand.id;
        let outcome = if self.fate.has_arrived((errand.group, seq, n)) {
            Outcome::Sent { result: "1".to_owned() }
        } else {
            Outcome::NotNow { why: "not there".to_owned(), after_ms: None }
        };
        Box::pin(async { Some(outcome) })
    }
}
