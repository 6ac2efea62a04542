//! Welcomes (D01–D04): who gets which, and in which words.
//!
//! Reading order: [`When`] says for whom a welcome is and [`choose`] picks one; [`Text`] is its
//! words with slots, rendered into what the customer reads; [`Beside`] is what goes with them;
//! [`next_step`] says what the platform's answer to one try means.
//!
//! Invariants: the first welcome that fits is taken; what is put into a slot is never read for
//! slots again; only names are cut, what does not fit otherwise is left out and named; a
//! try whose outcome nobody knows is never told as sent.

mod beside;
mod choice;
mod fate;
mod text;

pub use beside::Beside;
pub use choice::{Duty, Hours, Newcomer, When, choose};
pub use fate::{Answered, Step, Tried, Untold, next_step};
pub use text::{Known, Rendered, Slot, Text, UnknownSlot, plain_name};
