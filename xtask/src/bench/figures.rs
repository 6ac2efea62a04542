//! Any figure of one group over a year, from its day pages.

use crate::bench::Failure;
use crate::bench::databases::{import_into, runtime};
use crate::bench::inputs::SEED;
use crate::bench::measure::{Bound, Sheet, timed};
use domain::{Evidence, OrgId};
use insights::{GroupPages, METRICS, Page, Scope, Settings, full_span, overview};
use rehearsal::exports::write_telegram_json;
use rehearsal::{Crowd, Plan};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::time::Duration;
use store::Store;

/// Messages of the year: a very lively group.
const MESSAGES: u32 = 150_000;
/// Longest time for any figure, in milliseconds.
const FIGURE_MS: f64 = 20.0;

/// The slowest figure, from a new scope each time, and the whole overview.
pub(super) fn measure(folder: &Path, sheet: &mut Sheet) -> Result<(), Failure> {
    let path = folder.join("year.json");
    let mut out = BufWriter::new(File::create(&path)?);
    write_telegram_json(Crowd::new(SEED, Plan::of_messages(MESSAGES)), &mut out)?;
    drop(out);
    let url = folder.join("year.db").display().to_string();
    let (pages, evidence) = runtime()?.block_on(stored_pages(&url, &path))?;
    let (pages, time) = timed(|| pages.iter().map(|bytes| Page::decode(bytes)).collect());
    let pages: Vec<Page> = Result::from_iter::<Vec<_>>(pages)
        .map_err(|error| format!("a stored page does not decode: {error:?}"))?;
    sheet.note("decode a year of pages", millis(time), "ms", Bound::None);
    let group = [GroupPages {
        pages: pages.as_slice().into(),
        evidence,
        founded: None,
        members_given: None,
    }];
    let settings = Settings::default();
    let span = full_span(&group).ok_or("no pages")?;
    let mut worst = (Duration::ZERO, "");
    for metric in METRICS {
        let (_, time) = timed(|| metric.figure(&Scope::new(group.to_vec(), span, &settings)));
        worst = worst.max((time, metric.code));
    }
    let name = format!("slowest figure of a year ({})", worst.1);
    sheet.note(name, millis(worst.0), "ms", Bound::AtMost(FIGURE_MS));
    let (_, time) = timed(|| overview(&group, span, &settings));
    sheet.note("whole overview of a year", millis(time), "ms", Bound::None);
    Ok(())
}

async fn stored_pages(url: &str, path: &Path) -> Result<(Vec<Vec<u8>>, Evidence), Failure> {
    import_into(url, path).await?;
    let store = Store::open(url).await?;
    let groups = store.groups(OrgId(1)).await?;
    let group = groups.first().ok_or("no group")?;
    let pages = store.pages(OrgId(1), group.id, None, None).await?;
    Ok((pages.into_iter().map(|page| page.bytes).collect(), group.said.evidence))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
