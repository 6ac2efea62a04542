//! What the members and groups of a company tell that nobody had counted. Pure.
//!
//! Invariants: only what was read stands here; what was before the company was connected is not
//! known, and so nobody is said to have left then; people are those from outside (type 2), once
//! over all groups unless it is said otherwise.

use std::collections::BTreeMap;

use domain::{GroupId, IdentityId, Millis};
use roaring::RoaringBitmap;
use rustc_hash::FxHashMap;
use store::{WecomGlance, WecomGroupRow, WecomMemberRow, WecomStaffRow};

use crate::wecom::changes::COLLEAGUE;

/// Members of a customer group at most, made by a WeCom user.
///
/// Source: 客户群人数上限 500 (older 200; groups made by a WeChat user 200), as of 2026-02-12.
pub const GROUP_MAX: u32 = 500;
/// Days over which it is seen how fast a group fills.
pub(crate) const PACE_DAYS: i64 = 14;
/// Groups that are full within so many days are told.
const FULL_DAYS: u32 = 30;
/// A code that brought so many is judged.
const BROUGHT_MIN: u32 = 10;
/// In so many groups somebody is in several.
const SEVERAL: usize = 3;
/// Two groups are twins when so much of the smaller one is in the larger one, in percent …
const TWIN_PERCENT: u64 = 60;
/// … and so many people at least.
const TWIN_PEOPLE: u64 = 10;
/// The state of staff who left (读取成员, `status`).
pub(super) const LEFT: i64 = 5;

/// A group and when it is full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullSoon {
    /// Our group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// Who is in, staff as well.
    pub members: u32,
    /// Who came in the last 14 days and is in.
    pub came: u32,
    /// Days until it is full; 0: it is.
    pub days: u32,
}

/// A code, and how many of those whom it brought are in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeKept {
    /// `state` of the code.
    pub state: String,
    /// Stays by it that were seen.
    pub brought: u32,
    /// Those that last.
    pub kept: u32,
}

/// People in several groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Several {
    /// People in at least one group, each once.
    pub once: u32,
    /// The same, once in each group.
    pub per_group: u32,
    /// People in three groups or more.
    pub many: u32,
    /// Those in most groups, and in how many.
    pub most: Vec<(IdentityId, u32)>,
}

/// Leavers since the company is connected, by days since they had come in: on the first day, within
/// 7 days, within 30, later.
pub type Leavers = [u32; 4];

/// A group that nobody leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ownerless {
    /// Our group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// `userid` of the owner.
    pub owner: String,
    /// Why.
    pub why: OwnerlessWhy,
}

/// Why nobody leads a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerlessWhy {
    /// The owner has left the company (离职待继承).
    Left,
    /// The owner is not in the app's visible range, or has no customer-contact function.
    OutOfSight,
}

/// Two groups with mostly the same people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twins {
    /// Two of our groups with their names.
    pub groups: [(GroupId, String); 2],
    /// People in both.
    pub both: u32,
    /// People in the smaller one.
    pub smaller: u32,
}

/// What is told of a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Groups that were read.
    pub groups: u32,
    /// Since when leaving is seen.
    pub since: Option<Millis>,
    /// People that a group holds, as it is reckoned with.
    pub most: u32,
    /// Groups full within 30 days, the fullest first.
    pub full: Vec<FullSoon>,
    /// Codes that brought ten or more, those that keep least first.
    pub codes: Vec<CodeKept>,
    /// People in several groups.
    pub several: Several,
    /// Leavers.
    pub leavers: Leavers,
    /// People from outside without a name.
    pub nameless: u32,
    /// Groups that nobody leads.
    pub ownerless: Vec<Ownerless>,
    /// Groups with mostly the same people and names that differ in numbers only, or not at all.
    pub twins: Vec<Twins>,
}

