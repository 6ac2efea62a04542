//! Figures of one group and of all, for any window, with what stands behind them.
//!
//! Reading order: `community` is everything that the report knows of one group, kept for who asks
//! next; `kept` is where such things are kept.
//!
//! Invariant: only groups within the scope of who asks are counted.

mod community;
mod kept;

pub(crate) use kept::Shown;
