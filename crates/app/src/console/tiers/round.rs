//! Folding what is late: days of groups whose pages changed, and where these groups stand.
//!
//! Invariants: the order in which groups are taken makes no difference; what is new is folded
//! before what is old, and a round takes no longer than some tenths of a second, however much is
//! late; a month is kept only while it equals its days: it goes with the first change of one of
//! them, and is put together again once nothing is late.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::{Day, GroupId, Millis, OrgId};
use insights::{GroupDay, Page, Settings, Tier, group_day, reach_days};
use store::{GroupRow, StaleDay, TierWrite};

use crate::console::Console;
use crate::console::tiers::held::Held;
use crate::console::tiers::seats::Seated;
use crate::console::tiers::{keeping, standing};
use crate::error::Fault;
use crate::rebuild::zone_of;

/// Late days read at once, the newest first; only some are taken, the others tell what will be
/// folded later anyway.
const LATE_READ: u32 = 16_000;
/// What a round may take, in pages that are read for it: some tenths of a second.
const PAGES_MAX: usize = 6_000;
/// Pages read to judge a group.
const JUDGED_PAGES: usize = 60;
/// Days of the organisation that a round writes anew, at most.
const DAYS_MAX: usize = 40;
/// Groups judged again at once because time went by.
const JUDGED_MAX: usize = 40;
/// After so long a group is judged again: silence grows, answers become late.
const JUDGED_EVERY: i64 = Millis::HOUR;

/// Changed days of groups, by day.
type Changes = BTreeMap<i32, BTreeMap<GroupId, GroupDay>>;

impl Console {
    /// Folds what is late, as much as fits in one go; whether nothing is left.
    pub(super) async fn round(&self, org: OrgId) -> Result<bool, Fault> {
        let _one = self.inner.tiers.folding.lock().await;
        let (store, now) = (self.store(), self.now());
        let held = match self.inner.tiers.get(org) {
            Some(held) => held,
            None => self.reload(org).await?,
        };
        let late = store.stale_days(org, LATE_READ).await?;
        let rows: BTreeMap<GroupId, GroupRow> =
            store.groups(org).await?.into_iter().map(|row| (row.id, row)).collect();
        let version = self.live().judge(org).version;
        let mut judged = due(&held, &rows, (now, version));
        let is_fresh = |late: &StaleDay| {
            let today = rows.get(&late.group).map(|row| zone_of(row).local(now).day);
            today.is_some_and(|today| late.day >= today.plus(-1))
        };
        let (now_taken, later) = late.split_at(taken(&late, is_fresh));
        let is_all = later.is_empty() && judged.len() <= JUDGED_MAX;
        judged.truncate(JUDGED_MAX);
        let mut judged: BTreeSet<GroupId> = judged.into_iter().collect();
        judged.extend(now_taken.iter().filter(|late| is_fresh(late)).map(|late| late.group));
        let mut days: BTreeMap<GroupId, Late> = BTreeMap::new();
        for one in now_taken {
            days.entry(one.group).or_default().taken.insert(one.day.0);
        }
        for group in judged {
            days.entry(group).or_default().judged = true;
        }
        for one in later {
            days.entry(one.group).and_modify(|late| late.later.extend([one.day.0]));
        }
        let mut write = TierWrite { done: now_taken.to_vec(), now, ..TierWrite::default() };
        let mut changes = Changes::new();
        for (group, late) in days {
            let row = rows.get(&group);
            self.fold_group((org, group), (row, late), &held, (&mut changes, &mut write)).await?;
        }
        put_days(&held, &changes, &mut write);
        if !write.done.is_empty() || !write.standings.is_empty() {
            store.put_tiers(org, write).await?;
        }
        let held = self.reload(org).await?;
        let today = Day(i32::try_from(now.0.div_euclid(Millis::DAY)).unwrap_or(i32::MAX));
        Ok(is_all && held.made && self.put_month(org, &held, today).await?)
    }

    async fn fold_group(
        &self,
        (org, group): (OrgId, GroupId),
        (row, late): (Option<&GroupRow>, Late),
        held: &Held,
        (changes, write): (&mut Changes, &mut TierWrite),
    ) -> Result<(), Fault> {
        let settings = &self.live().judge(org);
        let Some(row) = row else {
            for day in late.taken {
                changes.entry(day).or_default().insert(group, GroupDay::default());
            }
            return Ok(());
        };
        let reach = reach_days(settings);
        let today = zone_of(row).local(self.now()).day.0;
        let mut wanted = late.wanted(reach);
        let mut span = wanted.first().zip(wanted.last()).map(|(from, to)| (*from, to + reach));
        if late.judged {
            wanted.extend(today - reach..=today);
            let from = wanted.first().copied().unwrap_or(today).min(today - standing::DAYS);
            span = Some((from, i32::MAX));
        }
        let Some((from, to)) = span else { return Ok(()) };
        let stored = self.store().pages(org, group, Some(Day(from)), Some(Day(to))).await?;
        let pages: Vec<Page> =
            stored.iter().filter_map(|page| Page::decode(&page.bytes).ok()).collect();
        let known = (self.now(), Day(today));
        for (day, new) in fold_days(&pages, &wanted, known, settings) {
            let old = held.days.get(&day).map(|tier| tier.group(group)).unwrap_or_default();
            if old != new {
                changes.entry(day).or_default().insert(group, new);
            }
        }
        if late.judged {
            let told = self.store().told_of(org, group).await?;
            let judged = standing::judge(row, &told, &pages, self.now(), settings);
            write.standings.push((group, keeping::write(&judged)));
        }
        Ok(())
    }

