//! Exports and rosters from the browser: uploaded, recognised, imported in the background.
//!
//! Reading order: `told` (what a job keeps, what was recognised), `ride` (how far it is), then the
//! use cases here.
//!
//! Invariants: leads who see all groups import and undo; one import runs at a time and others wait
//! in line; one that is stopped, fails or dies leaves nothing but its files, from which it can be
//! started again; the files go when they are imported or the job is removed.

mod ride;
mod told;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use domain::{Actor, ImportId, May, Millis, OrgId, Zone};
use imports::ImportError;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use store::{ImportRow, ImportState, JobRow, JobState, JobStep};

use crate::console::{About, Console, Denied, allowed};
use crate::error::Fault;
use crate::import_files::{Imported, import_into};
use crate::rebuild::undo_in;
use crate::watch::Unwatched;

use ride::Ride;
use told::Kept;

pub use ride::Progress;
pub use told::{Outcome, Recognised, UploadAsked};

/// What is under way.
type Rides = FxHashMap<(OrgId, i64), Arc<Ride>>;

/// Where uploads lie and which are under way.
#[derive(Debug, Default)]
pub(crate) struct Uploads {
    folder: OnceLock<PathBuf>,
    rides: Mutex<Rides>,
    /// One import runs at a time.
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Where an upload stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadState {
    /// Nobody has said yet how to read it.
    Draft,
    /// In line or being imported.
    UnderWay(Progress),
    /// The program ended while it was under way.
    Interrupted,
    /// Imported.
    Done,
    /// It failed; nothing is left of it.
    Failed,
    /// Somebody stopped it; nothing is left of it.
    Cancelled,
}

/// An import from the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// Its number.
    pub id: i64,
    /// When it was uploaded.
    pub at: Millis,
    /// Where it stands.
    pub state: UploadState,
    /// Names of the files.
    pub files: Vec<String>,
    /// How it is to be read.
    pub asked: UploadAsked,
    /// What was found in the files.
    pub recognised: Recognised,
    /// What came of it.
    pub outcome: Outcome,
    /// The import that it made.
    pub import: Option<ImportId>,
}

/// An import that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastImport {
    /// Its number.
    pub id: ImportId,
    /// Whether it is whole.
    pub state: ImportState,
    /// When it began.
    pub at: Millis,
    /// Names of the files.
    pub files: Vec<String>,
    /// Words of the formats.
    pub format: String,
    /// Zone of its wall clocks.
    pub zone: String,
    /// Names of the groups that got records.
    pub groups: Vec<String>,
    /// Records that it wrote.
    pub facts: u64,
    /// Records that were there already.
    pub duplicates: u64,
}

impl PastImport {
    fn of(row: ImportRow) -> Self {
        let counts: Value = serde_json::from_str(&row.counts).unwrap_or_default();
        let count = |name: &str| counts.get(name).and_then(Value::as_u64).unwrap_or(0);
        let groups = counts.get("groups").and_then(Value::as_array).into_iter().flatten();
        Self {
            id: row.id,
            state: row.state,
            at: row.about.started,
            files: row.about.files,
            format: row.about.format,
            zone: row.about.zone,
            groups: groups.filter_map(|name| name.as_str().map(str::to_owned)).collect(),
            facts: count("facts"),
            duplicates: count("duplicates"),
        }
    }
}

/// Formats that can be chosen: the word, and the name in Chinese and English.
pub fn formats() -> Vec<(&'static str, [&'static str; 2])> {
    imports::FORMATS.iter().map(|format| (format.word, format.title)).collect()
}

impl Console {
    /// Where uploads are kept, said once at the start.
    pub fn keep_uploads_in(&self, folder: PathBuf) {
        // It is said once, by the one who made the console.
        let _again = self.inner.uploads.folder.set(folder);
    }

    /// The folder in which uploads wait, where one was said.
    pub(crate) fn uploads_folder(&self) -> Option<PathBuf> {
        self.inner.uploads.folder.get().cloned()
    }

    /// The program ends: what is under way stops, and can be started again.
    pub fn end_uploads(&self) {
        for ride in self.rides().values() {
            ride.end();
        }
    }

    /// A new upload; its number, and the folder that its files go to.
    pub async fn begin_upload(&self, actor: &Actor) -> Result<(i64, PathBuf), Denied> {
        imports_all(actor)?;
        let acting = self.acting(actor, May::Lead, "import.uploaded", About::default())?;
        let id = self.store().add_job("{}", acting).await?;
        let folder = self.upload_folder(actor.org, id);
        std::fs::create_dir_all(&folder).map_err(Fault::Spool)?;
        Ok((id, folder))
    }

