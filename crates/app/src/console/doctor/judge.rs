//! The list of checks, and what each makes of what was gathered. Pure.

use domain::{May, Millis};
use store::{Vitals, Waits};

use crate::console::doctor::{Door, Looked, Room};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// As it should be.
    Well,
    /// Somebody should look at it.
    Look,
    /// Something does not work.
    Broken,
}

impl Tone {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Look => "look",
            Self::Broken => "broken",
        }
    }
}

/// Something that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// The database answers.
    Database,
    /// Its schema is the one of this program: found, known.
    Schema,
    /// There is room on the disk: MiB left, days at the present growth (-1: not known yet).
    Disk,
    /// The clock of the database goes with ours: seconds between them.
    Clock,
    /// Nothing in the log lies ahead of the clock: minutes ahead.
    Future,
    /// The key that signs cookies is there.
    Key,
    /// An owner can come in.
    Owner,
    /// There is a backup: days since (-1: there is none).
    Backup,
    /// Links are made with an address of ours.
    Address,
    /// Addresses of visitors are those that a proxy tells, when there is one: 0 one that is not
    /// believed, 1 none although it should be there.
    Proxy,
    /// Cookies travel by HTTPS only.
    Cookies,
    /// What is sent out goes out: actions that wait, minutes.
    Outbox,
    /// Nothing failed to go out: actions.
    Failed,
    /// What came in is decided: events that wait, minutes.
    Intake,
    /// Nothing was set aside: events.
    Aside,
    /// Figures know all messages: groups behind.
    Pages,
    /// Sums over all groups know all days: days of groups that wait.
    Tiers,
    /// All days are judged by what counts now: groups done, groups in all.
    Judging,
    /// Each group has an owner: groups without.
    Ownerless,
}

impl Check {
    /// The stable code, in snake case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Disk => "disk",
            Self::Clock => "clock",
            Self::Future => "future",
            Self::Key => "key",
            Self::Owner => "owner",
            Self::Backup => "backup",
            Self::Address => "address",
            Self::Proxy => "proxy",
            Self::Cookies => "cookies",
            Self::Outbox => "outbox",
            Self::Failed => "failed",
            Self::Intake => "intake",
            Self::Aside => "set_aside",
            Self::Pages => "pages",
            Self::Tiers => "tiers",
            Self::Judging => "judging",
            Self::Ownerless => "ownerless",
        }
    }

    /// What whoever mends it must be allowed to. The machine is the owners' matter.
    pub fn mended_by(self) -> May {
        match self {
            Self::Failed | Self::Aside => May::Tend,
            Self::Ownerless => May::Keep,
            Self::Future => May::Lead,
            _ => May::Own,
        }
    }

    /// The page on which it is mended, where it is mended on a page.
    pub fn page(self) -> Option<&'static str> {
        match self {
            Self::Failed | Self::Aside => Some("/today?source=failures"),
            Self::Ownerless => Some("/groups?owner=none"),
            Self::Future => Some("/imports"),
            Self::Judging => Some("/settings/effective"),
            _ => None,
        }
    }
}

/// Something that was looked at, and how it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at.
    pub check: Check,
    /// How bad it is.
    pub tone: Tone,
    /// The numbers of the check ([`Check`] says which).
    pub numbers: [i64; 2],
}

/// How many MiB are little, and how many too few.
const ROOM_MIB: [i64; 2] = [2_048, 256];
/// For how many days the room should do, and for how many it must.
const ROOM_DAYS: [i64; 2] = [30, 3];
/// Clocks may be this far apart, in seconds.
const APART_S: i64 = 5;
/// A backup may be so old, in days.
const BACKUP_DAYS: i64 = 7;
/// Something may wait so many minutes; so many are too many.
const WAIT_MIN: [i64; 2] = [10, 60];
/// Days of groups that wait to be summed after an import or a start.
const SUMMED_USUAL: i64 = 100_000;

