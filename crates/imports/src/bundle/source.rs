//! Where packed bytes lie: a stretch of a file on disk, or memory.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

/// Bytes that can be opened again and again, at any position.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// `length` bytes of a file from `start`.
    File { path: Arc<PathBuf>, start: u64, length: u64 },
    /// Held in memory (tests, and small archives inside compressed archives).
    Memory(Arc<[u8]>),
}

impl Source {
    pub(super) fn length(&self) -> u64 {
        match self {
            Self::File { length, .. } => *length,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// A stretch of this source.
    pub(super) fn part(&self, from: u64, bytes: u64) -> Self {
        match self {
            Self::File { path, start, length } => {
                let from = from.min(*length);
                let length = bytes.min(length - from);
                Self::File { path: path.clone(), start: start + from, length }
            }
            Self::Memory(all) => {
                let from = usize::try_from(from).unwrap_or(usize::MAX).min(all.len());
                let end = from.saturating_add(usize::try_from(bytes).unwrap_or(usize::MAX));
                Self::Memory(all.get(from..end.min(all.len())).unwrap_or_default().into())
            }
        }
    }

    pub(super) fn open(&self) -> io::Result<Window> {
        match self {
            Self::File { path, start, length } => {
                let mut file = File::open(path.as_path())?;
                if *start > 0 {
                    file.seek(SeekFrom::Start(*start))?;
                }
                Ok(Window { inner: Inner::File(file), start: *start, length: *length, position: 0 })
            }
            Self::Memory(bytes) => Ok(Window {
                inner: Inner::Memory(Cursor::new(bytes.clone())),
                start: 0,
                length: bytes.len() as u64,
                position: 0,
            }),
        }
    }
}

enum Inner {
    File(File),
    Memory(Cursor<Arc<[u8]>>),
}

/// An opened [`Source`]: reads and seeks within its stretch.
pub(super) struct Window {
    inner: Inner,
    start: u64,
    length: u64,
    position: u64,
}

impl Read for Window {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.length.saturating_sub(self.position)).unwrap_or(usize::MAX);
        let room = out.len().min(left);
        let out = out.get_mut(..room).unwrap_or_default();
        let count = match &mut self.inner {
            Inner::File(file) => file.read(out)?,
            Inner::Memory(cursor) => cursor.read(out)?,
        };
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for Window {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let position = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        let beyond = || io::Error::new(io::ErrorKind::InvalidInput, "seek before the beginning");
        let position = position.ok_or_else(beyond)?;
        let inside = SeekFrom::Start(self.start.checked_add(position).ok_or_else(beyond)?);
        match &mut self.inner {
            Inner::File(file) => file.seek(inside)?,
            Inner::Memory(cursor) => cursor.seek(inside)?,
        };
        self.position = position;
        Ok(position)
    }
}
