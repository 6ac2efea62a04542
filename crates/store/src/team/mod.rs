//! Staff, their sessions and invitations, and the audit log of what they did.
//!
//! Invariant: a change that a member of staff makes and its line of the audit log are one
//! transaction ([`note`]). Tokens are kept as their SHA-256 only; passwords as PHC strings. An
//! organisation that has an owner never loses the last one.

pub(crate) mod audit;
mod chat_seats;
mod handover;
mod invitations;
mod rows;
mod sessions;
mod staff;
mod welcome;

pub use audit::{Acting, AuditQuery, AuditRow};
pub(crate) use audit::{note, number};
pub use chat_seats::ChatSeat;
pub use handover::{Handed, Holdings, KeptGroup};
pub use invitations::{InvitationRow, Invites};
pub use rows::{
    Grant, NewSession, NewStaff, SessionRow, SessionSeen, StaffChange, StaffRow, StaffState,
    TokenHash,
};
