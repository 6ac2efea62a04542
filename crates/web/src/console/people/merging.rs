//! Two people are one, or one is two.

use app::console::{Denied, Merged, PersonView};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{IdentityId, May};
use report::Lang;
use serde::Deserialize;

use crate::console::people::acts::may;
use crate::console::people::page::{AccountLine, Known, accounts, known};
use crate::console::people::view::{Eye, Typed, fields, href, person};
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// People offered by a search.
const OFFERED: usize = 10;

/// One of two people side by side.
pub(crate) struct Side {
    pub(crate) known: Known,
    pub(crate) accounts: Vec<AccountLine>,
    pub(crate) stays: usize,
}

/// The page: choose the other one, then look at both.
#[derive(Template)]
#[template(path = "console/people/merging.html")]
pub(crate) struct MergingPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) own: Side,
    pub(crate) other: Option<Side>,
    pub(crate) asked: String,
    /// Number, name, groups.
    pub(crate) found: Vec<(u32, String, String)>,
    pub(crate) typed: Typed,
}

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    q: String,
    with: Option<i64>,
}

pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let page = of((&house, &seated), person(id)?, (look, Typed::default())).await?;
    Ok(shown(&page))
}

async fn of(
    (house, seated): (&House, &Seated),
    id: IdentityId,
    (look, mut typed): (Look, Typed),
) -> Result<MergingPage, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    let (console, eye) = (house.console(), Eye::of(house, seated).await?);
    let own = console.person(&seated.actor, id).await?;
    let mut other = None;
    if let Some(with) = look.with {
        match console.merge_preview(&seated.actor, id, person(with)?).await {
            Ok((_, view)) => other = Some(side((house, seated), &eye, &view).await?),
            Err(denied) => typed = Typed::of(&fields(denied)?, eye.l, Vec::new()),
        }
    }
    let found = console.search(&seated.actor, &look.q, OFFERED).await?;
    let found = found.people.into_iter().filter(|one| one.person != own.record.lead);
    let found = found.map(|one| {
        let groups: Vec<String> = one.groups.into_iter().map(|(_, name)| name).take(3).collect();
        (one.person.0, one.name, groups.join(eye.l.pick("、", ", ")))
    });
    let title = eye.l.pick("合并客户", "Merge people");
    Ok(MergingPage {
        frame: Frame::of(house, seated, Place::People, title).await?,
        l: eye.l,
        own: side((house, seated), &eye, &own).await?,
        other,
        asked: look.q,
        found: found.collect(),
        typed,
    })
}

async fn side(at: (&House, &Seated), eye: &Eye, view: &PersonView) -> Result<Side, Trouble> {
    let known = known(at, eye, view).await?;
    Ok(Side { known, accounts: accounts(eye, view), stays: view.record.stays.len() })
}

/// The form of a merge.
#[derive(Debug, Deserialize)]
pub(super) struct Merging {
    with: i64,
    #[serde(default)]
    why: String,
}

/// `POST /people/{id}/merges`
pub(super) async fn merge(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(form): Form<Merging>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let with = person(form.with)?;
    match house.console().merge_people(&seated.actor, (id, with), &form.why).await {
        Ok(Merged { into, moved }) => {
            let moved: Vec<String> = moved.iter().map(|one| one.0.to_string()).collect();
            let then = format!("{}?done=merged&moved={}", href(into), moved.join(","));
            Ok(Redirect::to(&then).into_response())
        }
        // Sent twice: it is done.
        Err(Denied::Wrong(errors)) if errors.iter().any(|error| error.field == "with") => {
            Ok(Redirect::to(&href(id)).into_response())
        }
        Err(denied) => {
            let typed = Typed::of(&fields(denied)?, seated.visit.lang, vec![("why", form.why)]);
            let look = Look { q: String::new(), with: Some(form.with) };
            let mut response = shown(&of((&house, &seated), id, (look, typed)).await?);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// The form that takes a merge back, or an account out.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Parting {
    #[serde(default)]
    moved: String,
    #[serde(default)]
    account: i64,
}

/// `POST /people/{id}/merges/undoing`
pub(super) async fn undo(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Query(parting): Query<Parting>,
) -> Result<Response, Trouble> {
    let into = may(&house, &seated, id)?;
    let moved = numbers(&parting.moved);
    house.console().unmerge_people(&seated.actor, Merged { into, moved }).await?;
    Ok(Redirect::to(&format!("{}?done=unmerged", href(into))).into_response())
}

/// `POST /people/{id}/splits`
pub(super) async fn split(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(form): Form<Parting>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let account = person(form.account)?;
    house.console().split_person(&seated.actor, id, account).await?;
    Ok(Redirect::to(&format!("{}?done=split", href(account))).into_response())
}

fn numbers(text: &str) -> Vec<IdentityId> {
    text.split(',').filter_map(|one| one.parse().ok()).map(IdentityId).collect()
}

/// After a merge: it can be taken back at once.
pub(super) fn notice(view: &PersonView, moved: &str, l: Lang) -> Option<Notice> {
    let moved = numbers(moved);
    let is_here = |id: &IdentityId| view.record.accounts.iter().any(|one| one.id == *id);
    if moved.is_empty() || !moved.iter().all(is_here) {
        return None;
    }
    let list: Vec<String> = moved.iter().map(|one| one.0.to_string()).collect();
    let to = format!("/people/{}/merges/undoing?moved={}", view.record.lead.0, list.join(","));
    let words = l.pick(
        "已合并。标签、备注、群都归到这一位名下。",
        "Merged: tags, notes and groups stand here.",
    );
    let undo = Some((to, l.pick("撤销合并", "Undo").to_owned()));
    Some(Notice { tone: "success", words: words.to_owned(), undo })
}
