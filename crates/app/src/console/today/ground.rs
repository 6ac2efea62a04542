//! What all sources look at: read once, each table in one statement, cut to what the actor sees.

use std::collections::HashMap;

use domain::{Actor, ActorClass, GroupId, May, Millis, StaffId};
use insights::{Cause, Mood};
use store::{
    GroupTitle, JobState, Keeping, OutboxRow, PersonIn, PutOff, ReportRow, StaffTitle, TaskRow,
    TaskState,
};

use crate::console::today::companies::CompanyGround;
use crate::console::{Console, Denied, Standing, allowed};
use crate::live::SetAside;

/// Open tasks read, at most: the longest wait first.
const TASKS_MAX: u32 = 5_000;

/// Rows set aside and failed actions read, at most; what failed longer ago is history.
const FAILURES_MAX: u32 = 200;
const FAILED_FOR_MS: i64 = 14 * Millis::DAY;

/// An export tells of today for so long.
const YOUNG_MS: i64 = 30 * Millis::DAY;

/// Somebody is new for so long.
const NEW_FOR_MS: i64 = 72 * Millis::HOUR;

/// What keepers told by a tap stands for so long.
const REPORTED_FOR_MS: i64 = 30 * Millis::DAY;

/// A group in trouble.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Troubled {
    pub(crate) group: GroupId,
    pub(crate) mood: Mood,
    /// Strongest first.
    pub(crate) causes: Vec<Cause>,
    /// Its last message.
    pub(crate) last: Option<Millis>,
    /// When it was made.
    pub(crate) made: Millis,
}

/// An import from the browser that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FailedImport {
    pub(crate) id: i64,
    pub(crate) at: Millis,
}

/// What all sources look at.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    pub(crate) now: Millis,
    pub(crate) tasks: Vec<TaskRow>,
    pub(crate) troubles: Vec<Troubled>,
    /// New members whom nobody has welcomed, group by group, the first to come first.
    pub(crate) newcomers: Vec<PersonIn>,
    pub(crate) aside: Vec<SetAside>,
    pub(crate) failed: Vec<OutboxRow>,
    pub(crate) imports: Vec<FailedImport>,
    pub(crate) reports: Vec<ReportRow>,
    /// What is known of companies on WeCom.
    pub(crate) companies: CompanyGround,
    pub(crate) titles: HashMap<GroupId, GroupTitle>,
    pub(crate) keepings: HashMap<GroupId, Keeping>,
    pub(crate) staff: Vec<StaffTitle>,
    pub(crate) put_offs: HashMap<(String, String), PutOff>,
    /// Whether to look for groups without an owner: who looks sees all groups and may set them.
    pub(crate) sets_owners: bool,
}

impl Ground {
    /// Who keeps a group: its owner, or the back-up where there is none.
    pub(crate) fn owner(&self, group: GroupId) -> Option<StaffId> {
        let keeping = self.keepings.get(&group)?;
        keeping.owner.or(keeping.backup)
    }

    /// What was noted of a row.
    pub(crate) fn noted(&self, source: &str, key: &str) -> Option<&PutOff> {
        self.put_offs.get(&(source.to_owned(), key.to_owned()))
    }
}

impl Console {
    /// Reads the ground for who looks.
    pub(crate) async fn ground(&self, actor: &Actor) -> Result<Ground, Denied> {
        allowed(actor, May::Look)?;
        let (store, org, now) = (self.store(), actor.org, self.now());
        let since = Millis(now.0 - NEW_FOR_MS);
        let member = ActorClass::Member as u8;
        let (titles, keepings, staff, put_offs, tasks, newcomers) = tokio::try_join!(
            store.group_titles(org),
            store.keepings(org),
            store.staff_titles(org),
            store.put_offs(org),
            store.tasks(org, TaskState::Open, TASKS_MAX),
            store.newcomers(org, since, member),
        )?;
        let (failed, aside, troubles, imports, reports, companies) = tokio::try_join!(
            async {
                let since = Millis(now.0 - FAILED_FOR_MS);
                Ok(store.failed_actions(org, since, FAILURES_MAX).await?)
            },
            async { Ok(self.live().set_aside(org, FAILURES_MAX).await?) },
            self.troubles(actor),
            self.failed_imports(actor),
            async {
                let since = Millis(now.0 - REPORTED_FOR_MS);
                Ok(store.reports_since(org, since).await?)
            },
            self.company_ground(actor, since),
        )?;
        let mut ground = Ground {
            now,
            tasks,
            troubles,
            newcomers,
            aside,
            failed,
            imports,
            reports,
            companies,
            titles: titles.into_iter().map(|one| (one.group, one)).collect(),
            keepings: keepings.into_iter().map(|one| (one.group, one)).collect(),
            staff,
            put_offs: put_offs.into_iter().map(named).collect(),
            sets_owners: actor.sees_all() && actor.may(May::Keep),
        };
        ground.cut(actor);
        self.leave_out_welcomed(org, &mut ground).await?;
        // There nobody sees whom somebody welcomed: staff say so.
        ground.newcomers.append(&mut ground.companies.newcomers);
        Ok(ground)
    }

    /// Groups in trouble within the scope. Those that are only read from exports count while
    /// their exports are young.
    async fn troubles(&self, actor: &Actor) -> Result<Vec<Troubled>, Denied> {
        let (all, now) = (self.standings(actor).await?, self.now());
        let young =
            |one: &Standing| one.live || one.last.is_some_and(|last| now.since(last) < YOUNG_MS);
        let is_bad = |one: &&Standing| {
            matches!(one.mood, Mood::Fading | Mood::Dying | Mood::Dead)
                && one.made > Millis(0)
                && young(one)
        };
        let troubled = |one: &Standing| Troubled {
            group: one.group,
            mood: one.mood,
            causes: one.causes.clone(),
            last: one.last,
            made: one.made,
        };
        Ok(all.iter().filter(is_bad).map(troubled).collect())
    }

    /// Imports that failed, for who may import.
    async fn failed_imports(&self, actor: &Actor) -> Result<Vec<FailedImport>, Denied> {
        if !actor.may(May::Lead) || !actor.sees_all() {
            return Ok(Vec::new());
        }
        let jobs = self.store().jobs(actor.org).await?.into_iter();
        let failed = jobs.filter(|job| job.state == JobState::Failed);
        Ok(failed.map(|job| FailedImport { id: job.id, at: job.at }).collect())
    }
}

impl Ground {
    /// Leaves nothing outside the scope.
    fn cut(&mut self, actor: &Actor) {
        if !actor.sees_all() {
            self.titles.retain(|group, _| actor.sees(*group));
        }
        let titles = &self.titles;
        self.tasks.retain(|task| titles.contains_key(&task.group));
        self.newcomers.retain(|one| titles.contains_key(&one.group));
        self.aside.retain(|row| titles.contains_key(&row.group));
        self.failed.retain(|row| titles.contains_key(&row.group));
        self.troubles.retain(|one| titles.contains_key(&one.group));
        self.reports.retain(|one| titles.contains_key(&one.group));
        self.companies.cut(|group| titles.contains_key(&group));
    }
}

fn named(put: PutOff) -> ((String, String), PutOff) {
    ((put.source.clone(), put.key.clone()), put)
}
