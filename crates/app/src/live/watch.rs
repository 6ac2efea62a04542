//! Watchers of groups: each sees the lines of its group as they are committed.
//!
//! Invariants: a line is sent once, in the order of `seq`, after its commit; who cannot keep up,
//! or may have missed something, is told of the gap and reads it again from the log. A group that
//! nobody watches costs nothing.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::{GroupId, OrgId};
use rustc_hash::FxHashMap;
use tokio::sync::broadcast::{self, error::RecvError};

use crate::live::line::Line;

/// Lines that a slow watcher may lie behind before it has to read them again.
const BEHIND_MAX: usize = 256;

type Place = (OrgId, GroupId);
type Channels = Mutex<FxHashMap<Place, broadcast::Sender<Sign>>>;

/// What goes through a channel.
#[derive(Clone, Debug)]
enum Sign {
    Line(Arc<Line>),
    Gap,
}

/// What a watcher sees next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// A line was committed.
    Line(Arc<Line>),
    /// Something may have been missed: read on from the log.
    Gap,
    /// The program is stopping.
    Stopping,
}

/// All watchers of the process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hub {
    channels: Arc<Channels>,
    stopped: Arc<AtomicBool>,
}

/// One watcher of one group. Dropping it ends the watch.
#[derive(Debug)]
pub struct Watching {
    hub: Hub,
    place: Place,
    signs: Option<broadcast::Receiver<Sign>>,
}

impl Hub {
    /// Watches a group from now on. What was committed before is read from the log afterwards:
    /// lines may then come twice, never not at all.
    pub(crate) fn watch(&self, place: Place) -> Watching {
        let mut channels = self.lock();
        let signs = (!self.stopped.load(Ordering::SeqCst)).then(|| {
            let channel = channels.entry(place);
            channel.or_insert_with(|| broadcast::channel(BEHIND_MAX).0).subscribe()
        });
        drop(channels);
        Watching { hub: self.clone(), place, signs }
    }

    /// Whether anybody watches the group.
    pub(crate) fn is_watched(&self, place: Place) -> bool {
        self.lock().contains_key(&place)
    }

    /// Tells the watchers of a group of new lines.
    pub(crate) fn tell(&self, place: Place, lines: Vec<Arc<Line>>) {
        let channels = self.lock();
        if let Some(channel) = channels.get(&place) {
            for line in lines {
                // Fails only when the last watcher is just leaving.
                drop(channel.send(Sign::Line(line)));
            }
        }
    }

    /// Tells the watchers of a group to read again from the log.
    pub(crate) fn gap(&self, place: Place) {
        if let Some(channel) = self.lock().get(&place) {
            drop(channel.send(Sign::Gap));
        }
    }

    /// No more lines come.
    pub(crate) fn stop(&self) {
        let mut channels = self.lock();
        self.stopped.store(true, Ordering::SeqCst);
        channels.clear();
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<Place, broadcast::Sender<Sign>>> {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watching {
    /// Waits for what comes next.
    pub async fn next(&mut self) -> Seen {
        let Some(signs) = &mut self.signs else { return Seen::Stopping };
        match signs.recv().await {
            Ok(Sign::Line(line)) => Seen::Line(line),
            Ok(Sign::Gap) | Err(RecvError::Lagged(_)) => Seen::Gap,
            Err(RecvError::Closed) => Seen::Stopping,
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let mut channels = self.hub.lock();
        drop(self.signs.take());
        if channels.get(&self.place).is_some_and(|channel| channel.receiver_count() == 0) {
            channels.remove(&self.place);
        }
    }
}
