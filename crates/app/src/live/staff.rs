//! What staff do about actions: ask for one, confirm one, say that one is done by hand.
//!
//! Invariant: the task and the action that it is about change together; an action is never sent
//! because a task was closed twice.

use domain::{Action, Capability, GroupId, IdentityId, OrgId, Seq, TaskKind};
use store::{Acting, Closing, OutboxRow, OutboxState};

use crate::error::Fault;
use crate::live::handle::Live;
use crate::live::receipt::Refused;
use crate::live::stored::{self, Stored};
use crate::live::writer::{BY_STAFF, Entry, Matter, own_number};

/// Result of an action that staff did in the platform's own app.
const DONE_BY_HAND: &str = "by staff";

/// Something that staff ask for: a prepared post to a group on any platform, a silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// In which group.
    pub group: GroupId,
    /// Who asks for it; noted beside the action.
    pub by: IdentityId,
    /// Minted by the page ([`domain::minted_key`]): a double submit asks once.
    pub key: i64,
    /// What.
    pub action: Action,
}

/// An action in the outbox, as its place and number within the group name it.
pub type ActionId = (Seq, u32);

impl Live {
    /// Puts an action into the outbox of its group: sent where the platform does that by itself,
    /// a task for staff where it does not. The face says who may ask. The same key asks once.
    pub async fn act(&self, org: OrgId, wanted: Wanted) -> Result<ActionId, Refused> {
        let Wanted { group, by, key, action } = wanted;
        let text = stored::with_by(&action, by);
        let mut n = own_number(&format!("{} {key}", by.0));
        while let Some(row) = self.store().action_numbered(org, group, n).await? {
            if row.action == text {
                return Ok((row.seq, row.n));
            }
            // Another key that hashes alike.
            n += 1;
        }
        let matter = Matter::Act { group, n, by, action };
        let mut answers = self.ask(vec![Entry::of(org, matter)]).await;
        match answers.pop().unwrap_or(Err(Refused::Stopping)) {
            Ok(receipt) => Ok((receipt.seq, n)),
            Err(refused) if refused.is_elsewhere() => Err(Refused::Busy),
            Err(refused) => Err(refused),
        }
    }

    /// Notes that staff did a task; whether it was open. A task to carry an action out confirms
    /// it where the platform then sends it, and says that it is done where staff do it by hand.
    pub async fn close_task(&self, org: OrgId, group: GroupId, name: &str) -> Result<bool, Fault> {
        self.close_task_of((org, group, name), None).await
    }

    /// The same for somebody of staff, with the line of the audit log.
    pub(crate) async fn close_task_by(
        &self,
        acting: Acting,
        group: GroupId,
        name: &str,
    ) -> Result<bool, Fault> {
        self.close_task_of((acting.org, group, name), Some(acting)).await
    }

    async fn close_task_of(
        &self,
        (org, group, name): (OrgId, GroupId, &str),
        acting: Option<Acting>,
    ) -> Result<bool, Fault> {
        let now = self.clock().now();
        let row = match carry_out(name) {
            Some(id) => self.store().action(org, group, id).await?,
            None => None,
        };
        let Some(row) = row else {
            return Ok(match acting {
                Some(acting) => self.store().close_task_by(acting, group, name).await?,
                None => self.store().close_task(org, group, name, now).await?,
            });
        };
        let closing = match self.confirms(&row).await? {
            Some(platform) => Closing::Send(platform),
            None => Closing::Done(DONE_BY_HAND.to_owned()),
        };
        let id = (row.seq, row.n);
        let task = (org, group, name);
        let closed = self.store().close_action(task, id, closing, (now, acting)).await?;
        self.telling().outbox.notify_waiters();
        Ok(closed)
    }

    /// The platform that sends the action once staff have confirmed it; `None` when they do it
    /// themselves.
    pub(crate) async fn confirms(&self, row: &OutboxRow) -> Result<Option<String>, Fault> {
        if row.platform != BY_STAFF || row.state != OutboxState::Planned {
            return Ok(None);
        }
        let Ok(action) = Action::from_text(&row.action) else { return Ok(None) };
        let group = self.store().live_group(row.org, row.group).await?;
        let platform = group.and_then(|group| self.platform(&group.platform));
        let confirms = platform
            .filter(|one| one.capability(action.kind()) == Capability::StaffConfirms)
            .map(|one| one.word().to_owned());
        Ok(confirms)
    }
}

/// The action that a task is about: `carry_out:12:0` → place 12, number 0.
fn carry_out(name: &str) -> Option<ActionId> {
    let (seq, n) =
        name.strip_prefix(TaskKind::CarryOut.word())?.strip_prefix(':')?.split_once(':')?;
    Some((Seq(seq.parse().ok()?), n.parse().ok()?))
}