    /// Looks what was uploaded; the files lie in the folder of the upload.
    pub async fn recognise(
        &self,
        actor: &Actor,
        id: i64,
        (files, format): (Vec<String>, String),
    ) -> Result<Recognised, Denied> {
        imports_all(actor)?;
        let (folder, now) = (self.upload_folder(actor.org, id), self.now());
        let zone = self.zone(actor.org).await?;
        let (looked, word) = (zone.clone(), format.clone());
        let look = move || told::recognise(&folder, &word, (&looked, now));
        let recognised = tokio::task::spawn_blocking(look).await.map_err(broken)?;
        let asked = UploadAsked { zone: zone.name().to_owned(), format, ..UploadAsked::default() };
        let kept = Kept { files, asked, recognised: recognised.clone() };
        let step = self.step(id, &[JobState::Draft], JobState::Draft);
        let step = JobStep { request: Some(json!(kept).to_string()), ..step };
        let stepped = self.store().step_job(actor.org, step, None).await?;
        if stepped { Ok(recognised) } else { Err(Denied::Missing) }
    }

    /// All uploads, the latest first.
    pub async fn uploads(&self, actor: &Actor) -> Result<Vec<Upload>, Denied> {
        imports_all(actor)?;
        // Looked at before the rows: one that ends meanwhile is still under way.
        let rides = self.rides().clone();
        let rows = self.store().jobs(actor.org).await?;
        Ok(rows.iter().map(|row| told(&rides, actor.org, row)).collect())
    }

    /// One upload.
    pub async fn upload(&self, actor: &Actor, id: i64) -> Result<Upload, Denied> {
        imports_all(actor)?;
        let rides = self.rides().clone();
        let row = self.store().job(actor.org, id).await?.ok_or(Denied::Missing)?;
        Ok(told(&rides, actor.org, &row))
    }

