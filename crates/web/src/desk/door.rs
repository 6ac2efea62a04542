//! Coming to the desk: a link with a secret token gives a signed cookie.

use askama::Template;
use axum::extract::{FromRequestParts, Query, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Millis, OrgId};
use report::Lang;
use serde::Deserialize;

use crate::door::{Seal, Visit, set_cookie};
use crate::house::House;
use crate::settings::WebSettings;
use crate::trouble::{Trouble, shown};

/// Name of the cookie.
const COOKIE: &str = "hq_desk";

/// A session lasts so long.
const SESSION_MS: i64 = 30 * Millis::DAY;

/// The secret token of the desk of an organisation; the binary prints the link with it:
/// `{address}/desk/enter?token={token}`. The same after every start, as long as the secret is.
pub fn desk_token(settings: &WebSettings) -> String {
    let signed =
        Seal::new(&settings.secret).map(|seal| seal.sign("desk token", "", &words(settings.org)));
    signed.as_deref().and_then(|signed| signed.rsplit('.').next()).unwrap_or_default().to_owned()
}

fn words(org: OrgId) -> String {
    org.0.to_string()
}

/// Somebody who holds a desk cookie of this organisation.
pub(super) struct Operator {
    pub(super) org: OrgId,
    pub(super) visit: Visit,
}

impl FromRequestParts<House> for Operator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let visit = Visit::of(parts, house);
        if visit.may_read(house).is_ok() && is_operator(house, &visit) {
            return Ok(Self { org: house.settings().org, visit });
        }
        Err(refused(visit.lang, false))
    }
}

/// Whether the desk cookie is one of this organisation.
pub(crate) fn is_operator(house: &House, visit: &Visit) -> bool {
    let signed = visit.cookies.get(COOKIE).unwrap_or_default();
    let until = house.seal().open("desk", &words(house.settings().org), signed);
    until.and_then(|until| until.parse().ok()).is_some_and(|until: i64| until > house.now().0)
}

/// What stands at the door.
#[derive(Template)]
#[template(path = "desk/enter.html")]
pub(crate) struct Door {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) wrong: bool,
}

fn refused(l: Lang, wrong: bool) -> Response {
    let title = l.pick("工作台", "Desk").to_owned();
    let mut response = shown(&Door { l, title, wrong });
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

/// The token in the link.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Entering {
    #[serde(default)]
    token: String,
}

/// `GET /desk/enter`
pub(super) async fn enter(
    State(house): State<House>,
    visit: Visit,
    Query(entering): Query<Entering>,
) -> Result<Response, Trouble> {
    let org = house.settings().org;
    let signed = format!("{}.{}", words(org), entering.token);
    if house.seal().open("desk token", "", &signed).is_none() {
        let taken = house.turnstile().address_tokens.take(&visit.address, house.now());
        taken.map_err(Trouble::too_fast)?;
        return Ok(refused(visit.lang, !entering.token.is_empty()));
    }
    let until = (house.now().0 + SESSION_MS).to_string();
    let value = house.seal().sign("desk", &words(org), &until);
    let mut response = Redirect::to("/desk").into_response();
    set_cookie(response.headers_mut(), [COOKIE, &value, "/"], visit.secure);
    Ok(response)
}
