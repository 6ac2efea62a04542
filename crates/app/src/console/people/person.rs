//! One person, over groups and platforms, as the scope shows it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Actor, GroupId, IdentityId, May, Millis, OrgId, StaffId};
use insights::Page;
use store::{PersonRecord, PersonStay};

use crate::console::{Console, Denied, allowed};

/// The rule of the main group looks back so many days.
const MAIN_DAYS: i64 = 90;

/// Groups whose pages are read for one person, at most.
pub(super) const GROUPS_MAX: usize = 8;

/// What pages show of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Its number.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Word of the platform.
    pub platform: String,
    /// IANA name of its zone.
    pub zone: String,
}

/// Why a group counts as the main one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MainWhy {
    /// Staff said so, then.
    Chosen(StaffId, Millis),
    /// Most messages of the last 90 days: so many.
    SpokeMost(u32),
    /// Nothing was said in 90 days; joined first.
    JoinedFirst,
    /// The only one.
    Only,
}

/// The group that counts as a person's main one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MainGroup {
    /// Which.
    pub group: GroupId,
    /// Why.
    pub why: MainWhy,
}

/// A person within a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonView {
    /// Everything within the scope.
    pub record: PersonRecord,
    /// Groups of now or earlier that the scope does not show.
    pub hidden_groups: usize,
    /// Accounts that the scope does not show.
    pub hidden_accounts: usize,
    /// The groups of the stays, and those in which the person was heard.
    pub groups: BTreeMap<GroupId, GroupCard>,
    /// Groups the person is in now.
    pub now_in: Vec<GroupId>,
    /// The main one of these.
    pub main: Option<MainGroup>,
    /// Names of staff.
    pub staff: HashMap<StaffId, String>,
    /// Names of other people, such as those who brought this one in.
    pub names: HashMap<IdentityId, String>,
    /// What a name in a group seems to say of the person: attribute and value, with the group.
    pub seems: Vec<(&'static str, String, Option<GroupId>)>,
    /// The present.
    pub now: Millis,
}

impl PersonView {
    /// The name shown: that of the leading account, else of another; empty for a nameless one.
    pub fn name(&self) -> &str {
        let mut names = self.record.accounts.iter().map(|account| account.name.as_str());
        names.find(|name| !name.is_empty()).unwrap_or_default()
    }

    /// Whether the person is on the blacklist now.
    pub fn is_barred(&self) -> bool {
        self.record.blacklist.iter().any(|entry| entry.lifted.is_none())
    }
}

impl Console {
    /// One person, by any of its identities.
    pub async fn person(&self, actor: &Actor, id: IdentityId) -> Result<PersonView, Denied> {
        allowed(actor, May::Look)?;
        let (store, org) = (self.store(), actor.org);
        let record = store.person(org, id).await?.ok_or(Denied::Missing)?;
        let (record, hidden_groups, hidden_accounts) = within_scope(actor, record)?;
        let now = self.now();
        let now_in = now_in(&record.stays);
        let by: Vec<IdentityId> = record.stays.iter().filter_map(|stay| stay.by.named()).collect();
        let (groups, main, staff, by) = tokio::try_join!(
            self.cards(org, &record),
            self.main_group(org, &record, &now_in),
            async { Ok(store.staff_names(org).await?) },
            async { Ok(store.identities(org, &by).await?) },
        )?;
        let names = by.into_iter().map(|row| (row.id, row.said.name)).collect();
        let seems = seems(&record);
        Ok(PersonView {
            record,
            hidden_groups,
            hidden_accounts,
            groups,
            now_in,
            main,
            staff,
            names,
            seems,
            now,
        })
    }

    /// The leading identity of a person whom the actor may see.
    pub(super) async fn seen(&self, actor: &Actor, id: IdentityId) -> Result<IdentityId, Denied> {
        let record = self.store().person(actor.org, id).await?.ok_or(Denied::Missing)?;
        Ok(within_scope(actor, record)?.0.lead)
    }

    async fn cards(
        &self,
        org: OrgId,
        record: &PersonRecord,
    ) -> Result<BTreeMap<GroupId, GroupCard>, Denied> {
        let wanted: BTreeSet<GroupId> = record.stays.iter().map(|stay| stay.group).collect();
        let wanted = wanted.into_iter().chain(record.named_in.iter().copied());
        let mut cards = BTreeMap::new();
        for id in wanted {
            if let Some(row) = self.store().group_numbered(org, id).await? {
                let (name, zone) = (row.said.name, row.said.zone);
                cards.insert(id, GroupCard { id, name, platform: row.said.platform, zone });
            }
        }
        Ok(cards)
    }

    /// Chosen by staff, else where the person spoke most in 90 days, else joined first.
    async fn main_group(
        &self,
        org: OrgId,
        record: &PersonRecord,
        now_in: &[GroupId],
    ) -> Result<Option<MainGroup>, Denied> {
        if let Some((group, by, at)) = record.main.filter(|(group, ..)| now_in.contains(group)) {
            return Ok(Some(MainGroup { group, why: MainWhy::Chosen(by, at) }));
        }
        if let [group] = now_in {
            return Ok(Some(MainGroup { group: *group, why: MainWhy::Only }));
        }
        let mut most = None;
        for group in now_in.iter().take(GROUPS_MAX) {
            let messages = self.spoken(org, record, *group).await?;
            // The lower number of those who are equal.
            if messages > 0 && most.is_none_or(|(_, heard)| messages > heard) {
                most = Some((*group, messages));
            }
        }
        if let Some((group, messages)) = most {
            return Ok(Some(MainGroup { group, why: MainWhy::SpokeMost(messages) }));
        }
        let stays = record.stays.iter().filter(|stay| stay.left.is_none());
        let first = stays.min_by_key(|stay| (stay.joined.is_none(), stay.joined, stay.group));
        Ok(first.map(|first| MainGroup { group: first.group, why: MainWhy::JoinedFirst }))
    }

