//! How often a call may be made, and how often it was.
//!
//! Windows begin with the minute and the hour of the company's clock; who goes over the limit is
//! refused until the window ends (频率限制).

use std::collections::BTreeMap;

use domain::Millis;

use crate::wecom::books::{Refused, refused};

/// Most calls in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of one call, a minute.
    pub call_minute: u32,
    /// Of one call, an hour.
    pub call_hour: u32,
    /// Of all calls together, a minute.
    pub all_minute: u32,
    /// Of all calls together, an hour.
    pub all_hour: u32,
    /// Of one call at the same time (45033).
    pub at_once: u32,
    /// Messages of the app to one member of staff, a minute; more are dropped in silence.
    pub messages_minute: u32,
    /// The same, an hour.
    pub messages_hour: u32,
    /// Pictures of `media/uploadimg`, a day.
    pub pictures_day: u32,
    /// Milliseconds that a callback waits for its answer.
    pub answer_ms: u64,
}

impl Default for Limits {
    /// The platform's numbers (主动调用频率限制, as of 2026-02-12); how many at once is not told.
    fn default() -> Self {
        Self {
            call_minute: 10_000,
            call_hour: 150_000,
            all_minute: 20_000,
            all_hour: 600_000,
            at_once: 100,
            messages_minute: 30,
            messages_hour: 1_000,
            pictures_day: 1_000,
            answer_ms: 5_000,
        }
    }
}

/// What was called in the windows that run.
#[derive(Clone, Debug, Default)]
pub(crate) struct Usage {
    windows: BTreeMap<(String, i64), (i64, u32)>,
    running: BTreeMap<String, u32>,
}

impl Usage {
    /// Counts one of `what`, or says that there were too many in this window.
    pub(crate) fn count(&mut self, what: &str, most: u32, within: i64, now: Millis) -> bool {
        let window = now.0.div_euclid(within.max(1));
        let (at, used) = self.windows.entry((what.to_owned(), within)).or_insert((window, 0));
        if *at != window {
            (*at, *used) = (window, 0);
        }
        *used += 1;
        *used <= most
    }

    /// Counts a call.
    pub(crate) fn call(&mut self, path: &str, limits: &Limits, now: Millis) -> Result<(), Refused> {
        let counted = [
            self.count(path, limits.call_minute, Millis::MINUTE, now),
            self.count(path, limits.call_hour, Millis::HOUR, now),
            self.count("", limits.all_minute, Millis::MINUTE, now),
            self.count("", limits.all_hour, Millis::HOUR, now),
        ];
        let room = counted.iter().all(|room| *room);
        room.then_some(()).ok_or_else(|| refused(45_009, "api freq out of limit"))
    }

    /// A call begins; true while not too many of its kind run.
    pub(crate) fn begin(&mut self, path: &str, limits: &Limits) -> bool {
        let running = self.running.entry(path.to_owned()).or_default();
        *running += 1;
        *running <= limits.at_once
    }

    /// A call ended.
    pub(crate) fn end(&mut self, path: &str) {
        if let Some(running) = self.running.get_mut(path) {
            *running = running.saturating_sub(1);
        }
    }
}
