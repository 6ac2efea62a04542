//! Hand-overs: customers to another member of staff within a day, groups at once.
//!
//! Invariants: a customer is handed over at most twice, and not within 90 days of the last time;
//! one hand-over of a customer at a time.

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::groups::day_of;
use crate::wecom::books::{
    Bond, Books, Contact, ContactNews, Event, Happened, Hindrance, Refused, refused,
};

/// A hand-over of a customer happens so long after it was asked for.
pub const TRANSFER_MS: i64 = 24 * Millis::HOUR;
/// Rest of a customer, and of a group, between hand-overs.
pub const REST_MS: i64 = 90 * Millis::DAY;
/// Groups of one owner that are handed over on a day.
pub const GROUPS_A_DAY: u32 = 300;
/// Hand-overs of a customer, and of a group in 90 days.
const TIMES: usize = 2;

/// A hand-over of a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    /// From whom.
    pub handover: String,
    /// To whom.
    pub takeover: String,
    /// The customer.
    pub customer: String,
    /// When it happens, or ended.
    pub at: Millis,
    /// How far it is.
    pub status: TransferStatus,
    /// What the customer reads when it happens; empty for the platform's own words.
    #[serde(default)]
    pub words: String,
}

/// How far a hand-over is; the numbers are the platform's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TransferStatus {
    /// 1.
    Done,
    /// 2.
    Waiting,
    /// 3.
    Refused,
    /// 4: who was to take over has too many customers.
    Full,
}

impl TransferStatus {
    /// The platform's number.
    pub fn number(self) -> u8 {
        match self {
            Self::Done => 1,
            Self::Waiting => 2,
            Self::Refused => 3,
            Self::Full => 4,
        }
    }
}

impl Books {
    /// Asks for a hand-over of a customer; members of staff are known and fit.
    ///
    /// Refused: 40096 no such bond, 40129 one is under way, 40128 too often or too soon.
    pub(crate) fn transfer(
        &mut self,
        handover: &str,
        takeover: &str,
        customer: &str,
        now: Millis,
    ) -> Result<(), Refused> {
        if !self.bond(handover, customer).is_some_and(Bond::works) {
            return Err(refused(40_096, "invalid external userid"));
        }
        if self.transfers.iter().any(|one| one.waits_for(customer)) {
            return Err(refused(40_129, "customer is being transferred"));
        }
        let handed = self.customers.get(customer).map_or(&[][..], |one| one.handed.as_slice());
        let rests = handed.last().is_some_and(|last| now.since(*last) < REST_MS);
        if handed.len() >= TIMES || rests {
            return Err(refused(40_128, "customer transfer out of limit"));
        }
        self.transfers.push(Transfer {
            handover: handover.to_owned(),
            takeover: takeover.to_owned(),
            customer: customer.to_owned(),
            at: Millis(now.0 + TRANSFER_MS),
            status: TransferStatus::Waiting,
            words: String::new(),
        });
        Ok(())
    }

    /// The customer answers a hand-over that waits.
    pub fn answer_transfer(&mut self, customer: &str, agreed: bool, now: Millis) -> Happened {
        let waits = |one: &&mut Transfer| one.waits_for(customer);
        let transfer = self.transfers.iter_mut().find(waits).ok_or(Hindrance::Nothing)?;
        transfer.at = now;
        if agreed {
            return Ok(self.due_transfers(now));
        }
        transfer.status = TransferStatus::Refused;
        let staff = transfer.takeover.clone();
        let change = ContactNews::TransferFailed("customer_refused");
        Ok(vec![Event::contact(now, &staff, customer, change)])
    }

    /// Hand-overs whose day is over.
    pub(crate) fn due_transfers(&mut self, now: Millis) -> Vec<Event> {
        let waiting = |one: &Transfer| one.status == TransferStatus::Waiting && one.at <= now;
        let mut told = Vec::new();
        for at in 0..self.transfers.len() {
            let Some(one) = self.transfers.get(at).filter(|one| waiting(one)).cloned() else {
                continue;
            };
            let status = self.hand_over(&one, &mut told);
            if let Some(one) = self.transfers.get_mut(at) {
                one.status = status;
            }
        }
        told
    }

    fn hand_over(&mut self, one: &Transfer, told: &mut Vec<Event>) -> TransferStatus {
        let Transfer { handover, takeover, customer, at, .. } = one;
        if self
            .staff
            .get(takeover)
            .is_none_or(|staff| staff.contact == Contact::Full || !staff.serves())
        {
            let change = ContactNews::TransferFailed("customer_limit_exceed");
            told.push(Event::contact(*at, takeover, customer, change));
            return TransferStatus::Full;
        }
        let old = self.bonds.get_mut(handover).and_then(|bonds| bonds.remove(customer));
        let old = old.unwrap_or_default();
        let by = takeover.clone();
        let bond = Bond { since: *at, add_way: 202, state: None, by, chatting: false, ..old };
        self.bonds.entry(takeover.clone()).or_default().insert(customer.clone(), bond);
        if let Some(customer) = self.customers.get_mut(customer) {
            customer.handed.push(*at);
        }
        if self.present(handover).is_ok() {
            let change = ContactNews::Dropped { by_transfer: true };
            told.push(Event::contact(*at, handover, customer, change));
        }
        let added = ContactNews::Added { half: false, state: None, welcome: None };
        told.push(Event::contact(*at, takeover, customer, added));
        TransferStatus::Done
    }

    /// Gives a group to another owner: `left` when the old one has left the company, as the call
    /// says.
    ///
    /// Refused: 90500 the owner has not left, 90501 no such group, 90502 the owner has left, 90504
    /// the same owner, 90508 inherited already, 45009 too many of this owner or group.
    pub(crate) fn transfer_group(
        &mut self,
        chat: &str,
        owner: &str,
        left: bool,
        now: Millis,
    ) -> Result<(), Refused> {
        let there = self.groups.get(chat).filter(|group| group.dismissed.is_none());
        let group = there.ok_or_else(|| refused(90_501, "not external group chat"))?;
        let old = group.owner.clone();
        let gone = self.present(&old).is_err();
        match (left, gone) {
            _ if old == owner => return Err(refused(90_504, "chat owner not changed")),
            (true, false) if group.status == 3 => {
                return Err(refused(90_508, "chat is already inherited"));
            }
            (true, false) => {
                return Err(refused(90_500, "the owner of this chat is not resigned"));
            }
            (false, true) => return Err(refused(90_502, "the owner of this chat is resigned")),
            _ => {}
        }
        let recent = group.handed.iter().filter(|at| now.since(**at) < REST_MS).count();
        let today = day_of(now);
        let (day, count) = self.handed_groups.entry(old).or_insert((today, 0));
        if *day != today {
            (*day, *count) = (today, 0);
        }
        if *count >= GROUPS_A_DAY || (!left && recent >= TIMES) {
            return Err(refused(45_009, "chat transfer out of limit"));
        }
        *count += 1;
        self.slip_in(chat, owner, now);
        if let Some(group) = self.groups.get_mut(chat) {
            owner.clone_into(&mut group.owner);
            group.admins.remove(owner);
            group.status = if left { 3 } else { group.status };
            group.handed.extend((!left).then_some(now));
        }
        Ok(())
    }
}

impl Transfer {
    fn waits_for(&self, customer: &str) -> bool {
        self.customer == customer && self.status == TransferStatus::Waiting
    }
}
