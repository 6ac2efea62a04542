//! Timers that fall due become events of their groups.
//!
//! Invariants: a timer leaves the table, or moves on, only with the commit of what it led to; so
//! a restart, a second run and a clock set back fire nothing twice, and nothing is left out. The
//! clock is looked at every tick, because it may be set.

use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::live::handle::Live;
use crate::live::receipt::Refused;
use crate::live::writer::{Answered, Entry};

/// Timers fired in one commit, at most.
const FIRED_MAX: u32 = 500;

/// Fires what falls due until told to stop.
pub(super) async fn run(live: Live, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(live.tick());
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        fire(&live, &stop).await;
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = tick.tick() => {}
        }
    }
}

/// Fires everything that is due now.
async fn fire(live: &Live, stop: &watch::Receiver<bool>) {
    while !*stop.borrow() {
        let now = live.clock().now();
        let due = live.store().due_timers(now, FIRED_MAX).await.unwrap_or_default();
        if due.is_empty() {
            return;
        }
        let answers = live.ask_patiently(due.into_iter().map(Entry::due).collect()).await;
        if !answers.iter().any(is_gone) {
            // Nothing moved: the store is in trouble, or another node holds the groups. The next
            // tick looks again.
            return;
        }
    }
}

/// Whether the timer is no longer due.
fn is_gone(answer: &Answered) -> bool {
    matches!(answer, Ok(_) | Err(Refused::SetAside))
}
