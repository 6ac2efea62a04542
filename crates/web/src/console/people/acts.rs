//! The forms of a person: tags, notes, attributes, the main group.

use app::console::{Console, Denied};
use axum::extract::{Form, FromRequest, FromRequestParts, RawPathParams, Request};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Actor, GroupId, IdentityId};
use serde::Deserialize;

use crate::console::Seated;
use crate::console::people::view::{Typed, fields, href, person};
use crate::console::people::{card, page};
use crate::house::House;
use crate::trouble::Trouble;

/// A form of a person; fields that it does not have are empty.
#[derive(Debug, Default, Deserialize)]
struct Written {
    #[serde(default)]
    tag: i64,
    /// Name of a tag that is made if need be.
    #[serde(default)]
    new_tag: String,
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

/// An act on a person: who acts, on whom, on which of their things, with what form.
pub(super) struct Act {
    house: House,
    seated: Seated,
    id: IdentityId,
    /// Number of the tag, note or attribute in the address; 0 where there is none.
    n: i64,
    form: Written,
}

impl FromRequest<House> for Act {
    type Rejection = Response;

    async fn from_request(request: Request, house: &House) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let seated = Seated::from_request_parts(&mut parts, house).await?;
        let params = RawPathParams::from_request_parts(&mut parts, house).await;
        let params = params.map_err(IntoResponse::into_response)?;
        let mut numbers = params.iter().map(|(_, number)| number.parse().unwrap_or(0));
        let (id, n) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        let id = may(house, &seated, id).map_err(IntoResponse::into_response)?;
        let form = Form::from_request(Request::from_parts(parts, body), house).await;
        let Form(form) = form.map_err(IntoResponse::into_response)?;
        Ok(Self { house: house.clone(), seated, id, n, form })
    }
}

impl Act {
    fn console(&self) -> &Console {
        self.house.console()
    }

    fn actor(&self) -> &Actor {
        &self.seated.actor
    }

    fn group(&self) -> Option<GroupId> {
        self.form.group.parse().ok().map(GroupId)
    }

    /// Back to the person or the card; a wrong form again with what was typed.
    async fn answer<T>(self, done: Result<T, Denied>) -> Result<Response, Trouble> {
        let (at, form) = ((&self.house, &self.seated), self.form);
        let on_card = !form.card.is_empty();
        let typed = match done {
            Ok(_) if on_card => Typed::default(),
            Ok(_) => return Ok(Redirect::to(&href(self.id)).into_response()),
            Err(denied) => {
                let text = [
                    ("new_tag", form.new_tag),
                    ("why", form.why),
                    ("text", form.text),
                    ("name", form.name),
                    ("value", form.value),
                ];
                Typed::of(&fields(denied)?, at.1.visit.lang, text.to_vec())
            }
        };
        if on_card {
            card::of(at, self.id, typed).await
        } else {
            page::again(at, self.id, typed).await
        }
    }
}

/// `POST /people/{id}/tags`
pub(super) async fn tag(act: Act) -> Result<Response, Trouble> {
    let (console, form) = (act.console(), &act.form);
    let done = if form.tag == 0 && !form.new_tag.is_empty() {
        console.tag_person_anew(act.actor(), act.id, (&form.new_tag, &form.why)).await
    } else {
        console.tag_person(act.actor(), act.id, (form.tag, &form.why)).await
    };
    act.answer(done).await
}

/// `POST /people/{id}/tags/{tag}/removal`
pub(super) async fn untag(act: Act) -> Result<Response, Trouble> {
    let done = act.console().untag_person(act.actor(), act.id, act.n).await;
    act.answer(done).await
}

/// `POST /people/{id}/notes`
pub(super) async fn write(act: Act) -> Result<Response, Trouble> {
    let note = (act.form.text.as_str(), act.group());
    let done = act.console().write_note(act.actor(), act.id, note).await;
    act.answer(done).await
}

/// `POST /people/{id}/notes/{note}/removal`
pub(super) async fn remove_note(act: Act) -> Result<Response, Trouble> {
    let done = act.console().remove_note(act.actor(), act.id, act.n).await;
    act.answer(done).await
}

/// `POST /people/{id}/attributes`
pub(super) async fn learn(act: Act) -> Result<Response, Trouble> {
    let what = (act.form.name.as_str(), act.form.value.as_str());
    let from = (act.form.source == "self", act.group());
    let done = act.console().add_attribute(act.actor(), act.id, what, from).await;
    act.answer(done).await
}

/// `POST /people/{id}/attributes/{n}/removal`
pub(super) async fn forget(act: Act) -> Result<Response, Trouble> {
    let done = act.console().remove_attribute(act.actor(), act.id, act.n).await;
    act.answer(done).await
}

/// `POST /people/{id}/main-group`
pub(super) async fn main_group(act: Act) -> Result<Response, Trouble> {
    let done = act.console().choose_main_group(act.actor(), act.id, act.group()).await;
    act.answer(done).await
}

/// The person of an act, when acts are not too fast.
pub(super) fn may(house: &House, seated: &Seated, id: i64) -> Result<IdentityId, Trouble> {
    seated.visit.may_act(house)?;
    person(id)
}
