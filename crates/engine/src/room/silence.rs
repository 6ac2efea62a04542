//! Silence (禁言) imposed on somebody, and its end.
//!
//! Whether somebody may speak is read from the member's `muted_until`; the timer only notes the
//! end. Its name is `room:mute:` and the person's number.

use domain::{
    Effect, Event, Fact, FactKind, FeatureWord, IdentityId, Millis, Missed, ServiceKind, Timer,
    When,
};

use crate::decide::{Deciding, Noted};
use crate::noting;
use crate::room::limits::MUTE_MS_MAX;

const TIMER: &str = "room:mute:";

/// Imposes a silence, or takes it back.
pub(super) fn impose(
    group: &mut Deciding<'_>,
    who: IdentityId,
    until: Option<Millis>,
    effects: &mut Vec<Effect>,
) {
    let now = group.clock();
    let longest = Millis(now.0.saturating_add(MUTE_MS_MAX));
    let until = until.filter(|until| *until > now).map(|until| until.min(longest));
    let Some(known) = group.roster.get(who).filter(|known| known.muted_until != until) else {
        return;
    };
    let mut member = known.clone();
    member.muted_until = until;
    group.roster.put(member);
    effects.push(until.map_or_else(|| cancel(who), |until| schedule(who, until)));
}

/// A closed group needs no timers.
pub(super) fn pause(group: &Deciding<'_>, effects: &mut Vec<Effect>) {
    effects.extend(silenced(group).into_iter().map(|(who, _)| cancel(who)));
}

/// Opened again: silences that still last get their timers back, the others are over.
pub(super) fn resume(group: &mut Deciding<'_>, effects: &mut Vec<Effect>) {
    let now = group.clock();
    for (who, until) in silenced(group) {
        if until > now {
            effects.push(schedule(who, until));
        } else {
            lift(group, who);
        }
    }
}

/// A timer of the room fell due: the fact to note, when a silence is over by it.
pub(crate) fn due(group: &mut Deciding<'_>, event: &Event, timer: &str) -> Option<Noted> {
    let who = IdentityId(timer.strip_prefix(TIMER)?.parse().ok()?);
    let until = group.roster.get(who)?.muted_until?;
    if until > group.clock() {
        // A silence imposed anew meanwhile; its own timer follows.
        return None;
    }
    lift(group, who);
    // Who went out is told nothing.
    group.roster.present(who)?;
    let source = noting::source(event, FactKind::Service);
    let fact = Fact {
        at: noting::moment(group, event, source),
        source,
        kind: FactKind::Service,
        class: event.class,
        detail: ServiceKind::Unmute as u8,
        actor: event.actor,
        other: who,
        reply_to: None,
        features: FeatureWord::default(),
        text_hash: 0,
    };
    Some(Noted { fact, words: None })
}

fn lift(group: &mut Deciding<'_>, who: IdentityId) {
    if let Some(known) = group.roster.get(who) {
        let mut member = known.clone();
        member.muted_until = None;
        group.roster.put(member);
    }
}

/// Everybody with a silence, by number.
fn silenced(group: &Deciding<'_>) -> Vec<(IdentityId, Millis)> {
    let silenced = group.roster.iter().filter_map(|one| Some((one.who, one.muted_until?)));
    let mut silenced: Vec<_> = silenced.collect();
    silenced.sort_unstable();
    silenced
}

fn schedule(who: IdentityId, until: Millis) -> Effect {
    let name = format!("{TIMER}{}", who.0).into();
    Effect::Schedule(Timer { name, when: When::At(until), missed: Missed::Late })
}

fn cancel(who: IdentityId) -> Effect {
    Effect::Cancel { name: format!("{TIMER}{}", who.0).into() }
}
