//! Whether everything is well: what is looked at, what was found, what to do.
//!
//! Reading order: [`Looked`] is what was gathered; [`judged`] is the one list of checks, pure;
//! `words` says each finding. The page and `huoqun doctor` show the same list.
//!
//! Invariants: looking changes nothing; each finding that is not well has a cause and a remedy in
//! words; a page shows nobody what that role cannot mend.

mod judge;
mod words;

use std::path::{Path, PathBuf};
use std::time::Duration;

use domain::{Actor, Day, May, Millis, OrgId};
use store::{Store, Vitals};

use crate::console::{Console, Denied, allowed};

pub use judge::{Check, Finding, Tone, judged};

/// A database that has not answered after so long is said not to answer.
const PATIENCE: Duration = Duration::from_secs(15);

/// How often somebody looks whether a new day has begun.
const SIZED_EVERY: Duration = Duration::from_hours(1);

/// Room on the disk, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Left for us.
    pub free: u64,
    /// In all.
    pub total: u64,
}

/// How people reach the pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Door {
    /// The address that links are made with, where one was said.
    pub address: Option<String>,
    /// We were told to believe a proxy in front.
    pub behind_proxy: bool,
    /// Whether the request in hand came through one; `None` where there is no request.
    pub forwarded: Option<bool>,
    /// The pages are reached by HTTPS.
    pub secure: bool,
    /// Only this machine reaches them.
    pub local: bool,
}

/// What was gathered, before it is judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// When.
    pub now: Millis,
    /// How the database is, or why it does not say.
    pub vitals: Result<Vitals, String>,
    /// Room where the data lies; `None` where that cannot be told.
    pub room: Option<Room>,
    /// How people come in; `None` where that is not known.
    pub door: Option<Door>,
    /// Groups that are judged anew: done, of how many. `None` when none is, or nobody knows.
    pub judging: Option<(u64, u64)>,
}

/// Looks at a database and at the disk of this folder, or of the database itself where it is a
/// file.
pub async fn look(store: &Store, (org, now): (OrgId, Millis), folder: Option<&Path>) -> Looked {
    let beside = store.file().and_then(Path::parent);
    let folder = beside.or(folder).map(Path::to_owned);
    let room = tokio::task::spawn_blocking(move || folder.and_then(room)).await;
    let vitals = match tokio::time::timeout(PATIENCE, store.vitals(org, now)).await {
        Ok(vitals) => vitals.map_err(|fault| fault.words()),
        Err(_) => Err("no answer in time".to_owned()),
    };
    Looked { now, vitals, room: room.ok().flatten(), door: None, judging: None }
}

/// Room on the disk of a folder, or of the nearest one above that is there.
fn room(folder: PathBuf) -> Option<Room> {
    let here = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
    let there = here.ancestors().find(|one| one.is_dir())?;
    let stats = fs4::statvfs(there).ok()?;
    Some(Room { free: stats.available_space(), total: stats.total_space() })
}

impl Console {
    /// Looks at everything; what is not well and another role has to mend is left out.
    pub async fn examine(&self, actor: &Actor, door: Door) -> Result<Vec<Finding>, Denied> {
        allowed(actor, May::Look)?;
        let folder = self.uploads_folder();
        let looked = look(self.store(), (actor.org, self.now()), folder.as_deref()).await;
        let judging = self.live().refolding(actor.org);
        let judging = judging.map(|far| (u64::from(far.done), u64::from(far.groups)));
        let looked = Looked { door: Some(door), judging, ..looked };
        let mends = |one: &Finding| one.tone == Tone::Well || actor.may(one.check.mended_by());
        Ok(judged(&looked).into_iter().filter(mends).collect())
    }

    /// Notes the size of the database once a day, for the rate at which it grows.
    pub fn start_growth(&self) {
        let console = self.clone();
        self.live().aside("the size of the database", move |mut stop| {
            let console = console.clone();
            async move {
                while !*stop.borrow_and_update() {
                    let today = console.now().0.div_euclid(Millis::DAY);
                    let today = Day(i32::try_from(today).unwrap_or(i32::MAX));
                    // What fails now is noted the next time.
                    let _ = console.store().note_size(today).await;
                    let _ = tokio::time::timeout(SIZED_EVERY, stop.changed()).await;
                }
            }
        });
    }

    /// How the database is, for machines that watch.
    pub async fn vitals(&self, org: OrgId) -> Result<Vitals, Denied> {
        Ok(self.store().vitals(org, self.now()).await?)
    }

    /// Whether requests can be answered: the database does.
    pub async fn is_ready(&self, org: OrgId) -> bool {
        self.store().settings(org).await.is_ok()
    }
}
