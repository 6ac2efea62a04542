//! Who of a company holds what, those who left first.

use std::collections::BTreeMap;

use domain::{Actor, May, Millis};
use store::{WecomGroupRow, WecomId, WecomStaffRow};

use crate::console::{Console, Denied};
use crate::wecom::companies::reaches;
use crate::wecom::findings::LEFT;
use crate::wecom::pull::Standstill;
use crate::wecom::pull::left::LEFT_STEP;

/// The group's owner left (离职待继承).
const OWNER_LEFT: i64 = 1;
/// The state of staff who may work (已激活).
const ACTIVE: i64 = 1;

/// Somebody of the company and what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// `userid`.
    pub userid: String,
    /// Their name; the `userid` where none was told.
    pub name: String,
    /// Whether they have left the company.
    pub left: bool,
    /// Customers.
    pub contacts: u32,
    /// Groups that they own.
    pub groups: u32,
    /// Open live codes that lead to them.
    pub codes: u32,
    /// The number of the hand-over that is open.
    pub open: Option<i64>,
    /// Whether they could take over: there, active, with the customer-contact function.
    pub fits: bool,
    /// Whether the app sees them.
    pub seen: bool,
}

/// Whether those who left were read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftRead {
    /// Not yet.
    Never,
    /// Then.
    At(Millis),
    /// It could not be.
    Still(Standstill),
}

/// Everybody who holds something, and everybody who could take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holders {
    /// By: left first, then those with most.
    pub all: Vec<Holder>,
    /// Whether those who left were read.
    pub left_read: LeftRead,
}

impl Holder {
    /// Everything that they hold.
    pub fn things(&self) -> u32 {
        self.contacts + self.groups + self.codes
    }
}

impl Holders {
    /// One of them.
    pub fn of(&self, userid: &str) -> Option<&Holder> {
        self.all.iter().find(|one| one.userid == userid)
    }
}

impl Console {
    /// Who holds what in a company, as it was read last.
    pub async fn holders(&self, actor: &Actor, account: i64) -> Result<Holders, Denied> {
        reaches(actor, May::Lead)?;
        let row = self.company_row(WecomId { org: actor.org, account }).await?;
        self.holders_of(row.id).await
    }

    pub(super) async fn holders_of(&self, id: WecomId) -> Result<Holders, Denied> {
        let store = self.store();
        let (staff, groups) = (store.wecom_staff(id).await?, store.wecom_groups(id).await?);
        let mut all: BTreeMap<String, Holder> = BTreeMap::new();
        for one in &staff {
            all.insert(one.userid.to_lowercase(), holder(one));
        }
        for group in groups.iter().filter(|group| is_held(group)) {
            let owner = entry(&mut all, &group.owner);
            owner.groups += 1;
            owner.left |= group.status == OWNER_LEFT;
        }
        for count in store.held_counts(id).await? {
            entry(&mut all, &count.staff).contacts += count.contacts;
        }
        for code in self.codes_to_staff(id).await? {
            for userid in &code.people {
                entry(&mut all, userid).codes += 1;
            }
        }
        for open in store.handovers(id).await?.into_iter().filter(|one| one.ended.is_none()) {
            entry(&mut all, &open.giver).open = Some(open.handover);
        }
        let mut all: Vec<Holder> = all.into_values().collect();
        for one in &mut all {
            one.fits &= !one.left;
        }
        all.sort_by_key(|one| (!one.left, std::cmp::Reverse(one.things())));
        let pulls = store.wecom_pulls(id).await?;
        let left = pulls.iter().find(|row| row.run.step == LEFT_STEP);
        let left_read =
            left.map_or(LeftRead::Never, |row| match (row.ended, Standstill::of(&row.failure)) {
                (Some(at), _) => LeftRead::At(at),
                (None, Some(still)) => LeftRead::Still(still),
                (None, None) => LeftRead::Never,
            });
        Ok(Holders { all, left_read })
    }
}

/// Whether a group can be handed over by its owner.
pub(super) fn is_held(group: &WecomGroupRow) -> bool {
    group.missing.is_none() && !group.owner.is_empty()
}

/// One's place, also of somebody whom no list of staff names. Ids are the same in any case of
/// letters.
fn entry<'a>(all: &'a mut BTreeMap<String, Holder>, userid: &str) -> &'a mut Holder {
    all.entry(userid.to_lowercase()).or_insert_with(|| Holder {
        userid: userid.to_owned(),
        name: userid.to_owned(),
        ..Holder::default()
    })
}

fn holder(row: &WecomStaffRow) -> Holder {
    let is_there = row.missing.is_none() && row.state.is_none_or(|state| state == ACTIVE);
    let name = if row.name.is_empty() { &row.userid } else { &row.name };
    Holder {
        userid: row.userid.clone(),
        name: name.clone(),
        left: row.state == Some(LEFT),
        fits: is_there && row.follows,
        seen: row.missing.is_none(),
        ..Holder::default()
    }
}
