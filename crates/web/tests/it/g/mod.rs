//! Pages of a group.

mod announcements;
mod chat;
mod events;
mod keeping;
mod members;
mod messages;
