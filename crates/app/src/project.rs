//! Deriving pages and stays of a stored group from its facts.

use crate::error::Fault;
use crate::watch::{Phase, Watch};
use domain::{GroupId, Seq, Zone};
use imports::ImportError;
use insights::{Folder, Page, Settings, stays};
use store::{Facts, Projection};

/// Folds all facts of a group (at a revision) into what the store keeps of it.
pub(crate) async fn project(
    (group, revision): (GroupId, i64),
    facts: Facts,
    zone: &Zone,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Projection, Fault> {
    let mut packed = Vec::new();
    let keep = |page: &Page| {
        let mut bytes = page.encode();
        bytes.shrink_to_fit();
        packed.push((page.day(), bytes));
        Ok(())
    };
    let (through_seq, stays) = fold_facts(facts, (zone, settings), watch, keep).await?;
    let settings_version = u32::from(settings.version);
    let page = |(day, bytes)| store::Page { day, settings_version, through_seq, bytes };
    let pages = packed.into_iter().map(page).collect();
    Ok(Projection { group, revision, from_day: None, pages, stays: Some(stays) })
}

/// Folds all facts of a group and gives each page away. Returns the number of the last fact and
/// all stays.
pub(crate) async fn fold_facts(
    mut facts: Facts,
    (zone, settings): (&Zone, &Settings),
    watch: &dyn Watch,
    mut keep: impl FnMut(&Page) -> Result<(), Fault>,
) -> Result<(Seq, Vec<store::Stay>), Fault> {
    watch.phase(Phase::Folding, 0);
    let mut folder = Folder::new(zone.clone(), settings.clone());
    let mut flow = Vec::new();
    let mut through = Seq(0);
    while let Some(batch) = facts.next().await? {
        for row in &batch {
            if let Some(page) = folder.push(&row.fact) {
                keep(&page)?;
                flow.extend(flow_of(page));
            }
            through = through.max(row.seq);
        }
        watch.handled(batch.len() as u64);
        if watch.cancelled() {
            return Err(Fault::Import(ImportError::Stopped));
        }
    }
    if let Some(page) = folder.finish() {
        keep(&page)?;
        flow.extend(flow_of(page));
    }
    Ok((through, stays(flow.iter()).into_iter().map(stay).collect()))
}

/// What stays are made of.
pub(crate) fn flow_of(page: Page) -> Option<Page> {
    let Page { day, comings, goings, .. } = page;
    let some = !comings.is_empty() || !goings.is_empty();
    some.then(|| Page { day, comings, goings, ..Page::default() })
}

/// A stay as the store keeps it.
pub(crate) fn stay(stay: insights::Stay) -> store::Stay {
    store::Stay {
        identity: stay.who,
        n: stay.n,
        joined: stay.joined_at,
        how: stay.how,
        by: stay.by,
        left: stay.left_at.zip(stay.left_how),
    }
}
