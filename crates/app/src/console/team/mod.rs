//! Staff: who they are, how they come in, what they are given, and what they did.
//!
//! Reading order: `password` and `token` are the secrets; `seats` are sessions; `terminal` is what
//! whoever holds the machine may do; `colleagues` are staff and changes of them; `invitations`
//! make links and `welcome` uses them; `handover` is a leaver's, `chat_seats` the end of their
//! seats in chats; `log` is the audit log.
//!
//! Invariants: nobody changes the own role or state; nobody gives or touches the own role or above
//! ([`domain::Actor::commands`]), nor groups or people beyond the own scope; a secret is never
//! kept, only its hash.

mod chat_seats;
mod colleagues;
mod handover;
mod invitations;
mod log;
mod password;
mod seats;
mod terminal;
mod token;
mod welcome;
mod words;

pub use chat_seats::SeatEnd;
pub use colleagues::Colleague;
pub use handover::{HandedOver, Handing, Takeover, Taking};
pub use invitations::{Invitation, Link};
pub use log::{LogLine, LogPage, LogQuery};
pub(crate) use password::Hashing;
pub use seats::{Device, Opened, Seat, SessionRow};
pub use store::{Grant, Invites, StaffRow, StaffState};
pub use terminal::{add_owner, add_owner_by_link, demo_link, first_link, reset_link};
pub use welcome::{Welcoming, Wished};
