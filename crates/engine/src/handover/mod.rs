//! Handing over what a member of a company holds (在职继承, 离职继承): planned before it begins,
//! followed until it ends.
//!
//! Reading order: `limits` are the platform's rules as data; `plan` says who takes what on which
//! day and what cannot move; `batches` are the calls that may be made now; `follow` decides what an
//! answer means and when to look again.
//!
//! Invariants: pure, the moment comes in; every thing that is held is either in the plan or among
//! what stays, with the reason; nothing that was asked for is asked for again before it was looked
//! up; days are those of the platform (UTC+8), whatever the organisation's zone is.

mod batches;
mod follow;
mod limits;
mod plan;

pub use batches::{Batch, Batches, batches};
pub use follow::{Answer, Followed, Settled, look_again, settle};
pub use limits::{Limits, Rule, day_of, morning};
pub use plan::{Held, Move, Plan, Stay, Takers, Terms, plan};
