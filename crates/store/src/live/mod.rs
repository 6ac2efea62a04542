//! Groups that live: their heads and leases, the one commit of their writers, and what is read
//! back of them.
//!
//! Invariant: facts, words, state, members, timers, tasks and outbox rows of a decision are
//! written in one transaction under the fence of the group's holder, or not at all.

mod closing;
mod commit;
mod groups;
mod intake;
mod leases;
mod lines;
mod links;
mod organisations;
mod outbox;
mod people;
mod rows;
mod tasks;
mod timers;

pub use closing::Closing;
pub(crate) use commit::NewSpan;
pub(crate) use groups::open;
pub(crate) use lines::{Known, actor};
pub use outbox::Settled;
pub(crate) use outbox::actions;
pub use rows::{
    Fired, GroupWrite, Head, IntakeRow, Lease, LineRow, LinkRow, LiveGroupRow, LiveWrite,
    MemberRow, NewLiveGroup, Organisation, OutboxRow, OutboxState, TaskRow, TaskState, TimerRow,
};
