//! Groups that another node holds: what a platform told of them is kept until the holder decides
//! it; who asks something of them comes again.
//!
//! Invariants: what was answered as kept is in the intake table; while something of a group waits
//! there for this node's sake, what is told later waits behind it.

use domain::{Event, GroupId, OrgId, Origin};
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};

use crate::live::handle::Live;
use crate::live::receipt::{Receipt, Refused};
use crate::live::writer::{Answered, Entry};

/// Decides what waits in the intake, of the groups that can be held, until told to stop.
pub(crate) async fn run(live: Live, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(live.tick());
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = tick.tick() => {}
        }
        // The next tick looks again.
        let _ = live.drain_intake().await;
    }
}

impl Live {
    /// Has events decided here, or, those told of groups that another node holds, kept for it.
    pub(crate) async fn decide(&self, org: OrgId, events: Vec<Event>) -> Vec<Answered> {
        let waits = |event: &Event| is_told(event) && self.is_detoured((org, event.group));
        if events.iter().any(waits) && self.was_long_ago() {
            // The group can be had by now, it may be. When not, the next tick looks again.
            let _ = self.drain_intake().await;
        }
        let mut answers: Vec<Answered> = vec![Err(Refused::Busy); events.len()];
        let places = events.into_iter().enumerate();
        let (mut kept, here): (Vec<_>, Vec<_>) = places.partition(|(_, event)| waits(event));
        let told: Vec<_> = here.iter().map(|(at, event)| (*at, backup(event))).collect();
        let entries = here.into_iter().map(|(_, event)| Entry::event(org, event)).collect();
        for ((at, told), answer) in told.into_iter().zip(self.ask(entries).await) {
            match (answer, told) {
                (Err(refused), Some(event)) if refused.is_elsewhere() => kept.push((at, event)),
                (Err(refused), None) if refused.is_elsewhere() => {}
                (answer, _) => put(&mut answers, at, answer),
            }
        }
        self.keep_told(org, kept, &mut answers).await;
        answers
    }

    /// Keeps events in the intake, in their order.
    async fn keep_told(&self, org: OrgId, mut kept: Vec<(usize, Event)>, answers: &mut [Answered]) {
        if kept.is_empty() {
            return;
        }
        kept.sort_unstable_by_key(|(at, _)| *at);
        let (places, events): (Vec<usize>, Vec<Event>) = kept.into_iter().unzip();
        let drained = self.draining().lock().await;
        self.detour().extend(events.iter().map(|event| (org, event.group)));
        let done = self.put_intake(org, events).await.map_err(Refused::from);
        drop(drained);
        for at in places {
            put(answers, at, done.clone().map(|()| Receipt::WAITS));
        }
    }

    /// Whether the intake was looked through a tick ago or longer.
    fn was_long_ago(&self) -> bool {
        let last = self.drained_at().as_ref().map(Instant::elapsed);
        last.is_none_or(|elapsed| elapsed >= self.tick())
    }

    fn is_detoured(&self, place: (OrgId, GroupId)) -> bool {
        self.detour().contains(&place)
    }
}

fn is_told(event: &Event) -> bool {
    event.origin == Origin::Told
}

/// A told event as it is kept when the group turns out to be elsewhere.
fn backup(event: &Event) -> Option<Event> {
    is_told(event).then(|| event.clone())
}

fn put(answers: &mut [Answered], at: usize, answer: Answered) {
    if let Some(slot) = answers.get_mut(at) {
        *slot = answer;
    }
}
