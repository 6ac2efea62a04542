//! `GET /people/{id}/card`: a person beside a talk, with tags in two clicks (F08).
//!
//! A part of a page, for htmx: `<div hx-get="/people/7/card" hx-trigger="load">`. Its forms are
//! answered with the card again.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::IdentityId;
use report::Lang;

use crate::console::Seated;
use crate::console::people::page::{self, Known};
use crate::console::people::view::{Eye, Typed, person};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// The card.
#[derive(Template)]
#[template(path = "console/people/card.html")]
pub(crate) struct Card {
    pub(crate) l: Lang,
    pub(crate) known: Known,
    pub(crate) typed: Typed,
}

pub(super) async fn card(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    of((&house, &seated), person(id)?, Typed::default()).await
}

/// The card, with what was typed into a wrong form.
pub(super) async fn of(
    (house, seated): (&House, &Seated),
    id: IdentityId,
    typed: Typed,
) -> Result<Response, Trouble> {
    let view = house.console().person(&seated.actor, id).await?;
    let eye = Eye::of(house, seated).await?;
    let known = page::known((house, seated), &eye, &view).await?;
    Ok(shown(&Card { l: eye.l, known, typed }))
}
