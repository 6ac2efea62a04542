//! Who is on the blacklist is told so at the door, and can answer.
//!
//! Invariant: nobody is turned away without being told, and without a way to say something against
//! it (申诉); what is written goes to staff beside the entry.

use app::console::{APPEAL_MAX, Denied};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use report::Lang;
use serde::Deserialize;

use crate::door::{Guest, Visit, Wants};
use crate::house::House;
use crate::member::Inside;
use crate::trouble::{Trouble, shown};

/// The page at the door.
#[derive(Template)]
#[template(path = "member/barred.html")]
pub(crate) struct Barred {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) base: String,
    pub(crate) name: String,
    pub(crate) typed: String,
    pub(crate) wrong: Option<String>,
    /// What was written has been kept.
    pub(crate) said: bool,
}

impl Barred {
    fn of(inside: &Inside, l: Lang) -> Self {
        let (name, base) = (inside.room.name.clone(), inside.base());
        Self { l, title: name.clone(), base, name, typed: String::new(), wrong: None, said: false }
    }
}

/// The answer to a guest who may not come in; `None` for everybody else.
pub(crate) async fn refusal(
    (house, visit): (&House, &Visit),
    inside: &Inside,
    guest: &Guest,
) -> Result<Option<Response>, Trouble> {
    if house.console().barred_guest(inside.org, guest.key()).await?.is_none() {
        return Ok(None);
    }
    if visit.wants == Wants::Json {
        return Err(barred());
    }
    let mut response = shown(&Barred::of(inside, visit.lang));
    *response.status_mut() = StatusCode::FORBIDDEN;
    Ok(Some(response))
}

fn barred() -> Trouble {
    Trouble::new(
        StatusCode::FORBIDDEN,
        "barred",
        [
            "你暂时不能加入这里的群。打开群链接可以写明情况，我们会看到。",
            "You cannot join groups here at present. Open the link to tell us your side.",
        ],
    )
}

/// The form.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Appealing {
    #[serde(default)]
    appeal: String,
}

/// `POST /g/{code}/appeals`
pub(super) async fn appeal(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Appealing>,
) -> Result<Response, Trouble> {
    let inside = Inside::of(&house, &visit, &code).await?;
    let guest = visit.guest.clone().ok_or_else(Trouble::no_cookie)?;
    visit.may_act(&house)?;
    let who = house.console().barred_guest(inside.org, guest.key()).await?;
    let who = who.ok_or_else(Trouble::missing)?;
    let mut page = Barred::of(&inside, visit.lang);
    let mut status = StatusCode::OK;
    match house.console().appeal_at_door(inside.org, who, &form.appeal).await {
        Ok(said) => page.said = said,
        Err(Denied::Wrong(errors)) => {
            let long = errors.iter().any(|error| error.code == "too_long");
            page.wrong = Some(wrong(long, visit.lang));
            page.typed = form.appeal;
            status = StatusCode::UNPROCESSABLE_ENTITY;
        }
        Err(other) => return Err(other.into()),
    }
    let mut response = shown(&page);
    *response.status_mut() = status;
    Ok(response)
}

fn wrong(long: bool, l: Lang) -> String {
    if long {
        l.pick(format!("最多 {APPEAL_MAX} 个字。"), format!("At most {APPEAL_MAX} characters."))
    } else {
        l.pick("请写一点情况再提交。", "Please write something.").to_owned()
    }
}
