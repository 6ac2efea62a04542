//! What the Chinese platforms' exports have in common: system rows in prose that call people by
//! the name they showed at that time, and placeholders for media.

mod book;
mod clock;
mod names;
mod placeholders;
mod quoted;

pub(crate) use book::Book;
pub(crate) use clock::clock;
pub(crate) use names::Names;
pub(crate) use placeholders::without_placeholders;
pub(crate) use quoted::{Notice, People, notice};
