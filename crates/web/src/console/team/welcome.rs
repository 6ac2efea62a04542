//! Using a link: the first owner, an invitation, a new password, the demonstration.

use app::console::{Denied, FieldError, Welcoming, Wished};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use report::Lang;
use serde::Deserialize;

use crate::console::seat::{FIRST_PAGE, take_seat};
use crate::console::team::door::device;
use crate::console::team::wrongs::Wrongs;
use crate::door::{Theme, Visit};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words;

/// The page.
#[derive(Template)]
#[template(path = "console/team/welcome.html")]
pub(crate) struct WelcomePage {
    pub(crate) l: Lang,
    pub(crate) theme: Theme,
    pub(crate) title: String,
    pub(crate) token: String,
    pub(crate) lead: String,
    /// A new password only, for this login.
    pub(crate) of: Option<String>,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) wrong: Wrongs,
}

/// The form.
#[derive(Default, Deserialize)]
pub(crate) struct Chosen {
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
}

/// `GET /welcome/{token}`: uses nothing up, but the link of the demonstration leads in at once.
pub(crate) async fn page(
    State(house): State<House>,
    (visit, headers): (Visit, HeaderMap),
    Path(token): Path<String>,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let (console, org) = (house.console(), house.settings().org);
    match welcoming(&house, &visit, &token).await? {
        Welcoming::Used => Ok(Redirect::to("/login?done=used").into_response()),
        Welcoming::Demo => {
            let device = device(&visit, &headers);
            let opened = console.welcome_to_demo(org, &token, device).await?;
            let mut response = Redirect::to(FIRST_PAGE).into_response();
            take_seat(response.headers_mut(), &opened, visit.secure);
            Ok(response)
        }
        gives => Ok(shown(&form(&visit, token, &gives))),
    }
}

/// `POST /welcome/{token}`
pub(crate) async fn come_in(
    State(house): State<House>,
    (visit, headers): (Visit, HeaderMap),
    Path(token): Path<String>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Trouble> {
    visit.may_act(&house)?;
    let (console, org) = (house.console(), house.settings().org);
    let gives = welcoming(&house, &visit, &token).await?;
    let device = device(&visit, &headers);
    let came = match &gives {
        Welcoming::Password(_) => {
            console.welcome_back(org, (&token, &chosen.password), device).await
        }
        Welcoming::Owner | Welcoming::Staff(..) => {
            let Chosen { name, login, password } = &chosen;
            console.welcome(org, (&token, Wished { name, login, password }), device).await
        }
        Welcoming::Used => return Ok(Redirect::to("/login?done=used").into_response()),
        Welcoming::Demo => return Ok(Redirect::to(&format!("/welcome/{token}")).into_response()),
    };
    match came {
        Ok(opened) => {
            let mut response = Redirect::to(FIRST_PAGE).into_response();
            take_seat(response.headers_mut(), &opened, visit.secure);
            Ok(response)
        }
        Err(Denied::Wrong(wrong)) => Ok(retry((&visit, token), &gives, &chosen, &wrong)),
        // Used at the same moment by a second click.
        Err(Denied::Missing) => Ok(Redirect::to("/login?done=used").into_response()),
        Err(no) => Err(no.into()),
    }
}

/// What the link gives; guessing links is slow.
async fn welcoming(house: &House, visit: &Visit, token: &str) -> Result<Welcoming, Trouble> {
    match house.console().welcoming(house.settings().org, token).await {
        Err(Denied::Missing) => {
            let pace = house.turnstile().address_tokens.take(&visit.address, house.now());
            pace.map_err(Trouble::too_fast)?;
            Err(Trouble::new(
                StatusCode::NOT_FOUND,
                "link_over",
                [
                    "这个链接已失效：可能过期了，或已被撤回。请向发链接的人再要一个。",
                    "This link does not work any more: it is too old or was taken back. Ask for a new one.",
                ],
            ))
        }
        other => Ok(other?),
    }
}

fn form(visit: &Visit, token: String, gives: &Welcoming) -> WelcomePage {
    let l = visit.lang;
    let (title, lead) = match gives {
        Welcoming::Owner => (
            l.pick("创建负责人账号", "Make the owner's account"),
            l.pick(
                "这是第一个账号，可以做所有事情。之后可以邀请同事。".to_owned(),
                "This is the first account; it may do everything. Invite others later.".to_owned(),
            ),
        ),
        Welcoming::Staff(role, by) => {
            let role = words::role(*role, l);
            (
                l.pick("加入团队", "Join the team"),
                l.pick(
                    format!("{by} 邀请你加入，角色是「{role}」。"),
                    format!("{by} invites you; your role is {role}."),
                ),
            )
        }
        _ => (
            l.pick("设置新密码", "Set a new password"),
            l.pick(
                "设置后，所有已登录的设备都会退出。".to_owned(),
                "All devices that are logged in will be logged out.".to_owned(),
            ),
        ),
    };
    let of = match gives {
        Welcoming::Password(login) => Some(login.clone()),
        _ => None,
    };
    WelcomePage {
        l,
        theme: visit.theme,
        title: title.to_owned(),
        token,
        lead,
        of,
        name: String::new(),
        login: String::new(),
        wrong: Wrongs::default(),
    }
}

/// The form again, with what was typed (but the password) and what is wrong.
fn retry(
    (visit, token): (&Visit, String),
    gives: &Welcoming,
    chosen: &Chosen,
    wrong: &[FieldError],
) -> Response {
    let mut page = form(visit, token, gives);
    page.name = chosen.name.chars().take(60).collect();
    page.login = chosen.login.chars().take(80).collect();
    page.wrong = Wrongs::of(wrong, visit.lang);
    let mut response = shown(&page);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}
