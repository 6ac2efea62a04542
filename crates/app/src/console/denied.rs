//! Why the console does not do something. Words are chosen by the face.

use domain::May;

use crate::error::Fault;
use crate::live::Refused;

/// A field of a form that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// Name of the field.
    pub field: &'static str,
    /// Stable code, in snake case: `missing`, `too_long`, `taken`, …
    pub code: &'static str,
}

/// Why the console does not do something.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// The role does not suffice.
    #[error("the role does not allow {0:?}")]
    NotAllowed(May),
    /// There is no such thing, or none within the scope: never told apart.
    #[error("there is no such thing within the scope")]
    Missing,
    /// The form is wrong; nothing was changed.
    #[error("the form is wrong: {0:?}")]
    Wrong(Vec<FieldError>),
    /// It was changed by somebody else meanwhile; nothing was done.
    #[error("it was changed meanwhile")]
    Changed,
    /// The live group refuses.
    #[error(transparent)]
    Refused(Refused),
    /// The world failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl Denied {
    /// One wrong field.
    pub fn field(field: &'static str, code: &'static str) -> Self {
        Self::Wrong(vec![FieldError { field, code }])
    }
}

impl From<store::Fault> for Denied {
    fn from(fault: store::Fault) -> Self {
        Self::Fault(fault.into())
    }
}

impl From<Refused> for Denied {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}
