//! What changed in a customer group between two readings of it. Pure.
//!
//! Invariants: the same two readings give the same changes with the same keys, so that a reading
//! that was cut off half-way can be done again; members whom the first reading finds were there
//! before we looked: they count as members, never as joins, because those who came and left before
//! are not known. When somebody left is known to lie between two readings; the later one is told.

use chat::wecom::calls::groups::{Group, GroupMember};
use domain::{
    ActorClass, Entrance, Event, EventWhat, GroupId, IdentityId, JoinManner, LeaveManner, Millis,
    Origin, SourceKey,
};
use rustc_hash::{FxHashMap, FxHashSet};
use store::WecomMemberRow;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Class of the company's own people.
pub(super) const COLLEAGUE: i64 = 1;

/// Class of people from outside.
pub(super) const OUTSIDER: i64 = 2;

/// Bits of a key that tell events of the same second apart.
const APART_BITS: u32 = 30;

/// A reading of a group, with numbers for everybody in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// Our group.
    pub(super) group: GroupId,
    /// What was read.
    pub(super) told: &'a Group,
    /// Numbers of its members, in their order.
    pub(super) who: &'a [IdentityId],
    /// Whether nothing was read before.
    pub(super) is_first: bool,
    /// When it was read.
    pub(super) at: Millis,
}

/// What happened since the members were read as `known`, in the order of time.
pub(super) fn changes(reading: Reading<'_>, known: &[WecomMemberRow]) -> Vec<Event> {
    let here: FxHashMap<&str, &WecomMemberRow> = known
        .iter()
        .filter(|row| row.gone.is_none())
        .map(|row| (row.member.userid.as_str(), row))
        .collect();
    let inviters = known.iter().map(|row| (row.member.userid.as_str(), row.member.who));
    let told = reading.told.members.iter().map(|one| one.userid.as_str());
    let numbers: FxHashMap<&str, IdentityId> =
        inviters.chain(told.zip(reading.who.iter().copied())).collect();
    let mut events = Vec::new();
    for (one, who) in reading.told.members.iter().zip(reading.who) {
        let by = one.invitor.as_deref().and_then(|by| numbers.get(by).copied());
        let came = (one, *who, by.unwrap_or_default());
        match here.get(one.userid.as_str()) {
            None => events.push(joined(reading, came)),
            Some(row) if row.member.joined < one.joined => {
                events.push(left(reading, row, Millis(one.joined.0 - 1)));
                events.push(joined(reading, came));
            }
            Some(row) if shown(&row.member.nickname, &row.member.name) != name(one) => {
                events.push(renamed(reading, came));
            }
            Some(_) => {}
        }
    }
    let there: FxHashSet<&str> =
        reading.told.members.iter().map(|one| one.userid.as_str()).collect();
    let gone = here.values().filter(|row| !there.contains(row.member.userid.as_str()));
    events.extend(gone.map(|row| left(reading, row, reading.at)));
    events.sort_by_key(|event| (event.at, event.key.key));
    events
}

/// The name that a member shows in the group.
pub(super) fn name(one: &GroupMember) -> &str {
    shown(&one.group_nickname, &one.name)
}

fn shown<'a>(nickname: &'a str, name: &'a str) -> &'a str {
    if nickname.is_empty() { name } else { nickname }
}

/// The role of a member: the company's own people are staff (T01).
pub(super) fn class(class: i64) -> ActorClass {
    if class == COLLEAGUE { ActorClass::Staff } else { ActorClass::Member }
}

type Came<'a> = (&'a GroupMember, IdentityId, IdentityId);

fn joined(reading: Reading<'_>, (one, who, by): Came<'_>) -> Event {
    // The first reading is the day on which we began to look.
    let at = if reading.is_first { reading.at } else { one.joined };
    let how = match one.join_scene {
        _ if reading.is_first => JoinManner::Listed,
        1 => JoinManner::Invited,
        2 => JoinManner::Link,
        3 => JoinManner::Scan,
        _ => JoinManner::Unknown,
    };
    let via = one.state.clone().unwrap_or_default().into();
    let what = EventWhat::Join(Entrance { name: name(one).into(), how, by, via, rules: 0 });
    event(reading, (who, class(one.class)), (at, key(one.joined, "join", &one.userid)), what)
}

fn left(reading: Reading<'_>, row: &WecomMemberRow, at: Millis) -> Event {
    let what = EventWhat::Leave { how: LeaveManner::Unknown };
    let key = leave_key(row, &what).key;
    event(reading, (row.member.who, class(row.member.class)), (at, key), what)
}

/// The key of a stay's end, by the stay: however its end is told, it ends once.
pub(super) fn leave_key(row: &WecomMemberRow, what: &EventWhat) -> SourceKey {
    let key = key(row.member.joined, "leave", &row.member.userid);
    SourceKey { key, part: chat::web::part(what) }
}

/// Somebody who came and went before the group was read: how they came, as the event told it.
pub(super) fn passed(group: GroupId, row: &WecomMemberRow) -> Event {
    let one = &row.member;
    // By the scale of events, where 0 is any invitation.
    let how = if one.scene == 3 { JoinManner::Scan } else { JoinManner::Invited };
    let by = IdentityId::NOBODY;
    let what = EventWhat::Join(Entrance { name: "".into(), how, by, via: "".into(), rules: 0 });
    let key = SourceKey { key: key(one.joined, "join", &one.userid), part: chat::web::part(&what) };
    let (actor, class, origin) = (one.who, class(one.class), Origin::Told);
    Event { group, key, at: one.joined, actor, class, origin, what }
}

fn renamed(reading: Reading<'_>, (one, who, _): Came<'_>) -> Event {
    let shown = name(one);
    let key = key(reading.at, shown, &one.userid);
    let what = EventWhat::Rename { name: shown.into() };
    event(reading, (who, class(one.class)), (reading.at, key), what)
}

fn event(
    reading: Reading<'_>,
    (actor, class): (IdentityId, ActorClass),
    (at, key): (Millis, i64),
    what: EventWhat,
) -> Event {
    let key = SourceKey { key, part: chat::web::part(&what) };
    Event { group: reading.group, key, at, actor, class, origin: Origin::Told, what }
}

/// A key: the second in front, so that neighbours in time are neighbours in the index.
fn key(at: Millis, what: &str, userid: &str) -> i64 {
    let seed = xxh3_64_with_seed(what.as_bytes(), 0);
    let apart = xxh3_64_with_seed(userid.as_bytes(), seed) & ((1 << APART_BITS) - 1);
    let second = at.0.div_euclid(1_000).clamp(0, (1 << 33) - 1);
    second << APART_BITS | i64::try_from(apart).unwrap_or(0)
}
