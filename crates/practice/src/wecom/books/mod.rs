//! The truth of one company: who is there, who knows whom, who is in which group.
//!
//! Invariants: pure, the moment comes in; what people do returns what the platform tells of it,
//! what calls do returns nothing to tell (通过接口操作不回调); nothing is looked up by position.

mod event;
mod groups;
mod mint;
mod people;
mod refused;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use event::{ContactNews, Event, GroupNews, Happened, Moved, What};
pub use groups::{GROUP_PEOPLE_MAX, Group, Joining, Member, Stay, Talk, day_of};
pub use mint::Mint;
pub use people::{Customer, Department, Staff};
pub(crate) use refused::refused;
pub use refused::{Hindrance, Refused};

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
    /// By chat id; dismissed ones, too.
    pub groups: BTreeMap<String, Group>,
}
