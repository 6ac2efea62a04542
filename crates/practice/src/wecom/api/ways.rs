//! Live codes of staff (联系我).

use std::collections::BTreeSet;

use domain::Millis;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::wecom::api::call::{Answer, Call, moment};
use crate::wecom::api::paging::{limit, page};
use crate::wecom::api::{Route, post};
use crate::wecom::books::{Books, ContactWay, Refused, WAY_STAFF_MAX, WayForm, refused};
use crate::wecom::faults::Family;

pub(super) const ROUTES: &[Route] = &[
    post("externalcontact/add_contact_way", Family::Contacts, add),
    post("externalcontact/get_contact_way", Family::Contacts, one),
    post("externalcontact/list_contact_way", Family::Contacts, list),
    post("externalcontact/update_contact_way", Family::Contacts, update),
    post("externalcontact/del_contact_way", Family::Contacts, delete),
];

/// Codes of both kinds that a company may have.
const CODES_MAX: usize = 500_000;
/// Characters of a channel and of a remark.
pub(super) const STATE_CHARS: usize = 30;
/// What an update may set: kind and scene stay.
const CHANGEABLE: &[&str] = &[
    "remark",
    "skip_verify",
    "style",
    "state",
    "user",
    "party",
    "expires_in",
    "chat_expires_in",
    "unionid",
    "mark_source",
    "conclusions",
];

/// The id of a code.
#[derive(Deserialize)]
pub(super) struct Config {
    #[serde(default)]
    pub(super) config_id: String,
}

impl Config {
    /// 41043 when it is missing.
    pub(super) fn id(&self) -> Result<&String, Refused> {
        Some(&self.config_id)
            .filter(|id| !id.is_empty())
            .ok_or_else(|| refused(41_043, "missing config_id"))
    }
}

/// There is room for one more code.
pub(super) fn room(books: &Books) -> Result<(), Refused> {
    let room = books.ways.len() + books.join_ways.len() < CODES_MAX;
    room.then_some(()).ok_or_else(|| refused(41_045, "contact way count out of limit"))
}

/// Where the picture of a code is.
pub(super) fn picture(base: &str, config: &str) -> String {
    format!("{base}/practice/qr/{config}")
}

pub(super) fn bad_config() -> Refused {
    refused(41_044, "invalid config_id")
}

fn add(call: &mut Call<'_>) -> Answer {
    let form: WayForm = call.asked()?;
    room(&call.world.books)?;
    check(&call.world.books, &form)?;
    let shown = form.scene == 2;
    let books = &mut call.world.books;
    let config = books.mint.hex();
    books.ways.insert(config.clone(), ContactWay { form, created: call.now, turns: 0 });
    let mut answer = json!({"config_id": config});
    if let Some(fields) = answer.as_object_mut().filter(|_| shown) {
        fields.insert("qr_code".to_owned(), json!(picture(&call.world.base, &config)));
    }
    Ok(answer.into())
}

fn check(books: &Books, form: &WayForm) -> Result<(), Refused> {
    let wrong = |what| Err(refused(40_058, &format!("invalid Request Parameter: {what}")));
    let styles = match (form.scene, form.kind) {
        (1, 1) => 0..=3,
        (1, 2) => 0..=2,
        (2, 1 | 2) => 0..=u8::MAX,
        _ => return wrong("type or scene"),
    };
    if !styles.contains(&form.style) {
        return Err(refused(41_042, "invalid style"));
    }
    if form.state.chars().count() > STATE_CHARS || form.remark.chars().count() > STATE_CHARS {
        return wrong("state or remark");
    }
    let people = form.user.len() + form.party.len();
    if people == 0 || (form.kind == 1 && (form.user.len() != 1 || !form.party.is_empty())) {
        return wrong("user or party");
    }
    for id in &form.user {
        let staff = books.present(id).map_err(|_| refused(60_111, "userid not found"))?;
        match staff {
            one if !one.visible => return Err(refused(50_002, "user out of range")),
            one if !one.has_contact() => return Err(refused(84_074, "no customer contact right")),
            one if !one.active => return Err(refused(41_054, "user not activated")),
            _ => {}
        }
    }
    if form.party.iter().any(|party| !books.departments.contains_key(party)) {
        return Err(refused(60_123, "invalid department id"));
    }
    let below = form.party.iter().flat_map(|party| books.staff_below(*party)).map(|(id, _)| id);
    let all: BTreeSet<&String> = form.user.iter().chain(below).collect();
    if all.len() > WAY_STAFF_MAX {
        return wrong("more than 100 users");
    }
    Ok(())
}

fn one(call: &mut Call<'_>) -> Answer {
    let asked: Config = call.asked()?;
    let config = asked.id()?;
    let way = call.world.books.ways.get(config).ok_or_else(bad_config)?;
    let mut row = json!(way.form);
    if let Some(fields) = row.as_object_mut() {
        fields.insert("config_id".to_owned(), json!(config));
        if way.form.scene == 2 {
            fields.insert("qr_code".to_owned(), json!(picture(&call.world.base, config)));
        }
    }
    Ok(json!({"contact_way": row}).into())
}

#[derive(Deserialize)]
struct List {
    start_time: Option<i64>,
    end_time: Option<i64>,
    #[serde(default)]
    cursor: String,
    limit: Option<i64>,
}

/// Codes made in a time, the last 90 days unless told; temporary ones are never listed.
fn list(call: &mut Call<'_>) -> Answer {
    let asked: List = call.asked()?;
    let most = limit(asked.limit, 100, 1_000)?;
    let to = asked.end_time.map_or(call.now, moment);
    let from = asked.start_time.map_or(Millis(to.0 - 90 * Millis::DAY), moment);
    let ways = call.world.books.ways.iter();
    let fits = |way: &ContactWay| !way.form.is_temp && (from..=to).contains(&way.created);
    let rows =
        ways.filter(|(_, way)| fits(way)).map(|(id, _)| (id.clone(), json!({"config_id": id})));
    let (rows, next) = page(rows, &asked.cursor, most)?;
    Ok(json!({"contact_way": rows, "next_cursor": next}).into())
}

fn update(call: &mut Call<'_>) -> Answer {
    let asked: Value = call.asked()?;
    let config: Config = call.asked()?;
    let config = config.id()?;
    let way = call.world.books.ways.get(config).ok_or_else(bad_config)?;
    let mut form = json!(way.form);
    for name in CHANGEABLE {
        if let (Some(new), Some(fields)) = (asked.get(name), form.as_object_mut()) {
            fields.insert((*name).to_owned(), new.clone());
        }
    }
    let form: WayForm = serde_json::from_value(form)
        .map_err(|error| refused(40_058, &format!("invalid Request Parameter: {error}")))?;
    check(&call.world.books, &form)?;
    if let Some(way) = call.world.books.ways.get_mut(config) {
        way.form = form;
    }
    Ok(json!({}).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let asked: Config = call.asked()?;
    call.world.books.ways.remove(asked.id()?).ok_or_else(bad_config)?;
    Ok(json!({}).into())
}
