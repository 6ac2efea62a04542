//! A measured figure beside what it must reach.

use serde::Serialize;
use std::fmt;
use std::time::{Duration, Instant};

/// What a figure must not fall below or rise above.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// For orientation.
    None,
    /// At least this.
    AtLeast(f64),
    /// At most this.
    AtMost(f64),
}

/// One figure.
#[derive(Clone, Debug, Serialize)]
pub struct Measure {
    /// What was measured.
    pub name: String,
    /// The figure.
    pub value: f64,
    /// Its unit.
    pub unit: &'static str,
    /// What it must reach.
    pub bound: Bound,
    /// Whether it did.
    pub holds: bool,
}

/// All figures of a run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Sheet {
    /// In the order in which they were measured.
    pub measures: Vec<Measure>,
    /// Parts that could not be measured, and why.
    pub failed: Vec<String>,
}

impl Sheet {
    /// Notes a figure.
    pub fn note(&mut self, name: impl Into<String>, value: f64, unit: &'static str, bound: Bound) {
        let holds = match bound {
            Bound::None => true,
            Bound::AtLeast(least) => value >= least,
            Bound::AtMost(most) => value <= most,
        };
        self.measures.push(Measure { name: name.into(), value, unit, bound, holds });
    }

    /// Whether everything was measured and reached.
    pub fn holds(&self) -> bool {
        self.failed.is_empty() && self.measures.iter().all(|measure| measure.holds)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bound = match self.bound {
            Bound::None => String::new(),
            Bound::AtLeast(least) => format!("(at least {least})"),
            Bound::AtMost(most) => format!("(at most {most})"),
        };
        let verdict = if self.holds { "" } else { "  MISSED" };
        write!(f, "{:<58} {:>12.2} {:<12}{bound}{verdict}", self.name, self.value, self.unit)
    }
}

/// The clock of the bench.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
pub(super) fn now() -> Instant {
    Instant::now()
}

/// Runs work and tells how long it took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = now();
    let done = work();
    (done, began.elapsed())
}

/// Processor seconds of this process so far, all threads; 0 where the system does not tell. On a
/// busy machine this says more than the clock.
pub(super) fn processor_seconds() -> f64 {
    const TICKS_A_SECOND: f64 = 100.0; // USER_HZ, the same on every Linux
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / TICKS_A_SECOND
}

/// So many things in this time, as a rate a second.
pub(super) fn rate(count: u64, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-9)
}
