//! Rebuild: all pages derived again from the recorded facts, and compared with what was there.

use crate::error::Fault;
use crate::import_files::ORG;
use crate::judging::judge_of;
use crate::project::project;
use crate::watch::Watch;
use domain::{Day, ImportId, OrgId, Zone};
use insights::Settings;
use store::{Acting, FactQuery, GroupRow, ImportRow, Page, Projection, Store};

/// What a rebuild found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// Groups.
    pub groups: u64,
    /// Pages derived.
    pub pages: u64,
    /// Pages that were missing, superfluous or not equal to what was stored.
    pub unequal: u64,
}

/// Derives the pages of every group again, counts those that were not equal to what is stored,
/// and stores what changed.
pub async fn rebuild(url: &str, settings: &Settings, watch: &dyn Watch) -> Result<Rebuilt, Fault> {
    let store = Store::open(url).await?;
    let mut rebuilt = Rebuilt::default();
    for group in store.groups(ORG).await? {
        rebuild_group((&store, ORG), &group, settings, (&mut rebuilt, watch)).await?;
    }
    Ok(rebuilt)
}

async fn rebuild_group(
    (store, org): (&Store, OrgId),
    group: &GroupRow,
    settings: &Settings,
    (rebuilt, watch): (&mut Rebuilt, &dyn Watch),
) -> Result<(), Fault> {
    let zone = zone_of(group);
    let facts = store.facts(org, FactQuery::all(group.id));
    let new = project((group.id, group.revision), facts, &zone, settings, watch).await?;
    let old = store.pages(org, group.id, None, None).await?;
    let mut equal = 0;
    for page in &new.pages {
        equal += u64::from(old.iter().any(|row| row.day == page.day && row.bytes == page.bytes));
    }
    rebuilt.groups += 1;
    rebuilt.pages += new.pages.len() as u64;
    rebuilt.unequal += (new.pages.len() as u64).max(old.len() as u64) - equal;
    store.replace_projections(org, vec![from_first_change(new, &old)]).await?;
    Ok(())
}

/// Leaves out the days before the first that differs from what is stored: most rebuilds find
/// nothing, and need write nothing.
fn from_first_change(mut new: Projection, old: &[Page]) -> Projection {
    let same = new.pages.iter().zip(old).take_while(|(new, old)| new == old).count();
    new.pages.drain(..same);
    let changed = [new.pages.first(), old.get(same)].into_iter().flatten();
    new.from_day = Some(changed.map(|page| page.day).min().unwrap_or(Day(i32::MAX)));
    new
}

/// Takes an import back and derives the pages of the groups that remain. Gives the number of
/// facts removed, and later imports that may have to be told again.
pub async fn undo_import(
    url: &str,
    import: ImportId,
    watch: &dyn Watch,
) -> Result<(u64, Vec<ImportId>), Fault> {
    let store = Store::open(url).await?;
    let settings = judge_of(&store, ORG).await?;
    undo_in((&store, ORG), (import, None), &settings, watch).await
}

/// The same in an organisation of an open database; with the line of the audit log of whoever
/// does it.
pub async fn undo_in(
    (store, org): (&Store, OrgId),
    (import, by): (ImportId, Option<Acting>),
    settings: &Settings,
    watch: &dyn Watch,
) -> Result<(u64, Vec<ImportId>), Fault> {
    let undone = store.undo_import_by(org, import, by).await.map_err(|fault| match fault {
        store::Fault::Missing { .. } | store::Fault::NotWhole { .. } => {
            Fault::NoSuchImport(import.0)
        }
        other => Fault::Store(other),
    })?;
    let mut rebuilt = Rebuilt::default();
    for group in store.groups(org).await? {
        if undone.groups.contains(&group.id) {
            rebuild_group((store, org), &group, settings, (&mut rebuilt, watch)).await?;
        }
    }
    Ok((undone.facts, undone.later))
}

/// What counts in the first organisation of the database at `url`.
pub async fn judge_at(url: &str) -> Result<Settings, Fault> {
    judge_of(&Store::open(url).await?, ORG).await
}

/// All imports, the latest first.
pub async fn imports(url: &str) -> Result<Vec<ImportRow>, Fault> {
    Ok(Store::open(url).await?.imports(ORG).await?)
}

/// The zone in which the days of a group are counted.
pub(crate) fn zone_of(group: &GroupRow) -> Zone {
    Zone::named(&group.said.zone).unwrap_or_else(|_| Zone::utc())
}

#[cfg(test)]
mod tests {
    use super::from_first_change;
    use domain::{Day, GroupId, Seq};
    use store::{Page, Projection};

    fn pages(days: &[(i32, u8)]) -> Vec<Page> {
        let page = |(day, byte): &(i32, u8)| Page {
            day: Day(*day),
            settings_version: 1,
            through_seq: Seq(9),
            bytes: vec![*byte],
        };
        days.iter().map(page).collect()
    }

    #[test]
    fn only_days_from_the_first_change_on_are_written() {
        type Days = [(i32, u8)];
        let cases: [(&Days, &Days, i32, &Days); 6] = [
            (&[(1, 1), (2, 2)], &[(1, 1), (2, 2)], i32::MAX, &[]),
            (&[(1, 1), (2, 2), (3, 3)], &[(1, 1), (2, 9), (3, 3)], 2, &[(2, 2), (3, 3)]),
            (&[(1, 1), (3, 3)], &[(1, 1), (2, 2), (3, 3)], 2, &[(3, 3)]),
            (&[(1, 1), (2, 2), (3, 3)], &[(1, 1), (3, 3)], 2, &[(2, 2), (3, 3)]),
            (&[(1, 1)], &[(1, 1), (2, 2)], 2, &[]),
            (&[(1, 1)], &[], 1, &[(1, 1)]),
        ];
        for (new, old, from, written) in cases {
            let (group, pages_of) = (GroupId(1), pages(new));
            let new =
                Projection { group, revision: 1, from_day: None, pages: pages_of, stays: None };
            let got = from_first_change(new, &pages(old));
            assert_eq!((got.from_day, got.pages), (Some(Day(from)), pages(written)));
        }
    }
}
