//! What leaves the system: actions of the outbox on their way to a platform.
//!
//! Reading order: a loop for each platform takes what has its turn, within the platform's quota
//! (`quota`), sends it, and notes what came of it (`verdict`). An action whose outcome nobody knows
//! is sent again, looked up or shown to a person, as its kind declares.
//!
//! Invariants: a post to a group is never blindly repeated; an action is tried a bounded number of
//! times; what fails for good or stays unknown becomes a task for staff, never a silent nothing.

mod quota;
mod verdict;

use std::sync::Arc;
use std::time::Duration;

use chat::{Errand, Outcome, Platform};
use domain::{Action, WhenUnknown};
use store::{OutboxRow, Settled, TaskRow};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::error::Fault;
use crate::live::handle::Live;
use crate::live::loops::restart::caught;
use crate::live::outbox::quota::Window;
use crate::live::outbox::verdict::{Judge, Verdict};
use crate::live::receipt::Refused;
use crate::live::stored::Stored;
use crate::live::writer::{Entry, Held, Matter};

/// Actions sent side by side, at most; those of one group always follow each other.
const SIDE_BY_SIDE: u32 = 16;

/// How often a task or an outcome is noted again when the world fails it, a tick between.
const ASKED_MAX: u32 = 10;

/// Actions that an earlier run left on their way: nobody knows whether they arrived.
pub(super) async fn recover(live: &Live) -> Result<(), Fault> {
    for row in live.store().take_over_actions(live.clock().now()).await? {
        let platform = live.platform(&row.platform);
        let why = "the program stopped while it was sent".to_owned();
        let outcome = Outcome::Unknown { why };
        Errands { live, platform: platform.as_deref() }.came_of(row, outcome).await?;
    }
    Ok(())
}

/// Sends what has its turn on one platform until told to stop; what is on its way then is
/// finished.
pub(super) async fn run(live: Live, platform: Arc<dyn Platform>, mut stop: watch::Receiver<bool>) {
    let mut window = Window::new(platform.quota());
    let wake = Arc::clone(&live.telling().outbox);
    loop {
        let woken = wake.notified();
        tokio::pin!(woken);
        // From here on a new action is not missed.
        woken.as_mut().enable();
        let rows = claim(&live, &*platform, &mut window).await.unwrap_or_default();
        if !rows.is_empty() {
            send_all(&live, &platform, rows).await;
            if *stop.borrow() {
                return;
            }
            continue;
        }
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => return,
            _ = tokio::time::timeout(live.tick(), woken) => {}
        }
    }
}

/// Takes what has its turn, as much as the platform takes now.
async fn claim(
    live: &Live,
    platform: &dyn Platform,
    window: &mut Window,
) -> Result<Vec<OutboxRow>, store::Fault> {
    let (now, word) = (live.clock().now(), platform.word());
    let room = window.room(now).min(SIDE_BY_SIDE);
    let next = live.store().next_action(word).await?;
    if room == 0 || next.is_none_or(|at| at > now) {
        return Ok(Vec::new());
    }
    let rows = live.store().claim_actions(word, now, room).await?;
    window.took(now, rows.len());
    Ok(rows)
}

/// Sends actions of different groups side by side.
async fn send_all(live: &Live, platform: &Arc<dyn Platform>, rows: Vec<OutboxRow>) {
    let mut sending = JoinSet::new();
    for row in rows {
        let (live, platform) = (live.clone(), Arc::clone(platform));
        sending.spawn(async move {
            let errands = Errands { live: &live, platform: Some(&*platform) };
            if let Some(outcome) = errands.send(&row).await {
                // When it cannot be noted the row stays on its way, and the next start finds it.
                let _ = errands.came_of(row, outcome).await;
            }
        });
    }
    while let Some(done) = sending.join_next().await {
        // It stays on its way, too.
        if let Err(bug) = done {
            live.settings().report.tell(&format!("an action stays on its way after a bug: {bug}"));
        }
    }
}

/// Sending and settling for one platform; `None` when this process does not have it.
struct Errands<'a> {
    live: &'a Live,
    platform: Option<&'a dyn Platform>,
}

