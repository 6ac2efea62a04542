//! What the live pipeline is given: a clock, and its limits.

use domain::Millis;

use crate::live::loops::restart::Report;

/// Where "now" comes from. The binary gives the wall clock, tests and the demo one that is set.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Millis;
}

/// Limits of the live pipeline.
#[derive(Clone, Debug)]
pub struct LiveSettings {
    /// Name of this node: the holder of its leases. A program started again under the same name
    /// takes up its own groups at once.
    pub node: String,
    /// Events in one commit, at most. What waits is taken at once, so a commit is this large only
    /// in a flood; then larger ones write the ends of hundreds of groups less often.
    pub batch_max: usize,
    /// Submissions that wait, at most; one more is told to come again.
    pub waiting_max: usize,
    /// How deep decisions may lead to further events.
    pub depth_max: u32,
    /// Groups kept in memory, at most.
    pub groups_max: usize,
    /// Pages are written this often, in milliseconds.
    pub page_every_ms: i64,
    /// How long a group stays ours without being renewed, in milliseconds.
    pub lease_ms: i64,
    /// The longest that timers and outbox sleep without looking at the clock, in milliseconds.
    pub tick_ms: i64,
    /// After so long without an answer the outcome of an action is unknown, in milliseconds.
    pub send_within_ms: i64,
    /// How often an action is tried, at most.
    pub tries_max: u32,
    /// Where the jitter of retries begins.
    pub seed: u64,
    /// Where bugs that were caught are told.
    pub report: Report,
    /// What counts, for the pages.
    pub judge: insights::Settings,
}

impl Default for LiveSettings {
    fn default() -> Self {
        Self {
            node: "here".to_owned(),
            batch_max: 4_000,
            waiting_max: 10_000,
            depth_max: 8,
            groups_max: 10_000,
            page_every_ms: 500,
            lease_ms: 30_000,
            tick_ms: 1_000,
            send_within_ms: 10_000,
            tries_max: 6,
            seed: 0,
            report: Report::default(),
            judge: insights::Settings::default(),
        }
    }
}
