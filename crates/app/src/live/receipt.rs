//! What became of a submitted event.

use std::sync::Arc;

use domain::{GroupId, Seq};
use engine::Refusal;

/// The event is committed, or kept for certain to be ([`Receipt::waits`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Place of its first fact; of the fact it repeats when it was told before.
    pub seq: Seq,
    /// The same event had been committed before: nothing was done again.
    pub again: bool,
}

impl Receipt {
    /// Something that a platform told of a group which another node holds: kept in the intake
    /// until the holder decides it.
    pub(crate) const WAITS: Self = Self { seq: Seq(0), again: false };

    /// Whether the event is durable, but has no place in the log yet.
    pub fn waits(self) -> bool {
        self == Self::WAITS
    }
}

/// The event is not committed.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Refused {
    /// The domain says no.
    #[error(transparent)]
    Domain(#[from] Refusal),
    /// Somebody else used this key for something else: mint another one.
    #[error("this message number is taken")]
    KeyTaken,
    /// Too much waits already; try again shortly.
    #[error("too much is waiting")]
    Busy,
    /// There is no such live group in this organisation.
    #[error("there is no such group")]
    NoSuchGroup,
    /// It could not be processed and was set aside for staff (处理失败).
    #[error("it could not be processed and was set aside")]
    SetAside,
    /// The program is stopping.
    #[error("the program is stopping")]
    Stopping,
    /// The world failed; nothing of it is kept. Shared by all that went into one commit.
    #[error(transparent)]
    Fault(Arc<crate::Fault>),
}

impl Refused {
    /// The stable code, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Domain(refusal) => refusal.code(),
            Self::KeyTaken => "key_taken",
            Self::Busy => "busy",
            Self::NoSuchGroup => "no_such_group",
            Self::SetAside => "set_aside",
            Self::Stopping => "stopping",
            Self::Fault(_) => "fault",
        }
    }
}

impl Refused {
    /// Another node holds the group. Inside the pipeline only: who submits is told to come again.
    pub(crate) fn elsewhere(group: GroupId) -> Self {
        Self::from(store::Fault::FenceLost { group })
    }

    pub(crate) fn is_elsewhere(&self) -> bool {
        let Self::Fault(fault) = self else { return false };
        matches!(**fault, crate::Fault::Store(store::Fault::FenceLost { .. }))
    }
}

impl From<crate::Fault> for Refused {
    fn from(fault: crate::Fault) -> Self {
        Self::Fault(Arc::new(fault))
    }
}

impl From<store::Fault> for Refused {
    fn from(fault: store::Fault) -> Self {
        Self::from(crate::Fault::from(fault))
    }
}
