//! Lines of a group's log as HTML: viewer-independent, one template for pages and live fragments.
//!
//! Reading order: [`Cast`] knows names; [`Scene`] is all that a list of lines is shown with;
//! [`LineView`] is one line as plain data; `words` turns a text into safe HTML; [`Rendered`] keeps
//! what was just rendered, so that a thousand watchers cost one rendering.
//!
//! Invariant: no text of a person reaches a page unescaped; a message that was taken back shows
//! nothing of its words.

mod cast;
mod page;
mod rendered;
mod scene;
mod view;
mod words;

pub(crate) use cast::Cast;
pub(crate) use page::{Sight, Viewer, Window, scene};
pub(crate) use rendered::Rendered;
pub(crate) use scene::{Quote, Scene};
pub(crate) use view::{Badge, color, face, hue};
pub(crate) use words::{excerpt, linked};
