//! Taking over many existing customer groups at once (批量接管): found by the pattern of their
//! names and by their owner on the platform, in the order of their numbers. What becomes of them
//! is a bulk change like any other ([`crate::console::groups::BulkAsked`]).
//!
//! Invariant: only groups in the scope are found, and only groups on WeCom.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::{Actor, GroupId, May, OrgId, StaffId};
use store::{CardRow, WecomGlance, WecomId, WecomSeatRow};

use crate::console::groups::patterns::{Pattern, PatternError, suggested};
use crate::console::{Console, Denied, allowed};

/// Which customer groups are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakeoverAsked {
    /// Pattern of their names; empty for all.
    pub pattern: String,
    /// Company and `userid` of their owner; `None` for all.
    pub owner: Option<(i64, String)>,
}

/// A customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeoverLine {
    /// Which.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// The first number of its name, where the pattern has `{n}`.
    pub number: Option<u64>,
    /// Who owns it on the platform, by name where it is known.
    pub owner: String,
    /// Members, all.
    pub members: u32,
    /// What is said of it now.
    pub card: CardRow,
}

/// An owner on the platform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeoverOwner {
    /// Number of the company.
    pub account: i64,
    /// The `userid`.
    pub userid: String,
    /// Name, or `userid` where no name is known.
    pub name: String,
    /// How many groups.
    pub groups: usize,
    /// Who that is among staff, where it is said.
    pub staff: Option<StaffId>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Takeover {
    /// Groups that are wanted: by number, then by name.
    pub lines: Vec<TakeoverLine>,
    /// Customer groups in the scope.
    pub all: usize,
    /// Patterns that many names fit, and how many.
    pub patterns: Vec<(String, usize)>,
    /// Owners on the platform, those of most groups first.
    pub owners: Vec<TakeoverOwner>,
}

impl Console {
    /// Finds customer groups to take over. Field: `pattern`.
    pub async fn takeover_groups(
        &self,
        actor: &Actor,
        asked: &TakeoverAsked,
    ) -> Result<Takeover, Denied> {
        allowed(actor, May::Keep)?;
        let pattern = match asked.pattern.trim() {
            "" => None,
            text => Some(Pattern::parse(text).map_err(|error| match error {
                PatternError::TooLong => Denied::field("pattern", "too_long"),
                PatternError::Brace => Denied::field("pattern", "brace"),
            })?),
        };
        let (store, org) = (self.store(), actor.org);
        let (mut groups, titles, cards, seats) = tokio::try_join!(
            store.wecom_glance(org),
            store.group_titles(org),
            store.cards(org),
            store.wecom_seats(org),
        )?;
        groups.retain(|one| actor.sees(one.group));
        let names: HashMap<GroupId, String> =
            titles.into_iter().map(|title| (title.group, title.name)).collect();
        let mut cards: BTreeMap<GroupId, CardRow> =
            cards.into_iter().map(|card| (card.group, card)).collect();
        let owners = self.owners_of(actor.org, (&groups, &seats)).await?;
        let is_wanted = |one: &&WecomGlance| {
            asked.owner.as_ref().is_none_or(|(account, userid)| {
                *account == one.account && userid.eq_ignore_ascii_case(&one.owner)
            })
        };
        let mut line = |one: &WecomGlance| {
            let name = names.get(&one.group).cloned().unwrap_or_default();
            let number = match &pattern {
                None => None,
                Some(pattern) => pattern.fits(&name)?.number,
            };
            let owner = owners.get(&(one.account, one.owner.to_lowercase()));
            Some(TakeoverLine {
                group: one.group,
                name,
                number,
                owner: owner.map_or_else(|| one.owner.clone(), |owner| owner.name.clone()),
                members: one.members,
                card: cards.remove(&one.group).unwrap_or_else(|| CardRow::empty(one.group)),
            })
        };
        let mut lines: Vec<TakeoverLine> =
            groups.iter().filter(is_wanted).filter_map(&mut line).collect();
        lines.sort_by(|one, other| {
            let key = |line: &TakeoverLine| (line.number.is_none(), line.number);
            (key(one), &one.name, one.group).cmp(&(key(other), &other.name, other.group))
        });
        let mut owners: Vec<TakeoverOwner> = owners.into_values().collect();
        owners.sort_by(|one, other| {
            (other.groups, &one.name, &one.userid).cmp(&(one.groups, &other.name, &other.userid))
        });
        let own = groups.iter().filter_map(|one| names.get(&one.group)).map(String::as_str);
        Ok(Takeover { all: groups.len(), patterns: suggested(own), owners, lines })
    }

    /// Owners of groups by company and `userid` in small letters, with how many.
    async fn owners_of(
        &self,
        org: OrgId,
        (groups, seats): (&[WecomGlance], &[WecomSeatRow]),
    ) -> Result<BTreeMap<(i64, String), TakeoverOwner>, Denied> {
        let mut owners: BTreeMap<(i64, String), TakeoverOwner> = BTreeMap::new();
        for one in groups {
            let owner =
                owners.entry((one.account, one.owner.to_lowercase())).or_insert_with(|| {
                    let (userid, name) = (one.owner.clone(), one.owner.clone());
                    TakeoverOwner { account: one.account, userid, name, groups: 0, staff: None }
                });
            owner.groups += 1;
        }
        let accounts: BTreeSet<i64> = owners.keys().map(|(account, _)| *account).collect();
        for account in accounts {
            for one in self.store().wecom_staff(WecomId { org, account }).await? {
                let owner = owners.get_mut(&(account, one.userid.to_lowercase()));
                if let Some(owner) = owner.filter(|_| !one.name.is_empty()) {
                    owner.name = one.name;
                }
            }
        }
        for row in seats {
            if let Some(owner) = owners.get_mut(&(row.seat.account, row.seat.userid.to_lowercase()))
            {
                owner.staff = Some(row.seat.staff);
            }
        }
        Ok(owners)
    }
}
