//! What came of each code, placement and inviter (B02, B09, B14–B16, P05).

use std::collections::{BTreeMap, BTreeSet};

use domain::{Actor, Day, May, Millis, OrgId, Zone};
use store::{LinkAdded, LinkSpend, LinkStay, WecomId};

use crate::console::{Console, Denied};
use crate::links::plan::Plan;
use crate::links::view::CodeKind;
use crate::wecom::reaches;

/// Days of a window, at most.
const WINDOW_DAYS_MAX: i32 = 400;

/// Days after which it is looked who is still in.
pub const KEPT_DAYS: [i64; 3] = [1, 7, 30];

/// Which days, by the organisation's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChannelAsk {
    /// The first.
    pub from: Day,
    /// The last.
    pub to: Day,
}

/// What a row is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChannelOf {
    /// A code, all its placements together.
    Code(i64),
    /// A placement: code and number.
    Placement(i64, i64),
    /// Who of the company invited: company and `userid`.
    Inviter(i64, String),
}

/// How many of those who came are still in after so many days.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Those who came so long ago that it can be told.
    pub base: u32,
    /// Of them, still in at that time.
    pub kept: u32,
    /// Came too lately.
    pub too_early: u32,
    /// Their group was out of sight by then: not counted in `base`.
    pub unknown: u32,
}

/// What came of one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelRow {
    /// Of what.
    pub of: ChannelOf,
    /// Its name.
    pub name: String,
    /// Name of its code, for placements; empty for others.
    pub under: String,
    /// Partner of a placement; may be empty.
    pub partner: String,
    /// Source of a placement; may be empty.
    pub source: String,
    /// Scans; `None` where nothing is scanned (inviters).
    pub scans: Option<u64>,
    /// Whether somebody tells who came: the web does not, and its 0 means nothing.
    pub is_told: bool,
    /// Added somebody of staff.
    pub added: u32,
    /// Came into a group.
    pub joined: u32,
    /// Of those who came or added, after 1, 7 and 30 days ([`KEPT_DAYS`]).
    pub kept: [Kept; 3],
    /// Of them, in (or added) now.
    pub still_in: u32,
    /// Spent in the window, in hundredths; `None`: nothing was entered.
    pub cost: Option<i64>,
    /// Cost for each who came or added (B16), in hundredths, rounded half up.
    pub cost_per_came: Option<i64>,
    /// Cost for each who is in now (B14); `None` without a cost or when nobody is in.
    pub cost_per_kept: Option<i64>,
}

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channels {
    /// Which days.
    pub ask: ChannelAsk,
    /// Codes, those that brought most first.
    pub codes: Vec<ChannelRow>,
    /// Placements, in the same order.
    pub placements: Vec<ChannelRow>,
    /// Inviters, in the same order.
    pub inviters: Vec<ChannelRow>,
}

impl ChannelRow {
    /// Who came or added; `None` where nobody tells.
    pub fn came(&self) -> Option<u32> {
        self.is_told.then(|| self.added.saturating_add(self.joined))
    }
}

impl Kept {
    /// Share in per mille; `None` where nobody can be counted.
    pub fn permille(self) -> Option<u32> {
        let share = (u64::from(self.kept) * 1_000).checked_div(u64::from(self.base));
        share.map(|share| u32::try_from(share).unwrap_or(1_000))
    }
}

/// Somebody who came, and how long they stayed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Came {
    pub(super) at: Millis,
    pub(super) left: Option<Millis>,
    /// Since when it cannot be seen whether they are still in.
    pub(super) unseen: Option<Millis>,
}

/// What is counted of one channel.
#[derive(Clone, Debug, Default)]
struct Counted {
    scans: u64,
    added: Vec<Came>,
    joined: Vec<Came>,
    cents: Option<i64>,
}

