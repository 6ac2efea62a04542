//! One group's fold, kept in memory while the group is active.
//!
//! Invariant: the pages are those that a fold of the whole log gives (`rebuild`). A fact that
//! sorts before what was folded makes the fold begin again, some days earlier, from the log.

use std::collections::BTreeMap;

use domain::{Day, Fact, FactKind, Millis, OrgId, Seq, SourceKey};
use insights::{Folder, Page, Settings, stays};
use store::{FactQuery, GroupRow, Projection, Store};

use crate::error::Fault;
use crate::project::{flow_of, stay};
use crate::rebuild::zone_of;

/// Lines read at once when pages lie behind.
const LINES: u32 = 5_000;

/// A group whose pages lie further behind than this is folded whole.
const BEHIND_MAX: usize = 20_000;

/// The fold of a group, and what of it is not written yet.
pub(super) struct Folding {
    row: GroupRow,
    /// Version of the settings under which it is judged.
    pub(super) version: u32,
    folder: Folder,
    /// The last fact in the order of the fold.
    last: Option<(Millis, SourceKey)>,
    /// All facts up to this place are in the fold.
    through: Seq,
    /// Facts up to this place that are not older than this moment are on the pages, too.
    read: (Millis, Seq),
    /// Finished pages that are not written yet.
    finished: BTreeMap<Day, Page>,
    /// Comings and goings of the days before the last one, and whether they changed.
    flow: BTreeMap<i32, Page>,
    flow_changed: bool,
    /// When it was last needed, in rounds.
    pub(super) used: u64,
}

impl Folding {
    /// Folds what the pages of a group do not know yet, from the log.
    pub(super) async fn load(
        store: &Store,
        org: OrgId,
        row: GroupRow,
        settings: &Settings,
    ) -> Result<Self, Fault> {
        let group = row.id;
        let zone = zone_of(&row);
        let stored = store.pages(org, group, None, None).await?;
        let known = stored.iter().map(|page| page.through_seq).max().unwrap_or(Seq(0));
        let mut missing = Missing::read(store, org, (&row, known)).await?;
        let version = u32::from(settings.version);
        missing.is_all |= stored.iter().any(|page| page.settings_version != version);
        let from = missing.from(stored.last().map(|page| page.day), &zone);
        let mut flow = BTreeMap::new();
        let mut earlier = Vec::new();
        for page in stored.iter().filter(|page| from.is_some_and(|from| page.day < from)) {
            let page =
                Page::decode(&page.bytes).map_err(|error| Fault::Unreadable(error.to_string()))?;
            flow.extend(flow_of(page.clone()).map(|flow| (flow.day, flow)));
            earlier.push(page);
        }
        let folder = match from {
            Some(from) => Folder::resume(zone, settings.clone(), &earlier, from),
            None => Folder::new(zone, settings.clone()),
        };
        let start = folder.facts_from();
        // What comes in meanwhile for an earlier day is read, too, but on no page: it is late.
        let paged = from.map_or(Millis(i64::MIN), |from| folder.zone().day_start(from));
        let mut folding = Self {
            row,
            version,
            folder,
            last: None,
            through: missing.through,
            read: (paged, missing.through),
            finished: BTreeMap::new(),
            flow,
            flow_changed: true,
            used: 0,
        };
        let query = FactQuery { from: start, ..FactQuery::all(group) };
        let mut facts = store.facts(org, query);
        while let Some(batch) = facts.next().await? {
            for row in &batch {
                folding.push(&row.fact);
                folding.read.1 = folding.read.1.max(row.seq);
            }
        }
        Ok(folding)
    }

    /// Takes facts that were committed from place `first` on; `false` when they do not fit on
    /// what was folded: load it again.
    pub(super) fn take(&mut self, first: Seq, facts: &[Fact]) -> bool {
        if first.0 > self.through.0 + 1 {
            return false;
        }
        for (seq, fact) in (first.0..).zip(facts) {
            let is_known = seq <= self.through.0 || seq <= self.read.1.0 && fact.at >= self.read.0;
            if !is_known {
                if self.last.is_some_and(|last| (fact.at, fact.source) <= last) {
                    return false;
                }
                self.push(fact);
            }
            self.through = self.through.max(Seq(seq));
        }
        true
    }

    fn push(&mut self, fact: &Fact) {
        self.flow_changed |= matches!(fact.kind, FactKind::Join | FactKind::Leave);
        self.last = Some((fact.at, fact.source));
        if let Some(page) = self.folder.push(fact) {
            self.flow.extend(flow_of(page.clone()).map(|flow| (flow.day, flow)));
            self.finished.insert(page.day(), page);
        }
    }

    /// What the store is to keep now; `None` when nothing was folded.
    pub(super) fn projection(&self) -> Option<Projection> {
        let last = self.folder.so_far();
        let pages = self.finished.values().chain(&last);
        let pages: Vec<store::Page> = pages
            .map(|page| store::Page {
                day: page.day(),
                settings_version: self.version,
                through_seq: self.through,
                bytes: page.encode(),
            })
            .collect();
        let from_day = Some(pages.first()?.day);
        let stays = self.flow_changed.then(|| {
            let today = last.and_then(flow_of);
            let days = self.flow.values().chain(&today);
            stays(days).into_iter().map(stay).collect()
        });
        Some(Projection { group: self.row.id, revision: self.row.revision, from_day, pages, stays })
    }

    /// What [`Self::projection`] gave is written.
    pub(super) fn written(&mut self) {
        self.finished.clear();
        self.flow_changed = false;
    }
}

/// What the log has and the stored pages do not know.
struct Missing {
    /// The last place that is looked through.
    through: Seq,
    /// The first moment of what is missing.
    first_at: Option<Millis>,
    /// So much that everything is folded again.
    is_all: bool,
}

impl Missing {
    async fn read(
        store: &Store,
        org: OrgId,
        (row, known): (&GroupRow, Seq),
    ) -> Result<Self, Fault> {
        let mut missing = Self { through: known, first_at: None, is_all: known.0 == 0 };
        let mut count = 0;
        loop {
            let lines = store.lines(org, row.id, missing.through, LINES).await?;
            let Some(last) = lines.last() else { return Ok(missing) };
            missing.through = last.seq;
            let first = lines.iter().map(|line| line.fact.at).min();
            missing.first_at = missing.first_at.into_iter().chain(first).min();
            count += lines.len();
            missing.is_all |= count > BEHIND_MAX;
        }
    }

    /// The day from which pages are folded again: the last one that there is, or an earlier one
    /// to which something missing belongs; `None` for all.
    fn from(&self, last: Option<Day>, zone: &domain::Zone) -> Option<Day> {
        let last = last.filter(|_| !self.is_all)?;
        Some(self.first_at.map_or(last, |at| zone.local(at).day.min(last)))
    }
}
