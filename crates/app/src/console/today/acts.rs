//! Calling rows done, putting them off, taking that back, trying again what failed.
//!
//! Invariants: what is gone already is answered calmly and changes nothing; a change and its line
//! of the audit log are one transaction.

use domain::{Actor, GroupId, May, Millis};
use store::PutOff;

use crate::console::today::later::Later;
use crate::console::today::row::{Closing, Reason, Row};
use crate::console::{About, Console, Denied, allowed};

/// A task that was called done may be taken back for so long.
const UNDO_MS: i64 = 60 * Millis::MINUTE;

/// What became of a wish about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is done.
    Done {
        /// And can be taken back.
        undo: bool,
    },
    /// It is on its way: the platform carries it out.
    Sent,
    /// The row was gone: somebody else saw to it.
    Gone,
}

impl Console {
    /// Calls a row done.
    pub async fn close_row(&self, actor: &Actor, row: (&str, &str)) -> Result<Ended, Denied> {
        allowed(actor, May::Tend)?;
        let Some(row) = self.open_row(actor, row).await? else { return Ok(Ended::Gone) };
        let acting = self.acting(actor, May::Tend, "today.done", told(&row))?;
        let undo = match (&row.closing, row.group) {
            (Closing::Task(name), Some(group)) => {
                let errand = self.errand_of(actor, &row).await?;
                let sends = match (&row.reason, &errand) {
                    (Reason::CarryOut, Some(errand)) => {
                        self.live().confirms(errand).await?.is_some()
                    }
                    _ => false,
                };
                if !self.live().close_task_by(acting, group, name).await? {
                    return Ok(Ended::Gone);
                }
                if sends {
                    return Ok(Ended::Sent);
                }
                !matches!(row.reason, Reason::CarryOut)
            }
            (Closing::Drop(id), _) => {
                let acting = self.acting(actor, May::Keep, "today.dropped", told(&row))?;
                if !self.live().drop_set_aside(actor.org, *id).await? {
                    return Ok(Ended::Gone);
                }
                self.store().note_act(acting).await?;
                false
            }
            (Closing::Seen(for_ms), _) => {
                let until = for_ms.map(|ms| Millis(self.now().0 + ms));
                self.store().put_off(acting, self.noting(actor, &row, until)).await?;
                true
            }
            (Closing::Task(_), None) => return Ok(Ended::Gone),
        };
        Ok(Ended::Done { undo })
    }

    /// Puts a row off.
    pub async fn put_row_off(
        &self,
        actor: &Actor,
        row: (&str, &str),
        later: Later,
    ) -> Result<Ended, Denied> {
        allowed(actor, May::Tend)?;
        let Some(row) = self.open_row(actor, row).await? else { return Ok(Ended::Gone) };
        let acting = self.acting(actor, May::Tend, "today.put_off", told(&row))?;
        let until = later.moment(self.now(), &self.zone(actor.org).await?);
        self.store().put_off(acting, self.noting(actor, &row, Some(until))).await?;
        Ok(Ended::Done { undo: true })
    }

    /// Shows a row again that was called done or put off a while ago.
    pub async fn show_row_again(
        &self,
        actor: &Actor,
        (source, key): (&str, &str),
    ) -> Result<bool, Denied> {
        allowed(actor, May::Tend)?;
        let about =
            About { told: serde_json::json!({ "source": source, "key": key }), ..About::default() };
        if group_of(source, key).is_some_and(|group| !actor.sees(group)) {
            return Err(Denied::Missing);
        }
        let acting = self.acting(actor, May::Tend, "today.undone", about)?;
        if self.store().take_back_put_off(acting.clone(), (source, key)).await? {
            return Ok(true);
        }
        let name = key.split_once(':').map(|(_, name)| name);
        let Some(task) = group_of(source, key).zip(name) else { return Ok(false) };
        let since = Millis(self.now().0 - UNDO_MS);
        Ok(self.store().reopen_task(acting, task, since).await?)
    }

    /// Tries something again that could not be processed.
    pub async fn retry_row(&self, actor: &Actor, row: (&str, &str)) -> Result<Ended, Denied> {
        let Some(row) = self.open_row(actor, row).await? else {
            allowed(actor, May::Tend)?;
            return Ok(Ended::Gone);
        };
        let acting = self.acting(actor, May::Tend, "today.retried", told(&row))?;
        let Closing::Drop(id) = row.closing else { return Err(Denied::Missing) };
        if !self.live().retry_set_aside(actor.org, id).await? {
            return Ok(Ended::Gone);
        }
        self.store().note_act(acting).await?;
        Ok(Ended::Done { undo: false })
    }

    fn noting(&self, actor: &Actor, row: &Row, until: Option<Millis>) -> PutOff {
        PutOff {
            source: row.source.to_owned(),
            key: row.key.clone(),
            level: row.level,
            by: actor.staff,
            at: self.now(),
            until,
        }
    }
}

/// The group that a row of this name is about.
fn group_of(source: &str, key: &str) -> Option<GroupId> {
    let key = if source == "failures" { key.strip_prefix("action:")? } else { key };
    key.split(':').next()?.parse().ok().map(GroupId)
}

pub(super) fn told(row: &Row) -> About {
    About {
        group: row.group,
        person: row.person,
        told: serde_json::json!({ "source": row.source, "key": row.key }),
    }
}
