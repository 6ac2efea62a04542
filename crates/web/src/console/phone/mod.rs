//! `/m`: what keepers do on their phones, with large buttons.
//!
//! Reading order: `reports` is the page on which a keeper tells of a group by one tap.
//!
//! Invariants: a tap that arrives twice is told once; every page works without the script.

mod reports;
#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/m", get(reports::page))
        .route("/m/reports", post(reports::tell))
        .route("/m/reports/{report}/undoing", post(reports::undo))
}
