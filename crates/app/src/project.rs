//! Deriving pages and stays of a stored group from its facts.

use crate::error::Fault;
use crate::watch::{Phase, Watch};
use domain::{GroupId, Seq, Zone};
use insights::{Folder, Page, Settings, stays};
use store::{Facts, Projection};

/// Folds all facts of a group (at a revision) into what the store keeps of it.
pub(crate) async fn project(
    (group, revision): (GroupId, i64),
    mut facts: Facts,
    zone: &Zone,
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<Projection, Fault> {
    watch.phase(Phase::Folding, 0);
    let mut folder = Folder::new(zone.clone(), settings.clone());
    let (mut pages, mut through) = (Vec::new(), Seq(0));
    while let Some(batch) = facts.next().await? {
        for row in &batch {
            pages.extend(folder.push(&row.fact));
            through = through.max(row.seq);
        }
        watch.handled(batch.len() as u64);
    }
    pages.extend(folder.finish());
    let stays = stays(pages.iter()).into_iter().map(|stay| store::Stay {
        identity: stay.who,
        n: stay.n,
        joined: stay.joined_at,
        how: stay.how,
        by: stay.by,
        left: stay.left_at.zip(stay.left_how),
    });
    let stays = Some(stays.collect());
    let pages = pages.iter().map(|page| stored(page, settings, through)).collect();
    Ok(Projection { group, revision, from_day: None, pages, stays })
}

fn stored(page: &Page, settings: &Settings, through_seq: Seq) -> store::Page {
    store::Page {
        day: page.day(),
        settings_version: u32::from(settings.version),
        through_seq,
        bytes: page.encode(),
    }
}
