//! Each family of definitions against numbers reckoned by hand.

mod activity;
mod answers;
mod arrival;
mod definitions;
mod flow;
mod interaction;
mod nightly;
mod regulars;
mod retention;
mod roles;
mod ties;
mod unknown;
