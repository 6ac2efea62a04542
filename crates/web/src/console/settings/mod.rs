//! `/settings`: the organisation, its zone and language, and what counts as effective speech.
//!
//! Reading order: `front` is the list of all settings with the forms of the organisation, of which
//! `new_groups` says what groups begin with;
//! `effective` tries out and saves what counts.
//!
//! Invariant: everybody of staff reads them; forms are shown to owners only, and refused below.

mod doctor;
mod effective;
mod front;
mod new_groups;
#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/doctor", get(doctor::page))
        .route("/settings", get(front::page))
        .route("/settings/name", post(front::name))
        .route("/settings/zone", post(front::zone))
        .route("/settings/language", post(front::language))
        .route("/settings/new-groups", post(new_groups::save))
        .route("/settings/effective", get(effective::page).post(effective::save))
}
