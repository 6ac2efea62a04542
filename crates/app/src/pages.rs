//! Folding settled rows into the day pages of their groups.

use crate::error::Fault;
use crate::intake::GroupMet;
use crate::reading::Reading;
use crate::settle::Settler;
use crate::watch::{Phase, Watch};
use domain::Zone;
use insights::{Folder, Page, Settings};

/// Facts between two signs of life.
const WATCH_EVERY: u64 = 10_000;

/// The pages of every group of a reading, in the order of its groups; and rows dropped as double.
pub(crate) fn fold(
    reading: &Reading,
    zone: &Zone,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(Vec<Vec<Page>>, u64), Fault> {
    watch.phase(Phase::Folding, reading.spool.rows());
    let names = |group: u32| group_name(&reading.groups, group);
    let mut rows =
        Settler::new(reading.spool.read().map_err(Fault::Spool)?, &reading.spans, &names);
    let mut pages: Vec<Vec<Page>> = vec![Vec::new(); reading.groups.len()];
    let mut folding: Option<(u32, Folder)> = None;
    let mut handled = 0;
    while let Some(row) = rows.next()? {
        if folding.as_ref().is_none_or(|(group, _)| *group != row.group) {
            finish(folding.take(), &mut pages);
            folding = Some((row.group, Folder::new(zone.clone(), settings.clone())));
        }
        if let Some((group, folder)) = &mut folding
            && let Some(page) = folder.push(&row.fact)
            && let Some(list) = pages.get_mut(*group as usize)
        {
            list.push(page);
        }
        handled += 1;
        if handled % WATCH_EVERY == 0 {
            watch.handled(WATCH_EVERY);
        }
    }
    finish(folding, &mut pages);
    Ok((pages, rows.dropped))
}

fn finish(folding: Option<(u32, Folder)>, pages: &mut [Vec<Page>]) {
    if let Some((group, folder)) = folding
        && let Some(page) = folder.finish()
        && let Some(list) = pages.get_mut(group as usize)
    {
        list.push(page);
    }
}

/// Name of a group of a reading.
pub(crate) fn group_name(groups: &[GroupMet], group: u32) -> String {
    groups.get(group as usize).map(|group| group.name.clone()).unwrap_or_default()
}
