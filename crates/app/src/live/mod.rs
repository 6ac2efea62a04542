//! Groups that live: what comes in is decided by one writer per group and committed in one go.
//!
//! Reading order: [`Live`] is the handle that faces and platforms use. [`Live::submit`] hands an
//! event to the writer and waits for its commit; [`Live::watch`] gives the lines of a group as they
//! are committed; `lines_*` read them again (`room`). Behind it: `intake` fills in what the log and
//! the words tell; `writer` takes what waits (up to four thousand events over all groups), drops
//! duplicates, decides on scratch copies and commits; `project` keeps the day pages at most a
//! second behind; `timers` fires what falls due; `outbox` sends.
//!
//! Invariants: all writes of a group go through its writer; facts, words, state, members, timers,
//! tasks and outbox rows of one decision commit together with the group's next `seq`; nobody is
//! told of what is not committed; an event is acknowledged only after its commit.

mod book;
mod groups;
mod handle;
mod intake;
mod judges;
mod line;
mod loops;
mod outbox;
mod project;
mod receipt;
mod room;
mod seats;
mod settings;
mod staff;
mod stored;
mod timers;
mod watch;
mod writer;

pub use book::{Answer, Book, Holding, Known, Loaded};
pub(crate) use groups::code;
pub use groups::{NewGroup, WEB};
pub use handle::Live;
pub use intake::SetAside;
pub use judges::Refold;
pub use line::Line;
pub use loops::restart::Report;
pub use receipt::{Receipt, Refused};
pub use room::RoomView;
pub use seats::Account;
pub use settings::{Clock, LiveSettings};
pub use staff::{ActionId, Wanted};
pub use store::{LinkRow, LiveGroupRow, TaskRow, TaskState};
pub use stored::{Stored, asked_by};
pub use watch::{Seen, Watching};
pub use writer::{
    Answered, BY_STAFF, Desk, Entry, Errands, Held, KnownKeys, Matter, Poison, Prepared, Telling,
    Writer,
};
