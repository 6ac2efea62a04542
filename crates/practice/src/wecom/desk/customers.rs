//! Customers: whom they know, where they are, what they were told, and what waits for them.

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use crate::wecom::books::{Books, TransferStatus};
use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::{Lang, Moment};
use crate::wecom::desk::respond::{missing, shown};

/// Customers on a page.
const SHOWN: usize = 200;

#[derive(Deserialize)]
pub(super) struct Search {
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(path = "customers.html")]
struct CustomersPage {
    lang: Lang,
    all: usize,
    search: String,
    /// External userid and name.
    rows: Vec<(String, String)>,
}

pub(super) async fn list(
    State(desk): State<Desk>,
    lang: Lang,
    Query(Search { name }): Query<Search>,
) -> Response {
    let page = desk.read(|books| {
        let found = books.customers.iter().filter(|(_, one)| one.name.contains(name.trim()));
        let rows = found.take(SHOWN).map(|(id, one)| (id.clone(), one.name.clone())).collect();
        CustomersPage { lang, all: books.customers.len(), search: name.clone(), rows }
    });
    shown(&page)
}

#[derive(Template)]
#[template(path = "customer.html")]
struct CustomerPage {
    lang: Lang,
    id: String,
    name: String,
    /// Userid and name.
    staff: Vec<(String, String)>,
    /// Chat id and name.
    groups: Vec<(String, String)>,
    /// Who said it, when, and what.
    welcomes: Vec<(String, Moment, String)>,
    /// From whom to whom a hand-over waits.
    transfer: Option<(String, String)>,
}

pub(super) async fn one(State(desk): State<Desk>, lang: Lang, Path(id): Path<String>) -> Response {
    let page = desk.read(|books| page(lang, books, &id));
    page.map_or_else(|| missing(lang), |page| shown(&page))
}

fn page(lang: Lang, books: &Books, id: &str) -> Option<CustomerPage> {
    let customer = books.customers.get(id)?;
    let name = |staff: &str| books.name_of(staff).to_owned();
    let staff = books.bonds_of(id).map(|(staff, _)| (staff.clone(), name(staff))).collect();
    let inside = books.groups.iter().filter(|(_, group)| group.dismissed.is_none());
    let inside = inside.filter(|(_, group)| group.has(id));
    let groups = inside.map(|(chat, group)| (chat.clone(), group.name.clone())).collect();
    let own = books.welcomes.codes.values().filter(|one| one.customer == id);
    let mut welcomes: Vec<(String, Moment, String)> = own
        .filter_map(|one| {
            let said = one.said.as_ref()?;
            let text = said.get("text").and_then(serde_json::Value::as_str).unwrap_or_default();
            let beside = said.get("attachments").and_then(serde_json::Value::as_array);
            let beside = beside.map_or(0, Vec::len);
            let more = if beside > 0 { format!(" (+{beside})") } else { String::new() };
            Some((name(&one.staff), Moment(one.until), format!("{text}{more}")))
        })
        .collect();
    welcomes.sort_by_key(|(_, at, _)| *at);
    let waits = books
        .transfers
        .iter()
        .find(|one| one.customer == id && one.status == TransferStatus::Waiting);
    let transfer = waits.map(|one| (name(&one.handover), name(&one.takeover)));
    let (id, name) = (id.to_owned(), customer.name.clone());
    Some(CustomerPage { lang, id, name, staff, groups, welcomes, transfer })
}

#[derive(Deserialize)]
pub(super) struct Parting {
    /// A member of staff to delete.
    #[serde(default)]
    staff: String,
    /// Or a group to leave.
    #[serde(default)]
    group: String,
}

pub(super) async fn part(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
    Form(asked): Form<Parting>,
) -> Response {
    desk.done(lang, lang.at("customers", &id), |books, now| {
        if asked.staff.is_empty() {
            books.leave(&asked.group, &[&id], now)
        } else {
            books.drop_staff(&id, &asked.staff, now)
        }
    })
}

#[derive(Deserialize)]
pub(super) struct Answer {
    /// `yes` or `no`.
    agreed: String,
}

pub(super) async fn answer(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
    Form(asked): Form<Answer>,
) -> Response {
    let agreed = asked.agreed == "yes";
    let to = lang.at("customers", &id);
    desk.done(lang, to, |books, now| books.answer_transfer(&id, agreed, now))
}
