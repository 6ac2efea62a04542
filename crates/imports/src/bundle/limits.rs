//! How much an archive may unpack to, counted while it is read.

use crate::error::ImportError;
use domain::Place;
use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Entries below this unpacked size are never refused for their ratio: a small log of one word
/// packs a thousandfold without harm.
const RATIO_FROM_BYTES: u64 = 64 << 20;

/// Limits on what archives may unpack to.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of all entries together.
    pub unpacked_bytes: u64,
    /// Unpacked size of one entry over its packed size, asked from 64 MiB unpacked on.
    pub ratio: u64,
    /// Number of entries.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { unpacked_bytes: 64 << 30, ratio: 1_000, entries: 200_000 }
    }
}

/// Counts what one entry has unpacked to, once however often it is read.
#[derive(Debug)]
pub(super) struct Meter {
    limits: Limits,
    /// Of all entries of the bundle.
    total: Arc<AtomicU64>,
    /// The furthest byte of this entry that was read.
    reached: AtomicU64,
    packed: u64,
    place: Place,
}

impl Meter {
    pub(super) fn new(limits: Limits, total: Arc<AtomicU64>, packed: u64, path: &str) -> Self {
        let place = Place { file: path.to_owned(), line: 0 };
        Self { limits, total, reached: AtomicU64::new(0), packed: packed.max(1), place }
    }

    fn reach(&self, position: u64) -> Result<(), ImportError> {
        let before = self.reached.fetch_max(position, Ordering::Relaxed);
        let more = position.saturating_sub(before);
        let total = self.total.fetch_add(more, Ordering::Relaxed).saturating_add(more);
        if total > self.limits.unpacked_bytes {
            return Err(self.bomb(self.limits.unpacked_bytes, "total size"));
        }
        if position > RATIO_FROM_BYTES && position / self.packed > self.limits.ratio {
            return Err(self.bomb(self.packed.saturating_mul(self.limits.ratio), "ratio"));
        }
        Ok(())
    }

    fn bomb(&self, limit_bytes: u64, why: &'static str) -> ImportError {
        ImportError::Bomb { place: self.place.clone(), limit_bytes, why }
    }
}

/// A reader of unpacked bytes that stops at the limits.
pub(super) struct Metered<R> {
    pub(super) inner: R,
    pub(super) meter: Arc<Meter>,
    pub(super) position: u64,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.position += count as u64;
        self.meter.reach(self.position).map_err(ImportError::into_io)?;
        Ok(count)
    }
}
