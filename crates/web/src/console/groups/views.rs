//! Saved views: the list as somebody wants it again.

use app::console::Denied;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::console::Seated;
use crate::console::groups::list::list;
use crate::console::groups::query::{Look, address};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Saving {
    name: String,
    query: String,
    shared: String,
}

/// `POST /groups/views`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Saving>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let (console, l) = (house.console(), seated.visit.lang);
    let named = (form.name.as_str(), form.query.as_str());
    match console.save_group_view(&seated.actor, named, form.shared == "1").await {
        Ok(_) => {
            let join = if form.query.is_empty() { "" } else { "&" };
            let to = address(&format!("{}{join}done=view", form.query));
            Ok(Redirect::to(&to).into_response())
        }
        Err(Denied::Wrong(_)) => {
            let mut page = list(&house, &seated, Look::default()).await?;
            let wrong =
                l.pick("请给视图起个名字，最多 30 个字。", "Name the view, in at most 30 letters.");
            wrong.clone_into(&mut page.wrong_view);
            page.typed_view = form.name.chars().take(60).collect();
            let mut response = shown(&page);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /groups/views/{view}/removal`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Path(view): Path<i64>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    house.console().drop_group_view(&seated.actor, view).await?;
    Ok(Redirect::to("/groups").into_response())
}
