//! How far an import under way is, and the way to stop it.

use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::watch::{Phase, Watch};

/// How far an import under way is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it does; `None` while it waits in line.
    pub phase: Option<Phase>,
    /// Of how many bytes (reading) or records (the rest); 0 when that is not known.
    pub total: u64,
    /// How many of them are done.
    pub done: u64,
    /// The file that is read.
    pub file: String,
}

/// An import under way.
#[derive(Debug, Default)]
pub(super) struct Ride {
    phase: AtomicU8,
    total: AtomicU64,
    done: AtomicU64,
    file: Mutex<String>,
    is_cancelled: AtomicBool,
    is_ending: AtomicBool,
}

impl Ride {
    /// Somebody wants it stopped; whether nobody wanted that before.
    pub(super) fn cancel(&self) -> bool {
        !self.is_cancelled.swap(true, Ordering::Relaxed)
    }

    /// The program ends: what is under way is left as interrupted.
    pub(super) fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
    }

    pub(super) fn is_ending(&self) -> bool {
        self.is_ending.load(Ordering::Relaxed)
    }

    pub(super) fn progress(&self) -> Progress {
        let phase = match self.phase.load(Ordering::Relaxed) {
            1 => Some(Phase::Reading),
            2 => Some(Phase::Writing),
            3 => Some(Phase::Folding),
            _ => None,
        };
        Progress {
            phase,
            total: self.total.load(Ordering::Relaxed),
            done: self.done.load(Ordering::Relaxed),
            file: self.file.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}

impl Watch for Ride {
    fn phase(&self, phase: Phase, total: u64) {
        let code = match phase {
            Phase::Reading => 1,
            Phase::Writing => 2,
            Phase::Folding | Phase::Quoting => 3,
        };
        // Groups are folded one after the other: the count goes on.
        if self.phase.swap(code, Ordering::Relaxed) != code {
            self.done.store(0, Ordering::Relaxed);
        }
        self.total.store(total, Ordering::Relaxed);
    }

    fn file(&self, name: &str) {
        name.clone_into(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn read_bytes(&self, bytes: u64) {
        self.done.fetch_add(bytes, Ordering::Relaxed);
    }

    fn handled(&self, facts: u64) {
        self.done.fetch_add(facts, Ordering::Relaxed);
    }

    fn cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed) || self.is_ending()
    }
}
