//! Figures of one group and of all, for any window, with what stands behind them.
//!
//! Reading order: `community` is everything that the report knows of one group, kept for who asks
//! next; `kept` is where such things are kept; `whole` is the same for all groups together, read in
//! the background; `period` are the windows of a form; `behind` lists the people and messages that a
//! figure counted.
//!
//! Invariant: only groups within the scope of who asks are counted.

mod behind;
mod community;
mod kept;
mod period;
mod whole;

pub use behind::{BEHIND_MAX, Behind, Listed, MessageBehind, PersonBehind};
pub(crate) use kept::Shown;
pub use period::{Beside, Period, Stretch, Typed};
pub use whole::Whole;
