//! How far hand-overs are; cancelling one; giving what failed to another.

use std::collections::BTreeMap;

use domain::{Actor, HandState, HeldKind, May, Millis};
use engine::handover::{Limits, Rule};
use serde_json::json;
use store::{HandedChange, HandedRow, HandoverRow, WecomId};

use crate::console::{About, Console, Denied};
use crate::wecom::companies::reaches;
use crate::wecom::handover::beside::Beside;
use crate::wecom::handover::holders::Holder;
use crate::wecom::pull::Standstill;

/// A thing as pages show it.
pub type Handed = HandedRow;

/// A hand-over in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverSeen {
    /// The hand-over.
    pub row: HandoverRow,
    /// Who hands over, by name.
    pub giver: String,
    /// How many things are in which state.
    pub counts: BTreeMap<(HeldKind, HandState), u32>,
}

/// A hand-over with everything in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoverView {
    /// The hand-over.
    pub row: HandoverRow,
    /// Who hands over, by name.
    pub giver: String,
    /// Everything in it.
    pub items: Vec<Handed>,
    /// Names by `userid`.
    pub names: BTreeMap<String, String>,
    /// Who could take what failed.
    pub takers: Vec<Holder>,
    /// Why it stands still.
    pub still: Option<Standstill>,
    /// What who hands over still has beside customers and groups.
    pub beside: Beside,
}

/// What giving to another came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retaken {
    /// How many things are asked for anew.
    pub count: u64,
}

impl Console {
    /// All hand-overs of a company, the latest first.
    pub async fn handovers(
        &self,
        actor: &Actor,
        account: i64,
    ) -> Result<Vec<HandoverSeen>, Denied> {
        reaches(actor, May::Lead)?;
        let id = self.company_row(WecomId { org: actor.org, account }).await?.id;
        let mut counts: BTreeMap<i64, BTreeMap<(HeldKind, HandState), u32>> = BTreeMap::new();
        for one in self.store().handed_counts(id).await? {
            counts.entry(one.handover).or_default().insert((one.kind, one.state), one.count);
        }
        let names = self.staff_names(id).await?;
        let seen = |row: HandoverRow| HandoverSeen {
            giver: named(&names, &row.giver),
            counts: counts.remove(&row.handover).unwrap_or_default(),
            row,
        };
        Ok(self.store().handovers(id).await?.into_iter().map(seen).collect())
    }

    /// One hand-over with everything in it.
    pub async fn handover(
        &self,
        actor: &Actor,
        account: i64,
        handover: i64,
    ) -> Result<HandoverView, Denied> {
        reaches(actor, May::Lead)?;
        let id = self.company_row(WecomId { org: actor.org, account }).await?.id;
        let row = self.store().handover(id, handover).await?.ok_or(Denied::Missing)?;
        let mut takers = self.holders_of(id).await?.all;
        takers.retain(|one| one.fits && one.userid != row.giver);
        takers.sort_by(|a, b| (&a.name, &a.userid).cmp(&(&b.name, &b.userid)));
        let names = self.staff_names(id).await?;
        Ok(HandoverView {
            giver: named(&names, &row.giver),
            items: self.store().handed(id, handover).await?,
            names,
            takers,
            still: Standstill::of(&row.trouble),
            beside: self.beside(actor, id, &row.giver).await?,
            row,
        })
    }

    /// Takes off the list what was not asked for yet; what was goes on.
    pub async fn cancel_handover(
        &self,
        actor: &Actor,
        account: i64,
        handover: i64,
    ) -> Result<(), Denied> {
        reaches(actor, May::Lead)?;
        let id = WecomId { org: actor.org, account };
        let row = self.store().handover(id, handover).await?.ok_or(Denied::Missing)?;
        let about = About { told: json!({ "from": row.giver }), ..About::default() };
        let acting = self.acting(actor, May::Lead, "wecom.handover_cancelled", about)?;
        if !self.store().cancel_handover((id, handover), acting).await? {
            return Err(Denied::Changed);
        }
        self.companies().handing.notify_one();
        Ok(())
    }

    /// Asks anew for what one taker did not get, for another or the same: what the platform
    /// refused, had no room for, or did not tell of. Customers who said no are left in peace.
    ///
    /// Wrong: `to` (`not_a_taker`, `nothing`: there is nothing of that kind; `open`: another
    /// hand-over of the same giver is under way).
    pub async fn retake_handover(
        &self,
        actor: &Actor,
        (account, handover): (i64, i64),
        (from, to): (&str, &str),
    ) -> Result<Retaken, Denied> {
        reaches(actor, May::Lead)?;
        let seen = self.handover(actor, account, handover).await?;
        let id = seen.row.id;
        if seen.takers.iter().all(|one| one.userid != to) {
            return Err(Denied::field("to", "not_a_taker"));
        }
        let holders = self.holders_of(id).await?;
        let other = holders.of(&seen.row.giver).and_then(|one| one.open);
        if other.is_some_and(|open| open != handover) {
            return Err(Denied::field("to", "open"));
        }
        let now = self.now();
        let again = |row: &HandedRow| HandedChange {
            was: row.state,
            row: HandedRow {
                taker: to.to_owned(),
                state: HandState::Planned,
                code: None,
                due: now,
                asked: None,
                until: None,
                // What the platform tells may be of the time before.
                tries: 1,
                changed: now,
                ..row.clone()
            },
        };
        let own = |row: &&HandedRow| row.taker == from && may_again(row);
        let changes: Vec<HandedChange> = seen.items.iter().filter(own).map(again).collect();
        let told = json!({ "from": from, "to": to, "things": changes.len() });
        let about = About { told, ..About::default() };
        let acting = self.acting(actor, May::Lead, "wecom.handover_retaken", about)?;
        let count = self.store().retake_handed((id, handover), changes, acting).await?;
        if count == 0 {
            return Err(Denied::field("to", "nothing"));
        }
        self.companies().handing.notify_one();
        Ok(Retaken { count })
    }

    /// The platform's rules of handing over.
    pub fn handover_rules(&self) -> [Rule; 8] {
        Limits::WECOM.rules()
    }

    async fn staff_names(&self, id: WecomId) -> Result<BTreeMap<String, String>, Denied> {
        let staff = self.store().wecom_staff(id).await?;
        let known = staff.into_iter().filter(|one| !one.name.is_empty());
        Ok(known.map(|one| (one.userid, one.name)).collect())
    }
}

/// Whether a thing may be asked for once more.
pub(super) fn may_again(row: &HandedRow) -> bool {
    matches!(row.state, HandState::Failed | HandState::Full)
}

fn named(names: &BTreeMap<String, String>, userid: &str) -> String {
    names.get(userid).cloned().unwrap_or_else(|| userid.to_owned())
}

impl HandoverView {
    /// What somebody of the company is called.
    pub fn name(&self, userid: &str) -> String {
        named(&self.names, userid)
    }

    /// Whether a thing can be given to another, or asked for once more.
    pub fn may_again(&self, row: &Handed) -> bool {
        may_again(row)
    }

    /// When the next of the customers who wait changes hands.
    pub fn next_until(&self) -> Option<Millis> {
        let waits =
            |one: &&Handed| one.state == HandState::Waiting && one.kind == HeldKind::Contact;
        let waiting = self.items.iter().filter(waits);
        waiting.filter_map(|one| one.until).min()
    }
}
