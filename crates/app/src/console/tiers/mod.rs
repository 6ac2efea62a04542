//! Tiers above the day pages: organisation-days, organisation-months, where each group stands.
//! What lists over all groups are made from.
//!
//! Reading order: [`Standing`] and [`Window`] are what faces get; `round` folds what changed and
//! writes it; `held` is the copy in memory that answers; `standing` judges one group; `summed` puts
//! days and months together and keeps that, `window` gives it out; `crowd` says
//! who is in how many groups.
//!
//! Invariants: a face never waits for a fold while the loop runs ([`Console::start_tiers`]): it
//! sees what was made last, at most a few seconds old. Without the loop what is late is folded
//! first.

mod crowd;
mod held;
mod keeping;
mod round;
mod seats;
mod standing;
mod summed;
mod window;

use std::sync::Arc;

use domain::{Actor, GroupId, May, Millis};
use insights::{Cause, Mood};

use crate::console::{Console, Denied, allowed};

pub(crate) use held::Tiers;
pub use window::{Coverage, DaySums, Flow, PeopleOnce, Window};

/// Where a group stands now: one row of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Which.
    pub group: GroupId,
    /// Name to show.
    pub name: String,
    /// Platform word.
    pub platform: String,
    /// IANA name of its zone.
    pub zone: String,
    /// It lives here; otherwise it was imported.
    pub live: bool,
    /// Accounts in it, where that is known.
    pub members: Option<u64>,
    /// How alive it is (O05, O07).
    pub mood: Mood,
    /// Why, strongest first.
    pub causes: Vec<Cause>,
    /// Messages by people on each of the last 30 days, oldest first.
    pub pulse: Vec<u32>,
    /// People who wrote in the last 7 days, each once.
    pub speakers_7d: u32,
    /// Messages by people in the last 7 days.
    pub messages_7d: u32,
    /// Joins in the last 7 days.
    pub joins_7d: u32,
    /// Leaves in the last 7 days.
    pub leaves_7d: u32,
    /// Whether its source tells of joins and of leaves.
    pub tells_flow: bool,
    /// Whether its source tells of messages.
    pub tells_talk: bool,
    /// The last moment of its log.
    pub last: Option<Millis>,
    /// Tasks that wait for staff.
    pub open_tasks: u32,
    /// When this was made; 0 while it is being worked out for the first time (计算中).
    pub made: Millis,
}

impl Console {
    /// Where every group in the scope stands, by number.
    pub async fn standings(&self, actor: &Actor) -> Result<Arc<Vec<Standing>>, Denied> {
        allowed(actor, May::Look)?;
        let held = self.tiers_of(actor.org).await?;
        if actor.sees_all() {
            return Ok(Arc::clone(&held.standings));
        }
        let seen = held.standings.iter().filter(|one| actor.sees(one.group)).cloned();
        Ok(Arc::new(seen.collect()))
    }
}
