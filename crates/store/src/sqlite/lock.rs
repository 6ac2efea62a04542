//! The right to change the past of the log: an advisory lock on a file beside the database.
//!
//! The system gives it back when the process ends, however it ends.

use std::fs::{File, TryLockError};
use std::path::Path;

use crate::fault::{Fault, Result};

/// Held while it lives.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, or says `None` when somebody else holds it.
    pub(crate) fn take(database: &Path) -> Result<Option<Self>> {
        let mut path = database.as_os_str().to_owned();
        path.push("-importing");
        let opened = File::options().create(true).truncate(false).write(true).open(path);
        let file = opened.map_err(|source| Fault::ReadOnly { source: Box::new(source) })?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Fault::Other { source: Box::new(source) }),
        }
    }
}
