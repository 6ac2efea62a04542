//! What members do with what is theirs: take a message back, change the name, leave.

use axum::extract::{Form, Path, State};
use axum::response::Response;
use domain::{EventWhat, LeaveManner};
use serde::Deserialize;

use crate::door::{Visit, Wants};
use crate::house::House;
use crate::member::inside::class_of;
use crate::member::{Asked, Inside, people};
use crate::trouble::Trouble;
use crate::words::name_wrong;

/// A form about a message.
#[derive(Debug, Deserialize)]
pub(crate) struct OfMessage {
    key: i64,
    of: i64,
}

/// A form with a name.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    key: i64,
    #[serde(default)]
    name: String,
}

/// A form that only says "do it".
#[derive(Debug, Deserialize)]
pub(crate) struct Keyed {
    pub(crate) key: i64,
}

/// `POST /g/{code}/recalls`
pub(crate) async fn recall(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<OfMessage>,
) -> Result<Response, Trouble> {
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    let what = EventWhat::Recall { of: form.of, said: None };
    let asked = Asked { key: form.key, actor: me.who, class: class_of(&me, false), what };
    inside.act((&house, &visit), asked, &inside.base()).await
}

/// `POST /g/{code}/name`
pub(crate) async fn rename(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Named>,
) -> Result<Response, Trouble> {
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    let name = if me.class.is_keeper() { chat::web::keeper_name } else { chat::web::name };
    let done = match name(&form.name).map_err(name_wrong) {
        Ok(name) => {
            let what = EventWhat::Rename { name: name.into() };
            let asked = Asked { key: form.key, actor: me.who, class: class_of(&me, false), what };
            let then = format!("{}/members?done=name", inside.base());
            inside.act((&house, &visit), asked, &then).await
        }
        Err(wrong) => Err(wrong),
    };
    match done {
        Err(trouble) if visit.wants == Wants::Page && trouble.cause.is_none() => {
            people::again((&house, &visit), (&inside, &me), &form.name, &trouble).await
        }
        done => done,
    }
}

/// `POST /g/{code}/departure`
pub(crate) async fn leave(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Keyed>,
) -> Result<Response, Trouble> {
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    let what = EventWhat::Leave { how: LeaveManner::Left };
    let asked = Asked { key: form.key, actor: me.who, class: class_of(&me, false), what };
    inside.act((&house, &visit), asked, &inside.base()).await
}
