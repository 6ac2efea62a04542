//! Customers of staff (客户管理): lists, details, notes.

use domain::Millis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, seconds};
use crate::wecom::api::paging::{limit, page};
use crate::wecom::api::{Route, get, post};
use crate::wecom::books::{Bond, Books, Customer, Refused, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    get("externalcontact/list", Family::Contacts, list),
    get("externalcontact/get", Family::Contacts, one),
    post("externalcontact/batch/get_by_user", Family::Contacts, batch),
    post("externalcontact/remark", Family::Contacts, remark),
    post("externalcontact/contact_list", Family::Contacts, served),
];

/// Members of staff on one page of a customer's details.
const FOLLOWERS: usize = 500;

fn list(call: &mut Call<'_>) -> Answer {
    let books = &call.world.books;
    let staff = seen(books, call.word("userid"))?;
    let bonds = books.bonds.get(&staff).into_iter().flatten();
    let ids: Vec<&String> = bonds.filter(|(_, bond)| bond.works()).map(|(id, _)| id).collect();
    if ids.is_empty() {
        return Err(unrelated());
    }
    Ok(json!({"external_userid": ids}).into())
}

/// A member of staff that calls about customers may name.
pub(super) fn seen(books: &Books, staff: &str) -> Result<String, Refused> {
    let there = books.staff.iter().find(|(id, _)| id.eq_ignore_ascii_case(staff));
    let (id, one) = there.ok_or_else(|| refused(40_003, "invalid userid"))?;
    if !one.visible {
        return Err(refused(60_011, "no privilege to access/modify contact/party/agent"));
    }
    if !one.has_contact() {
        return Err(refused(84_074, "no customer contact right"));
    }
    Ok(id.clone())
}

pub(super) fn unrelated() -> Refused {
    refused(84_061, "not external contact")
}

/// The bond of a pair, where calls about it work.
pub(super) fn bond<'a>(books: &'a Books, staff: &str, who: &str) -> Result<&'a Bond, Refused> {
    if !books.customers.contains_key(who) {
        return Err(refused(40_096, "invalid external userid"));
    }
    books.bond(staff, who).filter(|bond| bond.works()).ok_or_else(unrelated)
}

fn one(call: &mut Call<'_>) -> Answer {
    let books = &call.world.books;
    let id = call.word("external_userid");
    if id.is_empty() {
        return Err(refused(41_035, "missing external userid"));
    }
    let customer = books.customers.get(id);
    let customer = customer.ok_or_else(|| refused(40_096, "invalid external userid"))?;
    let visible = |staff: &str| books.staff.get(staff).is_some_and(|one| one.visible);
    let bonds = books.bonds_of(id).filter(|(staff, _)| visible(staff));
    let rows: Vec<(String, Value)> =
        bonds.map(|(staff, bond)| (staff.clone(), follower(books, staff, bond))).collect();
    if rows.is_empty() {
        return Err(unrelated());
    }
    let (rows, next) = page(rows.into_iter(), call.word("cursor"), FOLLOWERS)?;
    let mut whole = json!({"external_contact": card(id, customer), "follow_user": rows});
    if !next.is_empty() {
        put(&mut whole, "next_cursor", json!(next));
    }
    Ok(whole.into())
}

