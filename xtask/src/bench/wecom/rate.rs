//! Letters at a fixed rate: each has its planned moment, and an answer is timed from there, whether
//! or not the letter could go out then. A slow server is not asked less because it is slow.

use crate::bench::live::{Connection, Wrong};
use crate::bench::measure::now;
use crate::bench::wecom::letters::Letter;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

/// Connections that letters share.
const LINES: usize = 64;

/// What came of it.
#[derive(Default)]
pub(super) struct Sent {
    /// Microseconds from the planned moment to the answer, ascending.
    pub(super) took: Vec<u64>,
    /// Answers that were no 200.
    pub(super) refused: usize,
    /// From the first planned moment to the last answer.
    pub(super) time: Duration,
}

impl Sent {
    /// Milliseconds within which so many of 100 were answered.
    pub(super) fn within(&self, percent: usize) -> f64 {
        let at = self.took.len() * percent / 100;
        let last = self.took.len().saturating_sub(1);
        self.took.get(at.min(last)).map_or(0.0, |us| *us as f64 / 1e3)
    }
}

/// A letter and its planned moment.
type Planned = (Instant, String, String);

/// Sends every letter to `path`, one every so often.
pub(super) async fn send(
    to: SocketAddr,
    path: &str,
    (letters, every): (&[Letter], Duration),
) -> Result<Sent, Wrong> {
    let (post, waiting) = mpsc::channel::<Planned>(letters.len().max(1));
    let waiting = Arc::new(Mutex::new(waiting));
    let mut lines = JoinSet::new();
    for _ in 0..LINES {
        let line = Connection::open(to).await?;
        lines.spawn(carry(line, Arc::clone(&waiting)));
    }
    let mut tick = interval(every);
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let began = now();
    for letter in letters {
        let planned = tick.tick().await.into_std();
        post.send((planned, format!("{path}?{}", letter.query), letter.body.clone())).await?;
    }
    drop(post);
    let mut sent = Sent::default();
    while let Some(answered) = lines.join_next().await {
        for (took, status) in answered?? {
            if status == 200 {
                sent.took.push(u64::try_from(took.as_micros()).unwrap_or(u64::MAX));
            } else {
                sent.refused += 1;
            }
        }
    }
    sent.time = began.elapsed();
    sent.took.sort_unstable();
    Ok(sent)
}

/// Carries letters over one connection until none is left.
async fn carry(
    mut line: Connection,
    waiting: Arc<Mutex<mpsc::Receiver<Planned>>>,
) -> Result<Vec<(Duration, u16)>, Wrong> {
    let mut answered = Vec::new();
    loop {
        let next = waiting.lock().await.recv().await;
        let Some((planned, path, body)) = next else { return Ok(answered) };
        let answer = line.post(&path, ["", body.as_str()]).await?;
        answered.push((now().saturating_duration_since(planned), answer.status));
    }
}