/// All checks that can be made of what was gathered, in a fixed order. Where the database does not
/// answer, or is of another version, what lies in it is left out.
pub fn judged(looked: &Looked) -> Vec<Finding> {
    let Ok(vitals) = &looked.vitals else {
        let database = finding(Check::Database, Tone::Broken, [0, 0]);
        let disk = looked.room.map(|room| disk(room, None, looked.now));
        return std::iter::once(database).chain(disk).chain(door(looked)).collect();
    };
    let (found, known) = vitals.schema;
    let schema = match found.cmp(&known) {
        std::cmp::Ordering::Equal => Tone::Well,
        std::cmp::Ordering::Less => Tone::Look,
        std::cmp::Ordering::Greater => Tone::Broken,
    };
    let mut all = vec![
        finding(Check::Database, Tone::Well, [0, 0]),
        finding(Check::Schema, schema, [found, known]),
    ];
    if schema == Tone::Well {
        all.extend(looked.room.map(|room| disk(room, Some(vitals), looked.now)));
        all.extend(inside(vitals, looked));
    }
    all.extend(door(looked));
    all
}

fn finding(check: Check, tone: Tone, numbers: [i64; 2]) -> Finding {
    Finding { check, tone, numbers }
}

/// Something of which there should be none.
fn none(check: Check, count: u64, bad: Tone) -> Finding {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    finding(check, if count == 0 { Tone::Well } else { bad }, [count, 0])
}

/// What lies in the database.
fn inside(vitals: &Vitals, looked: &Looked) -> Vec<Finding> {
    let now = looked.now;
    let clock = vitals.clock.map(|theirs| {
        let apart = (theirs.0 - now.0) / 1_000;
        let tone = if apart.abs() > APART_S { Tone::Look } else { Tone::Well };
        finding(Check::Clock, tone, [apart, 0])
    });
    let ahead = vitals.last_fact.map_or(0, |last| (last.0 - now.0) / Millis::MINUTE).max(0);
    let future = if ahead > 0 { Tone::Look } else { Tone::Well };
    let quiet = vitals.last_fact.is_some_and(|last| last.0 < now.0 - Millis::MINUTE);
    // While people talk the figures are a moment behind.
    let late = if quiet { vitals.pages_behind } else { 0 };
    let summed = i64::try_from(vitals.tiers_behind).unwrap_or(i64::MAX);
    let sums = if summed > SUMMED_USUAL { Tone::Look } else { Tone::Well };
    let (done, groups) = looked.judging.unwrap_or_default();
    let judging = [done, groups].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    clock
        .into_iter()
        .chain([
            finding(Check::Future, future, [ahead, 0]),
            none(Check::Key, u64::from(!vitals.has_key), Tone::Broken),
            none(Check::Owner, u64::from(!vitals.has_owner), Tone::Broken),
            backup(vitals.backup, now),
            waiting(Check::Outbox, vitals.outbox, now),
            none(Check::Failed, vitals.failed, Tone::Look),
            waiting(Check::Intake, vitals.intake, now),
            none(Check::Aside, vitals.aside, Tone::Look),
            none(Check::Pages, late, Tone::Look),
            finding(Check::Tiers, sums, [summed, 0]),
            finding(Check::Judging, Tone::Well, judging),
            none(Check::Ownerless, vitals.ownerless, Tone::Look),
        ])
        .collect()
}

/// Room, and how long it will do: by what the database grew since the earliest size noted.
fn disk(room: Room, vitals: Option<&Vitals>, now: Millis) -> Finding {
    let free = i64::try_from(room.free >> 20).unwrap_or(i64::MAX);
    let days = vitals.and_then(|vitals| {
        let (day, before) = *vitals.sizes.first()?;
        let days = now.0.div_euclid(Millis::DAY) - i64::from(day.0);
        let grown = i64::try_from(vitals.bytes.checked_sub(before)?).ok()?;
        let a_day = grown / if days > 0 { days } else { return None };
        Some(i64::try_from(room.free).unwrap_or(i64::MAX) / a_day.max(1))
    });
    let [little, few] = ROOM_MIB;
    let [short, now_or_never] = ROOM_DAYS;
    let tone = if free < few || days.is_some_and(|days| days < now_or_never) {
        Tone::Broken
    } else if free < little || days.is_some_and(|days| days < short) {
        Tone::Look
    } else {
        Tone::Well
    };
    finding(Check::Disk, tone, [free, days.unwrap_or(-1)])
}

fn backup(last: Option<Millis>, now: Millis) -> Finding {
    let days = last.map_or(-1, |last| ((now.0 - last.0) / Millis::DAY).max(0));
    let fresh = (0..=BACKUP_DAYS).contains(&days);
    finding(Check::Backup, if fresh { Tone::Well } else { Tone::Look }, [days, 0])
}

