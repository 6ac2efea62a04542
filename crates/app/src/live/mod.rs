//! Groups that live: what comes in is decided by one writer per group and committed in one go.
//!
//! Reading order: [`Live`] is the handle that faces and platforms use. `Live::submit` hands an
//! event to the writer and waits for its commit; [`Live::watch`] gives the lines of a group as they
//! are committed; `lines_*` read them again. Behind it: `writer` takes what waits (up to a
//! thousand events over all groups), `batch` drops duplicates and decides on scratch copies,
//! `project` keeps the day pages at most a second behind, `timers` fires what falls due, `outbox`
//! sends.
//!
//! Invariants: all writes of a group go through its writer; facts, words, state, members, timers,
//! tasks and outbox rows of one decision commit together with the group's next `seq`; nobody is
//! told of what is not committed; an event is acknowledged only after its commit.

mod line;
mod receipt;

pub use line::Line;
pub use receipt::{Receipt, Refused};