impl Counted {
    fn add(&mut self, other: &Self) {
        self.scans += other.scans;
        self.added.extend_from_slice(&other.added);
        self.joined.extend_from_slice(&other.joined);
        self.cents = match (self.cents, other.cents) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
        };
    }

    fn is_empty(&self) -> bool {
        self.scans == 0 && self.added.is_empty() && self.joined.is_empty() && self.cents.is_none()
    }

    fn row(&self, of: ChannelOf, name: String, now: Millis) -> ChannelRow {
        let came = || self.added.iter().chain(&self.joined);
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let is_in = |one: &&Came| one.left.is_none() && one.unseen.is_none();
        let still_in = number(came().filter(is_in).count());
        let (added, joined) = (number(self.added.len()), number(self.joined.len()));
        let scans = (!matches!(of, ChannelOf::Inviter(..))).then_some(self.scans);
        let each = |among: u32| share(self.cents?, i64::from(among));
        ChannelRow {
            of,
            name,
            under: String::new(),
            partner: String::new(),
            source: String::new(),
            scans,
            is_told: true,
            added,
            joined,
            kept: KEPT_DAYS.map(|days| kept(came(), (days, now))),
            still_in,
            cost: self.cents,
            cost_per_came: each(added.saturating_add(joined)),
            cost_per_kept: each(still_in),
        }
    }
}

/// What was spent in a window, in hundredths; `None`: nothing was entered.
fn spent(spends: &[LinkSpend], ask: ChannelAsk) -> Option<i64> {
    let within = |one: &&LinkSpend| (ask.from..=ask.to).contains(&one.day);
    let spent: Vec<i64> = spends.iter().filter(within).map(|one| one.cents).collect();
    (!spent.is_empty()).then(|| spent.iter().sum())
}

/// Hundredths for each of so many, rounded half up; `None` for nobody.
fn share(cents: i64, among: i64) -> Option<i64> {
    cents.checked_add(among / 2)?.checked_div(among)
}

/// How many are in after so many days.
fn kept<'a>(came: impl Iterator<Item = &'a Came>, (days, now): (i64, Millis)) -> Kept {
    let mut kept = Kept::default();
    for one in came {
        let due = Millis(one.at.0 + days * Millis::DAY);
        if due > now {
            kept.too_early += 1;
        } else if one.left.is_some_and(|left| left < due) {
            kept.base += 1;
        } else if one.unseen.is_some_and(|unseen| unseen < due) {
            kept.unknown += 1;
        } else {
            kept.base += 1;
            kept.kept += 1;
        }
    }
    kept
}

/// The moments of a window: the first, and the first one after it.
pub(super) fn moments(ask: ChannelAsk, zone: &Zone) -> Result<(Millis, Millis), Denied> {
    let days = ask.to.since(ask.from);
    if !(0..WINDOW_DAYS_MAX).contains(&days) {
        return Err(Denied::field("from", "out_of_range"));
    }
    Ok((zone.day_start(ask.from), zone.day_start(ask.to.plus(1))))
}

impl Console {
    /// What came of codes, placements and inviters in a window of at most 400 days (`from`:
    /// `out_of_range`). What neither brought nor cost anything is left out, unless it is open.
    pub async fn channels(&self, actor: &Actor, ask: ChannelAsk) -> Result<Channels, Denied> {
        reaches(actor, May::Look)?;
        let org = actor.org;
        let time = moments(ask, &self.zone(org).await?)?;
        let (store, now) = (self.store(), self.now());
        let codes = store.link_codes(org).await?;
        let placements = store.link_placements(org).await?;
        let mut counted: BTreeMap<i64, Counted> = BTreeMap::new();
        for one in store.link_scanned(org, time).await? {
            counted.entry(one.placement).or_default().scans = one.scans;
        }
        for LinkStay { placement, joined, left, unseen, .. } in store.link_stays(org, time).await? {
            let came = Came { at: joined, left, unseen };
            counted.entry(placement).or_default().joined.push(came);
        }
        for LinkAdded { placement, at, gone, .. } in store.link_added(org, time).await? {
            let came = Came { at, left: gone, unseen: None };
            counted.entry(placement).or_default().added.push(came);
        }
        for row in &placements {
            if let Some(cents) = spent(&row.said.spends, ask) {
                counted.entry(row.id).or_default().cents = Some(cents);
            }
        }
        let of = |id: i64| counted.get(&id).cloned().unwrap_or_default();
        let mut of_codes: Vec<ChannelRow> = Vec::new();
        let mut of_placements = Vec::new();
        for code in &codes {
            let mut whole = Counted::default();
            let is_told = Plan::of(code).kind() != CodeKind::Web;
            for row in placements.iter().filter(|row| row.code == code.id) {
                let own = of(row.id);
                whole.add(&own);
                if !own.is_empty() || row.closed.is_none() && code.closed.is_none() {
                    of_placements.push(ChannelRow {
                        under: code.said.name.clone(),
                        partner: row.said.partner.clone(),
                        source: row.said.source.clone(),
                        is_told,
                        ..own.row(ChannelOf::Placement(code.id, row.id), row.said.name.clone(), now)
                    });
                }
            }
            if !whole.is_empty() || code.closed.is_none() {
                let row = whole.row(ChannelOf::Code(code.id), code.said.name.clone(), now);
                of_codes.push(ChannelRow { is_told, ..row });
            }
        }
        let inviters = self.inviters(org, time).await?;
        let mut channels = Channels { ask, codes: of_codes, placements: of_placements, inviters };
        for rows in [&mut channels.codes, &mut channels.placements, &mut channels.inviters] {
            let came = |row: &ChannelRow| row.added.saturating_add(row.joined);
            rows.sort_by(|a, b| {
                (came(b), b.scans, &a.name, &a.of).cmp(&(came(a), a.scans, &b.name, &b.of))
            });
        }
        Ok(channels)
    }

