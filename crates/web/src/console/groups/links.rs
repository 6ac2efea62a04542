//! Links of a group with their QR codes, and going into its chat as keeper.

use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, May};
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use serde::Deserialize;

use crate::console::Seated;
use crate::console::groups::head::Opened;
use crate::console::groups::settings::{Typed, again};
use crate::door::{Guest, set_cookie};
use crate::house::House;
use crate::member::{accepted, remember};
use crate::trouble::Trouble;
use crate::words::name_wrong;

/// A link with its picture.
pub(crate) struct LinkView {
    pub(crate) url: String,
    pub(crate) via: String,
    /// SVG.
    pub(crate) qr: String,
}

/// The links of a group, the oldest first.
pub(super) async fn links(
    house: &House,
    seated: &Seated,
    group: GroupId,
) -> Result<Vec<LinkView>, Trouble> {
    let origin = seated.visit.origin(house);
    let links = house.console().group_links(&seated.actor, group).await?;
    let view = |link: app::live::LinkRow| {
        let url = format!("{origin}/g/{}", link.code);
        LinkView { qr: qr(&url), via: link.via, url }
    };
    Ok(links.into_iter().map(view).collect())
}

/// The address as a QR code; empty when it is too long for one.
fn qr(url: &str) -> String {
    QRBuilder::new(url)
        .build()
        .map_or_else(|_| String::new(), |code| SvgBuilder::default().margin(2).to_str(&code))
}

/// The form for a further link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Placing {
    via: String,
}

/// `POST /groups/{group}/links`
pub(super) async fn add(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Placing>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    seated.visit.may_act(&house)?;
    match chat::web::title(&form.via).map_err(name_wrong) {
        Ok(via) => {
            house.console().add_group_link(&seated.actor, opened.group, &via).await?;
            Ok(Redirect::to(&opened.at("/settings?done=link#links")).into_response())
        }
        Err(wrong) => {
            let typed = Typed { field: "via", text: form.via, ..Typed::default() };
            again((&house, &seated), &opened, typed, &wrong).await
        }
    }
}

/// The form for entering.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entering {
    key: i64,
    at: Option<i64>,
}

/// `POST /groups/{group}/entry`: staff go into the chat under the account that they answer with.
pub(super) async fn enter(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Entering>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    // Inside, a keeper may everything that keepers may.
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    seated.visit.may_act(&house)?;
    accepted(form.key, &house)?;
    let console = house.console();
    let who = console.keeper(&seated.actor, opened.group, form.key).await?;
    let links = console.group_links(&seated.actor, opened.group).await?;
    let code = links.into_iter().next().map(|link| link.code).ok_or_else(Trouble::missing)?;
    let guest = seated.visit.guest.clone().or_else(Guest::new);
    let guest = guest.ok_or_else(|| Trouble::fault("no dice".to_owned()))?;
    let at = form.at.map_or_else(String::new, |key| format!("?at={key}#m{key}"));
    let mut response = Redirect::to(&format!("/g/{code}{at}")).into_response();
    let signed = guest.signed(house.seal());
    set_cookie(response.headers_mut(), ["hq_guest", &signed, "/"], seated.visit.secure);
    remember(&house, (&seated.visit, &guest), &code, who, &mut response);
    Ok(response)
}
