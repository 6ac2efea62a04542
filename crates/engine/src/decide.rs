//! One event, decided: refused, or noted with what follows from it.

use domain::{Effect, Event, EventWhat, Fact, FactKind, Millis, Origin, Seq};

use crate::noting;
use crate::refusal::Refusal;
use crate::room;
use crate::roster::Roster;
use crate::settings::Settings;
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
    /// What the deciders go by.
    pub settings: &'a Settings,
    /// Now, by the server's clock.
    pub now: Millis,
    /// Place that the next fact will have; [`decide`] moves it on by what it noted.
    pub next: Seq,
}

impl Deciding<'_> {
    /// The group's now: the server's, but never before what was noted already.
    pub fn clock(&self) -> Millis {
        self.now.max(self.state.now())
    }
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

/// Decides one event on the scratch copy. A refused event has changed nothing of it.
pub fn decide(group: &mut Deciding<'_>, event: &Event) -> Result<Decision, Refusal> {
    let mut decision = Decision::default();
    if let EventWhat::Due { timer, due } = &event.what {
        if event.origin == Origin::Asked {
            return Err(Refusal::KeepersOnly);
        }
        fall_due(group, event, (timer, *due), &mut decision);
        return Ok(decision);
    }
    if event.origin == Origin::Asked {
        room::allow(group, event)?;
    }
    if let Some(noted) = noting::note(group, event) {
        room::apply(group, event, &noted.fact, &mut decision.effects);
        take(group, noted, &mut decision);
    }
    Ok(decision)
}

/// A timer belongs to the room or to the decider whose word its name begins with. One that
/// belongs to nobody (any more) is let go.
fn fall_due(
    group: &mut Deciding<'_>,
    event: &Event,
    (timer, due): (&str, Millis),
    decision: &mut Decision,
) {
    let (word, _) = timer.split_once(':').unwrap_or((timer, ""));
    if word == room::WORD
        && let Some(noted) = room::due(group, event, timer)
    {
        take(group, noted, decision);
    }
    for decider in DECIDERS.iter().filter(|decider| decider.word() == word) {
        decider.due(group, timer, due, &mut decision.effects);
    }
}

/// Shows a noted fact to every decider and moves the group on.
fn take(group: &mut Deciding<'_>, noted: Noted, decision: &mut Decision) {
    group.state.advance(&noted.fact);
    for decider in DECIDERS {
        decider.noted(group, &noted, &mut decision.effects);
    }
    if noted.fact.kind == FactKind::Message {
        group.roster.mark_spoken(noted.fact.actor);
    }
    group.next = Seq(group.next.0.saturating_add(1));
    decision.facts.push(noted);
}
