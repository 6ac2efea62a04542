//! The audit log: who of staff did what, when, to which group or person.

use std::collections::BTreeMap;

use domain::{Actor, GroupId, IdentityId, May, Millis, Scope, StaffId};
use store::{AuditQuery, AuditRow};

use crate::console::{Console, Denied, allowed};

/// Lines on one page.
const PAGE: u32 = 50;

/// Lines in one export, at most.
const EXPORT_MAX: u32 = 100_000;

/// Which lines are wanted; what is absent does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// By whom.
    pub staff: Option<StaffId>,
    /// The word of the act.
    pub act: Option<String>,
    /// About which group.
    pub group: Option<GroupId>,
    /// From this moment on, and before that one.
    pub span: (Option<Millis>, Option<Millis>),
    /// Below this line.
    pub before: Option<i64>,
}

/// A line, with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    /// The line.
    pub row: AuditRow,
    /// Name of the group that it is about.
    pub group: Option<String>,
    /// Name of the person that it is about.
    pub person: Option<String>,
}

/// A page of the log, the newest line first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogPage {
    /// The lines.
    pub lines: Vec<LogLine>,
    /// The number below which the next page begins, where there is one.
    pub next: Option<i64>,
}

impl Console {
    /// A page of the audit log within the scope: about groups that are seen, or by who asks.
    pub async fn audit(&self, actor: &Actor, query: LogQuery) -> Result<LogPage, Denied> {
        let mut rows = self.lines(actor, query, PAGE + 1).await?;
        let more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let next = rows.last().filter(|_| more).map(|row| row.id);
        Ok(LogPage { lines: self.named(actor, rows).await?, next })
    }

    /// All lines within the scope, for an export; at most a hundred thousand.
    pub async fn audit_export(
        &self,
        actor: &Actor,
        query: LogQuery,
    ) -> Result<Vec<LogLine>, Denied> {
        let rows = self.lines(actor, query, EXPORT_MAX).await?;
        self.named(actor, rows).await
    }

    async fn lines(
        &self,
        actor: &Actor,
        query: LogQuery,
        limit: u32,
    ) -> Result<Vec<AuditRow>, Denied> {
        allowed(actor, May::Lead)?;
        let within = match &actor.scope {
            Scope::All => None,
            Scope::Groups(groups) => Some((groups.iter().copied().collect(), actor.staff)),
        };
        let wanted = AuditQuery {
            staff: query.staff,
            act: query.act,
            group: query.group,
            from: query.span.0,
            to: query.span.1,
            before: query.before,
            within,
            limit,
        };
        Ok(self.store().audit(actor.org, wanted).await?)
    }

    /// The words of all acts that the log holds.
    pub async fn audit_acts(&self, actor: &Actor) -> Result<Vec<String>, Denied> {
        allowed(actor, May::Lead)?;
        Ok(self.store().audit_acts(actor.org).await?)
    }

    async fn named(&self, actor: &Actor, rows: Vec<AuditRow>) -> Result<Vec<LogLine>, Denied> {
        let groups: BTreeMap<GroupId, String> = self.givable(actor).await?.into_iter().collect();
        let ids: Vec<IdentityId> = rows.iter().filter_map(|row| row.person).collect();
        let people = self.store().identities(actor.org, &ids).await?;
        let people: BTreeMap<IdentityId, String> =
            people.into_iter().map(|one| (one.id, one.said.name)).collect();
        let named = |row: AuditRow| LogLine {
            group: row.group.and_then(|group| groups.get(&group).cloned()),
            person: row.person.and_then(|person| people.get(&person).cloned()),
            row,
        };
        Ok(rows.into_iter().map(named).collect())
    }
}
