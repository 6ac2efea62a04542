//! One event, decided: refused, or noted with what follows from it.

use domain::{Effect, Event, Fact, Millis, Seq};

use crate::refusal::Refusal;
use crate::room;
use crate::roster::Roster;
use crate::state::State;
use crate::tracker;

/// What one event led to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// Facts to append, in order, with their words.
    pub facts: Vec<Noted>,
    /// What else commits with them.
    pub effects: Vec<Effect>,
}

/// A fact to append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The fact.
    pub fact: Fact,
    /// Its words, kept apart.
    pub words: Option<Box<str>>,
}

/// The scratch copy of a group on which events are decided.
#[derive(Debug)]
pub struct Deciding<'a> {
    /// The group's state.
    pub state: &'a mut State,
    /// Who is in.
    pub roster: &'a mut Roster,
    /// Now, by the server's clock.
    pub now: Millis,
    /// Place that the next fact will have.
    pub next: Seq,
}

/// Looks at a noted fact or a due timer, changes its own part of the state, and asks for effects.
pub trait Decider: Sync {
    /// The stable word: names of its timers begin with it.
    fn word(&self) -> &'static str;
    /// A fact was noted. The roster is as before a first message was marked as such.
    fn noted(&self, group: &mut Deciding<'_>, noted: &Noted, effects: &mut Vec<Effect>);
    /// A timer of this decider fell due.
    fn due(&self, group: &mut Deciding<'_>, timer: &str, due: Millis, effects: &mut Vec<Effect>);
}

/// All deciders, in the order in which they look.
pub(crate) const DECIDERS: &[&dyn Decider] = &[&tracker::ANSWERS];

/// Decides one event on the scratch copy. On refusal the copy may be half changed: the caller puts
/// it back as it was.
pub fn decide(group: &mut Deciding<'_>, event: &Event) -> Result<Decision, Refusal> {
    let _ = (group, event, room::ROOM, DECIDERS);
    Ok(Decision::default())
}