fn waiting(check: Check, waits: Waits, now: Millis) -> Finding {
    let minutes = waits.since.map_or(0, |since| (now.0 - since.0) / Millis::MINUTE).max(0);
    let [long, too_long] = WAIT_MIN;
    let tone = match minutes {
        minutes if minutes >= too_long => Tone::Broken,
        minutes if minutes >= long => Tone::Look,
        _ => Tone::Well,
    };
    finding(check, tone, [i64::try_from(waits.count).unwrap_or(i64::MAX), minutes])
}

/// How people come in.
fn door(looked: &Looked) -> Vec<Finding> {
    let Some(door) = &looked.door else { return Vec::new() };
    let is_said = door.address.is_some() || door.local;
    let address = if is_said { Tone::Well } else { Tone::Look };
    let cookies = if door.secure || door.local { Tone::Well } else { Tone::Look };
    let proxy = proxy(door);
    [finding(Check::Address, address, [0, 0])]
        .into_iter()
        .chain(proxy)
        .chain([finding(Check::Cookies, cookies, [0, 0])])
        .collect()
}

/// Nothing can be said of a proxy without a request.
fn proxy(door: &Door) -> Option<Finding> {
    let (tone, number) = match (door.behind_proxy, door.forwarded?) {
        (false, true) => (Tone::Look, 0),
        // From the machine itself one comes past the proxy.
        (true, false) if !door.local => (Tone::Look, 1),
        _ => (Tone::Well, 0),
    };
    Some(finding(Check::Proxy, tone, [number, 0]))
}

#[cfg(test)]
mod tests {
    use domain::Day;

    use super::*;

    const DAY: i64 = 20_000;
    const NOW: Millis = Millis(DAY * Millis::DAY);

    fn sound() -> Looked {
        let vitals = Vitals {
            schema: (8, 8),
            bytes: 1 << 30,
            clock: Some(NOW),
            has_key: true,
            has_owner: true,
            backup: Some(NOW),
            last_fact: Some(Millis(NOW.0 - Millis::HOUR)),
            ..Vitals::default()
        };
        let room = Some(Room { free: 50 << 30, total: 100 << 30 });
        let door = Door { secure: true, forwarded: Some(false), local: true, ..Door::default() };
        Looked { now: NOW, vitals: Ok(vitals), room, door: Some(door), judging: None }
    }

    fn found(looked: &Looked, check: Check) -> (Tone, [i64; 2]) {
        let all = judged(looked);
        let one = all.iter().find(|one| one.check == check).unwrap();
        (one.tone, one.numbers)
    }

    fn with(change: impl FnOnce(&mut Vitals)) -> Looked {
        let mut looked = sound();
        change(looked.vitals.as_mut().unwrap());
        looked
    }

    #[test]
    fn where_all_is_well_nothing_is_to_be_done() {
        let all = judged(&sound());
        assert_eq!(all.len(), 19);
        assert!(all.iter().all(|one| one.tone == Tone::Well), "{all:?}");
    }

    #[test]
    fn room_is_judged_by_what_is_left_and_by_how_fast_it_goes() {
        let mut looked = sound();
        assert_eq!(found(&looked, Check::Disk), (Tone::Well, [51_200, -1]));
        let grown = |looked: &mut Looked, before: u64| {
            let vitals = looked.vitals.as_mut().unwrap();
            vitals.sizes = vec![(Day(19_990), before), (Day(19_995), 0)];
        };
        // 0.5 GiB in 10 days: 1,000 days.
        grown(&mut looked, 1 << 29);
        assert_eq!(found(&looked, Check::Disk), (Tone::Well, [51_200, 1_000]));
        looked.room = Some(Room { free: 1 << 30, total: 100 << 30 });
        assert_eq!(found(&looked, Check::Disk), (Tone::Look, [1_024, 20]));
        looked.room = Some(Room { free: 100 << 20, total: 100 << 30 });
        assert_eq!(found(&looked, Check::Disk), (Tone::Broken, [100, 1]));
        // It became smaller: nothing can be said.
        grown(&mut looked, 1 << 40);
        assert_eq!(found(&looked, Check::Disk), (Tone::Broken, [100, -1]));
    }

