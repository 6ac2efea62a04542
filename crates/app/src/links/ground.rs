//! All that codes of one organisation stand on, read at once: what routes, what is made on the
//! platform and what pages show are worked out from the same.

use std::collections::BTreeMap;

use domain::{GroupId, Millis, OrgId, Zone};
use engine::links::{Chain, LinkNow, next_number, series_name};
use rustc_hash::{FxHashMap, FxHashSet};
use store::{LinkCodeRow, LinkPlacementRow, LinkWayRow, WecomGroupRow, WecomId, WecomStaffRow};

use crate::console::{Console, Denied};
use crate::links::plan::{Plan, Series};

/// The state of staff who left (读取成员, `status`).
const LEFT: i64 = 5;

/// Placement, code that it leads by, `userid` or nothing: which code of the platform's own.
pub(super) type WayKey = (i64, i64, String);

/// What codes stand on.
pub(super) struct Ground {
    pub(super) org: OrgId,
    pub(super) now: Millis,
    pub(super) zone: Zone,
    pub(super) codes: BTreeMap<i64, (LinkCodeRow, Plan)>,
    pub(super) placements: Vec<LinkPlacementRow>,
    pub(super) ways: BTreeMap<WayKey, LinkWayRow>,
    groups: FxHashMap<(i64, String), WecomGroupRow>,
    staff: FxHashMap<(i64, String), WecomStaffRow>,
    declining: FxHashSet<GroupId>,
}

impl Console {
    /// Reads what codes of an organisation stand on.
    pub(super) async fn link_ground(&self, org: OrgId) -> Result<Ground, Denied> {
        let store = self.store();
        let rows = store.link_codes(org).await?;
        let planned = |row: LinkCodeRow| {
            let plan = Plan::of(&row);
            (row.id, (row, plan))
        };
        let codes: BTreeMap<i64, (LinkCodeRow, Plan)> = rows.into_iter().map(planned).collect();
        let mut companies: Vec<i64> =
            codes.values().filter_map(|(row, _)| row.said.company).collect();
        companies.sort_unstable();
        companies.dedup();
        let (mut groups, mut staff) = (FxHashMap::default(), FxHashMap::default());
        for account in companies {
            let id = WecomId { org, account };
            let all = store.wecom_groups(id).await?;
            groups.extend(all.into_iter().map(|row| ((account, row.chat.clone()), row)));
            let all = store.wecom_staff(id).await?;
            staff.extend(all.into_iter().map(|row| ((account, row.userid.clone()), row)));
        }
        let ways = store.link_ways(org).await?.into_iter();
        Ok(Ground {
            org,
            now: self.now(),
            zone: self.zone(org).await?,
            codes,
            placements: store.link_placements(org).await?,
            ways: ways.map(|way| ((way.placement, way.code, way.userid.clone()), way)).collect(),
            groups,
            staff,
            declining: self.links().declining(org),
        })
    }
}

impl Ground {
    /// A code that is open.
    pub(super) fn open(&self, code: i64) -> Option<(&LinkCodeRow, &Plan)> {
        self.codes.get(&code).filter(|(row, _)| row.closed.is_none()).map(|(row, plan)| (row, plan))
    }

    /// A customer group.
    pub(super) fn group(&self, company: Option<i64>, chat: &str) -> Option<&WecomGroupRow> {
        self.groups.get(&(company?, chat.to_owned()))
    }

    /// A customer group, by our number of it.
    pub(super) fn group_by(&self, company: Option<i64>, group: GroupId) -> Option<&WecomGroupRow> {
        let all = self.groups.iter().filter(|((of, _), _)| Some(*of) == company);
        all.map(|(_, row)| row).find(|row| row.group == Some(group))
    }

    /// Its name, `chat_id` where it has none.
    pub(super) fn group_name(&self, company: Option<i64>, chat: &str) -> String {
        let name = self.group(company, chat).map(|row| row.name.trim()).unwrap_or_default();
        if name.is_empty() { chat.to_owned() } else { name.to_owned() }
    }

    /// How a customer group stands.
    pub(super) fn link_now(&self, company: Option<i64>, chat: &str) -> LinkNow {
        let Some(row) = self.group(company, chat) else { return LinkNow::default() };
        LinkNow {
            is_there: row.missing.is_none() && row.failure.is_empty(),
            members: row.members.unwrap_or(0),
            declines: row.group.is_some_and(|group| self.declining.contains(&group)),
        }
    }

    /// How all groups of a chain stand, in its order.
    pub(super) fn chain_now(&self, company: Option<i64>, chain: &Chain) -> Vec<LinkNow> {
        chain.links.iter().map(|link| self.link_now(company, &link.chat)).collect()
    }

    /// Somebody's name, `userid` where it is not told.
    pub(super) fn person_name(&self, company: Option<i64>, userid: &str) -> String {
        let row = company.and_then(|company| self.staff.get(&(company, userid.to_owned())));
        let name = row.map(|row| row.name.trim()).unwrap_or_default();
        if name.is_empty() { userid.to_owned() } else { name.to_owned() }
    }

    /// Whether somebody can be added: of the company, with the customer-contact function.
    pub(super) fn is_there(&self, company: Option<i64>, userid: &str) -> bool {
        let row = company.and_then(|company| self.staff.get(&(company, userid.to_owned())));
        row.is_some_and(|row| row.follows && row.missing.is_none() && row.state != Some(LEFT))
    }

    /// What the next group of a row is called.
    pub(super) fn next_name(&self, company: Option<i64>, chain: &Chain, series: &Series) -> String {
        let names: Vec<String> =
            chain.links.iter().map(|link| self.group_name(company, &link.chat)).collect();
        let next = next_number(&series.name, names.iter().map(String::as_str));
        series_name(&series.name, next.max(series.number))
    }

    /// The picture of a code of the platform's own, where there is one.
    pub(super) fn picture(&self, key: &WayKey) -> Option<&str> {
        self.ways.get(key).map(|way| way.picture.as_str()).filter(|picture| !picture.is_empty())
    }
}
