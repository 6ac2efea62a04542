//! What the platform itself counted of owners and staff, and whose groups lie still. Pure.
//!
//! Invariants: a day that the platform did not tell is not a day without anything; who was told of
//! on too few days is not judged; messages of groups are those of everybody in them, because the
//! platform tells none by person.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Day, GroupId};
use store::{WecomDay, WecomGroupRow, WecomStaffDay};

/// Days that are looked at, up to yesterday.
pub const ACTIVITY_DAYS: i32 = 14;
/// An owner is judged who was told of on so many of them.
const TOLD_MIN: u32 = 10;
/// Of the list of groups: the owner left the company; that is a finding of its own.
const OWNER_LEFT: i64 = 1;

/// An owner under whom nothing happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuietOwner {
    /// `userid`.
    pub owner: String,
    /// Their groups: ours, and names.
    pub groups: Vec<(GroupId, String)>,
    /// Days of the last 14 that the platform told.
    pub told: u32,
    /// Whether what they wrote to customers was told, too.
    pub with_chats: bool,
}

/// What the platform counted in the last days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Days of the last 14 that it told of anybody.
    pub told: u32,
    /// New customers of staff; `None`: not told.
    pub added: Option<u64>,
    /// Messages that staff sent in single chats; `None`: not told.
    pub sent: Option<u64>,
    /// Messages in groups, of everybody; `None`: not told.
    pub in_groups: Option<u64>,
    /// Owners whose figures were told.
    pub owners: u32,
    /// Owners under whom nothing happens, those with most groups first.
    pub quiet: Vec<QuietOwner>,
}

/// Counts over the 14 days before `today` (UTC+8). Days outside of them are left out.
pub fn activity(
    groups: &[WecomGroupRow],
    (days, staff_days): (&[WecomDay], &[WecomStaffDay]),
    today: Day,
) -> Activity {
    let inside = |day: Day| day < today && today.since(day) <= ACTIVITY_DAYS;
    let days: Vec<&WecomDay> = days.iter().filter(|row| inside(row.day)).collect();
    let chats: Vec<&WecomStaffDay> = staff_days.iter().filter(|row| inside(row.day)).collect();
    let told: BTreeSet<i32> =
        days.iter().map(|row| row.day.0).chain(chats.iter().map(|row| row.day.0)).collect();
    let sum = |all: &mut dyn Iterator<Item = u32>| all.map(u64::from).sum::<u64>();
    let owners: BTreeSet<String> = days.iter().map(|row| row.owner.to_lowercase()).collect();
    Activity {
        told: number(told.len()),
        added: (!chats.is_empty()).then(|| sum(&mut chats.iter().map(|row| row.added))),
        sent: (!chats.is_empty()).then(|| sum(&mut chats.iter().map(|row| row.messages))),
        in_groups: (!days.is_empty()).then(|| sum(&mut days.iter().map(|row| row.messages))),
        owners: number(owners.len()),
        quiet: quiet(groups, &days, &chats),
    }
}

/// What was told of an owner.
#[derive(Default)]
struct Told {
    days: u32,
    messages: u64,
    came: u64,
    /// Messages and new customers in single chats, where they were told.
    chats: Option<u64>,
}

fn quiet(
    groups: &[WecomGroupRow],
    days: &[&WecomDay],
    chats: &[&WecomStaffDay],
) -> Vec<QuietOwner> {
    let mut told: BTreeMap<String, Told> = BTreeMap::new();
    for row in days {
        let one = told.entry(row.owner.to_lowercase()).or_default();
        one.days += 1;
        one.messages += u64::from(row.messages);
        one.came += u64::from(row.new_members) + u64::from(row.new_chats);
    }
    for row in chats {
        if let Some(one) = told.get_mut(&row.userid.to_lowercase()) {
            *one.chats.get_or_insert(0) += u64::from(row.messages) + u64::from(row.added);
        }
    }
    let lies_still =
        |one: &Told| one.days >= TOLD_MIN && one.messages + one.came + one.chats.unwrap_or(0) == 0;
    told.retain(|_, one| lies_still(one));
    let mut quiet: BTreeMap<String, QuietOwner> = BTreeMap::new();
    let living = groups
        .iter()
        .filter(|row| row.missing.is_none() && row.read.is_some() && row.status != OWNER_LEFT);
    for row in living {
        let key = row.owner.to_lowercase();
        let (Some(one), Some(group)) = (told.get(&key), row.group) else { continue };
        let owner = quiet.entry(key).or_insert_with(|| QuietOwner {
            owner: row.owner.clone(),
            groups: Vec::new(),
            told: one.days,
            with_chats: one.chats.is_some(),
        });
        owner.groups.push((group, row.name.clone()));
    }
    let mut quiet: Vec<QuietOwner> = quiet.into_values().collect();
    quiet.sort_by_key(|one| (std::cmp::Reverse(one.groups.len()), one.owner.clone()));
    quiet
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
