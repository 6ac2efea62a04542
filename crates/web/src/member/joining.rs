//! Coming in: the landing page (D17) and the form on it.

use app::live::{Receipt, Refused};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::{Actor, ActorClass, Entrance, EventWhat, IdentityId, JoinManner, May};
use engine::Refusal;
use report::Lang;
use serde::Deserialize;

use crate::console::seat;
use crate::door::{Guest, Visit, Wants, set_cookie};
use crate::house::House;
use crate::line::{color, face, linked};
use crate::member::act::{accepted, done};
use crate::member::inside::{ME, bound};
use crate::member::{Asked, Inside, barring};
use crate::trouble::{Trouble, shown};
use crate::words::{name_wrong, refused};

/// Rules as the page shows them.
pub(crate) struct RulesView {
    pub(crate) version: u32,
    /// Safe HTML.
    pub(crate) html: String,
}

/// The form by which staff come in as keepers, to the message with a key where one is asked for.
pub(crate) struct Entry {
    pub(crate) group: i64,
    pub(crate) key: i64,
    pub(crate) at: Option<i64>,
}

/// The landing page.
#[derive(Template)]
#[template(path = "member/landing.html")]
pub(crate) struct Landing {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) name: String,
    pub(crate) face: String,
    pub(crate) color: u32,
    pub(crate) people: String,
    /// Safe HTML.
    pub(crate) notice: Option<String>,
    pub(crate) rules: Option<RulesView>,
    pub(crate) key: i64,
    pub(crate) typed: String,
    pub(crate) alert: Option<String>,
    pub(crate) wrong_name: Option<String>,
    pub(crate) wrong_rules: Option<String>,
    /// How staff who keep the group come in.
    pub(crate) entry: Option<Entry>,
}

/// The form.
#[derive(Debug, Deserialize)]
pub(crate) struct Joining {
    key: i64,
    #[serde(default)]
    name: String,
    /// Version of the rules that was accepted.
    #[serde(default)]
    rules: Option<u32>,
}

impl Landing {
    fn of(inside: &Inside, house: &House, l: Lang) -> Self {
        let room = &inside.room;
        let closed = l.pick(
            "这个群已经关闭，不能再加入。",
            "This group is closed; nobody can join any more.",
        );
        let people = l.pick(
            format!("{} 位成员", room.members),
            format!("{} {}", room.members, if room.members == 1 { "member" } else { "members" }),
        );
        Self {
            l,
            title: room.name.clone(),
            base: inside.base(),
            name: room.name.clone(),
            face: face(&room.name),
            color: color(IdentityId(u32::try_from(inside.group.0).unwrap_or(0))),
            people,
            notice: room.announcement.as_ref().map(|(_, text, _)| linked(text, None)),
            rules: room
                .rules
                .as_ref()
                .map(|(version, text)| RulesView { version: *version, html: linked(text, None) }),
            key: house.mint(),
            typed: String::new(),
            alert: room.closed.map(|_| closed.to_owned()),
            wrong_name: None,
            wrong_rules: None,
            entry: None,
        }
    }
}

/// The landing page, with a guest cookie for who has none yet.
pub(crate) async fn landing(
    (house, visit): (&House, &Visit),
    inside: &Inside,
    at: Option<i64>,
) -> Result<Response, Trouble> {
    let mut page = Landing::of(inside, house, visit.lang);
    let seated = seat(house, visit).await?.map(|seat| seat.actor);
    let keeps =
        |actor: &Actor| actor.org == inside.org && actor.may(May::Keep) && actor.sees(inside.group);
    if seated.is_some_and(|actor| keeps(&actor)) {
        page.entry = Some(Entry { group: inside.group.0, key: house.mint(), at });
    }
    let mut response = shown(&page);
    if visit.guest.is_none() {
        let guest = Guest::new().ok_or_else(|| Trouble::fault("no dice".to_owned()))?;
        let signed = guest.signed(house.seal());
        set_cookie(response.headers_mut(), ["hq_guest", &signed, "/"], visit.secure);
    }
    Ok(response)
}

