//! From an event to the fact that is noted of it: kind, place in time, words.
//!
//! Invariant: what is asked of us is noted in the order of (moment, source key), so that pages
//! never have to be folded again; what a platform told keeps its own clock, never a future one.

use domain::{
    Event, EventWhat, Fact, FactKind, FeatureWord, IdentityId, LeaveManner, Millis, Origin, Post,
    ServiceKind, SourceKey,
};
use xxhash_rust::xxh3::xxh3_64;

use crate::decide::{Deciding, Noted};

/// Where the kind stands in the part of a source key.
const KIND_SHIFT: u32 = 24;

/// Source key and actor that the fact of an event has: what a later telling of the same event is
/// recognised by. `None` for a due timer, which need not lead to a fact.
pub fn noted_as(event: &Event) -> Option<(SourceKey, IdentityId)> {
    let (kind, _) = shape(&event.what)?;
    let actor = match event.what {
        // The person who went out is the actor of the fact; the keeper is the other one.
        EventWhat::Remove { who } => who,
        _ => event.actor,
    };
    Some((source(event, kind), actor))
}

/// The source key of a fact of this kind that an event leads to.
pub(crate) fn source(event: &Event, kind: FactKind) -> SourceKey {
    let within = event.key.part & ((1 << KIND_SHIFT) - 1);
    SourceKey { key: event.key.key, part: u32::from(kind as u8) << KIND_SHIFT | within }
}

/// The moment at which an event is noted: the clock of the source for what was told, never later
/// than now; otherwise now, and after everything noted before.
pub(crate) fn moment(group: &Deciding<'_>, event: &Event, source: SourceKey) -> Millis {
    let now = group.now.0.max(0);
    if event.origin == Origin::Told {
        return Millis(event.at.0.clamp(0, now));
    }
    let at = now.max(group.state.now);
    Millis(if (at, source) > group.state.last() { at } else { at.saturating_add(1) })
}

/// The fact of an event, with its words; `None` for a due timer.
pub(crate) fn note(group: &Deciding<'_>, event: &Event) -> Option<Noted> {
    let (kind, detail) = shape(&event.what)?;
    let source = source(event, kind);
    let mut fact = Fact {
        at: moment(group, event, source),
        source,
        kind,
        class: event.class,
        detail,
        actor: event.actor,
        other: IdentityId::NOBODY,
        reply_to: None,
        features: FeatureWord::default(),
        text_hash: 0,
    };
    let words = fill(group, event, &mut fact).filter(|words| !words.is_empty());
    Some(Noted { fact, words: words.map(Box::from) })
}

/// Kind and detail of the fact.
fn shape(what: &EventWhat) -> Option<(FactKind, u8)> {
    let service = |kind: ServiceKind| (FactKind::Service, kind as u8);
    Some(match what {
        EventWhat::Message(_) => (FactKind::Message, 0),
        EventWhat::Recall { .. } => (FactKind::Recall, 0),
        EventWhat::Edit { .. } => (FactKind::Edit, 0),
        EventWhat::Reaction { .. } => (FactKind::Reaction, 0),
        EventWhat::Join(entrance) => (FactKind::Join, entrance.how as u8),
        EventWhat::Leave { how } => (FactKind::Leave, *how as u8),
        EventWhat::Remove { .. } => (FactKind::Leave, LeaveManner::Removed as u8),
        EventWhat::Rename { .. } => (FactKind::Rename, 0),
        EventWhat::Mute { until: Some(_), .. } => service(ServiceKind::Mute),
        EventWhat::Mute { until: None, .. } => service(ServiceKind::Unmute),
        EventWhat::Announce { .. } => service(ServiceKind::Announcement),
        EventWhat::Pin { on: true, .. } => service(ServiceKind::Pin),
        EventWhat::Pin { on: false, .. } => service(ServiceKind::Unpin),
        EventWhat::Retitle { .. } => service(ServiceKind::GroupName),
        EventWhat::Rules { .. } => service(ServiceKind::Rules),
        EventWhat::Close { .. } => service(ServiceKind::Closed),
        EventWhat::Reopen => service(ServiceKind::Reopened),
        EventWhat::Due { .. } => return None,
    })
}

/// Fills in what depends on the kind; gives the words.
fn fill<'e>(group: &Deciding<'_>, event: &'e Event, fact: &mut Fact) -> Option<&'e str> {
    match &event.what {
        EventWhat::Message(post) => {
            spoken(post, fact);
            Some(&post.text)
        }
        EventWhat::Recall { of, said } | EventWhat::Pin { of, said, .. } => {
            fact.reply_to = Some(*of);
            fact.other = said.map_or(IdentityId::NOBODY, |said| said.by);
            if fact.other == fact.actor {
                fact.other = IdentityId::NOBODY;
            }
            None
        }
        EventWhat::Edit { of, text, .. } => {
            fact.reply_to = Some(*of);
            Some(text)
        }
        EventWhat::Reaction { of, emoji } => {
            fact.reply_to = Some(*of);
            fact.text_hash = xxh3_64(emoji.as_bytes());
            Some(emoji)
        }
        EventWhat::Join(entrance) => {
            fact.other = entrance.by;
            Some(&entrance.name)
        }
        EventWhat::Remove { who } => {
            fact.actor = *who;
            fact.other = event.actor;
            fact.class = group.roster.get(*who).map_or_else(Default::default, |one| one.class);
            None
        }
        EventWhat::Mute { who, .. } => {
            fact.other = *who;
            None
        }
        EventWhat::Rename { name } | EventWhat::Retitle { name } => Some(name),
        EventWhat::Announce { text } | EventWhat::Rules { text } => Some(text.trim()),
        EventWhat::Close { farewell } => Some(farewell),
        EventWhat::Leave { .. } | EventWhat::Reopen | EventWhat::Due { .. } => None,
    }
}

fn spoken(post: &Post, fact: &mut Fact) {
    fact.other = post.calls;
    fact.reply_to = post.reply_to;
    fact.features = post.features;
    fact.text_hash = post.text_hash;
}
