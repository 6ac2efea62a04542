//! Why a call gave nothing to use, and what is to be done.

use std::net::IpAddr;

use domain::Millis;

use crate::wecom::answer::{Asked, Lack, Next, Refusal};
use crate::wecom::calls::Beyond;

/// A call that gave nothing to use. Token and secret are never in it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The platform would refuse what was asked; it was not called.
    #[error(transparent)]
    Beyond(#[from] Beyond),
    /// The limit of this call is used up; it was not called.
    #[error("{call} may not be called before {}", until.0)]
    Shut {
        /// Path of the call.
        call: &'static str,
        /// When it may be called again.
        until: Millis,
    },
    /// No connection came about: certainly nothing was asked.
    #[error("no connection: {0}")]
    Unreached(String),
    /// No token was given, so nothing else could be asked.
    #[error("no token: {0}")]
    NoToken(Refusal),
    /// The platform refused, was silent, or said what is not understood.
    #[error("{0}")]
    Refused(Refusal),
}

/// System busy (系统繁忙): the call may have taken effect.
const BUSY: i64 = -1;

impl CallError {
    /// What to do. The client has done what it may: a token was refreshed once, a repeatable call
    /// was made again; so [`Next::Refresh`] means that a new token was refused as well.
    pub fn next(&self) -> Next {
        match self {
            Self::Beyond(_) => Next::Drop,
            Self::Shut { .. } => Next::Later,
            Self::Unreached(_) => Next::Soon,
            Self::NoToken(refusal) => refusal.next(Asked::Token),
            Self::Refused(refusal) => refusal.next(Asked::Business),
        }
    }

    /// What somebody has to set right on the platform.
    pub fn lack(&self) -> Option<Lack> {
        match self.next() {
            Next::Tell(lack) => Some(lack),
            Next::Refresh => Some(Lack::Secret),
            _ => None,
        }
    }

    /// What the platform or the network said.
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::NoToken(refusal) | Self::Refused(refusal) => Some(refusal),
            Self::Beyond(_) | Self::Shut { .. } | Self::Unreached(_) => None,
        }
    }

    /// The platform's code.
    pub fn code(&self) -> Option<i64> {
        match self.refusal()? {
            Refusal::Code { code, .. } => Some(*code),
            Refusal::Silence(_) | Refusal::Shape(_) => None,
        }
    }

    /// From which address the platform saw us, where it says so.
    pub fn address_seen(&self) -> Option<IpAddr> {
        self.refusal()?.address_seen()
    }

    /// Whether the call may have taken effect although it failed: what makes something is then
    /// looked up before it is made again.
    pub fn may_be_done(&self) -> bool {
        match self {
            Self::Refused(Refusal::Code { code, .. }) => *code == BUSY,
            Self::Refused(Refusal::Silence(_) | Refusal::Shape(_)) => true,
            Self::Beyond(_) | Self::Shut { .. } | Self::Unreached(_) | Self::NoToken(_) => false,
        }
    }
}
