//! One process of the simulation: a pipeline on a runtime of its own, that is driven only while
//! the test looks. So it can stand still, and dropping it is a crash.

use super::courier::Courier;
use super::fate::{Fate, Fated};
use super::halt::{Halt, Halted};
use crate::live::SetClock;
use app::live::{Book, Clock, Live, LiveSettings};
use std::sync::Arc;
use store::Store;
use tokio::runtime::{Builder, Runtime};

/// Long enough that no run of the test renews it by the wall clock.
pub(crate) const LEASE_MS: i64 = 10 * 60_000;

pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) live: Live,
    pub(crate) store: Store,
    pub(crate) halt: Arc<Halt>,
    // Dropped last: everything above lives on it.
    runtime: Runtime,
}

impl Node {
    /// Starts it; `Err` when it crashed on the way, or could not read the database.
    pub(crate) fn start(url: &str, name: &str, fate: &Arc<Fate>) -> Result<Self, Halted> {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let halt = Arc::new(Halt::default());
        let started = runtime.block_on(async {
            let store = Store::open(url).await.unwrap();
            let (halt, fate) = (Arc::clone(&halt), Arc::clone(fate));
            let book = Fated { store: store.clone(), fate: fate.clone(), halt: halt.clone() };
            let book: Arc<dyn Book> = Arc::new(book);
            let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(&fate.clock);
            let settings = settings(name, fate.seed);
            let courier: Arc<dyn chat::Platform> =
                Arc::new(Courier { fate, halt: Arc::clone(&halt) });
            tokio::select! {
                biased;
                () = halt.halted.notified() => Err(halt.why()),
                live = Live::start_on(book, (store.clone(), clock), vec![courier], settings) => {
                    live.map(|live| (live, store)).map_err(|_| Halted::Crashed)
                }
            }
        });
        if started.is_err() {
            runtime.block_on(halt.quiet());
        }
        let (live, store) = started?;
        Ok(Self { name: name.to_owned(), live, store, halt, runtime })
    }

    /// Drives it until this is done, or it halts; a commit in hand is brought to its end.
    pub(crate) fn run<T>(&self, work: impl Future<Output = T>) -> Result<T, Halted> {
        self.runtime.block_on(async {
            let done = tokio::select! {
                biased;
                () = self.halt.halted.notified() => Err(self.halt.why()),
                done = work => Ok(done),
            };
            self.halt.quiet().await;
            done
        })
    }
}

/// Small batches and few groups in memory, so that the corners are met.
fn settings(name: &str, seed: u64) -> LiveSettings {
    LiveSettings {
        node: name.to_owned(),
        batch_max: if seed.is_multiple_of(3) { 5 } else { 1_000 },
        groups_max: if seed.is_multiple_of(2) { 2 } else { 1_000 },
        page_every_ms: 5,
        tick_ms: 1,
        lease_ms: LEASE_MS,
        tries_max: 3,
        ..LiveSettings::default()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        self.halt.die();
        self.runtime.block_on(self.halt.quiet());
    }
}
