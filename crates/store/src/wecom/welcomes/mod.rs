//! Welcomes of a company (欢迎语): those that wait and went out, what is written for newcomers, its
//! media, and the welcomes of groups.
//!
//! Invariants: a code stands once, and only one takes it, before the platform is called; what was
//! taken never waits again. What is written is marked when it is taken away, never deleted; media
//! that nothing speaks of any more are.

mod groups;
mod media;
mod sent;
mod wordings;

pub use groups::{GroupWelcomeRow, GroupWelcomeThere};
pub use media::{MediumRow, NewMedium, Uploaded};
pub(super) use sent::put_welcomes;
pub use sent::{NewWelcome, WelcomeEnd, WelcomeRow, WelcomeState};
pub use wordings::{WordingChange, WordingPlace, WordingRow};
