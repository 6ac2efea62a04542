//! Imports and rebuilds with a store, beside bare inserts of the same rows in the same run.

use crate::bench::Failure;
use crate::bench::bare;
use crate::bench::inputs::{Inputs, request};
use crate::bench::measure::{Bound, Sheet, processor_seconds, rate, timed};
use app::{ImportRequest, Unwatched, import_files, rebuild};
use insights::Settings;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// Share of the speed of bare batched inserts that an import must keep.
const SHARE: f64 = 0.5;
/// Messages a second of a rebuild.
const REBUILD: f64 = 1_000_000.0;
/// Rebuilds, of which the best counts.
const REBUILDS: usize = 5;

/// A runtime for the calls of the store.
pub(super) fn runtime() -> Result<Runtime, Failure> {
    Ok(Builder::new_multi_thread().enable_all().build()?)
}

/// Imports one file; gives the facts stored.
pub(super) async fn import_into(url: &str, path: &Path) -> Result<u64, Failure> {
    let request = ImportRequest {
        read: request(path)?,
        group: None,
        exporter: String::new(),
        settings: Settings::default(),
    };
    let imported = import_files(url, &request, &Unwatched).await?;
    Ok(imported.groups.iter().map(|(_, facts)| facts).sum())
}

/// SQLite in the folder of the inputs.
pub(super) fn sqlite(inputs: &Inputs, folder: &Path, sheet: &mut Sheet) -> Result<(), Failure> {
    let path = folder.join("import.db");
    let url = path.display().to_string();
    measured("SQLite", &url, inputs, sheet, || {
        let rows = bare::read_sqlite(&path)?;
        let (done, time) = timed(|| bare::insert_sqlite(&folder.join("bare.db"), &rows));
        done?;
        Ok((rows.len(), time.as_secs_f64()))
    })
}

/// PostgreSQL, thrown away afterwards.
pub(super) fn postgres(root: &Path, inputs: &Inputs, sheet: &mut Sheet) -> Result<(), Failure> {
    let started = Command::new(root.join("scripts/postgres-for-tests")).arg("start").output()?;
    if !started.status.success() {
        return Err(String::from_utf8_lossy(&started.stderr).into_owned().into());
    }
    let server = String::from_utf8(started.stdout)?.trim().to_owned();
    let (url, bare_url) = runtime()?.block_on(async {
        let url = store::create_database(&server, "bench_import").await?;
        let bare_url = store::create_database(&server, "bench_bare").await?;
        Ok::<_, store::Fault>((url, bare_url))
    })?;
    let result = measured("PostgreSQL", &url, inputs, sheet, || {
        runtime()?.block_on(async {
            let rows = bare::read_postgres(&url).await?;
            let time = bare::insert_postgres(&bare_url, &rows).await?;
            Ok((rows.len(), time.as_secs_f64()))
        })
    });
    runtime()?.block_on(async {
        store::drop_database(&server, "bench_import").await?;
        store::drop_database(&server, "bench_bare").await
    })?;
    result
}

/// Import, bare inserts of the same rows (count and seconds), rebuild.
fn measured(
    name: &str,
    url: &str,
    inputs: &Inputs,
    sheet: &mut Sheet,
    bare: impl FnOnce() -> Result<(u64, f64), Failure>,
) -> Result<(), Failure> {
    let (_, path) = inputs.files().next().ok_or("no input")?;
    let runtime = runtime()?;
    let (facts, time) = timed(|| runtime.block_on(import_into(url, &path)));
    let facts = facts?;
    let speed = rate(facts, time);
    sheet.note(format!("import into {name}"), speed, "facts/s", Bound::None);
    let (rows, seconds) = bare()?;
    let with_store = rows as f64 / time.as_secs_f64();
    let alone = rows as f64 / seconds;
    sheet.note(format!("import into {name}, all rows"), with_store, "rows/s", Bound::None);
    sheet.note(format!("bare inserts into {name}, all rows"), alone, "rows/s", Bound::None);
    let share = with_store / alone;
    sheet.note(format!("import over bare inserts, {name}"), share, "", Bound::AtLeast(SHARE));
    rebuilt(name, url, facts, sheet)
}

/// The best of some rebuilds: how fast when nobody else is busy is what is asked.
fn rebuilt(name: &str, url: &str, facts: u64, sheet: &mut Sheet) -> Result<(), Failure> {
    let (settings, runtime) = (Settings::default(), runtime()?);
    let (mut fastest, mut least) = (Duration::MAX, f64::MAX);
    for _ in 0..REBUILDS {
        let before = processor_seconds();
        let (rebuilt, time) = timed(|| runtime.block_on(rebuild(url, &settings, &Unwatched)));
        let rebuilt = rebuilt?;
        if rebuilt.unequal > 0 {
            return Err(format!("rebuild found {} unequal pages", rebuilt.unequal).into());
        }
        fastest = fastest.min(time);
        least = least.min(processor_seconds() - before);
    }
    let label = format!("rebuild from {name}");
    sheet.note(label, rate(facts, fastest), "facts/s", Bound::AtLeast(REBUILD));
    let label = format!("rebuild from {name}, a processor second");
    sheet.note(label, facts as f64 / least.max(0.01), "facts", Bound::None);
    Ok(())
}
