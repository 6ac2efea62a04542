//! Use cases: what a person asks of huoqun, put together from the pure crates and the store.
//!
//! Reading order: [`ReadRequest`] is read to its end into a spool (`reading`, `intake`, `spool`),
//! settled (`settle`: nothing counts twice), folded into day pages (`pages`), and shaped into a
//! report (`shape`). [`report_files`] does it all without a trace; `import_files` writes the same
//! facts to the store.

pub mod console;
mod error;
mod import_files;
mod intake;
mod judging;
pub mod links;
pub mod live;
mod pages;
mod project;
mod reading;
mod rebuild;
mod report_files;
mod report_group;
mod settle;
mod shape;
mod spool;
mod watch;
pub mod wecom;
pub mod words;
mod writing;

pub use error::Fault;
pub use import_files::{ImportRequest, Imported, import_files, import_into};
pub use intake::Roles;
pub use reading::ReadRequest;
pub use rebuild::{Rebuilt, imports, judge_at, rebuild, undo_import, undo_in};
pub use report_files::report_files;
pub use report_group::report_group;
pub use shape::Asked;
pub use watch::{Phase, Unwatched, Watch};