    /// Has an upload imported: a fresh one, or one that was stopped, failed or interrupted.
    /// [`Denied::Changed`] when it is under way or done already.
    pub async fn start_upload(
        &self,
        actor: &Actor,
        id: i64,
        asked: UploadAsked,
    ) -> Result<(), Denied> {
        let upload = self.upload(actor, id).await?;
        let zone = Zone::named(&asked.zone).map_err(|_| Denied::field("zone", "unknown"))?;
        let from: &[JobState] = match upload.state {
            UploadState::UnderWay(_) | UploadState::Done => return Err(Denied::Changed),
            UploadState::Interrupted => &[JobState::Waiting, JobState::Running],
            _ => &[JobState::Draft, JobState::Failed, JobState::Cancelled],
        };
        let told = About { told: json!({ "files": upload.files }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "import.started", told)?;
        let kept =
            Kept { files: upload.files, asked: asked.clone(), recognised: upload.recognised };
        let ride = Arc::new(Ride::default());
        if self.rides().insert((actor.org, id), Arc::clone(&ride)).is_some() {
            return Err(Denied::Changed);
        }
        let step = self.step(id, from, JobState::Waiting);
        let step = JobStep { request: Some(json!(kept).to_string()), ..step };
        let stepped = self.store().step_job(actor.org, step, Some(acting)).await;
        if !matches!(stepped, Ok(true)) {
            self.rides().remove(&(actor.org, id));
            stepped?;
            return Err(Denied::Changed);
        }
        let (console, place) = (self.clone(), (actor.org, id));
        tokio::spawn(async move { console.run_upload(place, ride, (asked, zone)).await });
        Ok(())
    }

    /// Stops an upload that is under way: between two batches, and nothing of it is left.
    pub async fn cancel_upload(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        self.upload(actor, id).await?;
        let told = About { told: json!({ "upload": id }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "import.cancelled", told)?;
        let ride = self.rides().get(&(actor.org, id)).cloned();
        if ride.ok_or(Denied::Changed)?.cancel() {
            self.store().note_act(acting).await?;
        }
        Ok(())
    }

    /// Removes an upload with its files; what it imported stays.
    pub async fn remove_upload(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        let upload = self.upload(actor, id).await?;
        if matches!(upload.state, UploadState::UnderWay(_)) {
            return Err(Denied::Changed);
        }
        let told = About { told: json!({ "files": upload.files }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "import.removed", told)?;
        self.store().drop_job(id, acting).await?;
        clear(&self.upload_folder(actor.org, id));
        Ok(())
    }

    /// All imports, those of the command line too, the latest first.
    pub async fn imports(&self, actor: &Actor) -> Result<Vec<PastImport>, Denied> {
        imports_all(actor)?;
        let rows = self.store().imports(actor.org).await?;
        Ok(rows.into_iter().map(PastImport::of).collect())
    }

    /// Takes an import back. Gives the number of records removed, and later imports that may have
    /// to be told again.
    pub async fn undo_import(
        &self,
        actor: &Actor,
        import: ImportId,
    ) -> Result<(u64, Vec<ImportId>), Denied> {
        imports_all(actor)?;
        let told = About { told: json!({ "import": import.0 }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "import.undone", told)?;
        let (store, org, judge) = (self.store().clone(), actor.org, self.judge(actor.org));
        let by = (import, Some(acting));
        let runtime = tokio::runtime::Handle::current();
        // Counting the days again holds its thread.
        let work = move || runtime.block_on(undo_in((&store, org), by, &judge, &Unwatched));
        let undone = tokio::task::spawn_blocking(work).await.map_err(broken)?;
        self.renew_names(org);
        Ok(undone?)
    }

    async fn run_upload(
        &self,
        (org, id): (OrgId, i64),
        ride: Arc<Ride>,
        (asked, zone): (UploadAsked, Zone),
    ) {
        let turn = Arc::clone(&self.inner.uploads.turn).lock_owned().await;
        let done = self.import_upload((org, id), &ride, (asked, zone)).await;
        drop(turn);
        if !ride.is_ending() {
            let (to, outcome, import) = match &done {
                Ok(imported) => (JobState::Done, Outcome::of(imported), imported.id),
                Err(Fault::Import(ImportError::Stopped)) => {
                    (JobState::Cancelled, Outcome::default(), None)
                }
                Err(fault) => (JobState::Failed, Outcome::failed(fault), None),
            };
            let step = self.step(id, &[JobState::Waiting, JobState::Running], to);
            let step = JobStep { outcome: json!(outcome).to_string(), import, ..step };
            // Where this cannot be written, it is shown as interrupted; importing again finds
            // everything there already.
            let is_told = self.store().step_job(org, step, None).await;
            if done.is_ok() && is_told.is_ok() {
                clear(&self.upload_folder(org, id));
            }
        }
        self.renew_names(org);
        self.rides().remove(&(org, id));
    }

    async fn import_upload(
        &self,
        (org, id): (OrgId, i64),
        ride: &Arc<Ride>,
        (asked, zone): (UploadAsked, Zone),
    ) -> Result<Imported, Fault> {
        let step = self.step(id, &[JobState::Waiting], JobState::Running);
        self.store().step_job(org, step, None).await?;
        let folder = self.upload_folder(org, id);
        let request = told::request(&folder, &asked, (zone, self.now()), self.judge(org));
        let (store, ride) = (self.store().clone(), Arc::clone(ride));
        let runtime = tokio::runtime::Handle::current();
        // Reading holds its thread.
        let work = move || runtime.block_on(import_into((&store, org), &request, &*ride));
        match tokio::task::spawn_blocking(work).await {
            Ok(imported) => imported,
            Err(error) => Err(broken(error)),
        }
    }

    fn step(&self, id: i64, from: &[JobState], to: JobState) -> JobStep {
        JobStep {
            id,
            from: from.to_vec(),
            to,
            request: None,
            outcome: String::new(),
            import: None,
            at: self.now(),
        }
    }

    fn upload_folder(&self, org: OrgId, id: i64) -> PathBuf {
        // Said by nobody (a console without a data folder): a folder of its own.
        let beside = |_| PathBuf::from("huoqun-uploads");
        let usual = || tempfile::tempdir().map_or_else(beside, tempfile::TempDir::keep);
        let root = self.inner.uploads.folder.get_or_init(usual);
        root.join(org.0.to_string()).join(id.to_string())
    }

    fn rides(&self) -> std::sync::MutexGuard<'_, Rides> {
        self.inner.uploads.rides.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Imports touch every group: only who sees all of them may.
fn imports_all(actor: &Actor) -> Result<(), Denied> {
    allowed(actor, May::Lead)?;
    if actor.sees_all() { Ok(()) } else { Err(Denied::NotAllowed(May::Own)) }
}

/// Files that are not needed any more; what cannot be removed is in nobody's way.
fn clear(folder: &Path) {
    let _gone = std::fs::remove_dir_all(folder);
}

fn broken(error: tokio::task::JoinError) -> Fault {
    Fault::Spool(std::io::Error::other(error))
}

/// An upload as it stands, by its row and by what was under way before that was read.
fn told(rides: &Rides, org: OrgId, row: &JobRow) -> Upload {
    let kept: Kept = serde_json::from_str(&row.request).unwrap_or_default();
    let ride = rides.get(&(org, row.id)).cloned();
    let state = match (ride, row.state) {
        // Until its files are cleared away, too.
        (Some(ride), _) => UploadState::UnderWay(ride.progress()),
        (None, JobState::Waiting | JobState::Running) => UploadState::Interrupted,
        (None, JobState::Draft) => UploadState::Draft,
        (None, JobState::Done) => UploadState::Done,
        (None, JobState::Failed) => UploadState::Failed,
        (None, JobState::Cancelled) => UploadState::Cancelled,
    };
    Upload {
        id: row.id,
        at: row.at,
        state,
        files: kept.files,
        asked: kept.asked,
        recognised: kept.recognised,
        outcome: serde_json::from_str(&row.outcome).unwrap_or_default(),
        import: row.import,
    }
}
