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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::book::Loaded;
    use chat::{Errand, Outcome, Quota, Sending};
    use domain::{ActionKind, GroupId, OrgId};
    use store::Head;

    struct Able(Capability);

    impl Platform for Able {
        fn word(&self) -> &'static str {
            "web"
        }
        fn capability(&self, _: ActionKind) -> Capability {
            self.0
        }
        fn quota(&self) -> Quota {
            Quota { actions: 1, window_ms: 1 }
        }
        fn send<'a>(&'a self, _: &'a Errand) -> Sending<'a, Outcome> {
            Box::pin(async { Outcome::Sent { result: String::new() } })
        }
        fn query<'a>(&'a self, _: &'a Errand) -> Sending<'a, Option<Outcome>> {
            Box::pin(async { None })
        }
    }

    fn held() -> Held {
        let head =
            Head { group: GroupId(2), next: Seq(4), fence: 1, state_version: 0, state: Vec::new() };
        let loaded = Loaded {
            head,
            platform: "web".to_owned(),
            key: "k".to_owned(),
            name: String::new(),
            zone: "UTC".to_owned(),
            members: Vec::new(),
        };
        Held::of(OrgId(1), loaded).unwrap()
    }

    fn rows(platforms: Vec<Arc<dyn Platform>>) -> (String, Option<String>) {
        let remove = Action::Remove { who: IdentityId(9) };
        let errands = Errands::new(platforms);
        let (row, task) = errands.of(&held(), (Seq(3), 0), &remove, Millis(5));
        (row.platform, task.map(|task| task.name))
    }

    #[test]
    fn what_the_platform_does_not_do_by_itself_waits_for_staff() {
        assert_eq!(rows(vec![Arc::new(Able(Capability::Auto))]), ("web".to_owned(), None));
        let by_staff = (BY_STAFF.to_owned(), Some("carry_out:3:0".to_owned()));
        for capability in [Capability::StaffConfirms, Capability::ByHand, Capability::No] {
            assert_eq!(rows(vec![Arc::new(Able(capability))]), by_staff);
        }
        assert_eq!(rows(Vec::new()), by_staff, "a platform that this program does not serve");
    }
}
