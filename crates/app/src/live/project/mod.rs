//! Day pages of live groups, at most a second behind the log.
//!
//! Reading order: the writer notes what it committed in [`Tails`]; each round takes them, folds
//! them on top of what is in memory (`folding`), and writes the pages that changed, all groups of
//! an organisation in one transaction.
//!
//! Invariants: pages equal those of a rebuild; what fails is folded again from the log.

mod folding;
mod tail;
#[cfg(test)]
mod tests;

pub(crate) use tail::{Tail, Tails};

use std::time::Duration;

use domain::{GroupId, OrgId};
use rustc_hash::{FxHashMap, FxHashSet};
use store::{GroupRow, Projection};
use tokio::sync::watch;

use crate::error::Fault;
use crate::live::handle::Live;
use crate::live::loops::restart::caught;
use crate::live::project::folding::Folding;

type Place = (OrgId, GroupId);

/// Folds kept in memory, at most.
const FOLDINGS_MAX: usize = 2_000;

/// Groups written in one transaction, at most.
const WRITTEN_MAX: usize = 200;

/// Notes the groups whose pages an earlier run left behind their log.
pub(super) async fn find_late(live: &Live) -> Result<(), Fault> {
    for org in live.store().organisations().await? {
        for group in live.store().behind(org.id).await? {
            live.telling().tails.reread((org.id, group));
        }
    }
    Ok(())
}

/// Writes pages until told to stop, and once more after that.
/// Begun again after a bug, it looks for what was lost with its memory.
pub(super) async fn run(
    live: Live,
    through: watch::Sender<u64>,
    (mut stop, mut is_behind): (watch::Receiver<bool>, bool),
) {
    let every = u64::try_from(live.settings().page_every_ms).unwrap_or(500);
    let every = Duration::from_millis(every);
    let tails = std::sync::Arc::clone(&live.telling().tails);
    let mut projector = Projector::new(live);
    loop {
        let is_last = *stop.borrow_and_update();
        if is_behind {
            is_behind = find_late(&projector.live).await.is_err();
        }
        if let Some(noted) = projector.round().await
            && !is_behind
        {
            through.send_replace(noted);
        }
        if is_last {
            return;
        }
        tokio::select! {
            _ = stop.changed() => {}
            _ = tokio::time::timeout(every, tails.hurry.notified()) => {}
        }
    }
}

struct Projector {
    live: Live,
    foldings: FxHashMap<Place, Folding>,
    /// Groups to be folded from the log.
    again: FxHashSet<Place>,
    round: u64,
    #[cfg(test)]
    tries: tests::Tries,
}

impl Projector {
    fn new(live: Live) -> Self {
        Self {
            live,
            foldings: FxHashMap::default(),
            again: FxHashSet::default(),
            round: 0,
            #[cfg(test)]
            tries: tests::Tries::default(),
        }
    }

    /// Brings the pages up to what is noted now; gives the number of commits that they know, when
    /// all of it went well.
    async fn round(&mut self) -> Option<u64> {
        self.round += 1;
        let (mut tails, noted) = self.live.telling().tails.take();
        for place in self.again.drain() {
            tails.insert(place, Tail::Reread);
        }
        let mut orgs: FxHashMap<OrgId, Vec<(GroupId, Tail)>> = FxHashMap::default();
        for ((org, group), tail) in tails {
            orgs.entry(org).or_default().push((group, tail));
        }
        for (org, mut tails) in orgs {
            tails.sort_unstable_by_key(|(group, _)| *group);
            self.organisation(org, tails).await;
        }
        self.shrink();
        self.again.is_empty().then_some(noted)
    }

    async fn organisation(&mut self, org: OrgId, tails: Vec<(GroupId, Tail)>) {
        let mut rows: Option<FxHashMap<GroupId, GroupRow>> = None;
        let mut groups = Vec::new();
        for (group, tail) in tails {
            let place = (org, group);
            match caught(self.fold(place, &tail, &mut rows)).await {
                Ok(Ok(())) => {}
                Ok(Err(_later)) => {
                    self.again.insert(place);
                    continue;
                }
                Err(why) => {
                    let what = format!("the pages of group {} begin again after {why}", group.0);
                    self.live.settings().report.tell(&what);
                    self.let_go(place);
                    continue;
                }
            }
            if let Some(folding) = self.foldings.get_mut(&place) {
                folding.used = self.round;
                groups.push(group);
            }
        }
        for groups in groups.chunks(WRITTEN_MAX) {
            self.write(org, groups.to_vec()).await;
        }
    }

    /// Folds what was committed, on top of what is in memory where it fits there.
    async fn fold(
        &mut self,
        place: Place,
        tail: &Tail,
        rows: &mut Option<FxHashMap<GroupId, GroupRow>>,
    ) -> Result<(), Fault> {
        let version = u32::from(self.live.judge(place.0).version);
        let fits = match (self.foldings.get_mut(&place), tail) {
            (Some(folding), Tail::Facts(first, facts)) if folding.version == version => {
                folding.take(*first, facts)
            }
            _ => false,
        };
        if fits { Ok(()) } else { self.load(place, rows).await }
    }

    /// Folds a group from the log; a group that is gone is let go.
    async fn load(
        &mut self,
        place: Place,
        rows: &mut Option<FxHashMap<GroupId, GroupRow>>,
    ) -> Result<(), Fault> {
        #[cfg(test)]
        self.tries.count();
        self.foldings.remove(&place);
        let live = self.live.clone();
        let rows = if let Some(rows) = rows {
            rows
        } else {
            let all = live.store().groups(place.0).await?;
            rows.insert(all.into_iter().map(|row| (row.id, row)).collect())
        };
        if let Some(row) = rows.get(&place.1) {
            let judge = live.judge(place.0);
            let folding = Folding::load(live.store(), place.0, row.clone(), &judge).await?;
            self.foldings.insert(place, folding);
        }
        Ok(())
    }

    /// Writes the pages of some groups of an organisation.
    async fn write(&mut self, org: OrgId, mut groups: Vec<GroupId>) {
        loop {
            let projection =
                |group: &GroupId| self.foldings.get(&(org, *group)).and_then(Folding::projection);
            let projections: Vec<Projection> = groups.iter().filter_map(projection).collect();
            match self.live.store().replace_projections(org, projections).await {
                Ok(()) => break,
                Err(store::Fault::Stale { group }) if groups.contains(&group) => {
                    groups.retain(|one| *one != group);
                    self.let_go((org, group));
                }
                Err(_later) => {
                    groups.drain(..).for_each(|group| self.let_go((org, group)));
                    break;
                }
            }
        }
        for group in groups {
            if let Some(folding) = self.foldings.get_mut(&(org, group)) {
                folding.written();
            }
        }
    }

    /// A group is folded again from the log.
    fn let_go(&mut self, place: Place) {
        self.foldings.remove(&place);
        self.again.insert(place);
    }

    fn shrink(&mut self) {
        if self.foldings.len() > FOLDINGS_MAX {
            let oldest = self.round.saturating_sub(10);
            self.foldings.retain(|_, folding| folding.used >= oldest);
        }
    }
}
