//! Whether who watches a group may still do so.
//!
//! Invariant: who was locked out or logged out, or was given other groups, hears nothing more: at
//! once when this process did it, and otherwise at the next thing heard after [`LOOK_MS`].

use domain::{GroupId, Millis};
use tokio::sync::watch;

use crate::console::Seated;
use crate::console::seat::seat;
use crate::house::House;
use crate::trouble::Trouble;

/// The session is looked at again after so long, when nobody said that anything changed.
const LOOK_MS: i64 = 5_000;

/// Looks at the session behind a stream again and again.
pub(crate) struct Guard {
    house: House,
    seated: Seated,
    group: GroupId,
    changes: watch::Receiver<()>,
    /// When to look again.
    due: Millis,
}

impl Guard {
    /// For somebody who may watch the group now.
    pub(crate) fn of(house: &House, seated: &Seated, group: GroupId) -> Self {
        let changes = house.console().seat_changes();
        let due = Millis(house.now().0 + LOOK_MS);
        Self { house: house.clone(), seated: seated.clone(), group, changes, due }
    }

    /// Waits until something about sessions, roles or scopes changed.
    pub(crate) async fn stirred(&mut self) {
        // The sender lives as long as the house.
        if self.changes.changed().await.is_ok() {
            self.due = Millis(i64::MIN);
        }
    }

    /// Whether they may still watch.
    pub(crate) async fn stands(&mut self) -> Result<bool, Trouble> {
        let now = self.house.now();
        if now < self.due && !self.changes.has_changed().unwrap_or(true) {
            return Ok(true);
        }
        self.changes.mark_unchanged();
        self.due = Millis(now.0 + LOOK_MS);
        let seat = seat(&self.house, &self.seated.visit).await?;
        Ok(seat.is_some_and(|seat| {
            seat.actor.staff == self.seated.actor.staff && seat.actor.sees(self.group)
        }))
    }
}
