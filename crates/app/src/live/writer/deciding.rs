//! Deciding one entry of a batch and whatever follows from it, on the scratch copy of its group.
//!
//! Invariant: an entry's share reaches the draft only when its whole chain was decided.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::{Effect, Event, EventWhat, Millis, Origin, Seq, SourceKey};
use engine::{Deciding, Decision, Refusal};
use store::{Fired, NewFact, OutboxRow, TimerRow};

use crate::live::loops::restart::said;
use crate::live::receipt::Receipt;
use crate::live::stored;
use crate::live::writer::Answered;
use crate::live::writer::draft::{Cause, Draft, Share};
use crate::live::writer::due;
use crate::live::writer::entry::{Entry, Matter, due_event, hash, own_number};
use crate::live::writer::errands::Errands;
use crate::live::writer::held::Held;

/// Decides one event on the scratch copy of its group: [`engine::decide`].
pub(super) type Decide = fn(&mut Deciding<'_>, &Event) -> Result<Decision, Refusal>;

/// What the decisions of a batch share.
pub(super) struct Batch<'a> {
    pub(super) decide: Decide,
    pub(super) errands: &'a Errands,
    pub(super) settings: &'a engine::Settings,
    pub(super) depth_max: u32,
    pub(super) now: Millis,
}

impl Batch<'_> {
    /// Decides one entry; the error is why it cannot be decided at all. After one the copies are
    /// worth nothing.
    pub(super) fn entry_or_poison(
        &self,
        held: &mut Held,
        draft: &mut Draft,
        entry: &Entry,
    ) -> Result<Answered, String> {
        catch_unwind(AssertUnwindSafe(|| self.entry(held, draft, entry)))
            .unwrap_or_else(|panic| Err(said(&*panic)))
    }

    fn entry(&self, held: &mut Held, draft: &mut Draft, entry: &Entry) -> Result<Answered, String> {
        let first = draft.next(held);
        let mut seq = first;
        match &entry.matter {
            Matter::Event(event) => match self.chain(held, draft, Cow::Borrowed(event))? {
                Ok(share) => {
                    if share.facts.is_empty() {
                        seq = Seq(first.0 - 1);
                    }
                    draft.add(held, share, self.now, self.errands);
                    draft.acts.extend(entry.acting.as_deref().cloned());
                }
                Err(refusal) => return Ok(Err(refusal.into())),
            },
            Matter::Due(timer) => {
                let fire = due::fire(timer, &held.zone, self.now)?;
                draft.fired(fired(timer, fire.next));
                for moment in fire.moments {
                    let mut event = due_event(timer, moment);
                    event.key.key = fresh_key(draft.state.top_key, self.now, &timer.name);
                    if let Ok(share) = self.chain(held, draft, Cow::Owned(event))? {
                        draft.add(held, share, self.now, self.errands);
                    }
                }
            }
            Matter::Pass(timer) => {
                let fire = due::fire(timer, &held.zone, self.now).unwrap_or_default();
                draft.fired(fired(timer, fire.next));
            }
            Matter::Act { n, by, action, .. } => {
                seq = Seq(first.0 - 1);
                let (row, task) = self.errands.of(held, (seq, *n), action, self.now);
                let row = OutboxRow { action: stored::with_by(action, *by), ..row };
                draft.plan(row, task);
            }
            Matter::Tasks(_, tasks) => tasks.iter().cloned().for_each(|task| draft.ask(task)),
        }
        Ok(Ok(Receipt { seq, again: false }))
    }

    /// Decides an event and whatever follows from it.
    fn chain(
        &self,
        held: &mut Held,
        draft: &mut Draft,
        first: Cow<'_, Event>,
    ) -> Result<Result<Share, Refusal>, String> {
        let mut share = Share::default();
        let mut waiting = VecDeque::from([(0, first)]);
        while let Some((depth, mut event)) = waiting.pop_front() {
            if depth > 0 {
                let key = fresh_key(draft.state.top_key, self.now, event.what.word());
                event.to_mut().key = SourceKey { key, part: 0 };
            }
            let next = Seq(draft.next(held).0 + share.facts.len() as i64);
            let (state, roster) = (&mut draft.state, &mut held.roster);
            let mut group =
                Deciding { state, roster, settings: self.settings, now: self.now, next };
            let decision = match (self.decide)(&mut group, &event) {
                Ok(decision) => decision,
                Err(refusal) if depth == 0 => return Ok(Err(refusal)),
                // What follows is not owed: the room said no to it.
                Err(_) => continue,
            };
            if let EventWhat::Retitle { name } = &event.what
                && !decision.facts.is_empty()
            {
                share.name = Some(name.to_string());
            }
            let cause = cause(&event, next, !decision.facts.is_empty());
            let facts = decision.facts.into_iter();
            share.facts.extend(facts.map(|noted| NewFact { fact: noted.fact, words: noted.words }));
            for effect in decision.effects {
                match effect {
                    Effect::Emit(_) if depth >= self.depth_max => {
                        return Err("decisions lead to one another without end".to_owned());
                    }
                    Effect::Emit(what) => {
                        let origin = Origin::Cascade;
                        let next = Event { origin, what, ..Event::clone(&event) };
                        waiting.push_back((depth + 1, Cow::Owned(next)));
                    }
                    effect => share.effects.push((cause, effect)),
                }
            }
        }
        Ok(Ok(share))
    }
}

fn fired(timer: &TimerRow, next: Option<Millis>) -> Fired {
    Fired { name: timer.name.clone(), due: timer.due, next }
}

/// Where actions of a decision are numbered: at its first fact. A due timer that noted nothing
/// numbers them by itself, after the last fact.
fn cause(event: &Event, next: Seq, has_facts: bool) -> Cause {
    let EventWhat::Due { timer, due } = &event.what else { return (next, 0) };
    if has_facts {
        return (next, 0);
    }
    (Seq(next.0 - 1), own_number(&format!("{timer} {}", due.0)))
}

/// A key for what nobody outside numbered: greater than all that were noted, so that it is new.
fn fresh_key(top: i64, now: Millis, name: &str) -> i64 {
    let minted = domain::minted_key(now, hash(name));
    // Numbers of platforms lie far below minted ones: none of theirs is taken away.
    minted.max(top.saturating_add(1))
}
