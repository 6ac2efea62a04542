//! Tiers above the day pages: one group on one day as sums and sets of people, and many groups
//! over one day or one month.
//!
//! Reading order: [`Sums`] are counts that add; [`GroupDay`] is what one page (with the days after
//! it, where its answers are) comes to; [`Tier`] holds many groups over one day or month, packed.
//!
//! Invariants: adding is commutative and associative, so days make months in any order; the sums of
//! one group over a window equal what [`crate::overview`] says of it. Identities are people here:
//! who was merged is resolved by the reader. What a source cannot show is not said here either:
//! a reader looks at the evidence of the groups.

mod day;
mod packed;
mod people;
mod sums;

pub use day::{GroupDay, group_day, reach_days};
pub use packed::Tier;
pub use people::People;
pub use sums::{ANSWER_WITHIN_MS, Sums};
