//! The faces: member pages of groups on our own chat, and the console of staff.
//!
//! Reading order: [`router`] has all addresses; `door` is what every request passes (guest cookie,
//! language, limits, origin of forms); `member` are the pages of a group; `line` makes a line of
//! the log HTML; `console` is where staff work; `hooks` are called by platforms; `links` are what
//! printed codes lead to; `machines` is for
//! those that watch this one; `trouble` puts into words what went wrong.
//!
//! Invariants: pages work without JavaScript; nothing inline, nothing from elsewhere (a content
//! policy forbids both); every act carries a key, so that doing it twice is doing it once; what a
//! person wrote is cleaned by [`chat::web`] and escaped by the templates.

mod assets;
mod console;
mod door;
mod hooks;
mod house;
mod line;
mod links;
mod machines;
mod member;
mod router;
#[cfg(test)]
mod samples;
mod serve;
mod settings;
mod trouble;
mod words;

pub use door::{Limits, Rate};
pub use router::router;
pub use serve::serve;
pub use settings::{Incidents, WebSettings};