    /// Puts one month together that is over and whole; whether no other is left.
    async fn put_month(&self, org: OrgId, held: &Held, today: Day) -> Result<bool, Fault> {
        let settled = today.plus(-reach_days(&self.live().judge(org)) - 1);
        let months: BTreeSet<i32> = held.days.keys().map(|day| month(Day(*day)).0).collect();
        let next = |first: i32| month(Day(first).plus(31));
        let is_due = |first: &i32| !held.months.contains_key(first) && next(*first) <= settled;
        let mut due = months.into_iter().filter(is_due);
        let Some(first) = due.next() else { return Ok(true) };
        let days = held.days.range(first..next(first).0).map(|(_, tier)| tier);
        let months = vec![(Day(first), together(days).encode().to_vec())];
        let write = TierWrite { now: self.now(), months, ..TierWrite::default() };
        self.store().put_tiers(org, write).await?;
        self.reload(org).await?;
        Ok(due.next().is_none())
    }
}

/// What is late of a group.
#[derive(Default)]
struct Late {
    /// Its days that are folded now.
    taken: BTreeSet<i32>,
    /// Days that will be folded later anyway.
    later: BTreeSet<i32>,
    /// Where it stands is judged again.
    judged: bool,
}

impl Late {
    /// The days that change with those taken: a page tells of answers to the days before it.
    fn wanted(&self, reach: i32) -> BTreeSet<i32> {
        let before = self.taken.iter().flat_map(|day| day - reach..*day);
        let before = before.filter(|day| !self.later.contains(day));
        before.chain(self.taken.iter().copied()).collect()
    }
}

/// How many of the late days, which are by day, the newest first, make one round.
fn taken(late: &[StaleDay], is_fresh: impl Fn(&StaleDay) -> bool) -> usize {
    let (mut pages, mut days, mut last) = (0, 0, None);
    let fits = |one: &&StaleDay| {
        pages += if is_fresh(one) { JUDGED_PAGES } else { 1 };
        days += usize::from(last.replace(one.day) != Some(one.day));
        pages <= PAGES_MAX && days <= DAYS_MAX
    };
    late.iter().take_while(fits).count()
}

/// Groups that were never judged, not as they are now, not for a while, or not today.
fn due(
    held: &Held,
    rows: &BTreeMap<GroupId, GroupRow>,
    (now, version): (Millis, u16),
) -> Vec<GroupId> {
    let is_due = |row: &&GroupRow| {
        held.judged.get(&row.id).is_none_or(|judged| {
            now.since(judged.at) >= JUDGED_EVERY
                || zone_of(row).local(now).day != judged.day
                || judged.at_versions != (row.revision, version)
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
fn together<'a>(days: impl Iterator<Item = &'a Arc<Seated>>) -> Tier {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn late(day: i32, group: i64) -> StaleDay {
        StaleDay { group: GroupId(group), day: Day(day), n: 1 }
    }

    #[test]
    fn a_round_takes_a_bounded_part_of_what_is_late_the_newest_first() {
        let many: Vec<StaleDay> =
            (0..16).rev().flat_map(|day| (0..1_000).map(move |group| late(day, group))).collect();
        assert_eq!(taken(&many, |_| false), PAGES_MAX);
        // Judging a group costs as much as many days.
        assert_eq!(taken(&many, |late| late.day.0 == 15), PAGES_MAX / JUDGED_PAGES);
        let long: Vec<StaleDay> = (0..3_000).rev().map(|day| late(day, 1)).collect();
        assert_eq!(taken(&long, |_| false), DAYS_MAX);
        assert_eq!(taken(&long[..7], |_| false), 7);
        assert_eq!(taken(&[], |_| false), 0);
    }

    #[test]
    fn days_before_a_late_one_change_with_it_but_are_not_folded_twice() {
        let days = |days: &[i32]| days.iter().copied().collect::<BTreeSet<i32>>();
        let late = Late { taken: days(&[20, 21]), later: days(&[19, 5]), judged: false };
        assert_eq!(late.wanted(3), days(&[17, 18, 20, 21]));
    }
}
