//! A believable company from a seed: groups that are nearly full, groups whose owner left, people
//! in several groups, people without a name, a code that brings many who do not stay, groups in
//! which nobody speaks.
//!
//! Invariant: the same seed, size and moment make the same company.

mod groups;
pub(crate) mod names;

use std::collections::BTreeMap;

use domain::Millis;

use crate::dice::Dice;
use crate::wecom::books::{
    Bond, Books, Contact, ContactWay, Customer, Department, Mint, Staff, Tag, WayForm, Written,
    day_of,
};

/// How large a company is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Members of staff.
    pub staff: u32,
    /// Customer groups.
    pub groups: u32,
    /// Members of a group on average.
    pub members: u32,
    /// Days of talk that are known.
    pub days: i64,
}

impl Size {
    /// 12 of staff, 40 groups, about 2,400 members.
    pub const SMALL: Self = Self { staff: 12, groups: 40, members: 60, days: 60 };
    /// 150 of staff, 2,000 groups, about 240,000 members.
    pub const LARGE: Self = Self { staff: 150, groups: 2_000, members: 120, days: 14 };
}

/// Where customers come from: the channel of a code, and how many of a thousand go again soon.
pub(crate) const CHANNELS: &[(&str, &str, u32)] = &[
    ("xhs_note", "小红书笔记", 180),
    ("douyin_live", "抖音直播间", 220),
    ("parcel_card", "包裹卡", 90),
    ("shop_poster", "门店海报", 120),
    // Draws many with a present, and keeps few.
    ("gift_draw", "抽奖活动", 720),
];

/// A company as it stands at this moment.
pub fn company(seed: u64, size: Size, now: Millis) -> Books {
    let mut dice = Dice::seeded(seed);
    let mut books = Books { mint: Mint::new(seed), ..Books::default() };
    for (id, name, parent) in
        [(1, "叶知秋美妆", 0), (2, "社群运营部", 1), (3, "客服部", 1), (4, "门店部", 1)]
    {
        books.departments.insert(id, Department { name: name.to_owned(), parent });
    }
    staff(&mut books, &mut dice, size, now);
    tags(&mut books, now);
    ways(&mut books, now);
    let people = people(&mut books, &mut dice, size);
    groups::fill(&mut books, &mut dice, size, &people, now);
    bonds(&mut books, &mut dice, now);
    written(&mut books, (seed, size.days), now);
    books
}

/// One has left, one has not opened the app, one in twelve has no customers.
fn staff(books: &mut Books, dice: &mut Dice, size: Size, now: Millis) {
    let mut number = 0;
    while number < size.staff {
        let (mut id, name) = names::staff(dice);
        if books.staff.contains_key(&id) {
            id = format!("{id}{number}");
        }
        let department = dice.between(2, 4);
        let staff = Staff {
            name,
            departments: vec![department],
            active: number != 2,
            contact: match number % 12 {
                11 => Contact::None,
                5 => Contact::Open,
                _ => Contact::Asked,
            },
            visible: true,
            console_welcome: number % 12 == 7,
            left: (number == 1).then_some(Millis(now.0 - 10 * Millis::DAY)),
        };
        books.staff.insert(id, staff);
        number += 1;
    }
}

fn tags(books: &mut Books, now: Millis) {
    let created = Millis(now.0 - 200 * Millis::DAY);
    for (group, names) in
        [("客户等级", ["新客", "老客", "高意向"]), ("肤质", ["干皮", "油皮", "敏感肌"])]
    {
        for (order, name) in (0..).zip(names) {
            let tag = Tag { name: name.to_owned(), order, created, ..Tag::default() };
            books.put_tag("", group, tag);
        }
    }
}

/// One live code of staff for each channel, two members of staff behind it.
fn ways(books: &mut Books, now: Millis) {
    let serving = books.staff.iter().filter(|(_, one)| one.serves());
    let serving: Vec<String> = serving.map(|(id, _)| id.clone()).collect();
    for (at, (state, remark, _)) in CHANNELS.iter().enumerate() {
        let user = serving.iter().cycle().skip(at * 2).take(2).cloned().collect();
        let form = WayForm {
            kind: 2,
            scene: 2,
            remark: (*remark).to_owned(),
            state: (*state).to_owned(),
            skip_verify: true,
            user,
            mark_source: serde_json::Value::Bool(true),
            ..WayForm::default()
        };
        let created = Millis(now.0 - 60 * Millis::DAY);
        let config = books.mint.hex();
        books.ways.insert(config, ContactWay { form, created, turns: 0 });
    }
}

/// External userids: fewer than places in groups, as many are in several.
fn people(books: &mut Books, dice: &mut Dice, size: Size) -> Vec<String> {
    let many = size.groups * size.members * 9 / 10;
    (0..many).map(|_| books.add_customer(somebody(dice))).collect()
}

/// Somebody new outside the company.
pub(crate) fn somebody(dice: &mut Dice) -> Customer {
    let wecom = dice.permille(20);
    let unionid = (!wecom && dice.permille(600)).then(|| format!("o{}", dice.letters(27)));
    Customer {
        name: names::customer(dice),
        wecom,
        gender: u8::try_from(dice.below(3)).unwrap_or(0),
        unionid,
        company: wecom.then(|| "合作供应商".to_owned()),
        handed: Vec::new(),
    }
}

/// Four of ten members know the owner of a group, too.
fn bonds(books: &mut Books, dice: &mut Dice, now: Millis) {
    let tags: Vec<String> = books.tags.values().flat_map(|one| one.tags.keys().cloned()).collect();
    let mut made: BTreeMap<String, BTreeMap<String, Bond>> = BTreeMap::new();
    for group in books.groups.values() {
        for member in group.members.iter().filter(|one| books.customers.contains_key(&one.id)) {
            if !dice.permille(400) {
                continue;
            }
            let known = made.entry(group.owner.clone()).or_default();
            let channel = dice.pick(CHANNELS).map(|(state, ..)| (*state).to_owned());
            let tag = dice.permille(500).then(|| dice.pick(&tags).cloned()).flatten();
            let earlier = i64::from(dice.below(3)) * Millis::DAY;
            known.entry(member.id.clone()).or_insert(Bond {
                since: Millis((member.joined.0 - earlier).min(now.0)),
                add_way: 1,
                state: channel,
                by: member.id.clone(),
                tags: tag.into_iter().collect(),
                chatting: dice.permille(700),
                ..Bond::default()
            });
        }
    }
    books.bonds = made;
}

/// What staff wrote to customers; one in six writes to nobody. From a stream of its own, so that
/// it moves no other throw.
fn written(books: &mut Books, (seed, days): (u64, i64), now: Millis) {
    let mut dice = Dice::stream(seed, 1);
    let today = day_of(now);
    let serving: Vec<String> =
        books.staff.iter().filter(|(_, one)| one.serves()).map(|(id, _)| id.clone()).collect();
    for (at, staff) in serving.into_iter().enumerate() {
        if at % 6 == 5 {
            continue;
        }
        let of_days = (today - days..today).map(|day| {
            let chats = dice.below(25);
            (day, Written { chats, messages: chats * dice.between(1, 6) })
        });
        let of_days = of_days.filter(|(_, one)| one.chats > 0).collect();
        books.written.insert(staff, of_days);
    }
}
