//! What somebody chose for a hand-over, and what of it is wrong.

use std::collections::BTreeSet;

use chat::wecom::calls::contacts::TRANSFER_WORDS_CHARS_MAX;
use engine::handover::Takers;

use crate::console::{Denied, FieldError};

/// Those who may take over, of one hand-over.
pub const TAKERS_MAX: usize = 4;
/// Customers a day of one taker, at most: more is no pace.
const A_DAY_MAX: u32 = 10_000;

/// What somebody takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Takes {
    /// Customers and groups.
    #[default]
    Both,
    /// Customers alone.
    Contacts,
    /// Groups alone.
    Groups,
}

/// Who takes the giver's place behind live codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CodesTo {
    /// The first who takes customers; where nobody does, the first of all.
    #[default]
    First,
    /// This `userid`.
    One(String),
    /// Nobody: the codes stay as they are.
    Nobody,
}

/// What somebody chose. Empty is "not given".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoverForm {
    /// `userid` of who hands over.
    pub giver: String,
    /// Who takes over, and what; the first one is needed.
    pub takers: [(String, Takes); TAKERS_MAX],
    /// Who takes customers that another is too full for.
    pub spare: String,
    /// Who takes the place behind codes.
    pub codes: CodesTo,
    /// Number of who of our staff takes what the giver keeps here.
    pub here: String,
    /// Customers that each taker takes on a day.
    pub a_day: String,
    /// Words to the customers of who is still there.
    pub words: String,
}

/// Names of the fields of takers.
const FIELDS: [&str; TAKERS_MAX] = ["t1", "t2", "t3", "t4"];

/// A form that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    pub(super) takers: Takers,
    pub(super) spare: String,
    /// Who takes the place behind codes, if anybody does.
    pub(super) codes: Option<String>,
    pub(super) a_day: Option<u32>,
    pub(super) words: String,
}

impl HandoverForm {
    /// Looks at every field; `fit` are the `userid`s of those who may take over.
    ///
    /// Wrong: `t1` … `t4` (`missing`, `not_a_taker`, `twice`), `spare` (`not_a_taker`, `a_taker`),
    /// `codes` (`not_a_taker`), `a_day` (`not_a_number`), `words` (`too_long`).
    pub(super) fn checked(&self, fit: &BTreeSet<&str>) -> Result<Chosen, Denied> {
        let (takers, mut wrong) = self.checked_takers(fit);
        let mut say = |field, code| wrong.push(FieldError { field, code });
        let spare = self.spare.trim();
        if !spare.is_empty() && !fit.contains(spare) {
            say("spare", "not_a_taker");
        } else if takers.contacts.iter().any(|taker| taker == spare) {
            say("spare", "a_taker");
        }
        let codes = match &self.codes {
            CodesTo::First => takers.contacts.first().or(takers.groups.first()).cloned(),
            CodesTo::One(userid) => Some(userid.trim().to_owned()),
            CodesTo::Nobody => None,
        };
        if matches!(&self.codes, CodesTo::One(userid) if !fit.contains(userid.trim())) {
            say("codes", "not_a_taker");
        }
        let a_day = match self.a_day.trim() {
            "" => None,
            digits => {
                let number = digits.parse().ok().filter(|n| (1..=A_DAY_MAX).contains(n));
                number.or_else(|| {
                    say("a_day", "not_a_number");
                    None
                })
            }
        };
        let words = self.words.trim();
        if words.chars().count() > TRANSFER_WORDS_CHARS_MAX {
            say("words", "too_long");
        }
        if !wrong.is_empty() {
            return Err(Denied::Wrong(wrong));
        }
        let (spare, words) = (spare.to_owned(), words.to_owned());
        Ok(Chosen { takers, spare, codes, a_day, words })
    }

    fn checked_takers(&self, fit: &BTreeSet<&str>) -> (Takers, Vec<FieldError>) {
        let mut wrong = Vec::new();
        let mut say = |field, code| wrong.push(FieldError { field, code });
        let mut takers = Takers::default();
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for (field, (userid, takes)) in FIELDS.into_iter().zip(&self.takers) {
            let userid = userid.trim();
            if userid.is_empty() {
                continue;
            }
            if !fit.contains(userid) {
                say(field, "not_a_taker");
            } else if !named.insert(userid) {
                say(field, "twice");
            }
            if *takes != Takes::Groups {
                takers.contacts.push(userid.to_owned());
            }
            if *takes != Takes::Contacts {
                takers.groups.push(userid.to_owned());
            }
        }
        if self.takers.iter().all(|(userid, _)| userid.trim().is_empty()) {
            say("t1", "missing");
        }
        (takers, wrong)
    }
}