/// `POST /g/{code}/members`
pub(crate) async fn join(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Joining>,
) -> Result<Response, Trouble> {
    let inside = Inside::of(&house, &visit, &code).await?;
    let guest = visit.guest.clone().ok_or_else(Trouble::no_cookie)?;
    visit.may_act(&house)?;
    accepted(form.key, &house)?;
    if let Some(refusal) = barring::refusal((&house, &visit), &inside, &guest).await? {
        return Ok(refusal);
    }
    let again = |trouble: Trouble| retry((&house, &visit), &inside, &form, trouble);
    let name = match chat::web::name(&form.name) {
        Ok(name) => name,
        Err(wrong) => return again(name_wrong(wrong)),
    };
    let version = inside.room.rules.as_ref().map_or(0, |(version, _)| *version);
    if version != form.rules.unwrap_or(0) && inside.me.is_none() {
        return again(unaccepted(form.rules));
    }
    let who = house.live().guest(inside.org, guest.key(), &name).await?;
    match come_in(&house, &inside, (who, ActorClass::Member), (form.key, &name)).await {
        Ok(receipt) => {
            let mut response = done(&visit, &receipt, &inside.base());
            remember(&house, (&visit, &guest), &inside.code, who, &mut response);
            Ok(response)
        }
        Err(no) => again(refused(&no, &inside.zone, inside.now)),
    }
}

/// Lets somebody in; who is in already stays.
async fn come_in(
    house: &House,
    inside: &Inside,
    (who, class): (IdentityId, ActorClass),
    (key, name): (i64, &str),
) -> Result<Receipt, Refused> {
    let entrance = Entrance {
        name: name.into(),
        how: JoinManner::Link,
        by: IdentityId::NOBODY,
        via: inside.via.as_str().into(),
        rules: inside.room.rules.as_ref().map_or(0, |(version, _)| *version),
    };
    let asked = Asked { key, actor: who, class, what: EventWhat::Join(entrance) };
    match inside.submit(house, asked).await {
        Err(Refused::Domain(Refusal::AlreadyIn)) => {
            Ok(Receipt { seq: inside.room.head, again: true })
        }
        answered => answered,
    }
}

/// Tells the browser who the guest is in this group.
pub(crate) fn remember(
    house: &House,
    (visit, guest): (&Visit, &Guest),
    code: &str,
    who: IdentityId,
    response: &mut Response,
) {
    let signed = house.seal().sign(ME, &bound(guest.key(), code), &who.0.to_string());
    let path = format!("/g/{code}");
    set_cookie(response.headers_mut(), [ME, &signed, &path], visit.secure);
}

/// The rules in force were not accepted, or an older version was.
fn unaccepted(accepted: Option<u32>) -> Trouble {
    let say = match accepted {
        None => {
            ["请先看完群规，勾选同意后再加入。", "Please read the rules and accept them to join."]
        }
        Some(_) => [
            "群规刚刚更新了，请再看一遍并勾选同意。",
            "The rules have just changed: please read them again and accept them.",
        ],
    };
    Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, "rules_not_accepted", say)
}

/// The form again, with what was typed and what is wrong with it.
fn retry(
    (house, visit): (&House, &Visit),
    inside: &Inside,
    form: &Joining,
    trouble: Trouble,
) -> Result<Response, Trouble> {
    if visit.wants == Wants::Json || trouble.cause.is_some() {
        return Err(trouble);
    }
    let words = Some(trouble.words(visit.lang).to_owned());
    let mut page = Landing::of(inside, house, visit.lang);
    page.typed = form.name.chars().take(60).collect();
    match trouble.code {
        "empty" | "too_long" | "name" | "name_taken" => page.wrong_name = words,
        "rules_not_accepted" => page.wrong_rules = words,
        _ => page.alert = words,
    }
    let mut response = shown(&page);
    *response.status_mut() = trouble.status;
    Ok(response.into_response())
}
