//! Groups that live: their heads and leases, the one commit of their writers, and what is read
//! back of them.
//!
//! Invariant: facts, words, state, members, timers, tasks and outbox rows of a decision are
//! written in one transaction under the fence of the group's holder, or not at all.

mod rows;

pub use rows::{
    Fired, GroupWrite, Head, IntakeRow, LineRow, LinkRow, LiveGroupRow, LiveWrite, MemberRow,
    NewLiveGroup, Organisation, OutboxRow, OutboxState, TaskRow, TaskState, TimerRow,
};
