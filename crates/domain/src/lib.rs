//! The words of huoqun: what a fact is, who acts, when, and what a source can tell.
//!
//! Plain data without IO, clock or dice. Every other crate speaks in these types; this one
//! depends on none of them.

mod actor;
mod effect;
mod event;
mod evidence;
mod fact;
mod feature;
mod handover;
mod ids;
mod team;
mod time;
mod told;
mod warning;

pub use actor::ActorClass;
pub use effect::{
    Action, ActionKind, Capability, CivilDays, CivilRule, Effect, Missed, Task, TaskKind, Timer,
    When, WhenUnknown,
};
pub use event::{Entrance, Event, EventWhat, Origin, Post, Said, minted_at, minted_key};
pub use evidence::{Clock, Evidence, Extent};
pub use fact::{
    BODY_BYTES, Fact, FactError, FactKind, JoinManner, LeaveManner, ServiceKind, SourceKey,
};
pub use feature::{FeatureWord, ListHit, Media, Question, Script};
pub use handover::{HandState, HeldKind};
pub use ids::{GroupId, IdentityId, ImportId, OrgId, Seq};
pub use team::{Actor, May, Role, Scope, StaffId};
pub use time::{Day, LocalTime, Millis, Zone, ZoneError};
pub use told::{
    GroupCard, GroupRef, Mention, Message, PersonCard, PersonRef, Sink, Stop, Told, What,
};
pub use warning::{Place, Warning, WarningCode};
