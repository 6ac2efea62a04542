//! Imports from the browser: what was uploaded, how it is to be read, how far it is.
//!
//! Invariant: a job goes on from the state that whoever changes it has seen; two who start it at
//! once start it once. The files lie elsewhere.

use domain::{ImportId, Millis, OrgId, StaffId};

use crate::fault::Result;
use crate::sql::{Row, Value, job};
use crate::store::Store;
use crate::team::audit::number;
use crate::team::{Acting, note};

/// State of an import from the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobState {
    /// Uploaded; nobody has said yet how to read it.
    Draft,
    /// In line behind others.
    Waiting,
    /// Being read or written.
    Running,
    /// Whole: its import can be undone.
    Done,
    /// It failed; nothing is left of it.
    Failed,
    /// Somebody stopped it; nothing is left of it.
    Cancelled,
}

impl JobState {
    /// All states, by number.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Waiting, Self::Running, Self::Done, Self::Failed, Self::Cancelled];

    fn of(code: i64) -> Self {
        let known = Self::ALL.into_iter().find(|state| *state as i64 == code);
        known.unwrap_or(Self::Failed)
    }
}

/// An import from the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its number.
    pub id: i64,
    /// Who uploaded it.
    pub staff: StaffId,
    /// When.
    pub at: Millis,
    /// Its state.
    pub state: JobState,
    /// How it is to be read: JSON.
    pub request: String,
    /// What came of it: JSON.
    pub outcome: String,
    /// The import that it made.
    pub import: Option<ImportId>,
}

/// A step of an import from the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobStep {
    /// Which.
    pub id: i64,
    /// From one of these states.
    pub from: Vec<JobState>,
    /// To this one.
    pub to: JobState,
    /// How it is to be read, where that changes.
    pub request: Option<String>,
    /// What came of it.
    pub outcome: String,
    /// The import that it made.
    pub import: Option<ImportId>,
    /// When.
    pub at: Millis,
}

const NEW: &str = "INSERT INTO import_jobs \
                   (org, id, staff, at, state, request, progress, changed_at) \
                   VALUES ($1, $2, $3, $4, 0, $5, '', $4)";
const LIST: &str = "SELECT id, staff, at, state, request, progress, import_id FROM import_jobs \
                    WHERE org = $1 ORDER BY id DESC LIMIT 200";
const ONE: &str = "SELECT id, staff, at, state, request, progress, import_id FROM import_jobs \
                   WHERE org = $1 AND id = $2";
const STEP: &str = "UPDATE import_jobs SET state = $3, request = COALESCE($4, request), \
                    progress = $5, import_id = COALESCE($6, import_id), changed_at = $7 \
                    WHERE org = $1 AND id = $2 AND state IN \
                    (SELECT s.state FROM {rows:$8(state int)} AS s)";

impl Store {
    /// A new job without files; its number.
    pub async fn add_job(&self, request: &str, acting: Acting) -> Result<i64> {
        let request = request.to_owned();
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let id = number(&mut conn, acting.org, "import_jobs").await?;
                let (staff, at) = (acting.staff.0, acting.at.0);
                let values = [
                    acting.org.0.into(),
                    id.into(),
                    staff.into(),
                    at.into(),
                    request.as_str().into(),
                ];
                conn.run(NEW, &values).await?;
                note(&mut conn, &acting).await?;
                Ok(id)
            })
        }))
        .await
    }

    /// The jobs of an organisation, the latest first.
    pub async fn jobs(&self, org: OrgId) -> Result<Vec<JobRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                conn.rows(LIST, &[org.0.into()]).await?.into_iter().map(row).collect()
            })
        }))
        .await
    }

    /// One job.
    pub async fn job(&self, org: OrgId, id: i64) -> Result<Option<JobRow>> {
        self.read(job(move |mut conn| {
            Box::pin(async move {
                conn.row(ONE, &[org.0.into(), id.into()]).await?.map(row).transpose()
            })
        }))
        .await
    }

    /// Brings a job to another state; `false` when it was in none of those that are left.
    pub async fn step_job(&self, org: OrgId, step: JobStep, by: Option<Acting>) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let from: Vec<[i64; 1]> = step.from.iter().map(|state| [*state as i64]).collect();
                let from = serde_json::json!(from).to_string();
                let values = [
                    org.0.into(),
                    step.id.into(),
                    (step.to as i64).into(),
                    Value::Text(step.request),
                    step.outcome.as_str().into(),
                    step.import.map(|import| import.0).into(),
                    step.at.0.into(),
                    from.as_str().into(),
                ];
                let is_done = conn.run(STEP, &values).await? > 0;
                if let (true, Some(acting)) = (is_done, by) {
                    note(&mut conn, &acting).await?;
                }
                Ok(is_done)
            })
        }))
        .await
    }

    /// Forgets a job that is not under way.
    pub async fn drop_job(&self, id: i64, acting: Acting) -> Result<bool> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let sql = "DELETE FROM import_jobs WHERE org = $1 AND id = $2";
                let is_gone = conn.run(sql, &[acting.org.0.into(), id.into()]).await? > 0;
                if is_gone {
                    note(&mut conn, &acting).await?;
                }
                Ok(is_gone)
            })
        }))
        .await
    }
}

fn row(mut row: Row) -> Result<JobRow> {
    Ok(JobRow {
        id: row.int(0)?,
        staff: StaffId(row.int(1)?),
        at: Millis(row.int(2)?),
        state: JobState::of(row.int(3)?),
        request: row.text(4)?,
        outcome: row.text(5)?,
        import: row.opt_int(6)?.map(ImportId),
    })
}
