//! What the person gave, as a flat list of readable entries: plain files, folders, and what is
//! inside .zip, .gz and .zst, decompressed; text decoded from UTF-8, UTF-16 or GB18030.
//!
//! Invariants: only names and first bytes stay in memory, and each entry is opened anew when it is
//! read; what comes out of an archive is counted against [`Limits`] while it is read, whatever its
//! header promises. Nothing is written to disk: an archive inside an archive is read in place.

mod encoding;
mod entry;
mod limits;
mod magic;
mod open;
mod source;
mod text;
mod zipped;

use crate::error::ImportError;
use std::path::PathBuf;

pub use entry::Entry;
pub use limits::Limits;
pub use text::{TextLine, TextReader};

/// Bytes of an entry kept for recognising it; fewer when there are very many entries.
pub(crate) const HEAD_BYTES: usize = 64 * 1024;

/// Longest line that is kept whole, in bytes; the rest of a longer one is dropped with a warning.
pub(crate) const LINE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Everything the person gave.
#[derive(Debug, Default)]
pub struct Bundle {
    name: String,
    folder: String,
    entries: Vec<Entry>,
}

impl Bundle {
    /// Opens files, folders (with everything below, in the order of names) and archives.
    ///
    /// Several paths: what comes out of a folder or an archive then stands under its name, so that
    /// two exports with the same file names stay apart.
    ///
    /// Errors: [`ImportError::Unreadable`], [`ImportError::Empty`], [`ImportError::Encrypted`],
    /// [`ImportError::Truncated`] and [`ImportError::Malformed`] for damaged archives,
    /// [`ImportError::Bomb`] for too many entries, [`ImportError::Unsupported`] for other archives.
    pub fn open(paths: &[PathBuf], limits: Limits) -> Result<Self, ImportError> {
        let name = paths.first().map(|path| path.display().to_string()).unwrap_or_default();
        let entries = open::entries(paths, limits)?;
        if entries.iter().all(Entry::is_empty) {
            return Err(ImportError::Empty(name));
        }
        Ok(Self { name, folder: only_folder(paths), entries })
    }

    /// A bundle of entries that are in memory, for tests.
    pub fn of(files: &[(&str, &[u8])]) -> Self {
        let entries = files.iter().map(|(path, bytes)| Entry::in_memory(path, bytes)).collect();
        Self { name: "memory".to_owned(), folder: String::new(), entries }
    }

    /// The same as if it had been a folder of this name, for tests.
    #[must_use]
    pub fn in_folder(self, name: &str) -> Self {
        Self { folder: name.to_owned(), ..self }
    }

    /// What the person called it: the first path given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Name of the folder, where the person gave one folder and nothing else; else empty. The
    /// paths of the entries begin below it.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// All entries, archives unpacked, ordered by path within each path given.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Bytes that will be read in all, decompressed, as far as known (for the progress bar).
    pub fn bytes(&self) -> u64 {
        self.entries.iter().map(Entry::bytes).sum()
    }
}

fn only_folder(paths: &[PathBuf]) -> String {
    let [path] = paths else { return String::new() };
    // Also "." has a name.
    let folder = path.canonicalize().ok().filter(|path| path.is_dir());
    let name = folder.as_ref().and_then(|path| path.file_name());
    name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
