//! What the writer is handed: events, timers that fell due, tasks that the outbox asks for.

use domain::{Action, Event, EventWhat, GroupId, IdentityId, Millis, OrgId, Origin, SourceKey};
use store::{Acting, TaskRow, TimerRow};
use xxhash_rust::xxh3::xxh3_64;

/// Actions without a fact are numbered from here, at the place of the last fact.
const FACTLESS: u32 = 0x8000_0000;

/// One thing to commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// In which organisation.
    pub org: OrgId,
    /// What.
    pub matter: Matter,
    /// The row of the intake table that it came from: goes with the commit.
    pub intake: Option<i64>,
    /// The line of the audit log, where somebody of staff does it: goes into the commit.
    pub acting: Option<Box<Acting>>,
}

/// What is to be committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// An event to decide.
    Event(Event),
    /// A timer fell due.
    Due(TimerRow),
    /// A timer whose decision failed moves on without one.
    Pass(TimerRow),
    /// Tasks for staff that no decision asked for, in one group.
    Tasks(GroupId, Vec<TaskRow>),
    /// An action that somebody of the staff asks for.
    Act {
        /// In which group.
        group: GroupId,
        /// Its number in the outbox ([`own_number`]).
        n: u32,
        /// Who asks.
        by: IdentityId,
        /// What.
        action: Action,
    },
}

impl Entry {
    /// Something that waited nowhere and that nobody of staff does.
    pub(crate) fn of(org: OrgId, matter: Matter) -> Self {
        Self { org, matter, intake: None, acting: None }
    }

    /// An event handed in by a face or a platform.
    pub fn event(org: OrgId, event: Event) -> Self {
        Self::of(org, Matter::Event(event))
    }

    /// A timer that fell due.
    pub fn due(timer: TimerRow) -> Self {
        Self::of(timer.org, Matter::Due(timer))
    }

    /// In which group.
    pub fn group(&self) -> GroupId {
        match &self.matter {
            Matter::Event(event) => event.group,
            Matter::Due(timer) | Matter::Pass(timer) => timer.group,
            Matter::Tasks(group, _) | Matter::Act { group, .. } => *group,
        }
    }

    /// The key and actor under which the log would have it already.
    pub(crate) fn told_as(&self) -> Option<(SourceKey, IdentityId)> {
        match &self.matter {
            Matter::Event(event) => engine::noted_as(event),
            _ => None,
        }
    }

    /// Whether it may be refused because its key is somebody else's.
    pub(crate) fn is_asked(&self) -> bool {
        matches!(&self.matter, Matter::Event(event) if event.origin == Origin::Asked)
    }

    /// The event as it would be set aside.
    pub(crate) fn as_event(&self) -> Option<Event> {
        match &self.matter {
            Matter::Event(event) => Some(event.clone()),
            Matter::Due(timer) => Some(due_event(timer, timer.due)),
            Matter::Pass(_) | Matter::Tasks(..) | Matter::Act { .. } => None,
        }
    }
}

/// The event of a timer that fell due at a moment. Its key is made when it is decided.
pub(crate) fn due_event(timer: &TimerRow, moment: Millis) -> Event {
    let what = EventWhat::Due { timer: timer.name.as_str().into(), due: moment };
    Event {
        group: timer.group,
        key: SourceKey { key: domain::minted_key(moment, hash(&timer.name)), part: 0 },
        at: moment,
        actor: IdentityId::NOBODY,
        class: domain::ActorClass::Bot,
        origin: Origin::Timer,
        what,
    }
}

/// The number of the first action of something that noted no fact and is called so; 255 more of
/// its actions have room behind it.
pub(crate) fn own_number(name: &str) -> u32 {
    FACTLESS | hash(name) & 0x7fff_ff00
}

/// A number that a name always gives.
pub(crate) fn hash(name: &str) -> u32 {
    // The lower half of a good hash is a good hash.
    u32::try_from(xxh3_64(name.as_bytes()) & 0xffff_ffff).unwrap_or(0)
}