/// Counts what was read up to `now`. `members` hold those who have gone, too; a group holds `most`
/// people.
pub fn findings(
    (groups, most): (&[WecomGroupRow], u32),
    members: &[WecomMemberRow],
    (staff, now): (&[WecomStaffRow], Millis),
) -> Findings {
    let read: FxHashMap<&str, &WecomGroupRow> = groups
        .iter()
        .filter(|row| row.read.is_some() && row.missing.is_none())
        .map(|row| (row.chat.as_str(), row))
        .collect();
    let outside = |row: &&WecomMemberRow| row.member.class != COLLEAGUE;
    let here = |row: &&WecomMemberRow| row.gone.is_none() && read.contains_key(row.chat.as_str());
    let present: Vec<&WecomMemberRow> = members.iter().filter(outside).filter(here).collect();
    let mut of_group: BTreeMap<&str, RoaringBitmap> = BTreeMap::new();
    let mut groups_of: FxHashMap<IdentityId, u32> = FxHashMap::default();
    for row in &present {
        of_group.entry(&row.chat).or_default().insert(row.member.who.0);
        *groups_of.entry(row.member.who).or_default() += 1;
    }
    let nameless: RoaringBitmap = present
        .iter()
        .filter(|row| row.member.name.is_empty())
        .map(|row| row.member.who.0)
        .collect();
    Findings {
        groups: number(read.len()),
        since: read.values().filter_map(|row| row.read).min(),
        full: full((&read, most), &present, now),
        most,
        codes: codes(members),
        several: several(&groups_of, present.len()),
        leavers: leavers(members),
        nameless: u32::try_from(nameless.len()).unwrap_or(u32::MAX),
        ownerless: ownerless(&read, staff),
        twins: twins(&read, &of_group),
    }
}

fn full(
    (read, most): (&FxHashMap<&str, &WecomGroupRow>, u32),
    present: &[&WecomMemberRow],
    now: Millis,
) -> Vec<FullSoon> {
    let mut came: FxHashMap<&str, u32> = FxHashMap::default();
    for row in present.iter().filter(|row| now.since(row.member.joined) < PACE_DAYS * Millis::DAY) {
        *came.entry(&row.chat).or_default() += 1;
    }
    let soon = |(chat, row): (&&str, &&WecomGroupRow)| {
        let (members, came) = (row.members?, came.get(chat).copied().unwrap_or(0));
        let days = days_left((members, most), came)?;
        let (group, name) = (row.group?, row.name.clone());
        (days <= FULL_DAYS).then_some(FullSoon { group, name, members, came, days })
    };
    let mut full: Vec<FullSoon> = read.iter().filter_map(soon).collect();
    full.sort_by(|a, b| (a.days, &a.name, a.group).cmp(&(b.days, &b.name, b.group)));
    full
}

/// People that a customer group holds, as it is reckoned with.
pub(crate) fn holds(group: &WecomGlance) -> u32 {
    group.holds.filter(|most| *most > 0).unwrap_or(GROUP_MAX)
}

/// Days until a group is full, where so many came in the last 14 days; `None`: nobody comes.
pub(crate) fn days_left((members, most): (u32, u32), came: u32) -> Option<u32> {
    let room = most.saturating_sub(members);
    let pace = u32::try_from(PACE_DAYS).unwrap_or(1);
    if room == 0 { Some(0) } else { (room * pace).checked_div(came) }
}

fn codes(members: &[WecomMemberRow]) -> Vec<CodeKept> {
    let mut by: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for row in members.iter().filter(|row| !row.member.state.is_empty()) {
        let (brought, kept) = by.entry(&row.member.state).or_default();
        *brought += 1;
        *kept += u32::from(row.gone.is_none());
    }
    let code = |(state, (brought, kept)): (&str, (u32, u32))| {
        (brought >= BROUGHT_MIN).then(|| CodeKept { state: state.to_owned(), brought, kept })
    };
    let mut codes: Vec<CodeKept> = by.into_iter().filter_map(code).collect();
    let share = |code: &CodeKept| u64::from(code.kept) * 1_000_000 / u64::from(code.brought);
    codes.sort_by_key(|code| (share(code), std::cmp::Reverse(code.brought)));
    codes
}

