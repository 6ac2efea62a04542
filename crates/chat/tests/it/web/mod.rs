//! The built-in web chat.

mod keys;
mod mentions;
mod names;
mod sending;
mod texts;
