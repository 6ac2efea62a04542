//! What a keeper tells of a group by one tap: it stands on Today, with who and when.
//!
//! Invariants: the same tap is told once; what was told by mistake is taken back by who told it,
//! for an hour, and is gone from Today.

use domain::{Actor, GroupId, May, Millis};
use store::NewReport;

use crate::console::today::row::ReportKind;
use crate::console::{About, Console, Denied, within};

/// So long a report can be taken back.
const UNDO_MS: i64 = 60 * Millis::MINUTE;

/// A report that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its number.
    pub id: i64,
}

/// A group that somebody may tell of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportPlace {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Whether who looks keeps it.
    pub is_own: bool,
    /// What was told of it and still stands, and when, the latest first.
    pub told: Vec<(ReportKind, Millis)>,
}

impl Console {
    /// Groups in the scope that somebody may tell of: the own first, then by name.
    pub async fn report_places(&self, actor: &Actor) -> Result<Vec<ReportPlace>, Denied> {
        crate::console::allowed(actor, May::Tend)?;
        let (store, org) = (self.store(), actor.org);
        let since = Millis(self.now().0 - Millis::DAY);
        let (titles, keepings, reports, put_offs) = tokio::try_join!(
            store.group_titles(org),
            store.keepings(org),
            store.reports_since(org, since),
            store.put_offs(org),
        )?;
        let done = |key: &str| {
            put_offs
                .iter()
                .any(|put| put.source == "reports" && put.key == key && put.until.is_none())
        };
        let own = |group: GroupId| {
            let mut of = keepings.iter().filter(|keeping| keeping.group == group);
            of.any(|one| one.owner == Some(actor.staff) || one.backup == Some(actor.staff))
        };
        let mut places: Vec<ReportPlace> = titles
            .into_iter()
            .filter(|title| title.live && actor.sees(title.group))
            .map(|title| ReportPlace {
                group: title.group,
                is_own: own(title.group),
                told: Vec::new(),
                name: title.name,
            })
            .collect();
        places.sort_by(|one, other| {
            (!one.is_own, &one.name, one.group).cmp(&(!other.is_own, &other.name, other.group))
        });
        for report in reports.iter().rev() {
            let key = format!("{}:{}", report.group.0, report.id);
            let Some(kind) = ReportKind::from_word(&report.kind).filter(|_| !done(&key)) else {
                continue;
            };
            if let Some(place) = places.iter_mut().find(|place| place.group == report.group) {
                place.told.push((kind, report.at));
            }
        }
        Ok(places)
    }

    /// Tells something of a group. `mint`: from the page; the same one tells once.
    pub async fn report_group(
        &self,
        actor: &Actor,
        (group, what): (GroupId, ReportKind),
        mint: i64,
    ) -> Result<Told, Denied> {
        within(actor, group)?;
        if self.store().live_group(actor.org, group).await?.is_none() {
            return Err(Denied::Missing);
        }
        let told = serde_json::json!({ "what": what.word() });
        let about = About { group: Some(group), person: None, told };
        let acting = self.acting(actor, May::Tend, "group.reported", about)?;
        let new = NewReport { group, kind: what.word().to_owned(), mint };
        Ok(Told { id: self.store().report_group(acting, new).await? })
    }

    /// Takes an own report back that was just made; whether it stood.
    pub async fn undo_report(&self, actor: &Actor, id: i64) -> Result<bool, Denied> {
        let about = About { told: serde_json::json!({ "report": id }), ..About::default() };
        let acting = self.acting(actor, May::Tend, "group.report_undone", about)?;
        let since = Millis(self.now().0 - UNDO_MS);
        Ok(self.store().undo_report(acting, id, since).await?)
    }
}