fn put(row: &mut Value, name: &str, value: Value) {
    if let Some(fields) = row.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// Who somebody is.
fn card(id: &str, customer: &Customer) -> Value {
    let mut card = json!({
        "external_userid": id, "name": customer.name, "gender": customer.gender,
        "type": if customer.wecom { 2 } else { 1 }, "avatar": "",
    });
    if let Some(unionid) = customer.unionid.as_ref().filter(|_| !customer.wecom) {
        put(&mut card, "unionid", json!(unionid));
    }
    if let Some(company) = customer.company.as_ref().filter(|_| customer.wecom) {
        put(&mut card, "corp_name", json!(company));
        put(&mut card, "corp_full_name", json!(company));
    }
    card
}

/// What both ways of asking say of a bond.
fn noted(staff: &str, bond: &Bond) -> Value {
    let mut row = json!({
        "userid": staff, "remark": bond.remark, "description": bond.description,
        "createtime": seconds(bond.since), "remark_mobiles": bond.mobiles,
        "oper_userid": bond.by, "add_way": bond.add_way,
    });
    if let Some(state) = &bond.state {
        put(&mut row, "state", json!(state));
    }
    if let Some(company) = &bond.company {
        put(&mut row, "remark_corp_name", json!(company));
    }
    row
}

fn follower(books: &Books, staff: &str, bond: &Bond) -> Value {
    let tag = |id: &String| {
        let (group, tag) = books.tag(id)?;
        Some(json!({
            "group_name": group.head.name, "tag_name": tag.name, "tag_id": id, "type": 1,
        }))
    };
    let mut row = noted(staff, bond);
    put(&mut row, "tags", bond.tags.iter().filter_map(tag).collect());
    row
}

#[derive(Deserialize)]
struct Batch {
    userid_list: Vec<String>,
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

fn batch(call: &mut Call<'_>) -> Answer {
    let asked: Batch = call.asked()?;
    let most = limit(asked.limit, 50, 100)?;
    if !(1..=100).contains(&asked.userid_list.len()) {
        return Err(refused(40_032, "invalid userid list size"));
    }
    let books = &call.world.books;
    let mut staff = Vec::new();
    for id in &asked.userid_list {
        staff.push(seen(books, id)?);
    }
    staff.sort();
    staff.dedup();
    let rows = staff.iter().flat_map(|staff| {
        let bonds = books.bonds.get(staff).into_iter().flatten();
        bonds
            .filter(|(_, bond)| bond.works())
            .map(move |(id, bond)| (format!("{staff} {id}"), (staff, id, bond)))
    });
    let (rows, next) = page(rows, &asked.cursor, most)?;
    let rows: Vec<Value> = rows
        .into_iter()
        .filter_map(|(staff, id, bond)| {
            let mut info = noted(staff, bond);
            put(&mut info, "tag_id", json!(bond.tags));
            let card = card(id, books.customers.get(id)?);
            Some(json!({"external_contact": card, "follow_info": info}))
        })
        .collect();
    Ok(json!({"external_contact_list": rows, "next_cursor": next}).into())
}

#[derive(Deserialize)]
struct Notes {
    userid: String,
    external_userid: String,
    remark: Option<String>,
    description: Option<String>,
    remark_company: Option<String>,
    remark_mobiles: Option<Vec<String>>,
    remark_pic_mediaid: Option<String>,
}

fn remark(call: &mut Call<'_>) -> Answer {
    let asked: Notes = call.asked()?;
    let staff = seen(&call.world.books, &asked.userid)?;
    bond(&call.world.books, &staff, &asked.external_userid)?;
    let texts = [(&asked.remark, 20), (&asked.description, 150), (&asked.remark_company, 20)];
    let long = |(text, most): &(&Option<String>, usize)| {
        text.as_ref().is_some_and(|text| text.chars().count() > *most)
    };
    if texts.iter().any(long) {
        return Err(refused(40_058, "invalid Request Parameter: too long"));
    }
    let none = texts.iter().all(|(text, _)| text.is_none());
    if none && asked.remark_mobiles.is_none() && asked.remark_pic_mediaid.is_none() {
        return Err(refused(40_063, "some parameters are empty"));
    }
    if let Some(picture) = &asked.remark_pic_mediaid {
        call.world.books.medium(picture, call.now)?;
    }
    let wecom = call.world.books.customers.get(&asked.external_userid).is_some_and(|c| c.wecom);
    if let Some(bond) = call.world.books.bond_mut(&staff, &asked.external_userid) {
        bond.remark = asked.remark.unwrap_or(std::mem::take(&mut bond.remark));
        bond.description = asked.description.unwrap_or(std::mem::take(&mut bond.description));
        bond.company = asked.remark_company.filter(|_| !wecom).or(bond.company.take());
        if let Some(mobiles) = asked.remark_mobiles {
            bond.mobiles = mobiles.into_iter().filter(|one| !one.is_empty()).collect();
        }
    }
    Ok(json!({}).into())
}

#[derive(Deserialize)]
struct Served {
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

/// Everybody outside the company who was ever served: by a member of staff, or in a group.
fn served(call: &mut Call<'_>) -> Answer {
    let asked: Served = call.asked()?;
    let most = limit(asked.limit, 1_000, 1_000)?;
    let books = &call.world.books;
    let met = books.bonds.iter().flat_map(|(staff, bonds)| {
        let known = bonds.iter().filter(|(_, bond)| bond.works());
        known.map(move |(id, bond)| (id, staff, bond.since))
    });
    let living = books.groups.iter().filter(|(_, group)| group.dismissed.is_none());
    let inside = living.flat_map(|(chat, group)| {
        let outside = group.members.iter().filter(|one| books.customers.contains_key(&one.id));
        outside.map(move |one| (&one.id, chat, one.joined))
    });
    let mut places: Vec<(&String, &String, Millis)> = met.chain(inside).collect();
    places.sort();
    let keyed = places.into_iter().map(|place| (format!("{} {}", place.0, place.1), place));
    let (places, next) = page(keyed, &asked.cursor, most)?;
    let rows: Vec<Value> = places.into_iter().map(|place| person(books, place)).collect();
    Ok(json!({"info_list": rows, "next_cursor": next}).into())
}

/// A customer by id, somebody else by a masked name only; with a member of staff, or in a group.
fn person(books: &Books, (id, place, at): (&String, &String, Millis)) -> Value {
    let customer = books.bonds_of(id).next().is_some();
    let mut row = json!({
        "is_customer": customer, "add_time": seconds(at),
        "tmp_openid": format!("tmp{}", id.get(2..).unwrap_or_default()),
    });
    match books.groups.get(place) {
        None => put(&mut row, "follow_userid", json!(place)),
        Some(_) if customer => put(&mut row, "chat_id", json!(place)),
        Some(group) => put(&mut row, "chat_name", json!(group.name)),
    }
    if customer {
        put(&mut row, "external_userid", json!(id));
    } else {
        let last = books.name_of(id).chars().last();
        put(&mut row, "name", json!(format!("***{}", last.map(String::from).unwrap_or_default())));
    }
    row
}
