//! Live codes, and the page of scanning one (扫这个码).

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::wecom::books::{Books, Customer, Hindrance};
use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::Lang;
use crate::wecom::desk::respond::{missing, shown};

/// Codes on a page, and customers to choose from.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "codes.html")]
struct CodesPage {
    lang: Lang,
    rows: Vec<Row>,
}

struct Row {
    config: String,
    /// Of groups, not of staff.
    groups: bool,
    remark: String,
    state: String,
    /// Names of who or what is behind it.
    behind: String,
}

fn row(books: &Books, config: &str) -> Option<Row> {
    let group_name = |id: &String| books.groups.get(id).map_or("", |one| one.name.as_str());
    if let Some(way) = books.ways.get(config) {
        let behind = books.behind(&way.form);
        let names: Vec<&str> = behind.iter().map(|id| books.name_of(id)).collect();
        return Some(Row {
            config: config.to_owned(),
            groups: false,
            remark: way.form.remark.clone(),
            state: way.form.state.clone(),
            behind: names.join("、"),
        });
    }
    let way = books.join_ways.get(config)?;
    let all = way.form.chat_id_list.iter().chain(&way.made);
    let names: Vec<&str> = all.map(group_name).collect();
    Some(Row {
        config: config.to_owned(),
        groups: true,
        remark: way.form.remark.clone(),
        state: way.form.state.clone(),
        behind: names.join("、"),
    })
}

pub(super) async fn list(State(desk): State<Desk>, lang: Lang) -> Response {
    let rows = desk.read(|books| {
        let all = books.ways.keys().chain(books.join_ways.keys());
        all.take(SHOWN).filter_map(|config| row(books, config)).collect()
    });
    shown(&CodesPage { lang, rows })
}

#[derive(Template)]
#[template(path = "scan.html")]
struct ScanPage {
    lang: Lang,
    row: Row,
    /// External userid and name of the latest customers.
    customers: Vec<(String, String)>,
}

pub(super) async fn ask(
    State(desk): State<Desk>,
    lang: Lang,
    Path(config): Path<String>,
) -> Response {
    let page = desk.read(|books| {
        let row = row(books, &config)?;
        let named = books.customers.iter().filter(|(_, one)| !one.name.is_empty());
        let customers = named.take(SHOWN).map(|(id, one)| (id.clone(), one.name.clone())).collect();
        Some(ScanPage { lang, row, customers })
    });
    page.map_or_else(|| missing(lang), |page| shown(&page))
}

#[derive(Deserialize)]
pub(super) struct Scan {
    #[serde(default)]
    customer: String,
    /// Somebody new, when it is filled.
    #[serde(default)]
    name: String,
}

pub(super) async fn scan(
    State(desk): State<Desk>,
    lang: Lang,
    Path(config): Path<String>,
    Form(asked): Form<Scan>,
) -> Response {
    let name = asked.name.trim().to_owned();
    let who = if name.is_empty() {
        asked.customer
    } else {
        let mut world = crate::wecom::world::enter(&desk.shared);
        world.books.add_customer(Customer { name, ..Customer::default() })
    };
    desk.done(lang, lang.at("customers", &who), |books, now| {
        match books.ways.contains_key(&config) {
            true => books.scan_way(&config, &who, now),
            false if books.join_ways.contains_key(&config) => books.scan_join(&config, &who, now),
            false => Err(Hindrance::Code),
        }
    })
}
