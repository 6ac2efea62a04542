//! How a node of the simulation ends or stands still.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::Notify;

/// Why a node is not driven any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Halted {
    Crashed,
    Frozen,
}

/// Stops one node.
#[derive(Default)]
pub(crate) struct Halt {
    pub(crate) halted: Notify,
    is_frozen: AtomicBool,
    is_dead: AtomicBool,
    is_committing: AtomicBool,
    thaw: Notify,
    /// What the commit came to before which the node stood still.
    woke_to: Mutex<Option<Result<(), String>>>,
}

impl Halt {
    pub(crate) fn why(&self) -> Halted {
        if self.is_frozen.load(Ordering::SeqCst) { Halted::Frozen } else { Halted::Crashed }
    }

    /// The program is dead: nothing of it goes on.
    pub(crate) async fn crash(&self) -> ! {
        self.die();
        self.halted.notify_one();
        std::future::pending().await
    }

    /// Nothing is committed, and nobody is told of a commit, from now on.
    pub(crate) fn die(&self) {
        self.is_dead.store(true, Ordering::SeqCst);
    }

    /// Waits for the end of the commit in hand: so that the journal knows what became of it.
    pub(crate) async fn quiet(&self) {
        while self.is_committing.load(Ordering::SeqCst) {
            tokio::task::yield_now().await;
        }
    }

    /// Goes on only in a living program.
    pub(crate) async fn only_alive(&self) {
        if self.is_dead.load(Ordering::SeqCst) {
            std::future::pending::<()>().await;
        }
    }

    /// Stands still until somebody lets it go on.
    pub(crate) async fn freeze(&self) {
        self.is_frozen.store(true, Ordering::SeqCst);
        self.halted.notify_one();
        self.thaw.notified().await;
    }

    pub(crate) fn thaw(&self) {
        self.is_frozen.store(false, Ordering::SeqCst);
        self.thaw.notify_one();
    }

    pub(crate) fn wake(&self, to: Result<(), String>) {
        *self.woke_to.lock().unwrap() = Some(to);
    }

    pub(crate) fn committing(&self, is_committing: bool) {
        self.is_committing.store(is_committing, Ordering::SeqCst);
    }

    pub(crate) fn woke_to(&self) -> Option<Result<(), String>> {
        self.woke_to.lock().unwrap().clone()
    }
}
