//! Stays: who was in the group from when to when (a rejoin is the second stay, 第2次入群).
//!
//! Connections (IRC) are not memberships and make no stays; people whom the export counts without
//! naming cannot be followed. What was not told is closed on the latest moment it can have been: a
//! join by somebody who is in already proves that a leave before it went untold.

use crate::page::{Coming, Going, Page};
use domain::{IdentityId, JoinManner, LeaveManner, Millis};
use rustc_hash::FxHashMap;
use std::borrow::Borrow;

/// Two joins (or leaves) of one person within this time are one, told in two ways (added, and
/// joined), in milliseconds.
const SAME_MS: i64 = Millis::HOUR;

/// One period of one identity in the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// Who.
    pub who: IdentityId,
    /// 1 for the first stay, 2 for the first rejoin.
    pub n: u32,
    /// When it began; `None` when only the end or the presence is known.
    pub joined_at: Option<Millis>,
    /// How the person came in.
    pub how: JoinManner,
    /// Through whom.
    pub by: IdentityId,
    /// When it ended (at the latest, when the leave was not told); `None` while it lasts.
    pub left_at: Option<Millis>,
    /// How it ended; `None` while it lasts.
    pub left_how: Option<LeaveManner>,
}

/// All stays told by the pages (in order of days), by person, then number.
pub fn stays<P: Borrow<Page>>(pages: impl Iterator<Item = P>) -> Vec<Stay> {
    let mut people: FxHashMap<IdentityId, Vec<Stay>> = FxHashMap::default();
    for page in pages {
        let page: &Page = page.borrow();
        let mut goings = page.goings.iter().filter(|going| is_leave(going)).peekable();
        for coming in page.comings.iter().filter(|coming| is_membership(coming)) {
            while let Some(going) = goings.next_if(|going| going.at < coming.at) {
                leave(people.entry(going.who).or_default(), going);
            }
            come(people.entry(coming.who).or_default(), coming);
        }
        for going in goings {
            leave(people.entry(going.who).or_default(), going);
        }
    }
    let mut all: Vec<Stay> = people.into_values().flatten().collect();
    all.sort_unstable_by_key(|stay| (stay.who, stay.n));
    all
}

fn is_membership(coming: &Coming) -> bool {
    coming.who.named().is_some() && coming.how != JoinManner::Connection
}

fn is_leave(going: &Going) -> bool {
    going.who.named().is_some() && going.how != LeaveManner::Connection
}

fn come(stays: &mut Vec<Stay>, coming: &Coming) {
    let is_listed = coming.how == JoinManner::Listed;
    if let Some(open) = stays.last_mut().filter(|stay| stay.left_at.is_none()) {
        let is_same = open.joined_at.is_some_and(|at| coming.at.since(at) <= SAME_MS);
        if is_listed || is_same {
            return;
        }
        open.left_at = Some(coming.at);
        open.left_how = Some(LeaveManner::Unknown);
    }
    let n = number(stays);
    stays.push(Stay {
        who: coming.who,
        n,
        joined_at: (!is_listed).then_some(coming.at),
        how: coming.how,
        by: coming.by,
        left_at: None,
        left_how: None,
    });
}

/// Ends the open stay. Without one the person came in untold, unless the same leave is told twice.
fn leave(stays: &mut Vec<Stay>, going: &Going) {
    let n = number(stays);
    match stays.last_mut() {
        Some(open) if open.left_at.is_none() => {
            open.left_at = Some(going.at);
            open.left_how = Some(going.how);
        }
        Some(last) if last.left_at.is_some_and(|at| going.at.since(at) <= SAME_MS) => {}
        _ => stays.push(Stay {
            who: going.who,
            n,
            joined_at: None,
            how: JoinManner::Unknown,
            by: IdentityId::NOBODY,
            left_at: Some(going.at),
            left_how: Some(going.how),
        }),
    }
}

fn number(stays: &[Stay]) -> u32 {
    u32::try_from(stays.len()).unwrap_or(u32::MAX - 1) + 1
}
