//! The forms of the rows: done, later, answer, try again, show again.

use app::console::{Denied, Ended, Later, Writing};
use axum::extract::{Form, Query, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Json, Redirect, Response};
use chat::web::TEXT_CHARS_MAX;
use serde::Deserialize;

use crate::console::today::page::{Said, Wanted, whole};
use crate::console::today::view::Typed;
use crate::console::today::words;
use crate::console::{Seated, encoded};
use crate::door::Wants;
use crate::house::House;
use crate::trouble::Trouble;

/// The form of a row: which row, and which list it was on.
#[derive(Debug, Deserialize)]
pub(super) struct Chosen {
    row_source: String,
    row_key: String,
    /// Until when, for a row that is put off.
    #[serde(default)]
    later: String,
    /// Minted for the form, where something is written.
    #[serde(default)]
    mint: i64,
    #[serde(default)]
    text: String,
    /// The address of the list.
    #[serde(default)]
    here: String,
}

impl Chosen {
    fn row(&self) -> (&str, &str) {
        (&self.row_source, &self.row_key)
    }

    /// The list that it was on.
    fn wanted(&self) -> Wanted {
        let address: Option<Uri> = self.here.parse().ok();
        let query = address.and_then(|address| Query::try_from_uri(&address).ok());
        query.map(|Query(wanted)| wanted).unwrap_or_default()
    }
}

/// `POST /today/closures`
pub(super) async fn close(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Chosen>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let ended = house.console().close_row(&seated.actor, form.row()).await?;
    Ok(answered(&seated, &form, told(ended, "done")))
}

/// `POST /today/put-offs`
pub(super) async fn put_off(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Chosen>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let later = Later::from_word(&form.later)
        .ok_or_else(|| Trouble::of_status(StatusCode::UNPROCESSABLE_ENTITY))?;
    let ended = house.console().put_row_off(&seated.actor, form.row(), later).await?;
    Ok(answered(&seated, &form, told(ended, "put_off")))
}

/// `POST /today/returns`: what was done or put off is shown again.
pub(super) async fn show_again(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Chosen>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let back = house.console().show_row_again(&seated.actor, form.row()).await?;
    Ok(answered(&seated, &form, (if back { "back" } else { "gone" }, false)))
}

/// `POST /today/retries`
pub(super) async fn retry(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Chosen>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let ended = house.console().retry_row(&seated.actor, form.row()).await?;
    Ok(answered(&seated, &form, told(ended, "retried")))
}

/// `POST /today/answers`: writes into the group as its keeper.
pub(super) async fn answer(
    State(house): State<House>,
    seated: Seated,
    Form(form): Form<Chosen>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    chat::web::accepted(form.mint, house.now()).map_err(|_| Trouble::stale())?;
    let writing = Writing { key: form.mint, text: form.text.clone() };
    let done = if form.row_source == "newcomers" { "welcomed" } else { "answered" };
    match house.console().write_for_row(&seated.actor, form.row(), &writing).await {
        Ok(_) => Ok(answered(&seated, &form, (done, false))),
        Err(denied) => {
            let trouble = unsent(denied, &form);
            if seated.visit.wants == Wants::Json || trouble.cause.is_some() {
                return Err(trouble);
            }
            let status = trouble.status;
            let mut response = again(&house, &seated, &form, &trouble).await?;
            *response.status_mut() = status;
            Ok(response)
        }
    }
}

/// Why what was typed was not sent.
fn unsent(denied: Denied, form: &Chosen) -> Trouble {
    match denied {
        Denied::Changed => Trouble::new(
            StatusCode::CONFLICT,
            "gone",
            [
                "已经有人先回应了，你写的没有发出。",
                "Somebody answered first: what you wrote was not sent.",
            ],
        ),
        Denied::Wrong(_) => {
            let cleaned = chat::web::text(&form.text, TEXT_CHARS_MAX);
            cleaned.err().map_or_else(Trouble::stale, crate::words::text_wrong)
        }
        denied => denied.into(),
    }
}

/// The page again with what was typed: in its row, or above when the row is gone.
async fn again(
    house: &House,
    seated: &Seated,
    form: &Chosen,
    trouble: &Trouble,
) -> Result<Response, Trouble> {
    let wrong = trouble.words(seated.visit.lang).to_owned();
    let text: String = form.text.chars().take(TEXT_CHARS_MAX as usize * 2).collect();
    let gone = trouble.code == "gone";
    let said = gone.then(|| Said { words: wrong.clone(), undo: None, typed: Some(text.clone()) });
    let typed = (!gone).then(|| Typed {
        source: form.row_source.clone(),
        key: form.row_key.clone(),
        mint: form.mint,
        text,
        wrong,
    });
    whole(house, seated, &form.wanted(), (said, typed)).await
}

/// What is said, and whether it can be taken back.
fn told(ended: Ended, done: &'static str) -> (&'static str, bool) {
    match ended {
        Ended::Done { undo } => (done, undo),
        Ended::Sent => ("sent", false),
        Ended::Gone => ("gone", false),
    }
}

/// Back to the list, or a word for the script.
fn answered(seated: &Seated, form: &Chosen, (code, undo): (&'static str, bool)) -> Response {
    let say = words::said(code, seated.visit.lang).unwrap_or_default();
    if seated.visit.wants == Wants::Json {
        let told = serde_json::json!({ "code": code, "say": say, "undo": undo });
        return Json(told).into_response();
    }
    let here = form.wanted().here();
    let mut to = format!("{here}{}said={code}", if here.contains('?') { '&' } else { '?' });
    if undo {
        to = format!("{to}&row={}+{}", encoded(&form.row_source), encoded(&form.row_key));
    }
    Redirect::to(&to).into_response()
}
