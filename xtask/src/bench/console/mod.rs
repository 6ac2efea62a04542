//! Pages of the console over a thousand groups of two hundred people and a year.
//!
//! Reading order: `life` lives a year of a group in memory; `fill` writes what pages are made of,
//! `around` what staff made of it; `measure` serves it and asks for the pages of `pages`. The same
//! data is brought to PostgreSQL by a backup.

mod around;
mod fill;
mod life;
mod measure;
mod pages;

use crate::bench::Failure;
use crate::bench::databases::runtime;
use crate::bench::measure::{Bound, Sheet, timed};
use domain::Millis;
use life::Measures;
use measure::At;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A thousand groups of two hundred for a year.
const GROUPS: f64 = 1_000.0;
const PEOPLE: u32 = 200;
const DAYS: i32 = 365;

/// How large, and where it is kept.
#[derive(Clone, Debug)]
pub struct Big {
    /// Share of a thousand groups.
    pub scale: f64,
    /// Messages of an ordinary group and day: 280 make about a hundred million.
    pub daily: u32,
    /// Only pages whose address holds this.
    pub pages: String,
    /// A folder in which the databases stay; what it holds already is used again.
    pub keep: Option<PathBuf>,
}

/// All of it, on both databases.
pub(super) fn measure(
    root: &Path,
    folder: &Path,
    big: &Big,
    (sheet, say): (&mut Sheet, &dyn Fn(&str)),
) -> Result<(), Failure> {
    let folder = big.keep.as_deref().unwrap_or(folder);
    std::fs::create_dir_all(folder)?;
    let path = folder.join("huoqun.db");
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small number")]
    let groups = (GROUPS * big.scale).ceil() as u32;
    let (number, people, days, messages) = (0, PEOPLE, DAYS, big.daily);
    let all = Measures { number, groups, people, days, messages, end: wall() };
    let runtime = runtime()?;
    if !path.exists() {
        let making = folder.join("making.db");
        let (made, time) = timed(|| runtime.block_on(fill::fill(&making, all, say)));
        sheet.note("messages lived", made? as f64, "", Bound::None);
        sheet.note("made in", time.as_secs_f64(), "s", Bound::None);
        std::fs::rename(&making, &path)?;
    }
    let size = std::fs::metadata(&path)?.len() as f64 / 1e9;
    sheet.note("SQLite file", size, "GB", Bound::None);
    let present = fill::present(&path)?;
    let people = all.identities();
    let at = |name, url| At { name, url, present, groups, people, pages: &big.pages };
    let url = path.display().to_string();
    let mut timed = runtime.block_on(measure::pages(&at("SQLite", &url), sheet, say))?;
    let (server, name) = (server(root)?, format!("bench_console_{groups}"));
    let url = runtime.block_on(restored(&server, &name, (&path, folder)))?;
    let asked = runtime.block_on(measure::pages(&at("PostgreSQL", &url), sheet, say));
    if big.keep.is_none() {
        runtime.block_on(store::drop_database(&server, &name))?;
    }
    timed.extend(asked?);
    measure::told(timed, sheet);
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "data that is kept ends now")]
fn wall() -> Millis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Millis(since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0)))
}

/// A server as an operator runs one: what it says it kept it kept, and half a gigabyte of memory.
fn server(root: &Path) -> Result<String, Failure> {
    let script = root.join("scripts/postgres-for-tests");
    let started = Command::new(script).arg("start").env("DURABLE", "1").output()?;
    if !started.status.success() {
        return Err(String::from_utf8_lossy(&started.stderr).into_owned().into());
    }
    Ok(String::from_utf8(started.stdout)?.trim().to_owned())
}

/// The same in PostgreSQL; one that an earlier run kept is used again.
async fn restored(
    server: &str,
    name: &str,
    (path, folder): (&Path, &Path),
) -> Result<String, Failure> {
    let (head, _) = server.rsplit_once('/').ok_or("a server without a database")?;
    let url = format!("{head}/{name}");
    if let Ok(made) = store::Store::open(&url).await
        && made.organisations().await.is_ok_and(|orgs| !orgs.is_empty())
    {
        return Ok(url);
    }
    let url = store::create_database(server, name).await?;
    let backup = folder.join("backup");
    let store = store::Store::open(&path.display().to_string()).await?;
    let _ = std::fs::remove_file(&backup);
    store.backup(&backup, wall()).await?;
    store::Store::restore(&url, &backup).await?;
    std::fs::remove_file(&backup)?;
    Ok(url)
}
