//! A company that outlives its process: the books and the clock in one file.
//!
//! Invariant: the file is whole at every moment, as it is written beside and moved into place.
//! Tokens, faults and letters that wait are not in it: as after a break of the platform.

use std::io;
use std::path::Path;

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::Books;

#[derive(Deserialize)]
struct Kept {
    now: Millis,
    books: Books,
}

#[derive(Serialize)]
struct Keeping<'a> {
    now: Millis,
    books: &'a Books,
}

/// What was kept; `None` when there is no file yet.
///
/// Errors: when it cannot be read, or is no company.
pub(crate) fn load(path: &Path) -> io::Result<Option<(Millis, Books)>> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let Kept { now, books } = serde_json::from_slice(&bytes).map_err(io::Error::other)?;
            Ok(Some((now, books)))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Keeps a company.
pub(crate) fn save(path: &Path, now: Millis, books: &Books) -> io::Result<()> {
    let bytes = serde_json::to_vec(&Keeping { now, books }).map_err(io::Error::other)?;
    let beside = path.with_extension("new");
    std::fs::write(&beside, bytes)?;
    std::fs::rename(beside, path)
}
