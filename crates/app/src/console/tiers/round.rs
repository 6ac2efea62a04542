//! Folding what is late: days of groups whose pages changed, and where these groups stand.
//!
//! Invariants: the order in which groups are taken makes no difference; a month is kept only while
//! it equals its days: it goes with the first change of one of them, and is put together again once
//! nothing is late.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::{Day, GroupId, Millis, OrgId};
use insights::{GroupDay, Page, Settings, Tier, group_day, reach_days};
use store::{GroupRow, TierWrite};

use crate::console::Console;
use crate::console::tiers::held::Held;
use crate::console::tiers::{keeping, standing};
use crate::error::Fault;
use crate::rebuild::zone_of;

/// Late days taken at once.
const LATE_MAX: u32 = 60_000;
/// Groups judged again at once because time went by.
const JUDGED_MAX: usize = 100;
/// After so long a group is judged again: silence grows, answers become late.
const JUDGED_EVERY: i64 = Millis::HOUR;

/// Changed days of groups, by day.
type Changes = BTreeMap<i32, BTreeMap<GroupId, GroupDay>>;

impl Console {
    /// Folds what is late, as much as fits in one go; whether nothing is late any more.
    pub(super) async fn round(&self, org: OrgId) -> Result<bool, Fault> {
        let _one = self.inner.tiers.folding.lock().await;
        let (store, now) = (self.store(), self.now());
        let held = match self.inner.tiers.get(org) {
            Some(held) => held,
            None => self.reload(org).await?,
        };
        let late = store.stale_days(org, LATE_MAX).await?;
        let rows: BTreeMap<GroupId, GroupRow> =
            store.groups(org).await?.into_iter().map(|row| (row.id, row)).collect();
        let mut due = due(&held, &rows, now);
        let is_all = late.len() < LATE_MAX as usize && due.len() <= JUDGED_MAX;
        due.truncate(JUDGED_MAX);
        let mut days: BTreeMap<GroupId, BTreeSet<i32>> = BTreeMap::new();
        for one in &late {
            days.entry(one.group).or_default().insert(one.day.0);
        }
        for group in due {
            days.entry(group).or_default();
        }
        let mut write = TierWrite { done: late, now, ..TierWrite::default() };
        let mut changes = Changes::new();
        for (group, days) in days {
            let row = rows.get(&group);
            self.fold_group((org, group), (row, days), &held, (&mut changes, &mut write)).await?;
        }
        put_days(&held, &changes, &mut write);
        let today = Day(i32::try_from(now.0.div_euclid(Millis::DAY)).unwrap_or(i32::MAX));
        if is_all && write.done.is_empty() && write.standings.is_empty() {
            let held = self.reload(org).await?;
            return self.put_months(org, &held, today).await;
        }
        store.put_tiers(org, write).await?;
        let held = self.reload(org).await?;
        Ok(is_all && held.made && self.put_months(org, &held, today).await?)
    }

    async fn fold_group(
        &self,
        (org, group): (OrgId, GroupId),
        (row, late): (Option<&GroupRow>, BTreeSet<i32>),
        held: &Held,
        (changes, write): (&mut Changes, &mut TierWrite),
    ) -> Result<(), Fault> {
        let settings = &self.live().judge(org);
        let Some(row) = row else {
            for day in late {
                changes.entry(day).or_default().insert(group, GroupDay::default());
            }
            return Ok(());
        };
        let reach = reach_days(settings);
        let today = zone_of(row).local(self.now()).day.0;
        let mut wanted: BTreeSet<i32> = (today - reach..=today).collect();
        wanted.extend(late.iter().flat_map(|day| day - reach..=*day));
        let first = wanted.first().copied().unwrap_or(today).min(today - standing::DAYS);
        let stored = self.store().pages(org, group, Some(Day(first)), None).await?;
        let pages: Vec<Page> =
            stored.iter().filter_map(|page| Page::decode(&page.bytes).ok()).collect();
        let known = (self.now(), Day(today));
        for (day, new) in fold_days(&pages, &wanted, known, settings) {
            let old = held.days.get(&day).map(|tier| tier.group(group)).unwrap_or_default();
            if old != new {
                changes.entry(day).or_default().insert(group, new);
            }
        }
        let told = self.store().told_of(org, group).await?;
        let judged = standing::judge(row, told, &pages, self.now(), settings);
        write.standings.push((group, keeping::write(&judged)));
        Ok(())
    }

    /// Puts months together that are over and whole; whether nothing is left to do.
    async fn put_months(&self, org: OrgId, held: &Held, today: Day) -> Result<bool, Fault> {
        let settled = today.plus(-reach_days(&self.live().judge(org)) - 1);
        let months: BTreeSet<i32> = held.days.keys().map(|day| month(Day(*day)).0).collect();
        let mut write = TierWrite { now: self.now(), ..TierWrite::default() };
        for first in months.into_iter().filter(|month| !held.months.contains_key(month)) {
            let next = month(Day(first).plus(31));
            if next <= settled {
                let days = held.days.range(first..next.0).map(|(_, tier)| tier);
                write.months.push((Day(first), together(days).encode().to_vec()));
            }
        }
        if write.months.is_empty() {
            return Ok(true);
        }
        self.store().put_tiers(org, write).await?;
        self.reload(org).await?;
        Ok(true)
    }
}

/// Groups that were never judged, or not for a while, or not today.
fn due(held: &Held, rows: &BTreeMap<GroupId, GroupRow>, now: Millis) -> Vec<GroupId> {
    let is_due = |row: &&GroupRow| {
        held.judged.get(&row.id).is_none_or(|judged| {
            now.since(judged.at) >= JUDGED_EVERY || zone_of(row).local(now).day != judged.day
        })
    };
    rows.values().filter(is_due).map(|row| row.id).collect()
}

/// What these days come to, also those that have no page.
fn fold_days(
    pages: &[Page],
    wanted: &BTreeSet<i32>,
    known: (Millis, Day),
    settings: &Settings,
) -> Vec<(i32, GroupDay)> {
    let reach = reach_days(settings);
    let fold = |day: &i32| {
        let place = pages.binary_search_by_key(day, |page| page.day).ok();
        let of_day = place.and_then(|place| {
            let page = pages.get(place)?;
            let to = pages.partition_point(|later| later.day <= day + reach);
            let later = pages.get(place + 1..to).unwrap_or_default();
            Some(group_day(page, later, known, settings))
        });
        (*day, of_day.unwrap_or_default())
    };
    wanted.iter().map(fold).collect()
}

fn put_days(held: &Held, changes: &Changes, write: &mut TierWrite) {
    for (day, changed) in changes {
        let tier = match held.days.get(day) {
            Some(tier) => tier.with(changed),
            None => Tier::of(changed),
        };
        write.days.push((Day(*day), tier.encode().to_vec()));
        let first = month(Day(*day));
        let is_put = held.months.contains_key(&first.0);
        if is_put && write.months.last().is_none_or(|(month, _)| *month != first) {
            write.months.push((first, Tier::default().encode().to_vec()));
        }
    }
}

/// Days of a month as one.
fn together<'a>(days: impl Iterator<Item = &'a Arc<Tier>>) -> Tier {
    let mut groups: BTreeMap<GroupId, GroupDay> = BTreeMap::new();
    for tier in days {
        for group in tier.groups() {
            groups.entry(group).or_default().add(&tier.group(group));
        }
    }
    Tier::of(&groups)
}

/// The first day of the month in which a day lies.
pub(super) fn month(day: Day) -> Day {
    day.plus(1 - i32::from(day.date().day()))
}
