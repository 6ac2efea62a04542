//! What a noted fact changes in the room and among its people.

use domain::{Effect, Event, EventWhat, Fact, Origin};

use crate::decide::Deciding;
use crate::room::limits::{PINS_MAX, REMOVED_MAX, REMOVED_MS};
use crate::room::{Notice, people, silence};

/// Changes room and roster by what was noted. Never fails: what cannot be (a leave of somebody who
/// is not in) changes nothing.
pub(crate) fn apply(
    group: &mut Deciding<'_>,
    event: &Event,
    fact: &Fact,
    effects: &mut Vec<Effect>,
) {
    match &event.what {
        EventWhat::Join(entrance) => people::come(group, event, entrance, fact.at),
        EventWhat::Leave { .. } => people::go(group, event.actor, fact.at),
        EventWhat::Remove { who } => {
            people::go(group, *who, fact.at);
            remember_removal(group, who.0, fact.at.0);
        }
        EventWhat::Rename { name } => people::rename(group, event.actor, name),
        EventWhat::Mute { who, until } => silence::impose(group, *who, *until, effects),
        EventWhat::Message(_) if event.origin != Origin::Asked => {
            people::overhear(group, event, fact.at);
        }
        EventWhat::Announce { text } => {
            let version = group.state.room.announcements.saturating_add(1);
            if let Some(notice) = notice(group, fact, text, version) {
                group.state.room.announcements = notice.version;
                group.state.room.announcement = Some(notice);
            } else {
                group.state.room.announcement = None;
            }
        }
        EventWhat::Rules { text } => {
            let version = group.state.room.rule_versions.saturating_add(1);
            if let Some(notice) = notice(group, fact, text, version) {
                group.state.room.rule_versions = notice.version;
                group.state.room.rules = Some(notice);
            } else {
                group.state.room.rules = None;
            }
        }
        EventWhat::Pin { of, on, .. } => pin(&mut group.state.room.pins, *of, *on),
        // What was taken back has no words left to show.
        EventWhat::Recall { of, .. } => pin(&mut group.state.room.pins, *of, false),
        EventWhat::Close { .. } => {
            group.state.room.closed.get_or_insert(fact.at.0);
            silence::pause(group, effects);
        }
        EventWhat::Reopen => {
            group.state.room.closed = None;
            silence::resume(group, effects);
        }
        EventWhat::Message(_)
        | EventWhat::Edit { .. }
        | EventWhat::Reaction { .. }
        | EventWhat::Retitle { .. }
        | EventWhat::Due { .. } => {}
    }
    people::follow_class(group, event);
}

fn notice(group: &Deciding<'_>, fact: &Fact, text: &str, version: u32) -> Option<Notice> {
    let in_force = !text.trim().is_empty();
    in_force.then_some(Notice { version, seq: group.next.0, at: fact.at.0, by: fact.actor.0 })
}

/// The latest first. A platform may tell of more pins than we keep: the oldest give way.
fn pin(pins: &mut Vec<i64>, of: i64, on: bool) {
    pins.retain(|pinned| *pinned != of);
    if on {
        pins.insert(0, of);
        pins.truncate(PINS_MAX as usize);
    }
}

fn remember_removal(group: &mut Deciding<'_>, who: u32, at: i64) {
    let now = group.clock().0;
    let removed = &mut group.state.room.removed;
    removed.retain(|(one, at)| *one != who && now.saturating_sub(*at) < REMOVED_MS);
    if removed.len() >= REMOVED_MAX {
        removed.remove(0);
    }
    removed.push((who, at));
}
