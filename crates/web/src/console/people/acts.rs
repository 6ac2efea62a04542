//! The forms of a person: tags, notes, attributes, the main group.

use app::console::Denied;
use axum::extract::{Form, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, IdentityId};
use serde::Deserialize;

use crate::console::Seated;
use crate::console::people::view::{Typed, fields, href, person};
use crate::console::people::{card, page};
use crate::house::House;
use crate::trouble::Trouble;

/// A form of a person; fields that it does not have are empty.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Written {
    #[serde(default)]
    tag: i64,
    #[serde(default)]
    why: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    value: String,
    /// Number of a group, or nothing.
    #[serde(default)]
    group: String,
    /// `self` when the person said it.
    #[serde(default)]
    source: String,
    /// Sent from the card: answered with the card.
    #[serde(default)]
    card: String,
}

impl Written {
    fn group(&self) -> Option<GroupId> {
        self.group.parse().ok().map(GroupId)
    }
}

pub(super) async fn tag(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().tag_person(&seated.actor, id, (form.tag, &form.why)).await;
    answer((&house, &seated), id, (done.map(drop), form)).await
}

pub(super) async fn untag(
    State(house): State<House>,
    seated: Seated,
    Path((id, tag)): Path<(i64, i64)>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().untag_person(&seated.actor, id, tag).await;
    answer((&house, &seated), id, (done.map(drop), form)).await
}

pub(super) async fn write(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let said = (form.text.as_str(), form.group());
    let done = house.console().write_note(&seated.actor, id, said).await;
    answer((&house, &seated), id, (done.map(drop), form)).await
}

pub(super) async fn remove_note(
    State(house): State<House>,
    seated: Seated,
    Path((id, note)): Path<(i64, i64)>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().remove_note(&seated.actor, id, note).await;
    answer((&house, &seated), id, (done, form)).await
}

pub(super) async fn learn(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let (what, source) = ((form.name.as_str(), form.value.as_str()), form.source == "self");
    let from = (source, form.group());
    let done = house.console().add_attribute(&seated.actor, id, what, from).await;
    answer((&house, &seated), id, (done.map(drop), form)).await
}

pub(super) async fn forget(
    State(house): State<House>,
    seated: Seated,
    Path((id, n)): Path<(i64, i64)>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().remove_attribute(&seated.actor, id, n).await;
    answer((&house, &seated), id, (done, form)).await
}

pub(super) async fn main_group(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let id = may(&house, &seated, id)?;
    let done = house.console().choose_main_group(&seated.actor, id, form.group()).await;
    answer((&house, &seated), id, (done, form)).await
}

/// The person of an act, when acts are not too fast.
pub(super) fn may(house: &House, seated: &Seated, id: i64) -> Result<IdentityId, Trouble> {
    seated.visit.may_act(house)?;
    person(id)
}

/// Back to the person or the card; a wrong form again with what was typed.
async fn answer(
    at: (&House, &Seated),
    id: IdentityId,
    (done, form): (Result<(), Denied>, Written),
) -> Result<Response, Trouble> {
    let on_card = !form.card.is_empty();
    let typed = match done {
        Ok(()) if on_card => Typed::default(),
        Ok(()) => return Ok(Redirect::to(&href(id)).into_response()),
        Err(denied) => {
            let errors = fields(denied)?;
            let text = [
                ("why", form.why),
                ("text", form.text),
                ("name", form.name),
                ("value", form.value),
            ];
            Typed::of(&errors, at.1.visit.lang, text.to_vec())
        }
    };
    if on_card { card::of(at, id, typed).await } else { page::again(at, id, typed).await }
}
