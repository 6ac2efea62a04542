//! One group at the desk: its links with QR codes, and entering it as keeper.

use app::live::{LinkRow as Link, LiveGroupRow as GroupSummary};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ActorClass, GroupId};
use fast_qr::convert::Builder;
use fast_qr::convert::svg::SvgBuilder;
use fast_qr::qr::QRBuilder;
use report::Lang;
use serde::Deserialize;

use crate::desk::door::Operator;
use crate::desk::front::{about, said};
use crate::door::{Guest, set_cookie};
use crate::house::House;
use crate::member::{Inside, come_in, remember};
use crate::trouble::{Trouble, shown};
use crate::words::name_wrong;

/// A link with its picture.
pub(crate) struct LinkView {
    pub(crate) url: String,
    pub(crate) via: String,
    /// SVG.
    pub(crate) qr: String,
}

/// The page.
#[derive(Template)]
#[template(path = "desk/group.html")]
pub(crate) struct GroupPage {
    pub(crate) l: Lang,
    pub(crate) title: String,
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) closed: bool,
    pub(crate) links: Vec<LinkView>,
    pub(crate) key: i64,
    pub(crate) at: Option<i64>,
    pub(crate) typed: String,
    pub(crate) wrong: Option<String>,
    pub(crate) wrong_via: Option<String>,
}

/// Where to go on after entering.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    at: Option<i64>,
}

/// `GET /desk/groups/{group}`
pub(super) async fn page(
    State(house): State<House>,
    operator: Operator,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let mut page = of(&house, &operator, GroupId(group)).await?.0;
    page.at = look.at;
    Ok(shown(&page))
}

async fn of(
    house: &House,
    operator: &Operator,
    group: GroupId,
) -> Result<(GroupPage, Vec<Link>), Trouble> {
    let (live, org, l) = (house.live(), operator.org, operator.visit.lang);
    let groups: Vec<GroupSummary> = live.groups(org).await?;
    let summary = groups.into_iter().find(|one| one.group == group);
    let summary = summary.ok_or_else(Trouble::missing)?;
    let links = live.links(org, group).await?;
    let origin = operator.visit.origin(house);
    let views = links.iter().map(|link| {
        let url = format!("{origin}/g/{}", link.code);
        LinkView { qr: qr(&url), via: link.via.clone(), url }
    });
    let page = GroupPage {
        l,
        title: summary.name.clone(),
        id: group.0,
        about: about(&summary, house, l),
        closed: live.closed(org, group).await?.is_some(),
        name: summary.name,
        links: views.collect(),
        key: house.mint(),
        at: None,
        typed: String::new(),
        wrong: None,
        wrong_via: None,
    };
    Ok((page, links))
}

/// The address as a QR code; empty when it is too long for one.
fn qr(url: &str) -> String {
    QRBuilder::new(url)
        .build()
        .map_or_else(|_| String::new(), |code| SvgBuilder::default().margin(2).to_str(&code))
}

/// The form for a further link.
#[derive(Debug, Deserialize)]
pub(super) struct Placing {
    #[serde(default)]
    via: String,
}

/// `POST /desk/groups/{group}/links`
pub(super) async fn link(
    State(house): State<House>,
    operator: Operator,
    Path(group): Path<i64>,
    Form(form): Form<Placing>,
) -> Result<Response, Trouble> {
    operator.visit.may_act(&house)?;
    let group = GroupId(group);
    let (mut page, _) = of(&house, &operator, group).await?;
    match chat::web::title(&form.via).map_err(name_wrong) {
        Ok(via) => {
            house.live().add_link(operator.org, group, &via).await?;
            Ok(Redirect::to(&format!("/desk/groups/{}", group.0)).into_response())
        }
        Err(wrong) => {
            page.wrong_via = Some(wrong.words(page.l).to_owned());
            let mut response = shown(&page);
            *response.status_mut() = wrong.status;
            Ok(response)
        }
    }
}

/// The form for entering.
#[derive(Debug, Deserialize)]
pub(super) struct Entering {
    key: i64,
    #[serde(default)]
    name: String,
    #[serde(default)]
    at: Option<i64>,
}

/// `POST /desk/groups/{group}/entry`: the operator comes in as keeper, or comes back as one.
pub(super) async fn enter(
    State(house): State<House>,
    operator: Operator,
    Path(group): Path<i64>,
    Form(form): Form<Entering>,
) -> Result<Response, Trouble> {
    operator.visit.may_act(&house)?;
    let (mut page, links) = of(&house, &operator, GroupId(group)).await?;
    let code = links.into_iter().next().map(|link| link.code).ok_or_else(Trouble::missing)?;
    let entered = match chat::web::keeper_name(&form.name).map_err(name_wrong) {
        Ok(name) => keeper(&house, &operator, &code, (form.key, &name)).await,
        Err(wrong) => Err(wrong),
    };
    match entered {
        Ok((who, guest)) => {
            let at = form.at.map_or_else(String::new, |key| format!("?at={key}#m{key}"));
            let mut response = Redirect::to(&format!("/g/{code}{at}")).into_response();
            let signed = guest.signed(house.seal());
            let secure = operator.visit.secure;
            set_cookie(response.headers_mut(), ["hq_guest", &signed, "/"], secure);
            remember(&house, (&operator.visit, &guest), &code, who, &mut response);
            Ok(response)
        }
        Err(trouble) if trouble.cause.is_some() => Err(trouble),
        Err(trouble) => {
            page.typed = form.name.chars().take(60).collect();
            page.at = form.at;
            page.wrong = Some(trouble.words(page.l).to_owned());
            let mut response = shown(&page);
            *response.status_mut() = trouble.status;
            Ok(response)
        }
    }
}

async fn keeper(
    house: &House,
    operator: &Operator,
    code: &str,
    (key, name): (i64, &str),
) -> Result<(domain::IdentityId, Guest), Trouble> {
    let inside = Inside::of(house, &operator.visit, code).await?;
    let guest = operator.visit.guest.clone().or_else(Guest::new);
    let guest = guest.ok_or_else(|| Trouble::fault("no dice".to_owned()))?;
    let who = house.live().guest(operator.org, guest.key(), name).await?;
    let came = come_in(house, &inside, (who, ActorClass::Staff), (key, name)).await;
    came.map_err(|no| said(&no, house))?;
    Ok((who, guest))
}
