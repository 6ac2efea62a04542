//! A new group: its name is enough.

use app::console::Denied;
use app::console::groups::{GroupAsked, GroupKind};
use askama::Template;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::May;
use report::Lang;
use serde::Deserialize;

use crate::console::groups::list::{Choice, kinds};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::member::accepted;
use crate::trouble::{Trouble, shown};
use crate::words::name_wrong;

/// Zones offered; any other IANA name may be typed.
const ZONES: [&str; 6] = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Europe/London",
    "America/New_York",
];

/// The page.
#[derive(Template)]
#[template(path = "console/groups/new.html")]
pub(crate) struct NewPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) key: i64,
    pub(crate) name: String,
    pub(crate) zone: String,
    pub(crate) zones: Vec<&'static str>,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) owner: String,
    pub(crate) wrong_name: String,
    pub(crate) wrong_zone: String,
}

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Opening {
    key: i64,
    name: String,
    zone: String,
    kind: String,
}

/// `GET /groups/new`
pub(super) async fn page(State(house): State<House>, seated: Seated) -> Result<Response, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    let zone = usual_zone(&house, &seated).await?;
    let kind = house.console().new_groups(seated.actor.org).await?.kind;
    Ok(shown(&form(&house, &seated, &Opening { zone, kind, ..Opening::default() }).await?))
}

async fn usual_zone(house: &House, seated: &Seated) -> Result<String, Trouble> {
    Ok(house.console().zone(seated.actor.org).await?.name().to_owned())
}

async fn form(house: &House, seated: &Seated, typed: &Opening) -> Result<NewPage, Trouble> {
    let l = seated.visit.lang;
    let frame = Frame::of(house, seated, Place::Groups, l.pick("新建群", "New group")).await?;
    Ok(NewPage {
        l,
        frame,
        key: if typed.key == 0 { house.mint() } else { typed.key },
        name: typed.name.chars().take(90).collect(),
        zone: typed.zone.chars().take(60).collect(),
        zones: ZONES.to_vec(),
        kinds: kinds(&typed.kind, l),
        owner: house.console().first_owner(&seated.actor).await?,
        wrong_name: String::new(),
        wrong_zone: String::new(),
    })
}

/// `POST /groups`
pub(super) async fn open(
    State(house): State<House>,
    seated: Seated,
    Form(typed): Form<Opening>,
) -> Result<Response, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    seated.visit.may_act(&house)?;
    accepted(typed.key, &house)?;
    let l = seated.visit.lang;
    let name = match chat::web::title(&typed.name).map_err(name_wrong) {
        Ok(name) => name,
        Err(wrong) => {
            let mut page = form(&house, &seated, &typed).await?;
            wrong.words(l).clone_into(&mut page.wrong_name);
            return Ok(again(&page, &wrong));
        }
    };
    let kind = GroupKind::from_word(&typed.kind);
    let zone = match typed.zone.trim() {
        "" => usual_zone(&house, &seated).await?,
        zone => zone.to_owned(),
    };
    let asked = GroupAsked { key: typed.key, name, zone, kind };
    match house.console().open_group(&seated.actor, asked).await {
        Ok(group) => Ok(Redirect::to(&format!("/groups/{}?done=opened", group.0)).into_response()),
        Err(Denied::Wrong(_)) => {
            let say = [
                "没有这个时区。请写成 Asia/Shanghai 这样。",
                "There is no such zone: write it like Asia/Shanghai.",
            ];
            let wrong = Trouble::new(axum::http::StatusCode::UNPROCESSABLE_ENTITY, "zone", say);
            let mut page = form(&house, &seated, &typed).await?;
            wrong.words(l).clone_into(&mut page.wrong_zone);
            Ok(again(&page, &wrong))
        }
        Err(other) => Err(other.into()),
    }
}

fn again(page: &NewPage, wrong: &Trouble) -> Response {
    let mut response = shown(page);
    *response.status_mut() = wrong.status;
    response
}
