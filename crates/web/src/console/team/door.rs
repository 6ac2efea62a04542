//! Coming in by login and password, and going out.

use app::console::Device;
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::header::{RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use report::Lang;
use serde::Deserialize;

use crate::console::Seated;
use crate::console::seat::{FIRST_PAGE, leave_seat, local, seat, take_seat};
use crate::door::{Theme, Visit};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Letters of a login that are shown again.
const TYPED_MAX: usize = 80;

/// The page.
#[derive(Template)]
#[template(path = "console/team/login.html")]
pub(crate) struct LoginPage {
    pub(crate) l: Lang,
    pub(crate) theme: Theme,
    pub(crate) title: String,
    pub(crate) next: Option<String>,
    pub(crate) typed: String,
    pub(crate) wrong: Option<String>,
    pub(crate) said: Option<&'static str>,
}

/// Where somebody wants to go, and what was done before.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Coming {
    #[serde(default)]
    next: String,
    #[serde(default)]
    done: String,
}

/// The form.
#[derive(Deserialize)]
pub(crate) struct Entry {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

/// `GET /login`
pub(crate) async fn page(
    State(house): State<House>,
    visit: Visit,
    Query(coming): Query<Coming>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let next = local(&coming.next);
    if seat(&house, &visit).await?.is_some() {
        return Ok(Redirect::to(next.unwrap_or(FIRST_PAGE)).into_response());
    }
    let said = match coming.done.as_str() {
        "out" => Some(visit.lang.pick("已退出登录。", "You are logged out.")),
        "used" => Some(
            visit
                .lang
                .pick("账号已经建好，请直接登录。", "The account is there already: just log in."),
        ),
        _ => None,
    };
    Ok(shown(&LoginPage { said, ..empty((visit.lang, visit.theme), next) }))
}

fn empty((l, theme): (Lang, Theme), next: Option<&str>) -> LoginPage {
    let title = l.pick("登录", "Log in").to_owned();
    let next = next.map(str::to_owned);
    LoginPage { l, theme, title, next, typed: String::new(), wrong: None, said: None }
}

/// `POST /login`
pub(crate) async fn log_in(
    State(house): State<House>,
    (visit, headers): (Visit, HeaderMap),
    Form(entry): Form<Entry>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let key = entry.login.trim().to_lowercase().chars().take(TYPED_MAX).collect::<String>();
    let (waits, now) = (house.turnstile(), house.now());
    let near = waits.address_tries.count(visit.address, now);
    let waited = near.and_then(|()| waits.login_tries.count(key.clone(), now));
    if let Err(seconds) = waited {
        return Ok(too_often(&visit, &entry, seconds));
    }
    let (org, typed) = (house.settings().org, (entry.login.as_str(), entry.password.as_str()));
    let came = house.console().log_in(org, typed, device(&visit, &headers)).await?;
    let Some(opened) = came else { return Ok(refused(&visit, &entry)) };
    waits.login_tries.forget(&key);
    waits.address_tries.give_back(&visit.address);
    // Whoever sat here before goes: a session is never carried over.
    if let Some(old) = seat(&house, &visit).await? {
        house.console().log_out(&old.actor, old.session).await?;
    }
    let mut response = Redirect::to(local(&entry.next).unwrap_or(FIRST_PAGE)).into_response();
    take_seat(response.headers_mut(), &opened, visit.secure);
    Ok(response)
}

/// `POST /logout`
pub(crate) async fn log_out(
    State(house): State<House>,
    seated: Seated,
) -> Result<Response, Trouble> {
    house.console().log_out(&seated.actor, seated.session).await?;
    let mut response = Redirect::to("/login?done=out").into_response();
    leave_seat(response.headers_mut(), seated.visit.secure);
    Ok(response)
}

/// From where somebody comes.
pub(super) fn device(visit: &Visit, headers: &HeaderMap) -> Device {
    let agent = headers.get(USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    Device { agent: agent.to_owned(), address: visit.address.to_string() }
}

fn again(visit: &Visit, entry: &Entry, wrong: String) -> LoginPage {
    let typed = entry.login.chars().take(TYPED_MAX).collect();
    LoginPage { typed, wrong: Some(wrong), ..empty((visit.lang, visit.theme), local(&entry.next)) }
}

fn refused(visit: &Visit, entry: &Entry) -> Response {
    let wrong = visit.lang.pick(
        "登录名或密码不对。忘了密码，或账号被停用，请联系负责人。",
        "The login or the password is wrong. If you forgot it, or were locked out, ask an owner.",
    );
    let mut response = shown(&again(visit, entry, wrong.to_owned()));
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

fn too_often(visit: &Visit, entry: &Entry, seconds: u32) -> Response {
    let l = visit.lang;
    let wrong = match seconds {
        ..=90 => l.pick(
            format!("试得太多了，请 {seconds} 秒后再试。"),
            format!("Too many tries: wait {seconds} s and try again."),
        ),
        long => l.pick(
            format!("试得太多了，请 {} 分钟后再试。", long.div_ceil(60)),
            format!("Too many tries: wait {} min and try again.", long.div_ceil(60)),
        ),
    };
    let mut response = shown(&again(visit, entry, wrong));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    response
}
