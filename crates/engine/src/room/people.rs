//! Stays: somebody comes, goes, is first heard of, gets another name or role.
//!
//! Platforms tell late and in disorder. What is told of an earlier time than the stay we know of
//! leaves that stay alone; the log keeps it all the same.

use domain::{ActorClass, Entrance, Event, IdentityId, Millis, Origin};

use crate::decide::Deciding;
use crate::room::limits::VIA_CHARS_MAX;
use crate::roster::Member;

/// The actor comes in: a new stay, unless one lasts.
pub(super) fn come(group: &mut Deciding<'_>, event: &Event, entrance: &Entrance, at: Millis) {
    let via = head(&entrance.via, VIA_CHARS_MAX);
    match group.roster.get(event.actor) {
        Some(present) if present.is_in() => {
            // Told of by a platform after we had heard the person: the stay learns how it began.
            let mut member = present.clone();
            if !entrance.name.is_empty() {
                member.name = entrance.name.clone();
            }
            if member.via.is_empty() {
                member.via = via.into();
            }
            member.rules = member.rules.max(entrance.rules);
            group.roster.put(member);
        }
        _ => {
            if let Some(mut member) = fresh(group, event, at) {
                member.name = entrance.name.clone();
                member.via = via.into();
                member.rules = entrance.rules;
                group.roster.put(member);
            }
        }
    }
}

/// Somebody goes out.
pub(super) fn go(group: &mut Deciding<'_>, who: IdentityId, at: Millis) {
    if let Some(present) = group.roster.present(who).filter(|present| at >= present.joined) {
        let mut member = present.clone();
        member.left = Some(at);
        group.roster.put(member);
    }
}

/// A message of somebody who is not in, told by a platform: the person must have come in, nobody
/// knows when and how.
pub(super) fn overhear(group: &mut Deciding<'_>, event: &Event, at: Millis) {
    if group.roster.present(event.actor).is_none()
        && let Some(member) = fresh(group, event, at)
    {
        group.roster.put(member);
    }
}

/// Somebody shows another name.
pub(super) fn rename(group: &mut Deciding<'_>, who: IdentityId, name: &str) {
    if let Some(present) = group.roster.present(who).filter(|present| *present.name != *name) {
        let mut member = present.clone();
        member.name = name.into();
        group.roster.put(member);
    }
}

/// The roster shows the role in which somebody acted last. A keeper who speaks as the declared
/// host for once stays a keeper; the fact alone says how it was spoken (T01).
pub(super) fn follow_class(group: &mut Deciding<'_>, event: &Event) {
    if matches!(event.origin, Origin::Timer | Origin::Cascade) {
        return;
    }
    let for_once = |was: ActorClass| (was, event.class) == (ActorClass::Staff, ActorClass::Host);
    let changes = |was: ActorClass| was != event.class && !for_once(was);
    let present = group.roster.present(event.actor);
    if let Some(present) = present.filter(|present| changes(present.class)) {
        let mut member = present.clone();
        member.class = event.class;
        group.roster.put(member);
    }
}

/// The beginning of a new stay. `None` for nobody, and for what was told late: from before the end
/// of the last stay.
fn fresh(group: &Deciding<'_>, event: &Event, at: Millis) -> Option<Member> {
    let who = event.actor.named()?;
    let earlier = group.roster.get(who);
    if event.origin == Origin::Told
        && earlier.and_then(|stay| stay.left).is_some_and(|left| at <= left)
    {
        return None;
    }
    let now = group.clock();
    Some(Member {
        who,
        name: earlier.map_or_else(Box::default, |stay| stay.name.clone()),
        class: event.class,
        stay: earlier.map_or(0, |stay| stay.stay).saturating_add(1),
        joined: at,
        left: None,
        via: Box::default(),
        rules: 0,
        // Going out and coming in again does not end a silence.
        muted_until: earlier.and_then(|stay| stay.muted_until).filter(|until| *until > now),
        has_spoken: earlier.is_some_and(|stay| stay.has_spoken),
    })
}

fn head(text: &str, chars_max: usize) -> &str {
    let end = text.char_indices().nth(chars_max).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}
