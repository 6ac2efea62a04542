//! The own account: name, password, language, sessions.

use app::console::{Denied, Seat, SessionRow};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::team::wrongs::Wrongs;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, moment};

/// A session in the list.
pub(crate) struct SessionView {
    pub(crate) id: i64,
    pub(crate) device: String,
    pub(crate) address: String,
    pub(crate) seen: String,
    pub(crate) since: String,
    /// This very one.
    pub(crate) here: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/team/me.html")]
pub(crate) struct MePage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) role: &'static str,
    pub(crate) groups: String,
    pub(crate) sessions: Vec<SessionView>,
    pub(crate) leads: bool,
    /// Fields of the new password: name, word, what a browser fills in.
    pub(crate) secrets: [(&'static str, &'static str, &'static str); 3],
    pub(crate) wrong: Wrongs,
}

/// What was done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

/// The name.
#[derive(Deserialize)]
pub(crate) struct Naming {
    #[serde(default)]
    name: String,
}

/// The new password.
#[derive(Deserialize)]
pub(crate) struct Locking {
    #[serde(default)]
    old: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    again: String,
}

/// `GET /me`
pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let words = match done.done.as_str() {
        "name" => Some(l.pick("名字已保存。", "The name is kept.")),
        "password" => Some(l.pick(
            "密码已修改，其他设备都已退出登录。",
            "The password is changed; all other devices are logged out.",
        )),
        "ended" => Some(l.pick("那台设备已退出登录。", "That device is logged out.")),
        "others" => Some(l.pick("其他设备都已退出登录。", "All other devices are logged out.")),
        _ => None,
    };
    let mut page = me(&house, &seated).await?;
    let notice = words.map(|words| Notice { tone: "success", words: words.to_owned(), undo: None });
    page.frame = page.frame.saying(notice);
    Ok(shown(&page))
}

async fn me(house: &House, seated: &Seated) -> Result<MePage, Trouble> {
    let (l, actor) = (seated.visit.lang, &seated.actor);
    let frame = Frame::of(house, seated, Place::Me, l.pick("我", "Me")).await?;
    let groups = match &actor.scope {
        domain::Scope::All => l.pick("全部群", "All groups").to_owned(),
        domain::Scope::Groups(groups) => l.pick(
            format!("{} 个群", groups.len()),
            format!("{} {}", groups.len(), if groups.len() == 1 { "group" } else { "groups" }),
        ),
    };
    let own = house.console().sessions(actor).await?;
    let zone = house.console().zone(actor.org).await?;
    let clock = (house.now(), &zone, l);
    Ok(MePage {
        frame,
        l,
        login: seated.login.clone(),
        name: actor.name.clone(),
        role: crate::words::role(actor.role, l),
        groups,
        sessions: own.iter().map(|one| session(one, seated.session, clock)).collect(),
        leads: actor.may(domain::May::Lead),
        secrets: secrets(l),
        wrong: Wrongs::default(),
    })
}

/// The fields of a new password.
pub(super) fn secrets(l: Lang) -> [(&'static str, &'static str, &'static str); 3] {
    let new = l.pick("新密码（至少 10 个字）", "New password (at least 10 letters)");
    [
        ("old", l.pick("现在的密码", "Present password"), "current-password"),
        ("password", new, "new-password"),
        ("again", l.pick("再输一次新密码", "New password again"), "new-password"),
    ]
}

fn session(one: &SessionRow, here: i64, (now, zone, l): (Millis, &Zone, Lang)) -> SessionView {
    SessionView {
        id: one.id,
        device: device(&one.agent, l),
        address: one.address.clone(),
        seen: ago(one.seen, now, l),
        since: moment(one.made, now, zone, l),
        here: one.id == here,
    }
}

/// What a browser calls itself, in two words.
fn device(agent: &str, l: Lang) -> String {
    let first = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, word)| *word)
    };
    let program = first(&[
        ("MicroMessenger", l.pick("微信", "WeChat")),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => l.pick("未知设备", "Unknown device").to_owned(),
    }
}

/// `POST /me/name`
pub(crate) async fn rename(
    State(house): State<House>,
    seated: Seated,
    Form(naming): Form<Naming>,
) -> Result<Response, Trouble> {
    match house.console().rename(&seated.actor, &naming.name).await {
        Ok(()) => Ok(Redirect::to("/me?done=name").into_response()),
        Err(Denied::Wrong(wrong)) => {
            let mut page = me(&house, &seated).await?;
            page.name = naming.name.chars().take(60).collect();
            page.wrong = Wrongs::of(&wrong, page.l);
            Ok(wrongly(&page))
        }
        Err(no) => Err(no.into()),
    }
}

/// `POST /me/password`
pub(crate) async fn change_password(
    State(house): State<House>,
    seated: Seated,
    Form(locking): Form<Locking>,
) -> Result<Response, Trouble> {
    let changed = if locking.password == locking.again {
        set_password(&house, &seated, &locking).await?
    } else {
        // Nothing was tried: it neither counts as a guess nor makes earlier ones forgotten.
        Err(Denied::field("again", "differs"))
    };
    match changed {
        Ok(()) => Ok(Redirect::to("/me?done=password").into_response()),
        Err(Denied::Wrong(wrong)) => {
            let mut page = me(&house, &seated).await?;
            page.wrong = Wrongs::of(&wrong, page.l);
            Ok(wrongly(&page))
        }
        Err(no) => Err(no.into()),
    }
}

/// Changes the password; guessing the present one here is as slow as at the log-in.
async fn set_password(
    house: &House,
    seated: &Seated,
    locking: &Locking,
) -> Result<Result<(), Denied>, Trouble> {
    let (tries, Seated { actor, login, session, .. }) = (&house.turnstile().login_tries, seated);
    tries.count(login.clone(), house.now()).map_err(Trouble::too_fast)?;
    let seat = Seat { actor: actor.clone(), login: login.clone(), session: *session };
    let words = (locking.old.as_str(), locking.password.as_str());
    let changed = house.console().change_password(&seat, words).await;
    let knew = match &changed {
        Ok(()) => true,
        Err(Denied::Wrong(wrong)) => wrong.iter().all(|one| one.field != "old"),
        Err(_) => false,
    };
    if knew {
        tries.forget(login);
    }
    Ok(changed)
}

fn wrongly(page: &MePage) -> Response {
    let mut response = shown(page);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// `POST /me/sessions/{id}/end`
pub(crate) async fn end(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    // A second click finds it ended: that is what was wanted.
    house.console().end_session(&seated.actor, id).await?;
    Ok(Redirect::to("/me?done=ended").into_response())
}

/// `POST /me/sessions/others/end`
pub(crate) async fn end_others(
    State(house): State<House>,
    seated: Seated,
) -> Result<Response, Trouble> {
    house.console().end_other_sessions(&seated.actor, seated.session).await?;
    Ok(Redirect::to("/me?done=others").into_response())
}