impl Errands<'_> {
    /// What came of sending it; `None` when another node took it over meanwhile: this one stood
    /// still, and was taken for dead.
    async fn send(&self, row: &OutboxRow) -> Option<Outcome> {
        let errand = match self.errand(row).await {
            Ok(errand) => errand,
            Err(outcome) => return Some(outcome),
        };
        let Some(platform) = self.platform else { return Some(not_here()) };
        match self.live.store().is_still_sending(row).await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(fault) => {
                return Some(Outcome::NotNow { why: fault.to_string(), after_ms: None });
            }
        }
        let unknown = |why: String| Outcome::Unknown { why };
        let sent = caught(async { platform.send(&errand).await });
        Some(match tokio::time::timeout(self.patience(), sent).await {
            Ok(sent) => sent.unwrap_or_else(|why| unknown(self.tell(why))),
            Err(_) => unknown("no answer in time".to_owned()),
        })
    }

    /// Looks whether an action arrived; `None` when the platform cannot tell.
    async fn query(&self, row: &OutboxRow) -> Option<Outcome> {
        let platform = self.platform?;
        let errand = self.errand(row).await.ok()?;
        let found = caught(async { platform.query(&errand).await });
        let found = tokio::time::timeout(self.patience(), found).await.ok()?;
        found.map_err(|why| self.tell(why)).ok().flatten()
    }

    async fn errand(&self, row: &OutboxRow) -> Result<Errand, Outcome> {
        let action = Action::from_text(&row.action).map_err(|why| Outcome::Refused { why })?;
        let look = |held: &Held| held.key.clone();
        let key = match self.live.look((row.org, row.group), look).await {
            Ok(key) => key,
            Err(Refused::NoSuchGroup) => {
                return Err(Outcome::Refused { why: "there is no such group".to_owned() });
            }
            Err(later) => {
                return Err(Outcome::NotNow { why: later.to_string(), after_ms: None });
            }
        };
        let (id, tries) = ((row.seq, row.n), row.tries.saturating_sub(1));
        Ok(Errand { org: row.org, group: row.group, key, id, action, tries })
    }

    /// Notes what came of an action, with a task where a person is needed.
    async fn came_of(&self, row: OutboxRow, mut outcome: Outcome) -> Result<(), Fault> {
        let action = Action::from_text(&row.action).ok();
        let when_unknown = action.as_ref().map(|action| action.kind().when_unknown());
        if matches!(outcome, Outcome::Unknown { .. })
            && when_unknown == Some(WhenUnknown::Query)
            && let Some(found) = self.query(&row).await
        {
            outcome = found;
        }
        let now = self.live.clock().now();
        let settings = self.live.settings();
        let judge = Judge { now, tries_max: settings.tries_max, seed: settings.seed };
        let Verdict { state, result, next_at, task } =
            judge.verdict(&row, action.as_ref(), outcome);
        if let Some(task) = task
            && !self.ask(task).await
        {
            return Ok(());
        }
        let OutboxRow { org, group, seq, n, .. } = row;
        let settled = Settled { org, group, seq, n, state, result, next_at, changed: now };
        // What is not noted holds back the other actions of its group until the next start.
        let mut tries = 1;
        loop {
            match self.live.store().settle_action(settled.clone()).await {
                Ok(_) => return Ok(()),
                Err(fault) if tries >= ASKED_MAX => return Err(fault.into()),
                Err(_later) => tries += self.pause().await,
            }
        }
    }

    /// A task for staff goes through the group's writer, as everything of the group; whether it is
    /// kept. An action is settled after that: one that ended with nobody told would be lost. When
    /// the task cannot be kept the action stays on its way, and the next start finds it.
    async fn ask(&self, task: TaskRow) -> bool {
        let matter = Matter::Tasks(task.group, vec![task.clone()]);
        let entry = Entry::of(task.org, matter);
        let mut tries = 0;
        while tries < ASKED_MAX {
            let answer = self.live.ask_patiently(vec![entry.clone()]).await.pop();
            match answer.unwrap_or(Err(Refused::Stopping)) {
                Ok(_) | Err(Refused::NoSuchGroup) => return true,
                Err(Refused::Busy | Refused::Fault(_)) => {}
                Err(_) => return false,
            }
            tries += self.pause().await;
        }
        false
    }

    /// Lets a tick pass. Answers how many tries it counts for: none while the database is away, for
    /// as long as that may be.
    async fn pause(&self) -> u32 {
        // Over when its time is.
        let _ = tokio::time::timeout(self.live.tick(), std::future::pending::<()>()).await;
        u32::from(self.live.is_stopping() || !self.live.is_cut_off())
    }

    /// Reports a bug of a platform.
    fn tell(&self, why: String) -> String {
        self.live.settings().report.tell(&format!("a platform has {why}"));
        why
    }

    fn patience(&self) -> Duration {
        let within = self.live.settings().send_within_ms;
        Duration::from_millis(u64::try_from(within).unwrap_or(10_000))
    }
}

fn not_here() -> Outcome {
    Outcome::NotNow { why: "this program does not serve the platform".to_owned(), after_ms: None }
}
