//! How often which call may be made: the platform's limits as data, and what they leave.

use std::collections::VecDeque;

use domain::Millis;

/// Most calls in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// Calls.
    pub most: u32,
    /// Milliseconds.
    pub within_ms: i64,
}

/// Of the platform's number so much is used: other programs of the company call, too, and its
/// windows begin when they like.
const SHARE: u32 = 8;
const OF: u32 = 10;

/// Limits of one call and one company: 10,000 a minute and 150,000 an hour.
///
/// Source: 主动调用频率限制, as of 2026-02-12.
pub const PER_CALL: [Limit; 2] = [
    Limit { most: 10_000, within_ms: Millis::MINUTE },
    Limit { most: 150_000, within_ms: Millis::HOUR },
];

/// Limits of one address over all calls: 20,000 a minute and 600,000 an hour. Same source.
pub const PER_ADDRESS: [Limit; 2] = [
    Limit { most: 20_000, within_ms: Millis::MINUTE },
    Limit { most: 600_000, within_ms: Millis::HOUR },
];

/// What was called of late, in slices of a limit's time.
#[derive(Clone, Debug)]
pub struct Budget {
    windows: Vec<Window>,
}

/// Slices in which a window is counted: calls are forgotten a tenth of it at a time.
const SLICES: i64 = 10;

#[derive(Clone, Debug)]
struct Window {
    most: u32,
    slice_ms: i64,
    /// Number of a slice, and calls in it; the latest last.
    slices: VecDeque<(i64, u32)>,
}

impl Budget {
    /// Nothing was called yet.
    pub fn of(limits: &[Limit]) -> Self {
        let window = |limit: &Limit| Window {
            most: (limit.most / OF * SHARE).max(1),
            slice_ms: (limit.within_ms / SLICES).max(1),
            slices: VecDeque::new(),
        };
        Self { windows: limits.iter().map(window).collect() }
    }

    /// Takes one call at this moment; otherwise the milliseconds to wait until there may be room.
    pub fn take(&mut self, now: Millis) -> Result<(), i64> {
        let waits = self.windows.iter_mut().filter_map(|window| window.wait(now));
        if let Some(wait) = waits.max() {
            return Err(wait);
        }
        self.windows.iter_mut().for_each(|window| window.count(now));
        Ok(())
    }
}

impl Window {
    fn wait(&mut self, now: Millis) -> Option<i64> {
        let slice = now.0.div_euclid(self.slice_ms);
        while self.slices.front().is_some_and(|(old, _)| slice - old > SLICES) {
            self.slices.pop_front();
        }
        let used: u32 = self.slices.iter().map(|(_, calls)| calls).sum();
        let (oldest, _) = self.slices.front().filter(|_| used >= self.most)?;
        Some((oldest + SLICES + 1) * self.slice_ms - now.0)
    }

    fn count(&mut self, now: Millis) {
        let slice = now.0.div_euclid(self.slice_ms);
        match self.slices.back_mut() {
            // A clock that went back counts where it was.
            Some((last, calls)) if *last >= slice => *calls += 1,
            _ => self.slices.push_back((slice, 1)),
        }
    }
}