fn several(groups_of: &FxHashMap<IdentityId, u32>, per_group: usize) -> Several {
    let several = u32::try_from(SEVERAL).unwrap_or(3);
    let mut most: Vec<(IdentityId, u32)> = groups_of
        .iter()
        .filter(|(_, groups)| **groups >= several)
        .map(|(who, groups)| (*who, *groups))
        .collect();
    most.sort_by_key(|(who, groups)| (std::cmp::Reverse(*groups), *who));
    let many = number(most.len());
    most.truncate(50);
    Several { once: number(groups_of.len()), per_group: number(per_group), many, most }
}

fn leavers(members: &[WecomMemberRow]) -> Leavers {
    let mut leavers = Leavers::default();
    for row in members.iter().filter(|row| row.member.class != COLLEAGUE) {
        let Some(gone) = row.gone else { continue };
        let days = gone.since(row.member.joined) / Millis::DAY;
        let place = match days {
            ..=0 => 0,
            1..=6 => 1,
            7..=29 => 2,
            _ => 3,
        };
        if let Some(count) = leavers.get_mut(place) {
            *count += 1;
        }
    }
    leavers
}

/// The company's people by `userid`, to see who leads a group.
pub(crate) struct Leaders<'a>(FxHashMap<String, &'a WecomStaffRow>);

impl<'a> Leaders<'a> {
    /// Of everybody in a company.
    pub(crate) fn of(staff: &'a [WecomStaffRow]) -> Self {
        Self(staff.iter().map(|row| (row.userid.to_lowercase(), row)).collect())
    }

    /// Why nobody leads a group of this status and owner.
    pub(crate) fn why(&self, status: i64, owner: &str) -> Option<OwnerlessWhy> {
        let owner = self.one(owner);
        if status == 1 || owner.is_some_and(|owner| owner.state == Some(LEFT)) {
            return Some(OwnerlessWhy::Left);
        }
        let leads = owner.is_some_and(|row| row.missing.is_none() && row.follows);
        (!leads).then_some(OwnerlessWhy::OutOfSight)
    }

    /// Somebody by `userid`, whatever its letters' case.
    pub(crate) fn one(&self, userid: &str) -> Option<&'a WecomStaffRow> {
        self.0.get(&userid.to_lowercase()).copied()
    }
}

fn ownerless(read: &FxHashMap<&str, &WecomGroupRow>, staff: &[WecomStaffRow]) -> Vec<Ownerless> {
    let leaders = Leaders::of(staff);
    let mut all: Vec<Ownerless> = read
        .values()
        .filter_map(|row| {
            let (group, why) = (row.group?, leaders.why(row.status, &row.owner)?);
            Some(Ownerless { group, name: row.name.clone(), owner: row.owner.clone(), why })
        })
        .collect();
    all.sort_by(|a, b| (&a.owner, &a.name, a.group).cmp(&(&b.owner, &b.name, b.group)));
    all
}

fn twins(
    read: &FxHashMap<&str, &WecomGroupRow>,
    of_group: &BTreeMap<&str, RoaringBitmap>,
) -> Vec<Twins> {
    let mut stems: BTreeMap<String, Vec<(&WecomGroupRow, &RoaringBitmap)>> = BTreeMap::new();
    for (chat, people) in of_group {
        let Some(row) = read.get(chat).filter(|row| !row.name.is_empty()) else { continue };
        stems.entry(stem(&row.name)).or_default().push((row, people));
    }
    let mut twins = Vec::new();
    for alike in stems.values() {
        for (nth, (one, people)) in alike.iter().enumerate() {
            for (other, others) in alike.iter().skip(nth + 1) {
                let (both, smaller) =
                    (people.intersection_len(others), people.len().min(others.len()));
                if both < TWIN_PEOPLE || both * 100 < smaller * TWIN_PERCENT {
                    continue;
                }
                let (Some(a), Some(b)) = (one.group, other.group) else { continue };
                twins.push(Twins {
                    groups: [(a, one.name.clone()), (b, other.name.clone())],
                    both: u32::try_from(both).unwrap_or(u32::MAX),
                    smaller: u32::try_from(smaller).unwrap_or(u32::MAX),
                });
            }
        }
    }
    twins.sort_by_key(|twins| std::cmp::Reverse(twins.both));
    twins
}

/// A name without what numbers a row of groups: digits, signs and blanks.
fn stem(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphabetic()).collect()
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
