//! One round of a hand-over: what was asked for and what waits is looked up, what is due is asked
//! for, and it is noted when there is something to do again.

use chat::wecom::CallError;
use chat::wecom::calls::contacts::Giver;
use domain::{HandState, Millis};
use engine::handover::{Answer, Followed, Limits, look_again, settle};
use store::{HandedChange, HandedRow, HandoverMove, HandoverRow};

use crate::wecom::pull::{Pull, Stop};

/// A hand-over that stands still is tried again after so long.
const RETRY_MS: i64 = 10 * Millis::MINUTE;

/// A round of one hand-over.
pub(super) struct Round<'a> {
    pub(super) pull: &'a Pull,
    pub(super) job: HandoverRow,
    pub(super) items: Vec<HandedRow>,
}

impl Pull {
    /// Does what can be done now about a hand-over.
    pub(super) async fn hand_over(&self, job: HandoverRow) -> Result<(), Stop> {
        let _turn = self.desk.handing.lock().await;
        let items = self.store().handed(self.id, job.handover).await?;
        let mut round = Round { pull: self, job, items };
        let (looked, stopped) = match round.look().await {
            Ok(looked) => (looked, round.ask().await),
            Err(stop) => (None, Err(stop)),
        };
        let trouble = match &stopped {
            Ok(()) => String::new(),
            // What is done is noted; it goes on when the program or the database does.
            Err(Stop::Ended | Stop::Fault(_)) => return stopped,
            Err(Stop::Call(_)) => {
                stopped.as_ref().err().and_then(Stop::trouble).unwrap_or_default()
            }
        };
        let items = self.store().handed(self.id, round.job.handover).await?;
        let followed: Vec<Followed> = items.iter().map(followed).collect();
        let now = self.now();
        let mut next = look_again(&followed, (now, looked.or(round.job.looked)));
        if !trouble.is_empty() {
            next = next.map(|next| next.max(resumes(&stopped, now)));
        }
        let moved = HandoverMove { next, looked, trouble };
        self.store().move_handover((self.id, round.job.handover), moved, now).await?;
        Ok(())
    }
}

impl Round<'_> {
    /// Who hands over, as calls say it.
    pub(super) fn giver(&self) -> Giver {
        if self.job.left { Giver::Left } else { Giver::Present }
    }

    /// Notes what was said of things, each by its place; things that somebody else changed
    /// meanwhile stay as they are.
    pub(super) async fn answered(&mut self, answers: Vec<(usize, Answer)>) -> Result<(), Stop> {
        let now = self.pull.now();
        let spare = (!self.job.spare.is_empty()).then_some(self.job.spare.as_str());
        let mut changes = Vec::new();
        for (at, answer) in answers {
            let Some(row) = self.items.get_mut(at) else { continue };
            let settled = settle(&followed(row), (answer, now), (&Limits::WECOM, spare));
            let was = row.state;
            *row = HandedRow {
                taker: settled.taker,
                state: settled.state,
                code: settled.code,
                due: settled.due,
                asked: settled.asked,
                until: settled.until,
                tries: settled.tries,
                changed: now,
                ..row.clone()
            };
            changes.push(HandedChange { was, row: row.clone() });
        }
        self.changed(changes).await.map(drop)
    }

    /// Notes changes; how many of them were as they were seen.
    pub(super) async fn changed(&self, changes: Vec<HandedChange>) -> Result<u64, Stop> {
        if changes.is_empty() {
            return Ok(0);
        }
        let whose = (self.pull.id, self.job.handover);
        Ok(self.pull.store().change_handed(whose, changes).await?)
    }

    /// Places of the things in a state that are as wanted.
    pub(super) fn places(
        &self,
        state: HandState,
        wanted: impl Fn(&HandedRow) -> bool,
    ) -> Vec<usize> {
        let own = self.items.iter().enumerate();
        own.filter(|(_, row)| row.state == state && wanted(row)).map(|(at, _)| at).collect()
    }
}

/// A row as the deciders see it.
pub(super) fn followed(row: &HandedRow) -> Followed {
    Followed {
        kind: row.kind,
        taker: row.taker.clone(),
        state: row.state,
        due: row.due,
        asked: row.asked,
        until: row.until,
        tries: row.tries,
    }
}

/// When a call may be tried again.
fn resumes(stopped: &Result<(), Stop>, now: Millis) -> Millis {
    match stopped {
        Err(Stop::Call(CallError::Shut { until, .. })) => *until,
        _ => Millis(now.0 + RETRY_MS),
    }
}
