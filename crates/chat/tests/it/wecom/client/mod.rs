//! The client against a practice company, and against a platform that answers as it is told.

mod addresses;
mod families;
pub(super) mod house;
mod limits;
mod pages;
mod secrets;
pub(super) mod stub;
mod tokens;
mod tries;
