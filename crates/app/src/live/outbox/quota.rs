//! How much a platform takes in how much time.

use std::collections::VecDeque;

use chat::Quota;
use domain::Millis;

/// The actions of the last window.
#[derive(Debug)]
pub(super) struct Window {
    quota: Quota,
    sent: VecDeque<Millis>,
}

impl Window {
    pub(super) fn new(quota: Quota) -> Self {
        Self { quota, sent: VecDeque::new() }
    }

    /// How many actions may be sent at `now`. What lies in the future was sent before the clock
    /// was set back, and no longer counts.
    pub(super) fn room(&mut self, now: Millis) -> u32 {
        let window = self.quota.window_ms;
        self.sent.retain(|at| (0..window).contains(&now.since(*at)));
        let sent = u32::try_from(self.sent.len()).unwrap_or(u32::MAX);
        self.quota.actions.saturating_sub(sent)
    }

    /// So many were sent at `now`.
    pub(super) fn took(&mut self, now: Millis, count: usize) {
        self.sent.extend(std::iter::repeat_n(now, count));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_than_the_quota_is_sent_in_any_window() {
        let mut window = Window::new(Quota { actions: 3, window_ms: 1_000 });
        let mut sent = Vec::new();
        for now in (0..10_000).step_by(70) {
            let room = window.room(Millis(now));
            window.took(Millis(now), room as usize);
            sent.extend(std::iter::repeat_n(now, room as usize));
            let inside = sent.iter().filter(|at| now - **at < 1_000).count();
            assert!(inside <= 3, "{inside} within a second at {now}");
        }
        assert!(sent.len() >= 27, "and the quota is used: {}", sent.len());
    }

    #[test]
    fn a_clock_set_back_does_not_silence_the_platform() {
        let mut window = Window::new(Quota { actions: 1, window_ms: 1_000 });
        window.took(Millis(1_000_000), 1);
        assert_eq!(window.room(Millis(0)), 1);
    }
}
