//! `GET /people/tags`: which tags there are (F07).

use app::console::NewTag;
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::May;
use report::Lang;
use serde::Deserialize;

use crate::console::people::view::{Typed, fields};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::times;

/// A tag.
pub(crate) struct TagKind {
    pub(crate) id: i64,
    pub(crate) folder: String,
    pub(crate) name: String,
    pub(crate) quick: bool,
    pub(crate) days: String,
    pub(crate) holders: String,
    pub(crate) gone: bool,
    /// Its form is open.
    pub(crate) open: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/people/tags.html")]
pub(crate) struct TagsPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    /// Folder and its tags.
    pub(crate) folders: Vec<(String, Vec<TagKind>)>,
    pub(crate) retired: Vec<TagKind>,
    pub(crate) keep: bool,
    pub(crate) typed: Typed,
    /// The tag whose form was wrong; 0: the form for a new one.
    pub(crate) at: i64,
    pub(crate) new_quick: bool,
}

/// A tag as a form has it.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Shaped {
    #[serde(default)]
    folder: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    quick: String,
    #[serde(default)]
    days: String,
}

impl Shaped {
    /// Days that are no number are above the limit: the use case names the field.
    fn tag(&self) -> NewTag {
        let days = match self.days.trim() {
            "" => None,
            days => Some(days.parse().unwrap_or(u32::MAX)),
        };
        let (folder, name) = (self.folder.clone(), self.name.clone());
        NewTag { folder, name, quick: !self.quick.is_empty(), days }
    }
}

/// What the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Look {
    #[serde(default)]
    edit: i64,
}

pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    Ok(shown(&of((&house, &seated), (look.edit, Typed::default()), true).await?))
}

async fn of(
    (house, seated): (&House, &Seated),
    (at, typed): (i64, Typed),
    new_quick: bool,
) -> Result<TagsPage, Trouble> {
    let l = seated.visit.lang;
    let mut folders: Vec<(String, Vec<TagKind>)> = Vec::new();
    let mut retired = Vec::new();
    let holders = house.console().tag_holders(&seated.actor).await?;
    for tag in house.console().tags(&seated.actor).await? {
        let count = holders.get(&tag.id).copied().unwrap_or(0);
        let kind = TagKind {
            id: tag.id,
            folder: tag.folder.clone(),
            name: tag.name,
            quick: tag.quick,
            days: tag.days.map(|days| days.to_string()).unwrap_or_default(),
            holders: times(u64::from(count), l, "人", ["person", "people"]),
            gone: tag.gone.is_some(),
            open: tag.id == at,
        };
        match folders.last_mut() {
            _ if kind.gone => retired.push(kind),
            Some((folder, kinds)) if *folder == tag.folder => kinds.push(kind),
            _ => folders.push((tag.folder, vec![kind])),
        }
    }
    let keep = seated.actor.may(May::Keep);
    let frame = Frame::of(house, seated, Place::People, l.pick("标签", "Tags")).await?;
    Ok(TagsPage { frame, l, folders, retired, keep, typed, at, new_quick })
}

/// `POST /people/tags`
pub(super) async fn add(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Shaped>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let done = house.console().add_tag(&seated.actor, form.tag()).await;
    answer((&house, &seated), done.map(drop), (0, form)).await
}

/// `POST /people/tags/{tag}`
pub(super) async fn change(
    State(house): State<House>,
    seated: Seated,
    Path(tag): Path<i64>,
    Form(form): Form<Shaped>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let done = house.console().change_tag(&seated.actor, tag, form.tag()).await;
    answer((&house, &seated), done, (tag, form)).await
}

async fn answer(
    at: (&House, &Seated),
    done: Result<(), app::console::Denied>,
    (tag, form): (i64, Shaped),
) -> Result<Response, Trouble> {
    let Err(denied) = done else { return Ok(Redirect::to("/people/tags").into_response()) };
    let quick = !form.quick.is_empty();
    let text = vec![("folder", form.folder), ("name", form.name), ("days", form.days)];
    let typed = Typed::of(&fields(denied)?, at.1.visit.lang, text);
    let mut response = shown(&of(at, (tag, typed), quick).await?);
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(response)
}

/// `POST /people/tags/{tag}/retirement`
pub(super) async fn retire(
    State(house): State<House>,
    seated: Seated,
    Path(tag): Path<i64>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    house.console().retire_tag(&seated.actor, tag).await?;
    Ok(Redirect::to("/people/tags").into_response())
}

/// `POST /people/tags/{tag}/revival`
pub(super) async fn revive(
    State(house): State<House>,
    seated: Seated,
    Path(tag): Path<i64>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    house.console().revive_tag(&seated.actor, tag).await?;
    Ok(Redirect::to("/people/tags").into_response())
}
