//! Deriving pages and stays of a stored group from its facts.

use crate::error::Fault;
use crate::watch::{Phase, Watch};
use domain::{Day, GroupId, Seq, Zone};
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
    let mut kept = Kept::default();
    let mut through = Seq(0);
    while let Some(batch) = facts.next().await? {
        for row in &batch {
            if let Some(page) = folder.push(&row.fact) {
                kept.keep(page);
            }
            through = through.max(row.seq);
        }
        watch.handled(batch.len() as u64);
    }
    if let Some(page) = folder.finish() {
        kept.keep(page);
    }
    let version = u32::from(settings.version);
    let page =
        |(day, bytes)| store::Page { day, settings_version: version, through_seq: through, bytes };
    let stays = Some(stays(kept.flow.iter()).into_iter().map(stay).collect());
    let pages = kept.packed.into_iter().map(page).collect();
    Ok(Projection { group, revision, from_day: None, pages, stays })
}

/// Pages on their way to the store: packed, with what stays are made of beside them.
#[derive(Default)]
struct Kept {
    packed: Vec<(Day, Vec<u8>)>,
    flow: Vec<Page>,
}

impl Kept {
    fn keep(&mut self, page: Page) {
        let mut bytes = page.encode();
        bytes.shrink_to_fit();
        self.packed.push((page.day(), bytes));
        if !page.comings.is_empty() || !page.goings.is_empty() {
            let Page { day, comings, goings, .. } = page;
            self.flow.push(Page { day, comings, goings, ..Page::default() });
        }
    }
}

fn stay(stay: insights::Stay) -> store::Stay {
    store::Stay {
        identity: stay.who,
        n: stay.n,
        joined: stay.joined_at,
        how: stay.how,
        by: stay.by,
        left: stay.left_at.zip(stay.left_how),
    }
}
