//! Distinct people group by group, and one group day by day.
//!
//! Invariant: somebody counts once in each group, however many days a window has.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::{Actor, Day, GroupId, OrgId};
use insights::Span;
use store::GroupRow;

use crate::console::figures::Heads;
use crate::console::tiers::DaySums;
use crate::console::tiers::held::seen;
use crate::console::tiers::window::parts;
use crate::console::{Console, Denied};

/// For each set, by identity, the last group that was seen with it.
#[derive(Default)]
struct Marks([Vec<u32>; 4]);

impl Marks {
    /// Counts somebody in a set who was not seen with this group before.
    fn take(&mut self, (set, who): (usize, u32), group: u32, counts: &mut [u64; 4]) {
        let who = who as usize;
        let (Some(marks), Some(count)) = (self.0.get_mut(set), counts.get_mut(set)) else { return };
        if marks.len() <= who {
            marks.resize(who + 1, 0);
        }
        let mark = marks.get_mut(who);
        let is_new = mark.is_some_and(|mark| std::mem::replace(mark, group) != group);
        *count += u64::from(is_new);
    }
}

impl Console {
    /// All groups of an organisation, as they were seen last.
    pub(in crate::console) async fn rows_held(
        &self,
        org: OrgId,
    ) -> Result<Arc<BTreeMap<GroupId, GroupRow>>, Denied> {
        Ok(Arc::clone(&self.tiers_of(org).await?.groups))
    }

    /// Distinct people of each group in the scope over a window.
    pub(in crate::console) async fn heads(
        &self,
        actor: &Actor,
        span: Span,
    ) -> Result<BTreeMap<GroupId, Heads>, Denied> {
        let held = self.tiers_of(actor.org).await?;
        let parts = parts(&held, span);
        let mut marks = Marks::default();
        let mut all = BTreeMap::new();
        for (number, row) in (1_u32..).zip(seen(&held, actor)) {
            let mut counts = [0_u64; 4];
            for tier in &parts {
                tier.each_person(row.id, |set, who| marks.take((set, who), number, &mut counts));
            }
            let [spoke, effective, came, left] = counts;
            all.insert(row.id, Heads { spoke, effective, came, left });
        }
        Ok(all)
    }

    /// Every day of a window of one group.
    pub(in crate::console) async fn days_of(
        &self,
        org: OrgId,
        group: GroupId,
        span: Span,
    ) -> Result<Vec<DaySums>, Denied> {
        let held = self.tiers_of(org).await?;
        let sums = |day: i32| {
            let tier = held.days.get(&day);
            tier.and_then(|tier| tier.sums_of(group)).unwrap_or_default()
        };
        let days = span.from.0..=span.to.0;
        Ok(days.map(|day| DaySums { day: Day(day), sums: sums(day) }).collect())
    }
}
