//! The drafts of a day and how they become happenings.

use crate::day::{Said, message};
use crate::happening::{Happening, Happens};
use crate::plan::{Keys, Plan};
use crate::talks::Talk;
use domain::minted_key;
use std::collections::HashSet;

/// So long after a thing said into the quiet nobody speaks, in seconds.
const QUIET_S: u32 = 38 * 60;
/// So long before it no talk begins, in seconds.
const BEFORE_QUIET_S: u32 = 30 * 60;
/// Talks begin so far apart while the day is not full, in seconds.
const APART_S: u32 = 9 * 60;
/// A day with more talks than this has no room for distances.
const STARTS_APART_MAX: usize = 100;
const DAY_S: u32 = 86_400;

struct Draft {
    second: u32,
    who: u32,
    what: Happens,
    /// Position among the drafts of what it answers.
    answers: Option<usize>,
}

/// Drafts in the order in which they were thought of.
#[derive(Default)]
pub(crate) struct Sheet {
    drafts: Vec<Draft>,
    starts: Vec<u32>,
    quiet: Vec<u32>,
    said: usize,
}

impl Sheet {
    /// Messages drafted so far.
    pub(crate) fn said(&self) -> usize {
        self.said
    }

    /// Adds a talk, cut where it would run into the quiet or over midnight.
    pub(crate) fn add(&mut self, talk: Talk) {
        let base = self.drafts.len();
        for line in talk.lines {
            let second = line.second;
            if second >= DAY_S || self.quiet.iter().any(|at| (*at..*at + QUIET_S).contains(&second))
            {
                break;
            }
            let what = message(line.text, line.media, line.calls);
            let answers = line.answers.map(|at| base + at);
            self.drafts.push(Draft { second, who: line.who, what, answers });
            self.said += 1;
        }
    }

    /// Keeps other talks away from this second.
    pub(crate) fn reserve(&mut self, second: u32) {
        self.starts.push(second);
    }

    /// Adds something said into the quiet.
    pub(crate) fn add_solo(&mut self, talk: Talk) {
        let at = talk.lines.first().map(|line| line.second);
        self.add(talk);
        self.quiet.extend(at);
    }

    /// Adds something that is no message.
    pub(crate) fn note(&mut self, second: u32, who: u32, what: Happens) {
        self.drafts.push(Draft { second: second.min(DAY_S - 1), who, what, answers: None });
    }

    /// Whether a talk may begin at this second; `crowded` says that talks may stand close.
    pub(crate) fn is_free(&self, second: u32, crowded: bool) -> bool {
        let near_quiet =
            |at: &u32| (at.saturating_sub(BEFORE_QUIET_S)..at + QUIET_S).contains(&second);
        let near_talk = |at: &u32| at.abs_diff(second) < APART_S;
        let crowded = crowded || self.starts.len() > STARTS_APART_MAX;
        !self.quiet.iter().any(near_quiet) && (crowded || !self.starts.iter().any(near_talk))
    }

    /// Whoever did something today.
    pub(crate) fn seen(&self) -> HashSet<u32> {
        self.drafts.iter().map(|draft| draft.who).collect()
    }

    /// The happenings in time order, numbered from `first`; and the next number.
    pub(crate) fn finish(
        self,
        plan: &Plan,
        number: u32,
        first: i64,
        said: &mut Said,
    ) -> (Vec<Happening>, i64) {
        let day = plan.day(number);
        let mut order: Vec<usize> = (0..self.drafts.len()).collect();
        order.sort_by_key(|at| self.drafts.get(*at).map_or(0, |draft| draft.second));
        let mut keys = vec![0_i64; self.drafts.len()];
        let mut next = match plan.keys {
            Keys::Counted => first,
            Keys::Minted => 0,
        };
        for at in &order {
            let Some(draft) = self.drafts.get(*at) else { continue };
            // What is taken back has a number too.
            next += i64::from(draft.is_recall());
            if let Some(key) = keys.get_mut(*at) {
                *key = match plan.keys {
                    Keys::Counted => next,
                    Keys::Minted => {
                        let count = u32::try_from(next).unwrap_or(u32::MAX);
                        minted_key(plan.moment(day, draft.second), count)
                    }
                };
            }
            next += 1;
        }
        let mut drafts: Vec<Option<Draft>> = self.drafts.into_iter().map(Some).collect();
        let happening = |at: usize| {
            let draft = drafts.get_mut(at)?.take()?;
            let key = keys.get(at).copied()?;
            let answered = draft.answers.and_then(|to| keys.get(to).copied());
            let (second, who) = (draft.second, draft.who);
            let mut what = draft.told(key, answered);
            if let Happens::Message { text, .. } = &mut what {
                said.note(text);
            }
            Some(Happening { at: plan.moment(day, second), key, who, what })
        };
        (order.into_iter().filter_map(happening).collect(), next)
    }
}

impl Draft {
    fn is_recall(&self) -> bool {
        matches!(self.what, Happens::Recall { .. })
    }

    /// What it is once its key, and the key of what it answers, are known.
    fn told(self, key: i64, answered: Option<i64>) -> Happens {
        match self.what {
            Happens::Message { text, media, calls, .. } => {
                Happens::Message { text, media, reply_to: answered, calls }
            }
            Happens::Recall { text, .. } => Happens::Recall { of: key - 1, text },
            other => other,
        }
    }
}
