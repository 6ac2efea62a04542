//! The web chat as a platform: what the outbox sends becomes an event of the group itself.
//!
//! Invariant: an errand's event has a key made of (seq, n), so that sending twice is sending once.

use std::sync::Arc;

use domain::{
    Action, ActionKind, ActorClass, Capability, Event, EventWhat, FeatureWord, IdentityId, Millis,
    OrgId, Origin, Post, Seq, SourceKey,
};

use crate::platform::{Errand, Outcome, Platform, Quota, Sending};
use crate::web::key::part;

/// Hands an event to the group's writer and tells what became of it.
pub type Port = Arc<dyn Fn(OrgId, Event) -> Sending<'static, Outcome> + Send + Sync>;

/// Actions of one decision that have keys of their own.
const ACTIONS_MAX: i64 = 1 << 10;

/// The built-in web chat.
#[derive(Clone)]
pub struct Web {
    port: Port,
}

impl std::fmt::Debug for Web {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Web").finish_non_exhaustive()
    }
}

impl Web {
    /// The platform's word.
    pub const WORD: &'static str = "web";

    /// The web chat behind this port.
    pub fn new(port: Port) -> Self {
        Self { port }
    }
}

impl Platform for Web {
    fn word(&self) -> &'static str {
        Self::WORD
    }

    fn capability(&self, _: ActionKind) -> Capability {
        Capability::Auto
    }

    fn quota(&self) -> Quota {
        // It is our own writer: as many as it takes in a batch.
        Quota { actions: 1_000, window_ms: 1_000 }
    }

    fn send<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Outcome> {
        (self.port)(errand.org, event(errand))
    }

    fn query<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Option<Outcome>> {
        // The same key is the same event: handing it in again tells whether it is there, and if it
        // was not, it is now.
        Box::pin(async { Some((self.port)(errand.org, event(errand)).await) })
    }
}

/// Key of what an errand writes: below zero, where no page mints.
pub fn errand_key((seq, n): (Seq, u32)) -> i64 {
    -1 - (seq.0 * ACTIONS_MAX + i64::from(n) % ACTIONS_MAX)
}

fn event(errand: &Errand) -> Event {
    let (class, what) = match &errand.action {
        Action::Post { text, reply_to, class } => {
            let post = Post {
                text: text.clone(),
                features: FeatureWord::default(),
                text_hash: 0,
                reply_to: *reply_to,
                calls: IdentityId::NOBODY,
            };
            (*class, EventWhat::Message(post))
        }
        Action::Announce { text } => (ActorClass::Host, EventWhat::Announce { text: text.clone() }),
        Action::Mute { who, until } => {
            (ActorClass::Host, EventWhat::Mute { who: *who, until: *until })
        }
        Action::Remove { who } => (ActorClass::Host, EventWhat::Remove { who: *who }),
    };
    Event {
        group: errand.group,
        key: SourceKey { key: errand_key(errand.id), part: part(&what) },
        // The writer's clock counts for what is asked of us.
        at: Millis(0),
        actor: IdentityId::NOBODY,
        class,
        origin: Origin::Cascade,
        what,
    }
}
