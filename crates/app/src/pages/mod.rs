//! Folding settled rows into the day pages of their groups, which are kept packed.

mod kept;

pub(crate) use kept::{Kept, Shelf};

use crate::error::Fault;
use crate::intake::GroupMet;
use crate::reading::Reading;
use crate::settle::Settler;
use crate::watch::{Phase, Watch};
use domain::Zone;
use insights::{Folder, Settings};
use std::sync::Arc;

/// Facts between two signs of life.
const WATCH_EVERY: u64 = 10_000;

/// The pages of every group of a reading.
pub(crate) struct Folded {
    /// Where they are kept.
    pub(crate) shelf: Arc<Shelf>,
    /// In the order of the groups of the reading.
    pub(crate) groups: Vec<Kept>,
    /// Rows dropped as double.
    pub(crate) dropped: u64,
}

/// Folds the rows of a reading.
pub(crate) fn fold(
    reading: &Reading,
    zone: &Zone,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Folded, Fault> {
    watch.phase(Phase::Folding, reading.spool.rows());
    let names = |group: u32| group_name(&reading.groups, group);
    let mut rows =
        Settler::new(reading.spool.read().map_err(Fault::Spool)?, &reading.spans, &names);
    let shelf = Shelf::new();
    let mut groups: Vec<Kept> = reading.groups.iter().map(|_| Kept::on(&shelf)).collect();
    let mut folding: Option<(u32, Folder)> = None;
    let mut handled = 0;
    while let Some(row) = rows.next()? {
        if folding.as_ref().is_none_or(|(group, _)| *group != row.group) {
            finish(folding.take(), &mut groups)?;
            folding = Some((row.group, Folder::new(zone.clone(), settings.clone())));
        }
        if let Some((group, folder)) = &mut folding
            && let Some(page) = folder.push(&row.fact)
            && let Some(kept) = groups.get_mut(*group as usize)
        {
            kept.push(&page)?;
        }
        handled += 1;
        if handled % WATCH_EVERY == 0 {
            watch.handled(WATCH_EVERY);
        }
    }
    finish(folding, &mut groups)?;
    Ok(Folded { shelf, groups, dropped: rows.dropped })
}

fn finish(folding: Option<(u32, Folder)>, groups: &mut [Kept]) -> Result<(), Fault> {
    if let Some((group, folder)) = folding
        && let Some(page) = folder.finish()
        && let Some(kept) = groups.get_mut(group as usize)
    {
        kept.push(&page)?;
    }
    Ok(())
}

/// Name of a group of a reading.
pub(crate) fn group_name(groups: &[GroupMet], group: u32) -> String {
    groups.get(group as usize).map(|group| group.name.clone()).unwrap_or_default()
}
