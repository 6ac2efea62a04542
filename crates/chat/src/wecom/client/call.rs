//! Calls as data: path, limits, whether they may be repeated blindly, and what they carry.

use crate::wecom::budget::{Limit, PER_CALL};
use crate::wecom::client::error::CallError;

/// One call of the platform.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) path: &'static str,
    pub(crate) repeat: Repeat,
    pub(crate) limits: &'static [Limit],
    /// Its answers hold a secret and are never quoted.
    pub(crate) hushed: bool,
}

/// What comes of making a call a second time when nobody knows what came of the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// The same as of making it once.
    Repeatable,
    /// A second thing made, a second message sent.
    Once,
}

impl Call {
    /// A call that asks, or sets what may be set twice.
    pub(crate) const fn repeatable(path: &'static str) -> Self {
        Self { path, repeat: Repeat::Repeatable, limits: &PER_CALL, hushed: false }
    }

    /// A call that makes something.
    pub(crate) const fn once(path: &'static str) -> Self {
        Self { path, repeat: Repeat::Once, limits: &PER_CALL, hushed: false }
    }

    /// The same with other limits than the usual ones.
    pub(crate) const fn within(self, limits: &'static [Limit]) -> Self {
        Self { limits, ..self }
    }

    /// The same, with answers that hold a secret.
    pub(crate) const fn hushed(self) -> Self {
        Self { hushed: true, ..self }
    }

    /// Whether the same request may go out again after this error.
    pub(crate) fn may_go_again(&self, error: &CallError) -> bool {
        self.repeat == Repeat::Repeatable || !error.may_be_done()
    }
}

/// One request, without its token.
#[derive(Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) call: Call,
    pub(crate) query: &'a [(&'a str, &'a str)],
    pub(crate) body: Body<'a>,
}

/// What a request carries.
#[derive(Clone, Copy)]
pub(crate) enum Body<'a> {
    /// Nothing: it is a GET.
    Nothing,
    /// JSON.
    Json(&'a [u8]),
    /// A file under its name, as the part `media`.
    File { name: &'a str, bytes: &'a [u8] },
}
