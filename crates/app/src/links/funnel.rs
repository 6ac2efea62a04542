//! From the scan into the group: steps and waits (B10), hops (B17), hours.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Actor, May, Millis};

use crate::console::{Console, Denied};
use crate::links::channels::{ChannelAsk, ChannelOf, moments};
use crate::links::plan::Plan;
use crate::links::view::CodeKind;
use crate::wecom::reaches;

/// A scan that lies longer back than this did not lead to a coming.
const SCAN_MS: i64 = 30 * Millis::MINUTE;
/// Who comes into a group later than this after adding staff came for another reason.
const FOLLOWS_MS: i64 = 7 * Millis::DAY;
/// Hops of a way, at most.
const HOPS_MAX: usize = 10;

/// The way in, all placements of a code together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Scans.
    pub scans: u64,
    /// Added somebody of staff.
    pub added: u32,
    /// Came into a group.
    pub joined: u32,
    /// From the scan to the coming (or adding). Nobody tells who scanned: each coming is taken
    /// with the last scan of its placement before it, so the true wait is this long or longer.
    pub from_scan: Option<Wait>,
    /// From adding staff to coming into a group, of people who did both: exact.
    pub from_add: Option<Wait>,
}

/// How long something took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    /// Half of them waited no longer, in ms.
    pub median_ms: i64,
    /// Over how many.
    pub of: u32,
}

/// One hop of a way over several codes (B17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hop {
    /// The code.
    pub code: i64,
    /// Its name.
    pub name: String,
    /// Scans and clicks.
    pub scans: u64,
    /// Came or added; `None` for addresses of the web.
    pub came: Option<u32>,
}

/// An hour of a placement: scans beside comings, as counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourRow {
    /// Which placement.
    pub placement: i64,
    /// When the hour begins.
    pub hour: Millis,
    /// Scans.
    pub scans: u64,
    /// Came or added.
    pub came: u32,
}

impl Console {
    /// The way in of one code, or of all.
    pub async fn entry_funnel(
        &self,
        actor: &Actor,
        code: Option<i64>,
        ask: ChannelAsk,
    ) -> Result<Funnel, Denied> {
        reaches(actor, May::Look)?;
        let org = actor.org;
        let (from, to) = moments(ask, &self.zone(org).await?)?;
        let store = self.store();
        let placements = store.link_placements(org).await?;
        let own: BTreeSet<i64> = placements
            .iter()
            .filter(|row| code.is_none_or(|code| row.code == code))
            .map(|row| row.id)
            .collect();
        let mut scans = store.link_scan_moments(org, (from, to)).await?;
        scans.retain(|(placement, _)| own.contains(placement));
        // Who adds on the last day may come in a little later.
        let later = Millis(to.0.saturating_add(FOLLOWS_MS));
        let stays = store.link_stays(org, (from, later)).await?;
        let mut added = store.link_added(org, (from, to)).await?;
        added.retain(|one| own.contains(&one.placement));
        let joined: Vec<(i64, Millis)> = stays
            .iter()
            .filter(|one| own.contains(&one.placement) && one.joined < to)
            .map(|one| (one.placement, one.joined))
            .collect();
        let came = added.iter().map(|one| (one.placement, one.at)).chain(joined.iter().copied());
        let from_scan = came.filter_map(|came| since_scan(&scans, came)).collect();
        let from_add = added.iter().filter_map(|one| {
            let who = one.who?;
            let next = stays.iter().find(|stay| stay.who == who && stay.joined >= one.at)?;
            Some(next.joined.since(one.at)).filter(|wait| *wait <= FOLLOWS_MS)
        });
        Ok(Funnel {
            scans: u64::try_from(scans.len()).unwrap_or(u64::MAX),
            added: number(added.len()),
            joined: number(joined.len()),
            from_scan: median(from_scan),
            from_add: median(from_add.collect()),
        })
    }

    /// The hops from a code on, itself the first (B17).
    pub async fn hops(
        &self,
        actor: &Actor,
        code: i64,
        ask: ChannelAsk,
    ) -> Result<Vec<Hop>, Denied> {
        reaches(actor, May::Look)?;
        let codes = self.store().link_codes(actor.org).await?;
        let table = self.channels(actor, ask).await?;
        let (mut hops, mut next): (Vec<Hop>, _) = (Vec::new(), Some(code));
        while let Some(id) = next.take() {
            let Some(row) = codes.iter().find(|row| row.id == id) else { break };
            if hops.iter().any(|hop| hop.code == id) || hops.len() >= HOPS_MAX {
                break;
            }
            let plan = Plan::of(row);
            let counts = table.codes.iter().find(|one| one.of == ChannelOf::Code(id));
            let came = counts.map_or(0, |one| one.added.saturating_add(one.joined));
            hops.push(Hop {
                code: id,
                name: row.said.name.clone(),
                scans: counts.and_then(|one| one.scans).unwrap_or(0),
                came: (plan.kind() != CodeKind::Web).then_some(came),
            });
            if let Plan::Web { leads_to, .. } = plan {
                next = leads_to;
            }
        }
        if hops.is_empty() { Err(Denied::Missing) } else { Ok(hops) }
    }

    /// Hours of a code's placements in which anything happened, by time.
    pub async fn code_hours(
        &self,
        actor: &Actor,
        code: i64,
        ask: ChannelAsk,
    ) -> Result<Vec<HourRow>, Denied> {
        reaches(actor, May::Look)?;
        let org = actor.org;
        let time = moments(ask, &self.zone(org).await?)?;
        let store = self.store();
        let placements = store.link_placements(org).await?;
        let own: BTreeSet<i64> =
            placements.iter().filter(|row| row.code == code).map(|row| row.id).collect();
        let mut hours: BTreeMap<(Millis, i64), (u64, u32)> = BTreeMap::new();
        let hour = |at: Millis| Millis(at.0.div_euclid(Millis::HOUR) * Millis::HOUR);
        for (placement, at) in store.link_scan_moments(org, time).await? {
            hours.entry((hour(at), placement)).or_default().0 += 1;
        }
        let stays = store.link_stays(org, time).await?.into_iter();
        let added = store.link_added(org, time).await?.into_iter();
        let came = stays.map(|one| (one.placement, one.joined));
        for (placement, at) in came.chain(added.map(|one| (one.placement, one.at))) {
            hours.entry((hour(at), placement)).or_default().1 += 1;
        }
        let row = |((hour, placement), (scans, came))| HourRow { placement, hour, scans, came };
        let own = |row: &HourRow| own.contains(&row.placement);
        Ok(hours.into_iter().map(row).filter(own).collect())
    }
}

/// How long after the last scan of its placement somebody came. `scans` are in order.
fn since_scan(scans: &[(i64, Millis)], (placement, at): (i64, Millis)) -> Option<i64> {
    let after = scans.partition_point(|scan| *scan <= (placement, at));
    let (of, scanned) = scans.get(after.checked_sub(1)?)?;
    let wait = at.since(*scanned);
    (*of == placement && wait <= SCAN_MS).then_some(wait)
}

/// The wait of the one in the middle; of two, the shorter.
fn median(mut waits: Vec<i64>) -> Option<Wait> {
    waits.sort_unstable();
    let middle = waits.len().checked_sub(1)? / 2;
    Some(Wait { median_ms: *waits.get(middle)?, of: number(waits.len()) })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
