//! The groups of a made-up company, with who came, who stayed and what was said.

use std::collections::{BTreeMap, BTreeSet};

use domain::Millis;

use crate::dice::Dice;
use crate::wecom::books::{
    Books, GROUP_PEOPLE_MAX, Group, JOIN_GROUPS_MAX, JoinForm, JoinWay, Joining, Member, Stay,
    Talk, day_of,
};
use crate::wecom::seed::names::{CITIES, NOTICES, THEMES};
use crate::wecom::seed::{CHANNELS, Size};

/// What a nearly full group takes.
const SMALL_ROOM: u32 = 200;

/// Fills the books with groups and their codes.
pub(super) fn fill(books: &mut Books, dice: &mut Dice, size: Size, people: &[String], now: Millis) {
    // Who left still owns groups, as nobody has taken them over.
    let owners = books.staff.iter().filter(|(_, one)| one.active && one.has_contact());
    let owners: Vec<String> = owners.map(|(id, _)| id.clone()).collect();
    // A few people are everywhere.
    let (everywhere, _) = people.split_at(people.len().min(20 + people.len() / 50));
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for at in 0..size.groups {
        let Some(owner) = dice.pick(&owners).cloned() else { return };
        let mut group = empty(books, dice, &owner, at, now);
        group.name = name(dice, &mut numbers);
        let wanted = match at % 10 {
            3 => dice.between(SMALL_ROOM - 3, SMALL_ROOM - 1),
            _ => dice.between(size.members * 3 / 10, size.members * 3 / 2),
        };
        group.room = if at % 10 == 3 { 200 } else { GROUP_PEOPLE_MAX };
        members(&mut group, dice, wanted, (people, everywhere), now);
        // One in seven is silent.
        if at % 7 != 6 {
            talk(&mut group, dice, size.days, now);
        }
        books.groups.insert(books.mint.id("wr"), group);
    }
    codes(books, now);
}

fn empty(books: &mut Books, dice: &mut Dice, owner: &str, at: u32, now: Millis) -> Group {
    let age = i64::from(dice.between(5, 400));
    let created = Millis(now.0 - age * Millis::DAY - i64::from(dice.below(36_000)) * 1_000);
    let left = books.staff.get(owner).is_some_and(|one| one.left.is_some());
    let mut group = Group {
        owner: owner.to_owned(),
        created,
        notice: dice.pick(NOTICES).copied().unwrap_or_default().to_owned(),
        version: books.mint.hex(),
        status: u8::from(left),
        ..Group::default()
    };
    group.members.push(member(owner, created, Joining::Invited(None)));
    // Every third has a second member of staff who helps.
    let others = books.staff.iter().filter(|(id, one)| one.serves() && *id != owner);
    let others: Vec<&String> = others.map(|(id, _)| id).collect();
    if at.is_multiple_of(3)
        && let Some(other) = dice.pick(&others)
    {
        let by = Joining::Invited(Some(owner.to_owned()));
        group.members.push(member(other, created, by));
        group.admins.insert((*other).clone());
    }
    group
}

fn member(id: &str, joined: Millis, by: Joining) -> Member {
    Member { id: id.to_owned(), joined, by, nickname: String::new() }
}

/// `护肤交流群 1`, `门店会员群 上海 2`; one in thirty has no name.
fn name(dice: &mut Dice, numbers: &mut BTreeMap<String, u32>) -> String {
    if dice.permille(33) {
        return String::new();
    }
    let mut theme = dice.pick(THEMES).copied().unwrap_or_default().to_owned();
    if theme.starts_with("门店") {
        theme = format!("{theme} {}", dice.pick(CITIES).copied().unwrap_or_default());
    }
    let number = numbers.entry(theme.clone()).or_default();
    *number += 1;
    format!("{theme} {number}")
}

/// People come over the life of a group, most of them early; some go, by where they came from.
fn members(
    group: &mut Group,
    dice: &mut Dice,
    wanted: u32,
    (people, everywhere): (&[String], &[String]),
    now: Millis,
) {
    let wanted = usize::try_from(wanted).unwrap_or(0);
    let age = u32::try_from(now.since(group.created) / Millis::MINUTE).unwrap_or(1);
    let mut seen = BTreeSet::new();
    let mut tries = wanted * 4;
    while group.members.len() < wanted && tries > 0 {
        tries -= 1;
        let crowd = if dice.permille(60) { everywhere } else { people };
        let Some(id) = dice.pick(crowd).filter(|id| seen.insert(*id)) else { continue };
        let minute = dice.below(age).min(dice.below(age));
        let joined = Millis(group.created.0 + i64::from(minute) * Millis::MINUTE);
        let (by, leaves) = how(dice, &group.owner);
        let mut one = member(id, joined, by);
        if dice.permille(80) {
            "群友".clone_into(&mut one.nickname);
        }
        let soon = i64::from(dice.between(5, 3 * 24 * 60)) * Millis::MINUTE;
        let left = Millis(joined.0 + soon);
        if dice.permille(leaves) && left < now {
            group.gone.push(Stay { member: one, left, removed: dice.permille(60) });
        } else {
            group.members.push(one);
        }
    }
    group.members.sort_by_key(|one| one.joined);
    group.gone.sort_by_key(|stay| stay.left);
}

/// How somebody comes, and in how many cases of a thousand such people go again soon.
fn how(dice: &mut Dice, owner: &str) -> (Joining, u32) {
    match dice.below(10) {
        0 | 1 => (Joining::Invited(Some(owner.to_owned())), 60),
        2 => (Joining::Link(None), 150),
        _ => {
            let channel = dice.pick(CHANNELS).copied().unwrap_or_default();
            (Joining::Scanned(Some(channel.0.to_owned())), channel.2)
        }
    }
}

/// What was said in the last days.
fn talk(group: &mut Group, dice: &mut Dice, days: i64, now: Millis) {
    let people = u32::try_from(group.members.len()).unwrap_or(0);
    let today = day_of(now);
    for day in (today - days).max(day_of(group.created))..today {
        let speakers = dice.below(people / 6 + 2);
        let messages = speakers * dice.between(1, 7);
        if messages > 0 {
            group.talk.insert(day, Talk { messages, speakers });
        }
    }
}

/// A live code for each channel, over the newest groups in turn.
fn codes(books: &mut Books, now: Millis) {
    let mut newest: Vec<(Millis, String)> = books
        .groups
        .iter()
        .filter(|(_, group)| group.status == 0)
        .map(|(id, group)| (group.created, id.clone()))
        .collect();
    newest.sort_by(|a, b| b.cmp(a));
    for (at, (state, remark, _)) in CHANNELS.iter().enumerate() {
        let chats = newest.iter().skip(at * JOIN_GROUPS_MAX).take(JOIN_GROUPS_MAX);
        let form = JoinForm {
            scene: 2,
            remark: (*remark).to_owned(),
            auto_create_room: 1,
            room_base_name: format!("{remark}群 "),
            room_base_id: 1,
            chat_id_list: chats.map(|(_, id)| id.clone()).collect(),
            state: (*state).to_owned(),
            mark_source: true,
        };
        if !form.chat_id_list.is_empty() {
            let config = books.mint.hex();
            let created = Millis(now.0 - 30 * Millis::DAY);
            books.join_ways.insert(config, JoinWay { form, made: Vec::new(), created });
        }
    }
}