    #[test]
    fn a_database_that_is_away_or_of_another_version_is_asked_for_nothing() {
        let mut looked = sound();
        looked.vitals = Err("gone".into());
        assert_eq!(found(&looked, Check::Database).0, Tone::Broken);
        assert!(judged(&looked).iter().all(|one| one.check != Check::Owner));
        let older = with(|vitals| vitals.schema = (7, 8));
        assert_eq!(found(&older, Check::Schema), (Tone::Look, [7, 8]));
        let newer = with(|vitals| vitals.schema = (9, 8));
        assert_eq!(found(&newer, Check::Schema).0, Tone::Broken);
        assert!(judged(&newer).iter().all(|one| one.check != Check::Key));
    }

    #[test]
    fn what_waits_is_judged_by_how_long() {
        let minutes = |minutes: i64| Waits {
            count: 3,
            since: Some(Millis(NOW.0 - minutes * Millis::MINUTE)),
        };
        for (waited, tone) in [(9, Tone::Well), (10, Tone::Look), (60, Tone::Broken)] {
            let looked = with(|vitals| vitals.outbox = minutes(waited));
            assert_eq!(found(&looked, Check::Outbox), (tone, [3, waited]));
            let looked = with(|vitals| vitals.intake = minutes(waited));
            assert_eq!(found(&looked, Check::Intake).0, tone);
        }
    }

    #[test]
    fn clocks_keys_owners_backups_and_leftovers_are_told() {
        let looked = with(|vitals| vitals.clock = Some(Millis(NOW.0 - 6_000)));
        assert_eq!(found(&looked, Check::Clock), (Tone::Look, [-6, 0]));
        let ahead = Some(Millis(NOW.0 + 2 * Millis::MINUTE));
        let looked = with(|vitals| vitals.last_fact = ahead);
        assert_eq!(found(&looked, Check::Future), (Tone::Look, [2, 0]));
        let looked = with(|vitals| (vitals.has_key, vitals.has_owner) = (false, false));
        assert_eq!(found(&looked, Check::Key).0, Tone::Broken);
        assert_eq!(found(&looked, Check::Owner).0, Tone::Broken);
        let looked = with(|vitals| vitals.backup = None);
        assert_eq!(found(&looked, Check::Backup), (Tone::Look, [-1, 0]));
        let looked = with(|vitals| vitals.backup = Some(Millis(NOW.0 - 8 * Millis::DAY)));
        assert_eq!(found(&looked, Check::Backup), (Tone::Look, [8, 0]));
        let looked = with(|vitals| {
            (vitals.aside, vitals.failed, vitals.ownerless, vitals.pages_behind) = (1, 2, 3, 4);
        });
        for (check, count) in
            [(Check::Aside, 1), (Check::Failed, 2), (Check::Ownerless, 3), (Check::Pages, 4)]
        {
            assert_eq!(found(&looked, check), (Tone::Look, [count, 0]));
        }
        let talking =
            with(|vitals| (vitals.pages_behind, vitals.last_fact) = (4, Some(Millis(NOW.0 - 9))));
        assert_eq!(found(&talking, Check::Pages).0, Tone::Well);
    }

    #[test]
    fn the_door_is_judged_by_address_proxy_and_https() {
        let door = |door: Door| Looked { door: Some(door), ..sound() };
        let open = door(Door { forwarded: Some(true), ..Door::default() });
        for check in [Check::Address, Check::Proxy, Check::Cookies] {
            assert_eq!(found(&open, check), (Tone::Look, [0, 0]));
        }
        let past = Door { behind_proxy: true, forwarded: Some(false), ..Door::default() };
        assert_eq!(found(&door(past), Check::Proxy), (Tone::Look, [1, 0]));
        let good = Door {
            address: Some("https://chat.example".into()),
            behind_proxy: true,
            forwarded: Some(true),
            secure: true,
            local: false,
        };
        for check in [Check::Address, Check::Proxy, Check::Cookies] {
            assert_eq!(found(&door(good.clone()), check).0, Tone::Well);
        }
        let unseen = judged(&door(Door { forwarded: None, ..good }));
        assert!(unseen.iter().all(|one| one.check != Check::Proxy));
        assert!(judged(&Looked { door: None, ..sound() }).len() < judged(&sound()).len());
    }
}
