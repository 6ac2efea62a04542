//! The truth of one company: who is there, who knows whom, who is in which group.
//!
//! Invariants: pure, the moment comes in; what people do returns what the platform tells of it,
//! what calls do returns nothing to tell (通过接口操作不回调); nothing is looked up by position.

mod behaviour;
mod bonds;
mod event;
mod figures;
mod groups;
mod joins;
mod media;
mod messages;
mod mint;
mod people;
mod refused;
mod tags;
mod transfers;
mod ways;
mod welcomes;

use std::collections::BTreeMap;

use domain::Millis;
use serde::{Deserialize, Serialize};

pub use behaviour::{Behaviour, Written};
pub use bonds::{Bond, Meeting, Standing};
pub use event::{ContactNews, Event, GroupNews, Happened, Moved, What};
pub use figures::Figures;
pub use groups::{GROUP_PEOPLE_MAX, Group, Joining, Member, Stay, Talk, day_of};
pub use joins::{JOIN_GROUPS_MAX, JoinForm, JoinWay};
pub use media::{MEDIA_MS, Medium};
pub use messages::{CARD_MS, CardCode, Message, Press};
pub use mint::Mint;
pub use people::{Contact, Customer, Department, Staff};
pub(crate) use refused::refused;
pub use refused::{Hindrance, Refused};
pub use tags::{Tag, TagGroup};
pub use transfers::{GROUPS_A_DAY, REST_MS, TRANSFER_MS, Transfer, TransferStatus};
pub use ways::{ContactWay, WAY_STAFF_MAX, WayForm};
pub use welcomes::{TEMPLATES_MAX, WELCOME_MS, Welcome, Welcomes};

/// Everything that is so.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Books {
    /// Where ids come from.
    pub mint: Mint,
    /// By id; 1 is the company.
    pub departments: BTreeMap<u32, Department>,
    /// By userid.
    pub staff: BTreeMap<String, Staff>,
    /// By external userid.
    pub customers: BTreeMap<String, Customer>,
    /// By userid, then by external userid.
    pub bonds: BTreeMap<String, BTreeMap<String, Bond>>,
    /// By id of the group of tags; deleted ones, too.
    pub tags: BTreeMap<String, TagGroup>,
    /// By chat id; dismissed ones, too.
    pub groups: BTreeMap<String, Group>,
    /// Live codes of staff, by `config_id`.
    pub ways: BTreeMap<String, ContactWay>,
    /// Live codes of groups, by `config_id`.
    pub join_ways: BTreeMap<String, JoinWay>,
    /// Welcomes.
    pub welcomes: Welcomes,
    /// Hand-overs of customers, in the order in which they were asked for.
    pub transfers: Vec<Transfer>,
    /// Groups handed over: by the old owner, the day and how many on it.
    pub handed_groups: BTreeMap<String, (i64, u32)>,
    /// Files, by `media_id`.
    pub media: BTreeMap<String, Medium>,
    /// What the app sent to staff, in order.
    pub messages: Vec<Message>,
    /// What staff wrote to customers: by userid, then by day.
    #[serde(default)]
    pub written: BTreeMap<String, BTreeMap<i64, Written>>,
    /// Rights to change a card, by `response_code`.
    pub card_codes: BTreeMap<String, CardCode>,
}

impl Books {
    /// Everything that happens by itself until this moment.
    pub(crate) fn due(&mut self, now: Millis) -> Vec<Event> {
        self.due_transfers(now)
    }
}
