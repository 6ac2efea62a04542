//! The interface that every platform fills.

use std::future::Future;
use std::pin::Pin;

use domain::{Action, ActionKind, Capability, GroupId, OrgId, Seq};

/// A platform as the outbox uses it.
pub trait Platform: Send + Sync {
    /// The platform's word, such as `web`.
    fn word(&self) -> &'static str;
    /// What it can do of this kind.
    fn capability(&self, kind: ActionKind) -> Capability;
    /// How much may be sent in how much time.
    fn quota(&self) -> Quota;
    /// Does it.
    fn send<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Outcome>;
    /// Looks whether an errand with unknown outcome went through; `None` when it cannot tell.
    fn query<'a>(&'a self, errand: &'a Errand) -> Sending<'a, Option<Outcome>>;
}

/// An answer on its way.
pub type Sending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// So many actions in so much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Actions.
    pub actions: u32,
    /// In this many milliseconds.
    pub window_ms: i64,
}

/// One action on its way to a platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Of which organisation.
    pub org: OrgId,
    /// To which group.
    pub group: GroupId,
    /// The platform's own key of the group.
    pub key: String,
    /// The fact that led to it, and the how-manieth action of that decision: unique in the group.
    pub id: (Seq, u32),
    /// What to do.
    pub action: Action,
    /// How often it was tried before.
    pub tries: u32,
}

/// What came of an errand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done; what the platform answered, for the record.
    Sent {
        /// For instance the number of the message.
        result: String,
    },
    /// The platform says no, for good.
    Refused {
        /// Its reason.
        why: String,
    },
    /// Certainly not done; may be tried again.
    NotNow {
        /// Why.
        why: String,
        /// Not before so many milliseconds, when the platform says so.
        after_ms: Option<i64>,
    },
    /// Nobody knows whether it was done.
    Unknown {
        /// Why.
        why: String,
    },
}
