//! How people came in, and who is in several groups: what a roster shows without any message.
//!
//! Stays are counted, not people: whoever came twice came in twice. "Still in" is unknown where
//! leaves are not told in full.

use crate::overview::types::{Entry, EntryManner, Inviter, Overlap};
use crate::page::{Coming, Page};
use crate::scope::GroupPages;
use crate::stays::{Stay, stays};
use domain::{Extent, IdentityId, JoinManner};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// Most inviters and pairs that are listed.
const LISTED_MAX: usize = 20;

/// Joins of the window by manner and by inviter.
pub(super) fn entry(groups: &[GroupPages<'_>], from: i32, to: i32) -> Entry {
    let mut manners: FxHashMap<JoinManner, (u32, u32)> = FxHashMap::default();
    let mut inviters: FxHashMap<IdentityId, (u32, u32)> = FxHashMap::default();
    let leaves_told = groups.iter().all(|group| group.evidence.leaves == Extent::Full);
    for group in groups {
        let mut came: Vec<Coming> = Vec::new();
        let pages = group.pages.iter().inspect(|page| {
            if (from..=to).contains(&page.day) {
                came.extend(page.comings.iter().filter(|coming| is_entry(coming)));
            }
        });
        let open: FxHashSet<IdentityId> = still_in(pages).collect();
        for coming in came {
            let stayed = u32::from(open.contains(&coming.who));
            let manner = manners.entry(coming.how).or_default();
            *manner = (manner.0 + 1, manner.1 + stayed);
            if let Some(by) = coming.by.named() {
                let inviter = inviters.entry(by).or_default();
                *inviter = (inviter.0 + 1, inviter.1 + stayed);
            }
        }
    }
    let known = |kept: u32| leaves_told.then_some(kept);
    let mut manners: Vec<EntryManner> = manners
        .into_iter()
        .map(|(how, (joins, kept))| EntryManner { how, joins, still_in: known(kept) })
        .collect();
    manners.sort_unstable_by_key(|one| (std::cmp::Reverse(one.joins), one.how));
    let mut inviters: Vec<Inviter> = inviters
        .into_iter()
        .map(|(who, (joins, kept))| Inviter { who, joins, still_in: known(kept) })
        .collect();
    inviters.sort_unstable_by_key(|one| (std::cmp::Reverse(one.joins), one.who));
    inviters.truncate(LISTED_MAX);
    Entry { manners, inviters }
}

/// Named people whose membership is open at the end, and in how many of the groups; `None` for
/// one group, or where membership is not told.
pub(super) fn overlap(groups: &[GroupPages<'_>]) -> Option<Overlap> {
    let told = groups
        .iter()
        .all(|group| group.evidence.joins == Extent::Full && !group.evidence.joins_are_connections);
    if groups.len() < 2 || !told {
        return None;
    }
    let mut homes: FxHashMap<IdentityId, Vec<u32>> = FxHashMap::default();
    for (number, group) in (0..).zip(groups) {
        let mut members: Vec<IdentityId> = still_in(group.pages.iter()).collect();
        members.sort_unstable();
        members.dedup();
        for member in members {
            homes.entry(member).or_default().push(number);
        }
    }
    let mut people_by_groups = vec![0; groups.len()];
    let mut pairs: FxHashMap<(u32, u32), u64> = FxHashMap::default();
    for homes in homes.values() {
        if let Some(count) = people_by_groups.get_mut(homes.len() - 1) {
            *count += 1;
        }
        for (at, one) in homes.iter().enumerate() {
            for other in homes.iter().skip(at + 1) {
                *pairs.entry((*one, *other)).or_default() += 1;
            }
        }
    }
    while people_by_groups.last() == Some(&0) {
        people_by_groups.pop();
    }
    let mut pairs: Vec<(u32, u32, u64)> =
        pairs.into_iter().map(|((one, other), people)| (one, other, people)).collect();
    pairs.sort_unstable_by_key(|&(one, other, people)| (std::cmp::Reverse(people), one, other));
    pairs.truncate(LISTED_MAX);
    Some(Overlap { people_by_groups, pairs })
}

fn is_entry(coming: &Coming) -> bool {
    !matches!(coming.how, JoinManner::Listed | JoinManner::Connection)
}

fn still_in<'a>(pages: impl Iterator<Item = Cow<'a, Page>>) -> impl Iterator<Item = IdentityId> {
    let open = |stay: &Stay| stay.left_at.is_none();
    stays(pages).into_iter().filter(open).map(|stay| stay.who)
}
