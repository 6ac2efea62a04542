//! What operators say about groups: kind, owner, back-up, tags; saved views; bulk changes.
//!
//! Invariant: a change and its line of the audit log are one transaction; one bulk change is whole
//! or not at all, and what it replaced is kept beside it so that it can be taken back.

mod bulk;
mod card;
mod members;
mod opening;
mod views;

pub use bulk::{BulkRow, TakenBack};
pub use card::{CardChange, CardRow};
pub use members::StayRow;
pub use opening::NewCard;
pub use views::{NewView, ViewRow};