    /// Messages of the last 90 days in a group, from the day pages.
    async fn spoken(
        &self,
        org: OrgId,
        record: &PersonRecord,
        group: GroupId,
    ) -> Result<u32, Denied> {
        let since = Millis(self.now().0 - MAIN_DAYS * Millis::DAY);
        let since = domain::Zone::utc().local(since).day;
        let is_own = |who: IdentityId| record.accounts.iter().any(|account| account.id == who);
        let pages = self.store().pages(org, group, Some(since), None).await?;
        let pages = pages.iter().filter_map(|page| Page::skim(&page.bytes).ok());
        let people = pages.flat_map(|page| page.people);
        Ok(people.filter(|person| is_own(person.who)).map(|person| person.messages).sum())
    }
}

/// Groups of stays that last.
pub(super) fn now_in(stays: &[PersonStay]) -> Vec<GroupId> {
    let now: BTreeSet<GroupId> =
        stays.iter().filter(|stay| stay.left.is_none()).map(|stay| stay.group).collect();
    now.into_iter().collect()
}

/// The record without what lies outside the scope, and how many groups and accounts that were.
/// [`Denied::Missing`] when nothing of it lies within.
fn within_scope(
    actor: &Actor,
    mut record: PersonRecord,
) -> Result<(PersonRecord, usize, usize), Denied> {
    if record.accounts.iter().all(|account| account.name.is_empty() && account.class.is_none())
        && record.stays.is_empty()
        && record.notes.is_empty()
        && record.tags.is_empty()
        && record.blacklist.is_empty()
        && record.named_in.is_empty()
    {
        // Known to a pending import only.
        return Err(Denied::Missing);
    }
    if actor.sees_all() {
        return Ok((record, 0, 0));
    }
    let seen = |group: &GroupId| actor.sees(*group);
    let hidden: BTreeSet<GroupId> =
        record.stays.iter().map(|stay| stay.group).filter(|group| !seen(group)).collect();
    let elsewhere: BTreeSet<IdentityId> =
        record.stays.iter().filter(|stay| !seen(&stay.group)).map(|stay| stay.identity).collect();
    record.stays.retain(|stay| seen(&stay.group));
    if record.stays.is_empty() {
        return Err(Denied::Missing);
    }
    let here: BTreeSet<IdentityId> = record.stays.iter().map(|stay| stay.identity).collect();
    record.named_in.clear();
    record.notes.retain(|note| note.group.as_ref().is_none_or(seen));
    record.attributes.retain(|one| one.group.as_ref().is_none_or(seen));
    record.main = record.main.filter(|(group, ..)| seen(group));
    let all = record.accounts.len();
    let lead = record.lead;
    record
        .accounts
        .retain(|one| one.id == lead || here.contains(&one.id) || !elsewhere.contains(&one.id));
    let accounts = all - record.accounts.len();
    Ok((record, hidden.len(), accounts))
}

/// What a name such as 杭州-烘焙-小林 seems to say; only what is not known yet.
fn seems(record: &PersonRecord) -> Vec<(&'static str, String, Option<GroupId>)> {
    let in_groups = record.stays.iter().rev().map(|stay| (stay.name.as_str(), Some(stay.group)));
    let names = record.accounts.iter().map(|account| (account.name.as_str(), None));
    let mut parts = in_groups.chain(names).filter_map(|(name, group)| Some((card(name)?, group)));
    let Some(([city, trade], group)) = parts.next() else { return Vec::new() };
    let known = |name: &str, value: &str| {
        record.attributes.iter().any(|one| one.name == name && one.value == value)
    };
    let both = [("city", city), ("trade", trade)];
    let new = both.into_iter().filter(|(name, value)| !known(name, value));
    new.map(|(name, value)| (name, value.to_owned(), group)).collect()
}

/// City and trade of a name in three parts.
fn card(name: &str) -> Option<[&str; 2]> {
    let parts: Vec<&str> =
        name.split(['-', '－', '—', '_', '|', '｜', '/']).map(str::trim).collect();
    let [city, trade, own] = parts.as_slice() else { return None };
    let fits = |part: &str| (1..=12).contains(&part.chars().count());
    let is_word = |part: &str| !part.chars().any(char::is_numeric);
    let good = [city, trade].iter().all(|part| fits(part) && is_word(part)) && fits(own);
    good.then_some([*city, *trade])
}

#[cfg(test)]
mod tests {
    use super::card;

    // catalogue: D19
    #[test]
    fn a_name_in_three_parts_seems_to_say_city_and_trade() {
        assert_eq!(card("杭州-烘焙-小林"), Some(["杭州", "烘焙"]));
        assert_eq!(card("上海｜设计 ｜Ann"), Some(["上海", "设计"]));
        for other in ["小林", "小林-Ann", "2026-11-22", "a-b-c-d", "--", "杭州--小林"] {
            assert_eq!(card(other), None, "{other}");
        }
    }
}
