//! Customer groups: who is in them; coming, going and renaming.

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use serde::Deserialize;

use crate::wecom::books::{Books, Joining};
use crate::wecom::desk::Desk;
use crate::wecom::desk::lang::{Lang, Moment};
use crate::wecom::desk::respond::{missing, shown};
use crate::wecom::rush;
use crate::wecom::world::enter;

/// Groups, and members, on a page.
const SHOWN: usize = 500;
/// People who come at once, at most.
const RUSH_MAX: u32 = 5_000;

#[derive(Template)]
#[template(path = "groups.html")]
struct GroupsPage {
    lang: Lang,
    all: usize,
    rows: Vec<Row>,
    /// Userid and name of who may own one.
    owners: Vec<(String, String)>,
}

struct Row {
    id: String,
    name: String,
    owner: String,
    owner_name: String,
    members: usize,
    room: usize,
    status: u8,
    ended: bool,
}

fn row(books: &Books, id: &str) -> Option<Row> {
    let group = books.groups.get(id)?;
    Some(Row {
        id: id.to_owned(),
        name: group.name.clone(),
        owner: group.owner.clone(),
        owner_name: books.name_of(&group.owner).to_owned(),
        members: group.members.len(),
        room: group.room,
        status: group.status,
        ended: group.dismissed.is_some(),
    })
}

pub(super) async fn list(State(desk): State<Desk>, lang: Lang) -> Response {
    let page = desk.read(|books| {
        let mut rows: Vec<Row> = books.groups.keys().filter_map(|id| row(books, id)).collect();
        rows.sort_by(|a, b| a.name.cmp(&b.name));
        rows.truncate(SHOWN);
        let owners = books.staff.iter().filter(|(_, one)| one.serves());
        let owners = owners.map(|(id, one)| (id.clone(), one.name.clone())).collect();
        GroupsPage { lang, all: books.groups.len(), rows, owners }
    });
    shown(&page)
}

#[derive(Template)]
#[template(path = "group.html")]
struct GroupPage {
    lang: Lang,
    row: Row,
    notice: String,
    version: String,
    members: Vec<MemberRow>,
}

struct MemberRow {
    id: String,
    name: String,
    staff: bool,
    owner: bool,
    joined: Moment,
    by: String,
}

pub(super) async fn one(State(desk): State<Desk>, lang: Lang, Path(id): Path<String>) -> Response {
    let page = desk.read(|books| {
        let row = row(books, &id)?;
        let group = books.groups.get(&id)?;
        let members = group.members.iter().rev().take(SHOWN).map(|member| MemberRow {
            id: member.id.clone(),
            name: books.name_of(&member.id).to_owned(),
            staff: books.staff.contains_key(&member.id),
            owner: member.id == group.owner,
            joined: Moment(member.joined),
            by: by(lang, books, &member.by),
        });
        let (notice, version) = (group.notice.clone(), group.version.clone());
        Some(GroupPage { lang, row, notice, version, members: members.collect() })
    });
    page.map_or_else(|| missing(lang), |page| shown(&page))
}

fn by(lang: Lang, books: &Books, joining: &Joining) -> String {
    let (word, who) = match joining {
        Joining::Invited(who) => (lang.say("邀请", "invited"), who),
        Joining::Link(who) => (lang.say("邀请链接", "by link"), who),
        Joining::Scanned(state) => (lang.say("扫码", "scanned"), state),
    };
    let who = who.as_deref().unwrap_or_default();
    let name = books.name_of(who);
    let who = if name.is_empty() { who } else { name };
    format!("{word} {who}").trim().to_owned()
}

#[derive(Deserialize)]
pub(super) struct New {
    owner: String,
    name: String,
}

pub(super) async fn make(State(desk): State<Desk>, lang: Lang, Form(new): Form<New>) -> Response {
    desk.done(lang, lang.to("groups"), |books, now| {
        books.make_group(&new.owner, new.name.trim(), now).map(|(_, told)| told)
    })
}

#[derive(Deserialize)]
pub(super) struct Rush {
    people: u32,
}

/// Many come at once.
pub(super) async fn rush(
    State(desk): State<Desk>,
    lang: Lang,
    Form(asked): Form<Rush>,
) -> Response {
    let mut dice = enter(&desk.shared).dice.split();
    desk.done(lang, lang.to("groups"), |books, now| {
        Ok(rush::rush(books, &mut dice, asked.people.min(RUSH_MAX), now))
    })
}

#[derive(Deserialize)]
pub(super) struct Parting {
    who: String,
    /// `removed`, or by oneself.
    how: String,
}

pub(super) async fn part(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
    Form(asked): Form<Parting>,
) -> Response {
    let who = [asked.who.as_str()];
    desk.done(lang, lang.at("groups", &id), |books, now| match asked.how.as_str() {
        "removed" => books.remove(&id, &who, now),
        _ => books.leave(&id, &who, now),
    })
}

#[derive(Deserialize)]
pub(super) struct Name {
    name: String,
}

pub(super) async fn rename(
    State(desk): State<Desk>,
    lang: Lang,
    Path(id): Path<String>,
    Form(asked): Form<Name>,
) -> Response {
    let to = lang.at("groups", &id);
    desk.done(lang, to, |books, now| books.rename(&id, asked.name.trim(), now))
}

pub(super) async fn end(State(desk): State<Desk>, lang: Lang, Path(id): Path<String>) -> Response {
    desk.done(lang, lang.to("groups"), |books, now| books.dismiss(&id, now))
}
