//! The workshop: checks and tools for people who work on huoqun. Nothing here ships.
//!
//! Reading order: [`tidy`] holds the rules of the house; [`sample`] writes the shipped
//! samples; [`bench`] measures; [`root`] is where they apply.

pub mod bench;
pub mod sample;
pub mod tidy;

use std::path::{Path, PathBuf};

/// The folder of the workspace, as it was when this was built.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