    async fn inviters(
        &self,
        org: OrgId,
        time: (Millis, Millis),
    ) -> Result<Vec<ChannelRow>, Denied> {
        let mut counted: BTreeMap<(i64, String), Counted> = BTreeMap::new();
        for one in self.store().link_invited(org, time).await? {
            let came = Came { at: one.joined, left: one.left, unseen: one.unseen };
            counted.entry((one.company, one.inviter)).or_default().joined.push(came);
        }
        let mut names: BTreeMap<(i64, String), String> = BTreeMap::new();
        let companies: BTreeSet<i64> = counted.keys().map(|(company, _)| *company).collect();
        for account in companies {
            for row in self.store().wecom_staff(WecomId { org, account }).await? {
                names.insert((account, row.userid), row.name);
            }
        }
        let now = self.now();
        let row = |(of, counted): ((i64, String), Counted)| {
            let name = names.get(&of).filter(|name| !name.is_empty()).unwrap_or(&of.1).clone();
            counted.row(ChannelOf::Inviter(of.0, of.1), name, now)
        };
        Ok(counted.into_iter().map(row).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // catalogue: P05
    #[test]
    fn kept_has_a_base_of_those_whose_days_are_over_and_unknown_stays_unknown() {
        let day = Millis::DAY;
        let now = Millis(100 * day);
        let came = |at: i64, left: Option<i64>, unseen: Option<i64>| Came {
            at: Millis(at * day),
            left: left.map(|at| Millis(at * day)),
            unseen: unseen.map(|at| Millis(at * day)),
        };
        let all = [
            came(60, None, None),
            came(60, Some(61), None),
            came(60, Some(66), None),
            came(60, Some(67), None),
            came(60, None, Some(65)),
            came(60, Some(62), Some(65)),
            came(95, None, None),
            came(100, None, None),
        ];
        let kept = |days| kept(all.iter(), (days, now));
        assert_eq!(kept(1), Kept { base: 7, kept: 7, too_early: 1, unknown: 0 });
        assert_eq!(kept(7), Kept { base: 5, kept: 2, too_early: 2, unknown: 1 });
        assert_eq!(kept(30), Kept { base: 5, kept: 1, too_early: 2, unknown: 1 });
        assert_eq!(kept(7).permille(), Some(400));
        assert_eq!(Kept::default().permille(), None);
    }

    // catalogue: B14, B16
    #[test]
    fn cost_for_each_is_cost_divided_by_how_many() {
        assert_eq!(share(12_000, 7), Some(1_714));
        assert_eq!(share(10_050, 4), Some(2_513));
        assert_eq!(share(0, 4), Some(0));
        assert_eq!(share(12_000, 0), None);
    }
}
