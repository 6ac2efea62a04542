//! `/imports` and `/uploads`: exports and rosters from the browser, their progress, their undoing.
//!
//! Reading order: `receive` streams the files of a form to the disk; `pages` shows uploads and
//! imports; `acts` are the forms on them. An upload (`/uploads/{id}`) becomes an import
//! (`/imports/{n}`) when it is whole.

mod acts;
mod pages;
mod receive;
#[cfg(test)]
pub(crate) mod samples;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) use receive::UPLOADS;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/imports", get(pages::list))
        .route("/imports/{number}", get(pages::import))
        .route("/imports/{number}/undoing", post(acts::undo))
        // What is received is counted while it is written.
        .route(UPLOADS, post(receive::receive).layer(DefaultBodyLimit::disable()))
        .route("/uploads/{id}", get(pages::upload))
        .route("/uploads/{id}/progress", get(pages::progress))
        .route("/uploads/{id}/start", post(acts::start))
        .route("/uploads/{id}/cancelling", post(acts::cancel))
        .route("/uploads/{id}/removal", post(acts::remove))
}
