//! Members of staff: who there is, what the app sent them, whom they know.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::wecom::books::{Books, Contact, Standing};
use crate::wecom::desk::Desk;
use crate::wecom::desk::inbox::{MessageView, inbox};
use crate::wecom::desk::lang::{Lang, Moment};
use crate::wecom::desk::respond::{missing, shown};

/// Customers shown on the page of a member of staff.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "staff.html")]
struct StaffPage {
    lang: Lang,
    rows: Vec<Row>,
}

struct Row {
    id: String,
    name: String,
    departments: String,
    left: bool,
    serves: bool,
    groups: usize,
    customers: usize,
    messages: usize,
}

fn row(books: &Books, id: &str) -> Option<Row> {
    let one = books.staff.get(id)?;
    let named = |at: &u32| books.departments.get(at).map(|one| one.name.as_str());
    let departments: Vec<&str> = one.departments.iter().filter_map(named).collect();
    let bonds = books.bonds.get(id).into_iter().flatten();
    Some(Row {
        id: id.to_owned(),
        name: one.name.clone(),
        departments: departments.join("、"),
        left: one.left.is_some(),
        serves: one.serves(),
        groups: books.groups.values().filter(|group| group.owner == id).count(),
        customers: bonds.filter(|(_, bond)| bond.works()).count(),
        messages: books.inbox(id).count(),
    })
}

pub(super) async fn list(State(desk): State<Desk>, lang: Lang) -> Response {
    let rows = desk.read(|books| books.staff.keys().filter_map(|id| row(books, id)).collect());
    shown(&StaffPage { lang, rows })
}

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage {
    lang: Lang,
    row: Row,
    open: bool,
    customers: Vec<Known>,
    messages: Vec<MessageView>,
}

struct Known {
    id: String,
    name: String,
    remark: String,
    since: Moment,
    state: String,
    asks: bool,
    gone: bool,
}

pub(super) async fn one(State(desk): State<Desk>, lang: Lang, Path(id): Path<String>) -> Response {
    let page = desk.read(|books| {
        let row = row(books, &id)?;
        let bonds = books.bonds.get(&id).into_iter().flatten();
        let known = bonds.map(|(customer, bond)| Known {
            id: customer.clone(),
            name: books.name_of(customer).to_owned(),
            remark: bond.remark.clone(),
            since: Moment(bond.since),
            state: bond.state.clone().unwrap_or_default(),
            asks: matches!(bond.standing, Standing::Asked | Standing::Half),
            gone: bond.standing == Standing::Left,
        });
        let mut customers: Vec<Known> = known.collect();
        customers.sort_by_key(|one| (!one.asks, std::cmp::Reverse(one.since)));
        customers.truncate(SHOWN);
        let open = books.staff.get(&id).is_some_and(|one| one.contact == Contact::Open);
        Some(MemberPage { lang, row, open, customers, messages: inbox(books, &id) })
    });
    page.map_or_else(|| missing(lang), |page| shown(&page))
}

pub(super) async fn leave(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
) -> Response {
    desk.done(lang, lang.at("staff", &id), |books, now| books.resign(&id, now))
}

#[derive(Deserialize)]
pub(super) struct Whom {
    customer: String,
}

pub(super) async fn agree(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
    Form(asked): Form<Whom>,
) -> Response {
    desk.done(lang, lang.at("staff", &id), |books, now| books.agree(&id, &asked.customer, now))
}
