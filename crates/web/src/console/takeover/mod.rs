//! `/takeover`: many existing customer groups found by name and owner and set at once
//! (批量接管).
//!
//! Reading order: `page` finds groups and holds the form; `preview` shows before and after of each
//! and does it. Taking back is that of every bulk change (`/groups/changes/{id}/undoing`).
//!
//! Invariant: what is done is what the preview showed, or nothing.

mod page;
mod preview;
#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/takeover", get(page::page).post(preview::take_over))
        .route("/takeover/preview", post(preview::preview))
}
