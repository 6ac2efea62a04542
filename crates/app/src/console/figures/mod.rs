//! Figures of one group and of all, for any window, with what stands behind them.
//!
//! Reading order: `community` is everything that the report knows of one group, kept for who asks
//! next; `kept` is where such things are kept; `whole` is the same for all groups together, read in
//! the background; `period` are the windows of a form; `behind` lists the people and messages
//! that a figure counted; `tally` defines the figures over all groups and `board` measures them.
//!
//! Invariant: only groups within the scope of who asks are counted.

mod behind;
mod board;
mod community;
mod kept;
mod period;
mod tally;
mod whole;

pub use behind::{BEHIND_MAX, Behind, Listed, MessageBehind, PersonBehind};
pub use board::{Board, GroupLine, Line, Pair};
pub(crate) use kept::Shown;
pub use period::{Beside, Calendar, Period, Stretch, Typed};
pub use tally::{Heads, TALLIES, Tally, Told, codes, defined, tally};
pub use whole::Whole;
