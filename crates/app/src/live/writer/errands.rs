//! From an action to a row of the outbox, and to a task where the platform cannot do it alone.
//!
//! Invariant: an action is never silently left out: what is not sent by the program waits in the
//! outbox under [`BY_STAFF`], with a task of the same number that says so.

use std::sync::Arc;

use chat::Platform;
use domain::{Action, Capability, IdentityId, Millis, Seq, TaskKind};
use store::{OutboxRow, OutboxState, TaskRow, TaskState};

use crate::live::stored::Stored;
use crate::live::writer::held::Held;

/// Stands in the outbox where a platform would: nobody claims these, staff carry them out.
pub const BY_STAFF: &str = "staff";

/// What the platforms of this process can do.
#[derive(Clone, Default)]
pub struct Errands {
    platforms: Vec<Arc<dyn Platform>>,
}

impl std::fmt::Debug for Errands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.platforms.iter().map(|one| one.word())).finish()
    }
}

impl Errands {
    /// Of these platforms. A platform that is not among them can do nothing by itself.
    pub fn new(platforms: Vec<Arc<dyn Platform>>) -> Self {
        Self { platforms }
    }

    /// The platforms.
    pub(crate) fn platforms(&self) -> &[Arc<dyn Platform>] {
        &self.platforms
    }

    fn capability(&self, platform: &str, action: &Action) -> Capability {
        let known = self.platforms.iter().find(|one| one.word() == platform);
        known.map_or(Capability::ByHand, |one| one.capability(action.kind()))
    }

    /// The rows of an action in a group: `id` is (cause, number).
    pub(super) fn of(
        &self,
        held: &Held,
        id: (Seq, u32),
        action: &Action,
        now: Millis,
    ) -> (OutboxRow, Option<TaskRow>) {
        let is_sent = self.capability(&held.platform, action) == Capability::Auto;
        let row = OutboxRow {
            org: held.org,
            group: held.group,
            seq: id.0,
            n: id.1,
            platform: if is_sent { held.platform.clone() } else { BY_STAFF.to_owned() },
            kind: action.kind().word().to_owned(),
            action: action.to_text(),
            state: OutboxState::Planned,
            tries: 0,
            next_at: now,
            changed: now,
            result: String::new(),
        };
        let task = (!is_sent).then(|| errand_task(&row, TaskKind::CarryOut, action, now));
        (row, task)
    }
}

/// The task about a row of the outbox: `carry_out:12:0`, `check_outcome:12:0`.
pub(crate) fn errand_task(row: &OutboxRow, kind: TaskKind, action: &Action, at: Millis) -> TaskRow {
    let (about, who) = match action {
        Action::Post { reply_to, .. } => (*reply_to, IdentityId::NOBODY),
        Action::Announce { .. } => (None, IdentityId::NOBODY),
        Action::Mute { who, .. } | Action::Remove { who } => (None, *who),
    };
    TaskRow {
        org: row.org,
        group: row.group,
        name: format!("{}:{}:{}", kind.word(), row.seq.0, row.n),
        kind: kind.word().to_owned(),
        about,
        who,
        since: at,
        state: TaskState::Open,
        changed: at,
    }
}
