//! The forms on uploads and imports.

use app::console::{Denied, UploadAsked, UploadState};
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use domain::ImportId;
use serde::Deserialize;

use crate::console::Seated;
use crate::house::House;
use crate::trouble::Trouble;

/// How an upload is to be read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    zone: String,
    group: String,
    exporter: String,
    staff: String,
    hosts: String,
    bots: String,
    format: String,
    partial: Option<String>,
}

/// `POST /uploads/{id}/start`
pub(super) async fn start(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(asked): Form<Asked>,
) -> Result<Redirect, Trouble> {
    let asked = UploadAsked {
        zone: asked.zone.trim().to_owned(),
        group: asked.group.trim().to_owned(),
        exporter: asked.exporter.trim().to_owned(),
        staff: names(&asked.staff),
        hosts: names(&asked.hosts),
        bots: names(&asked.bots),
        format: asked.format,
        partial: asked.partial.is_some(),
    };
    let address = format!("/uploads/{id}");
    match house.console().start_upload(&seated.actor, id, asked).await {
        Ok(()) => Ok(Redirect::to(&address)),
        Err(Denied::Wrong(_)) => Ok(Redirect::to(&format!("{address}?wrong=zone"))),
        Err(Denied::Changed) => {
            // Sent twice: it is under way or done already.
            let state = house.console().upload(&seated.actor, id).await?.state;
            let is_on = matches!(state, UploadState::UnderWay(_) | UploadState::Done);
            if is_on { Ok(Redirect::to(&address)) } else { Err(Denied::Changed.into()) }
        }
        Err(denied) => Err(denied.into()),
    }
}

/// `POST /uploads/{id}/cancelling`
pub(super) async fn cancel(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Redirect, Trouble> {
    match house.console().cancel_upload(&seated.actor, id).await {
        // It has ended meanwhile: its page says how.
        Ok(()) | Err(app::console::Denied::Changed) => {}
        Err(denied) => return Err(denied.into()),
    }
    Ok(Redirect::to(&format!("/uploads/{id}")))
}

/// `POST /uploads/{id}/removal`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Redirect, Trouble> {
    house.console().remove_upload(&seated.actor, id).await?;
    Ok(Redirect::to("/imports"))
}

/// `POST /imports/{number}/undoing`
pub(super) async fn undo(
    State(house): State<House>,
    seated: Seated,
    Path(number): Path<i64>,
) -> Result<Redirect, Trouble> {
    match house.console().undo_import(&seated.actor, ImportId(number)).await {
        Ok((facts, later)) => {
            let again = if later.is_empty() { "" } else { "&later=1" };
            Ok(Redirect::to(&format!("/imports/{number}?removed={facts}{again}")))
        }
        // Sent twice: its page says that it is undone.
        Err(Denied::Fault(app::Fault::NoSuchImport(_))) => {
            let mut known = house.console().imports(&seated.actor).await?.into_iter();
            if !known.any(|import| import.id.0 == number) {
                return Err(Trouble::missing());
            }
            Ok(Redirect::to(&format!("/imports/{number}")))
        }
        // Sent twice at once: the other one is at it.
        Err(app::console::Denied::Fault(app::Fault::Store(fault)))
            if matches!(fault.code(), "import_running" | "import_not_whole") =>
        {
            Ok(Redirect::to(&format!("/imports/{number}")))
        }
        Err(denied) => Err(denied.into()),
    }
}

/// Names, one a line or between commas.
fn names(text: &str) -> Vec<String> {
    let names = text.split(['\n', ',', '，', '、', ';', '；']).map(str::trim);
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
