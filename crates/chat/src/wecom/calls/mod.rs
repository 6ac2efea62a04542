//! The calls of the platform, typed: a file per family, each a few methods of
//! [`Client`](crate::wecom::Client).
//!
//! Invariants: what breaks a limit that the documents name is refused here, with its name and the
//! limit, and never sent; answers are read tolerantly (unknown fields ignored, missing ones empty);
//! moments are [`Millis`](domain::Millis) on our side and seconds on theirs; a list that comes in
//! pages is given page by page with a cursor that the caller keeps.
//!
//! Source of shapes and limits: the documents as of 2026-02-12.

mod addresses;
pub mod attachments;
pub mod contacts;
pub mod groups;
mod lenient;
pub mod media;
mod page;
pub mod staff;
mod within;

pub use page::Page;
pub use within::{Beyond, Unit};

/// An answer that says nothing but that it is done.
#[derive(serde::Deserialize)]
struct Done {}
