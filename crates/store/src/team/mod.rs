//! Staff, their sessions and invitations, and the audit log of what they did.
//!
//! Invariant: a change that a member of staff makes and its line of the audit log are one
//! transaction ([`note`]). Tokens are kept as their SHA-256 only; passwords as PHC strings.

pub(crate) mod audit;

pub use audit::Acting;
pub(crate) use audit::note;
